#!/bin/sh
# library/pc.sh - the pkg-config file of libmlfunc or libmlref, on stdout.
#
#     pc.sh LIBRARY VERSION PREFIX LIBDIR BUILD
#
# BUILD/found.mk says what libmlref was built with.  The types of FLINT, MPFR
# and GMP are in its interface, so they are Requires, or Libs where such a
# library has no file of its own; the others are Requires.private.

library=$1 version=$2 prefix=$3 libdir=$4 build=$5

found() { # VARIABLE
    sed -n "s/^found-$1 := *//p" "$build/found.mk"
}

head_of() { # NAME DESCRIPTION
    case $libdir in
    "$prefix"/*) lib="\${prefix}/${libdir#"$prefix"/}" ;;
    *) lib=$libdir ;;
    esac
    cat << END
prefix=$prefix
libdir=$lib
includedir=\${prefix}/include

Name: $1
Description: $2
Version: $version
END
}

has() {
    pkg-config --exists "$1" 2> /dev/null
}

libmlfunc() {
    head_of libmlfunc "The Mittag-Leffler function in doubles, with proved bounds"
    cat << END
Libs: -L\${libdir} -lmlfunc
Libs.private: -lm
Cflags: -I\${includedir}
END
}

# The -l and -I of FLINT, with Arb where it is a library of its own.
flint_libs() {
    for l in $(found libs); do
        case $l in -lflint* | -larb) printf ' %s' "$l" ;; esac
    done
}

flint_cflags() {
    for f in $(found cppflags | sed 's/-isystem */-I/g'); do
        case $f in
        -I*cminpack*) ;;
        -I*) printf ' %s' "$f" ;;
        esac
    done
}

libmlref() {
    requires="libmlfunc = $version" private='' libs='' cflags='' inner='-lm'
    if has flint; then
        requires="$requires, flint"
    else
        libs=$(flint_libs)
    fi
    # Headers are included as <arb.h>, whatever FLINT's own file says.
    cflags=$(flint_cflags)
    for m in mpfr gmp; do
        if has $m; then requires="$requires, $m"; else libs="$libs -l$m"; fi
    done
    for m in jansson cminpack; do
        case " $(found libs) " in
        *" -l$m "*) if has $m; then private="$private, $m"; else inner="$inner -l$m"; fi ;;
        esac
    done
    case " $(found cflags) " in *" -fopenmp "*) inner="$inner -fopenmp" ;; esac
    head_of libmlref "The Mittag-Leffler function and all built on it, as proved balls"
    echo "Requires: $requires"
    [ -z "$private" ] || echo "Requires.private: ${private#, }"
    cat << END
Libs: -L\${libdir} -lmlref$libs
Libs.private: $inner
Cflags: -I\${includedir}/mlref$cflags
END
}

lib$library
