#!/bin/sh
# library/install.sh - `make install`, `make uninstall`.
#
#     install.sh install|uninstall|list BUILD VERSION
#
# DESTDIR, PREFIX, LIBDIR come from the environment.  One list says what goes
# where, so that uninstall removes what install has put there.

what=$1 build=$2 version=$3
prefix=${PREFIX:-/usr/local}
libdir=${LIBDIR:-$prefix/lib}
include=$prefix/include share=$prefix/share man=$prefix/share/man
tab=$(printf '\t')
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

# MODE SOURCE DESTINATION; mode `link`: a symbolic link to SOURCE.
entry() {
    printf '%s\t%s\t%s\n' "$1" "$2" "$3"
}

into() { # DIRECTORY FILE...
    dir=$1
    shift
    for f in "$@"; do
        entry 644 "$f" "$dir/${f##*/}"
    done
}

library() { # NAME
    so=lib$1.so
    entry 644 "$build/lib/lib$1.a" "$libdir/lib$1.a"
    entry 755 "$build/lib/$so.$version" "$libdir/$so.$version"
    entry link "$so.$version" "$libdir/$so.${version%%.*}"
    entry link "$so.${version%%.*}" "$libdir/$so"
    sh library/pc.sh "$1" "$version" "$prefix" "$libdir" "$build" > "$tmp/lib$1.pc"
    into "$libdir/pkgconfig" "$tmp/lib$1.pc"
}

# A page for each function of libmlfunc, which sends on to libmlfunc(3).
function_pages() {
    for f in $(sh library/public.sh --of mlfunc); do
        echo ".so man3/libmlfunc.3" > "$tmp/$f.3"
        into "$man/man3" "$tmp/$f.3"
    done
}

list() {
    entry 755 "$build/mlref" "$prefix/bin/mlref"
    library mlfunc
    into "$include/mlfunc" mlfunc/mlfunc.h
    into "$share/libmlfunc/python" python/mlfunc.py
    into "$share/doc/libmlfunc" LICENSE
    into "$share/doc/libmlfunc/example" example/*
    into "$man/man3" man/libmlfunc.3
    function_pages
    library mlref
    for h in $(sh library/public.sh --headers mlref); do
        entry 644 "$h" "$include/mlref/$h"
    done
    into "$share/doc/mlref" LICENSE README.md CITATION.cff
    into "$man/man1" man/mlref.1
    into "$man/man5" man/mlref-tables.5
    into "$share/mlref/tables" reference/tables/*.tsv
    for t in reference/points/*.tsv; do
        f=$(basename "$t" .tsv)
        entry 644 "$build/reference/forms/$f.csv" "$share/mlref/tables/$f.csv"
        entry 644 "$build/reference/forms/$f.h" "$share/mlref/tables/$f.h"
    done
    into "$share/mlref/points" reference/points/*.tsv
    into "$share/mlref" paper/ledger.tsv
}

put() { # MODE SOURCE DESTINATION
    if [ "$1" = link ]; then
        mkdir -p "${3%/*}" && ln -sf "$2" "$3"
    else
        install -D -m "$1" "$2" "$3"
    fi
}

list > "$tmp/list" || exit 1
while IFS=$tab read -r mode source to; do
    case $what in
    list) echo "$to" ;;
    install) put "$mode" "$source" "$DESTDIR$to" || exit 1 ;;
    uninstall)
        rm -f "$DESTDIR$to"
        rmdir -p --ignore-fail-on-non-empty "$(dirname "$DESTDIR$to")" 2> /dev/null
        ;;
    esac
done < "$tmp/list"
