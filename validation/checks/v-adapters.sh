#!/bin/sh
# validation/checks/v-adapters.sh - the adapters, and every command of the guide (TAP).
#
# Each adapter serves exp(z), which is E_{1,1}(z) and refused elsewhere, and
# must come out right; then exp(z)(1 + 2^-30), and each point must be wrong; with
# z as two fields and as one.  Then the commands of reference/ADAPTERS.md are
# run, language by language.  A language that is not installed is skipped.

. validation/tap/tap.sh

has() {
    for tool in "$@"; do
        command -v "$tool" > /dev/null 2>&1 || return 1
    done
}

plan 41
here=$tmp/here
mkdir "$here" "$tmp/bin"
ln -s "$root/reference" "$here/reference"
ln -s "$mlref" "$tmp/bin/mlref"
case $B in /*) ML_BUILD=$B ;; *) ML_BUILD=$root/$B ;; esac
PATH=$tmp/bin:$PATH
export PATH ML_BUILD
cd "$here" || exit 1

# --------------------------------------------------------------- the adapters

printf 'alpha\tbeta\tre_z\tim_z\n' > complex.tsv
printf 'alpha\tbeta\tz\n' > real.tsv
for z in -700 -20.5 -1 -1e-9 0x1.8p-20 0.5 1 3.25 700; do
    printf '1\t1\t%s\t0\n' $z >> complex.tsv
    printf '1\t1\t%s\n' $z >> real.tsv
done
printf '1\t1\t%s\n' "$(printf '0.5\t2')" "$(printf -- '-3\t-1')" \
    "$(printf '0\t1')" >> complex.tsv
printf '2\t1\t1\t0\n1\t3\t1\t1\n' >> complex.tsv
printf '2\t1\t1\n1\t3\t1\n' >> real.tsv

# counts FILE: "ok wrong refused" of the row "all", any other kind as "?"
counts() {
    awk -F '\t' '
        /^#/ { next }
        !n++ { for (i = 1; i <= NF; i++) column[$i] = i; next }
        $1 == "all" {
            ok = $column["ok"]; wrong = $column["wrong"]
            refused = $column["refused"]
            rest = $column["n"] - ok - wrong - refused
            print ok, wrong, refused, rest ? "?" : ""
        }' "$1"
}

# serve LANGUAGE RIGHT WRONG: the two commands, on both sets of points
serve() {
    for set in complex real; do
        points=$([ $set = complex ] && echo 12 || echo 9)
        mlref verify --function mittag-leffler --points $set.tsv \
            --cmd "$2" > "$tmp/out" 2> "$tmp/err"
        is "$(counts "$tmp/out")" "$points 0 2 " "$1, $set z: right, and refuses"
        mlref verify --function mittag-leffler --points $set.tsv \
            --cmd "$3" > "$tmp/out" 2> "$tmp/err"
        is "$(counts "$tmp/out")" "0 $points 2 " "$1, $set z: wrong is noticed"
    done
}

leave_out() { # N LANGUAGE
    for i in $(seq "$1"); do
        skip "$2, $i" "$2 is not installed"
    done
}

only='alpha == 1 && beta == 1'
for wrong in 0 1; do
    factor=$([ $wrong = 1 ] && echo '(1 + 0x1p-30)' || echo 1)
    decimal=$([ $wrong = 1 ] && echo 1.000000000931322574615478515625 || echo 1.0)
    cat > exp$wrong.c << END
#include <complex.h>
double complex my_ml(double alpha, double beta, double complex z);
double complex my_ml(double alpha, double beta, double complex z)
{
    return alpha == beta ? cexp(z) * $factor : 0;
}
END
    cat > exp$wrong.cpp << END
#include <complex>
std::complex<double> my_ml(double alpha, double beta, std::complex<double> z)
{
    return alpha == beta ? std::exp(z) * $decimal : 0;
}
END
    cat > exp$wrong.f90 << END
complex(8) function my_ml(alpha, beta, z)
    real(8), intent(in) :: alpha, beta
    complex(8), intent(in) :: z
    my_ml = exp(z) * ${decimal}d0 * (alpha / beta)
end function my_ml
END
    cat > exp$wrong.py << END
import cmath
def my_ml(z, alpha, beta):
    if alpha != 1 or beta != 1:
        raise ValueError("exp only")
    return cmath.exp(z) * $decimal
END
    cat > exp$wrong.m << END
function e = exp$wrong(z, alpha, beta)
    if alpha != 1 || beta != 1
        error("exp only");
    end
    e = exp(z) * $decimal;
end
END
    cat > exp$wrong.R << END
function(alpha, beta, z) {
    if (alpha != 1 || beta != 1) stop("exp only")
    exp(z) * $decimal
}
END
done

if has cc; then
    for w in 0 1; do
        cc -std=c11 -Wall -Wextra -O2 -DSERVES="$only" -o c$w \
            reference/adapters/adapter.c exp$w.c -lm
    done
    serve C ./c0 ./c1
    tail -n +2 complex.tsv | ADAPTER_REPEAT=1000 ./c0 > "$tmp/out"
    awk '$1 > 1 && $1 < 1e6 { good = 1 } END { exit !good }' "$tmp/out"
    ok $? "C: ADAPTER_REPEAT prints nanoseconds for a value"
else
    leave_out 5 C
fi
if has c++; then
    for w in 0 1; do
        c++ -Wall -Wextra -O2 -DSERVES="$only" -o cpp$w \
            reference/adapters/adapter.cpp exp$w.cpp
    done
    serve C++ ./cpp0 ./cpp1
else
    leave_out 4 C++
fi
if has gfortran; then
    for w in 0 1; do
        gfortran -O2 -DSERVES='alpha == 1 .and. beta == 1' -o f$w \
            reference/adapters/adapter.F90 exp$w.f90
    done
    serve Fortran ./f0 ./f1
else
    leave_out 4 Fortran
fi
if has python3; then
    a='python3 reference/adapters/adapter.py --path . --order z,alpha,beta'
    serve Python "$a exp0:my_ml" "$a exp1:my_ml"
else
    leave_out 4 Python
fi
if has octave-cli; then
    a='octave-cli -qf reference/adapters/adapter.m'
    serve Octave "$a '@(alpha, beta, z) exp0(z, alpha, beta)' ." \
        "$a '@(alpha, beta, z) exp1(z, alpha, beta)' ."
else
    leave_out 4 Octave
fi
if has Rscript; then
    a='Rscript reference/adapters/adapter.R'
    serve R "$a 'eval(parse(\"exp0.R\"))'" "$a 'eval(parse(\"exp1.R\"))'"
else
    leave_out 4 R
fi

# ------------------------------------------------------------------- the guide

# guide LABEL TOOL...: the commands of the blocks ```sh LABEL, in order
guide() {
    label=$1
    shift
    if ! has "$@"; then
        skip "the guide: $label" "not installed: $*"
        return
    fi
    awk -v label="$label" '
        $0 == "```sh " label { inside = 1; next }
        /^```$/ { inside = 0 }
        inside' reference/ADAPTERS.md > "guide_$label.sh"
    [ -s "guide_$label.sh" ] && sh -e "guide_$label.sh" > "$tmp/out" 2> "$tmp/err" \
        && grep -q "^all$tab" "$tmp/out"
    ok $? "the guide: $label: $(counts "$tmp/out" | tail -n 1)(ok wrong refused)"
}

guide c cc
if mlref verify --help | grep -q -e --so; then
    guide so cc
else
    skip "the guide: so" "verify has no --so"
fi
guide c++ c++
guide fortran gfortran
guide python python3
guide octave octave-cli
guide r Rscript
guide rust rustc
guide java javac java
guide node node
guide julia julia
guide dotnet dotnet
guide values octave-cli
guide bad sh
each=$(awk -F '\t' '
    /^#/ { next }
    !n++ { for (i = 1; i <= NF; i++) column[$i] = i; next }
    $1 == "all" {
        m = split("ok wrong nan inf hang crash garbage refused", kind, " ")
        for (i = 1; i <= m; i++) printf "%s ", $column[kind[i]]
    }' "$tmp/out")
is "$each" "1 1 1 1 1 1 1 1 " "... one of each kind: ok wrong nan inf hang crash garbage refused"
if [ -x "$ML_BUILD/peers/bin/python" ]; then
    guide pymittagleffler sh
else
    skip "the guide: pymittagleffler" "make peers installs it"
fi
finish
