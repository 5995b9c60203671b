#!/bin/sh
# validation/scoreboard.sh - validation/SCOREBOARD.md, from real runs (`make scoreboard`).
#
#     scoreboard.sh                    measure what is here, write the page
#     scoreboard.sh ask NAME FUNCTION ID
#                                      one implementation at one point
#
# Peers from PyPI come from `make peers`.  Others are run from checkouts under
# the directory PEERS_DIR, none of which is part of this project:
#
#     garrappa/ml.m                        R. Garrappa, rev. 1.4 (MATLAB File
#                                          Exchange 48154), in Octave
#     lrtfm/mittag_leffler.m               lrtfm/Mittag-Leffler-Function, in Octave
#     tranqv/mod_mlf_garrappa.f90          tranqv/Mittag-Leffler-function-and-
#                                          its-derivative, Fortran
#     gurteksinghgill/R/MittagLefflerFunc.R
#                                          gurteksinghgill/MittagLeffler, R; or
#                                          the package MittagLeffleR, installed
#
# Each may be a git checkout, or have its commit in a file COMMIT.  What is not
# here is left out, and the page says so.  Details, summaries and times are kept
# in $ML_BUILD/scoreboard: a run that was cut off goes on, and only what has
# changed (mlref, points, command, version) is measured again.

set -eu
LC_ALL=C
export LC_ALL
B=${ML_BUILD:-build}
B=$(cd "$B" && pwd)
mlref=$B/mlref
work=$B/scoreboard
adapters=reference/adapters
python=$B/peers/bin/python
peers=${PEERS_DIR:-/nonexistent}
jobs=${SCOREBOARD_JOBS:-2}
page=${SCOREBOARD_PAGE:-validation/SCOREBOARD.md}
witnesses=${SCOREBOARD_WITNESSES:-validation/scoreboard.tsv}
tab=$(printf '\t')
export MLFUNC_LIBRARY="$B/lib/libmlfunc.so"
mkdir -p "$work"
[ -x "$mlref" ] || {
    echo "scoreboard: make mlref first" >&2
    exit 1
}

# ------------------------------------------------------------ implementations

has() { command -v "$1" > /dev/null 2>&1; }
package() { # NAME: its version, or nothing
    "$python" -c "import importlib.metadata as m; print(m.version('$1'))" \
        2> /dev/null || :
}
commit() { # DIRECTORY: where it comes from
    if [ -e "$1/.git" ]; then
        git -C "$1" rev-parse --short=12 HEAD
    elif [ -r "$1/COMMIT" ]; then
        cut -c1-12 "$1/COMMIT"
    else
        echo "no commit known"
    fi
}
compile() { # PROGRAM COMPILER...
    program=$work/$1
    shift
    "$@" -o "$program"
}

# entry NAME SUBSET SPEED LIMIT FUNCTION VERSION WHAT COMMAND -> $work/list
entry() {
    printf '%s' "$1" >> "$work/list"
    shift
    printf '\037%s' "$@" >> "$work/list"
    printf '\n' >> "$work/list"
}
missing() { # NAME WHY
    printf '%s\t%s\n' "$1" "$2" >> "$work/missing"
}

serve_python="$python $adapters/adapter.py --path python"
m=mittag-leffler

list_ours() {
    compile mlfunc cc -O2 -I. $adapters/adapter.c $adapters/mlfunc.c \
        "$B/lib/libmlfunc.a" -lm
    entry libmlfunc all negative 10 $m "$("$mlref" version | awk 'NR == 1 { print $NF }')" \
        "this library, called from C: \`ml_mittleff_d\`, \`ml_mittleff_z\`; nan is ML_UNABLE" \
        "$work/mlfunc"
    compile naive_series cc -O2 $adapters/naive_series.c -lm
    entry naive_series all - 10 $m "in this tree" \
        "the power series in doubles, as an example of what goes wrong" \
        "$work/naive_series"
    if [ -x "$python" ]; then
        entry libmlfunc.py all negative 10 $m "same" \
            "the same library, called from Python (ctypes)" \
            "$serve_python peers:mlfunc_value"
        for f in relaxation siegert; do
            entry libmlfunc.py all - 10 ml-$f "same" \
                "\`ml_${f}_jet_d\`, the value" "$serve_python peers:mlfunc_$f"
        done
        entry libmlfunc.py all - 10 kww "same" \
            "\`ml_kww_jet_d\`, the value" "$serve_python peers:mlfunc_kww"
    fi
}

list_python() {
    v=$(package pymittagleffler)
    if [ -n "$v" ]; then
        entry pymittagleffler all negative 10 $m "PyPI $v" \
            "Rust, A. Fikl: optimal parabolic contour of Garrappa" \
            "$serve_python --order z,alpha,beta pymittagleffler:mittag_leffler"
        for f in relaxation siegert; do
            entry pymittagleffler all - 10 ml-$f "PyPI $v" \
                "its E at \`-(t/tau)**alpha\`" \
                "$serve_python peers:pymittagleffler_$f"
        done
    else
        missing pymittagleffler "make peers installs it"
    fi
    v=$(package numfracpy)
    if [ -n "$v" ]; then
        entry numfracpy all negative 10 $m "PyPI $v" \
            "Python: the same contour" \
            "$serve_python --order z,alpha,beta numfracpy:Mittag_Leffler_two"
    else
        missing numfracpy "make peers installs it"
    fi
    v=$(package genml)
    if [ -n "$v" ]; then
        entry genml real negative 10 $m "PyPI $v" \
            "Python, K. Hinsen's port of ml.m; its public function returns the real part, so real z only" \
            "$serve_python --real --order z,alpha,beta genml.mittag_leffler:ml"
    else
        missing genml "make peers installs it"
    fi
    v=$(package mlfp)
    if [ -n "$v" ]; then
        entry mlfp hundredth negative 5 $m "PyPI $v" \
            "Python: series, contour, asymptotic series, mpmath" \
            "$serve_python --order z,alpha,beta mlfp:mittag_leffler"
    else
        missing mlfp "make peers installs it (Python 3.11)"
    fi
    v=$(package mpmath)
    if [ -n "$v" ]; then
        entry mpmath-series hundredth - 5 $m "PyPI $v" \
            "\`mpmath.nsum\` of the definition with 50 digits, no thought given to cancellation" \
            "$serve_python peers:series"
    fi
}

list_identities() {
    v=$(package scipy)
    if [ -n "$v" ]; then
        entry scipy-erfcx half half 10 $m "PyPI $v" \
            "E_{1/2,1}(z) = \`scipy.special.erfcx(-z)\`" "$serve_python peers:erfcx"
        entry scipy-hyp1f1 one one 10 $m "PyPI $v" \
            "E_{1,beta}(z) = \`hyp1f1(1, beta, z)\` / Gamma(beta)" \
            "$serve_python peers:hyp1f1"
        v=$(package numpy)
        entry numpy-hyperbolic two two 10 $m "PyPI $v" \
            "E_{2,1}(z) = cosh sqrt z, E_{2,2}(z) = sinh(sqrt z)/sqrt z" \
            "$serve_python peers:hyperbolic"
        entry python-formula all - 10 kww "$("$python" -V | cut -d' ' -f2)" \
            "\`math.exp(-c*(t/tau)**beta)\`" "$serve_python peers:kww"
    else
        missing scipy "make peers installs it"
    fi
    if has octave-cli; then
        entry octave-erfcx halfreal half 10 $m \
            "$(octave-cli --version 2> /dev/null | sed -n '1s/.* //p')" \
            "E_{1/2,1}(x) = Octave's \`erfcx(-x)\`, real" \
            "octave-cli -qf $adapters/adapter.m '@(alpha, beta, z) erfcx(-z)'"
    else
        missing octave-erfcx "Octave is not installed"
    fi
}

list_checkouts() {
    serve_octave="octave-cli -qf $adapters/adapter.m"
    if has octave-cli && [ -r "$peers/garrappa/ml.m" ]; then
        entry ml.m all negative 10 $m "rev. 1.4, $(commit "$peers/garrappa")" \
            "R. Garrappa's own, in Octave" \
            "$serve_octave '@(alpha, beta, z) ml(z, alpha, beta)' $peers/garrappa"
    else
        missing ml.m "no Octave, or no PEERS_DIR/garrappa/ml.m"
    fi
    if has octave-cli && [ -r "$peers/lrtfm/mittag_leffler.m" ]; then
        entry lrtfm fiftiethreal negative 5 $m "$(commit "$peers/lrtfm")" \
            "Octave: Gorenflo, Loutchko, Luchko (2002), accuracy 1e-12; real values only" \
            "$serve_octave mittag_leffler $peers/lrtfm"
    else
        missing lrtfm "no Octave, or no PEERS_DIR/lrtfm/mittag_leffler.m"
    fi
    if has gfortran && [ -r "$peers/tranqv/mod_mlf_garrappa.f90" ]; then
        compile tranqv gfortran -O2 -J "$work" "$peers/tranqv/mod_mlf_garrappa.f90" \
            $adapters/peer_tranqv.f90 $adapters/adapter.F90
        entry tranqv fiftieth negative 2 $m "$(commit "$peers/tranqv")" \
            "Fortran: port of ml.m" "$work/tranqv"
    else
        missing tranqv "no gfortran, or no PEERS_DIR/tranqv"
    fi
    r=$peers/gurteksinghgill/R/MittagLefflerFunc.R
    serve_r="Rscript $adapters/adapter.R"
    order='function(alpha, beta, z) mlf(z, alpha, beta)'
    if has Rscript && [ -r "$r" ]; then
        entry MittagLeffleR tenth negative 10 $m "$(commit "$peers/gurteksinghgill")" \
            "R, G. Gill and P. Straka: port of ml.m" \
            "$serve_r 'source(\"$r\"); $order'"
    elif has Rscript && Rscript -e 'library(MittagLeffleR)' > /dev/null 2>&1; then
        entry MittagLeffleR tenth negative 10 $m \
            "CRAN $(Rscript -e 'cat(format(packageVersion("MittagLeffleR")))')" \
            "R, G. Gill and P. Straka: port of ml.m" \
            "$serve_r 'library(MittagLeffleR); $order'"
    else
        missing MittagLeffleR "no R, or no PEERS_DIR/gurteksinghgill"
    fi
}

list_all() {
    : > "$work/list"
    : > "$work/missing"
    list_ours
    list_python
    list_checkouts
    list_identities
}

# --------------------------------------------------------------------- points

# A point set, cut from the committed one: no bit is computed here.
subset() { # FUNCTION SUBSET: prints a file
    out=$work/points-$1-$2.tsv
    awk -F '\t' -v which="$2" '
        function c(name) { return $(column[name]) }
        function is_real() { return !("im_z" in column) || c("im_z") ~ /^-?0x0p/ }
        /^#/ { print; next }
        !n { for (i = 1; i <= NF; i++) column[$i] = i; n = 1; print; next }
        which ~ /real$/ && !is_real() { next }
        which ~ /^half/ && (c("alpha") != "0x1p-1" || c("beta") != "0x1p+0") { next }
        which == "one" && c("alpha") != "0x1p+0" { next }
        which == "two" && (c("alpha") != "0x1p+1" || c("beta") !~ /^0x1p[+][01]$/) { next }
        which ~ /^tenth/ && seen[c("region")]++ % 10 { next }
        which ~ /^fiftieth/ && seen[c("region")]++ % 50 { next }
        which ~ /^hundredth/ && seen[c("region")]++ % 100 { next }
        { print }' "reference/points/$1.tsv" > "$out.new"
    cmp -s "$out.new" "$out" && rm "$out.new" || mv "$out.new" "$out"
    echo "$out"
}

# 84 real z from -2^10 to -2^-10, four in each octave, at one or three alpha.
speed_points() { # SET
    case $1 in
    negative) alphas='0.45 0.75 0.9' beta=1 ;;
    half) alphas=0.5 beta=1 ;;
    one) alphas=1 beta=1.5 ;;
    two) alphas=2 beta=1 ;;
    esac
    for alpha in $alphas; do
        awk -v alpha="$alpha" -v beta=$beta 'BEGIN {
            for (e = 10; e >= -10; e--)
                for (m = 1; m < 2; m += 0.25)
                    printf "%s\t%s\t%.17g\n", alpha, beta, -m * 2 ^ e
        }'
    done
}

# -------------------------------------------------------------------- measure

sum_of() { sha256sum | cut -c1-16; }
program_sum=$(sum_of < "$mlref")

verify() { # NAME SUBSET LIMIT FUNCTION VERSION COMMAND
    base=$work/$1.$4
    points=$(subset "$4" "$2")
    stamp=$( (echo "$program_sum $3 $5 $6"; cat "$points" $adapters/adapter.* $adapters/peers.py) | sum_of)
    if [ "$(cat "$base.stamp" 2> /dev/null)" != "$stamp" ]; then
        start=$(date +%s)
        "$mlref" verify --function "$4" --points "$points" --jobs "$jobs" \
            --time-limit "$3" --details "$base.details" \
            --cmd "$6 2> /dev/null" > "$base.summary"
        echo "$stamp" > "$base.stamp"
        echo "scoreboard: $1, $4: $(($(date +%s) - start)) s" >&2
    fi
}

nanoseconds() { # SET REPEATS COMMAND
    speed_points "$1" | MLREF_ARGS='alpha beta z' MLREF_FUNCTION=$m \
        ADAPTER_REPEAT=$2 sh -c "$3 2> /dev/null"
}

# ns of one value, and its ratio to libmlfunc in C measured before and after
measure_time() { # NAME SET COMMAND
    base=$work/$1.time
    stamp=$( (echo "$program_sum $2 $3"; cat $adapters/adapter.* $adapters/peers.py) | sum_of)
    if [ "$(sed -n 2p "$base" 2> /dev/null)" != "$stamp" ]; then
        once=$(nanoseconds "$2" 1 "$3")
        n=$(speed_points "$2" | wc -l)
        repeats=$(awk -v t="$once" -v n="$n" \
            'BEGIN { r = int(5e8 / (t * n + 1)); if (r < 1) r = 1; if (r > 9999) r = 9999; print r }')
        before=$(nanoseconds "$2" 2000 "$work/mlfunc")
        time=$(nanoseconds "$2" "$repeats" "$3")
        after=$(nanoseconds "$2" 2000 "$work/mlfunc")
        awk -v t="$time" -v b="$before" -v a="$after" \
            'BEGIN { printf "%.3g\t%.3g\n", t, 2 * t / (a + b) }' > "$base"
        echo "$stamp" >> "$base"
    fi
}

each() { # ACTION: name subset speed limit function version what command
    while IFS=$(printf '\037') read -r name set speed limit function version what command; do
        "$1"
    done < "$work/list"
}
verify_one() { verify "$name" "$set" "$limit" "$function" "$version" "$command" < /dev/null; }
time_one() {
    [ "$speed" = - ] || measure_time "$name" "$speed" "$command"
}

# One implementation at one point: the row of --details, one cell a line.
ask_one() {
    [ "$name" = "$asked" ] && [ "$function" = "$asked_function" ] || return 0
    grep -E "^(#|id$tab|$asked_id$tab)" "reference/points/$function.tsv" \
        > "$work/asked.tsv"
    echo "command: $command"
    "$mlref" verify --function "$function" --points "$work/asked.tsv" \
        --time-limit "$limit" --cmd "$command 2> /dev/null" \
        --details "$work/asked.details" < /dev/null > /dev/null
    awk -F '\t' '/^#/ { next }
        !n++ { split($0, names, "\t"); next }
        { for (i = 1; i <= NF; i++) print names[i] ": " $i }' "$work/asked.details"
}

# ----------------------------------------------------------------------- page

# One row for each region and kind: how many, and the worst (or the first).
witnesses_one() {
    awk -F '\t' -v OFS='\t' -v name="$name" -v f="$function" -v set="$set" '
        function c(name) { return $(column[name]) }
        function size(x) { return x ~ /inf/ ? 1e308 : x ~ /^[-n]/ ? -1 : x + 0 }
        /^#/ { next }
        !n++ {
            for (i = 1; i <= NF; i++) {
                column[$i] = i
                if ($i == "region") last = i - 1
            }
            next
        }
        {
            k = c("region") SUBSEP c("kind")
            if (!(k in count)) order[++keys] = k
            count[k]++
            u = size(c("ulp"))
            if (count[k] > 1 && u <= worst[k]) next
            worst[k] = u
            arguments = ""
            for (i = 2; i <= last; i++)
                arguments = arguments (i > 2 ? " " : "") $i
            got = c("kind") ~ /^(ok|wrong|nan|inf)$/ \
                ? c("re") (c("im") != "nan" && c("im") + 0 != 0 ? " " c("im") : "") : c("kind")
            want = c("true_re") (c("true_im") + 0 != 0 ? " " c("true_im") : "")
            row[k] = c("ulp") OFS c("id") OFS arguments OFS got OFS want
        }
        END {
            for (i = 1; i <= keys; i++) {
                split(order[i], key, SUBSEP)
                print f, name, set, key[1], key[2], count[order[i]], row[order[i]]
            }
        }' "$work/$name.$function.details"
}

write_witnesses() {
    echo "# made by: sh validation/scoreboard.sh"
    echo "# one row for each function, implementation, region and kind of answer: its"
    echo "# points, and the worst of them (of nan, inf, hang, ... the first).  The truth:"
    echo "# mlref eval FUNCTION ... --digits 20; the implementation at that point:"
    echo "# sh validation/scoreboard.sh ask IMPLEMENTATION FUNCTION ID"
    printf '%s\t' function implementation set region kind points ulp id arguments got
    echo want
    cat "$work/witnesses.rows"
}

# What is asked at a row of the overview: its counts by kind, from the rows.
overview() { # 1: identities only, 0: all others
    each overview_row | awk -F '\t' -v identities="$1" '
        ($3 ~ /^(half|halfreal|one|two)$/) == identities && $2 == "mittag-leffler" {
            printf "| %s | %s | %s | %s", $1, $4, $5, $6
            for (i = 7; i <= NF; i++) printf " | %s", $i
            print " |"
        }'
}
overview_row() {
    awk -F '\t' -v name="$name" -v f="$function" -v set="$set" \
        -v version="$version" -v what="$what" -v times="$work/$name.time" \
        -v python_times="$work/libmlfunc.py.time" -v is_python="$speed" '
        function short(x) { sub(/e[+]0*/, "e", x); return x }
        /^#/ { next }
        !n++ { for (i = 1; i <= NF; i++) column[$i] = i; next }
        $1 == "all" {
            kinds = "nan inf hang crash garbage refused unknown"
            printf "%s\t%s\t%s\t%s\t%s\t%d", name, f, set, what, version, $column["n"]
            total = $column["n"]
            printf "\t%.1f %%\t%d", 100 * $column["ok"] / total, $column["wrong"]
            text = ""
            m = split(kinds, kind, " ")
            for (i = 1; i <= m; i++)
                if ($column[kind[i]] > 0)
                    text = text (text == "" ? "" : ", ") $column[kind[i]] " " kind[i]
            printf "\t%s\t%s\t%s", text == "" ? "none" : text, \
                short($column["median_ulp"]), short($column["worst_ulp"])
            if (is_python != "-" && (getline line < times) > 0) {
                split(line, t, "\t")
                printf "\t%s\t%s", nice(t[1]), nice(t[2])
            } else {
                printf "\t-\t-"
            }
            print ""
        }
        function nice(x) {
            return x < 9.95 ? sprintf("%.1f", x) : x < 999.5 ? sprintf("%.0f", x) \
                : sprintf("%.0f", int(x / 10 ^ (length(int(x)) - 3) + 0.5) * 10 ^ (length(int(x)) - 3))
        }' "$work/$name.$function.summary"
}

# The worst error and the failures in each region, one column an implementation.
by_region() { # FUNCTION identities
    awk -F '\t' -v f="$1" -v identities="$2" '
        function size(x) { return x ~ /inf/ ? 1e308 : x ~ /^[-n]/ ? -1 : x + 0 }
        function text(x) {
            if (x < 0) return "-"
            if (x >= 1e308) return "inf"
            if (x < 9.95) return sprintf("%.1f", x)
            if (x < 999.5) return sprintf("%.0f", x)
            x = sprintf("%.0e", x)
            sub(/e[+]0*/, "e", x)
            return x
        }
        $1 != f || ($3 ~ /^(half|halfreal|one|two)$/) != identities { next }
        {
            if (!($2 in names)) { names[$2] = ++columns; label[columns] = $2 }
            if (!($4 in regions)) { regions[$4] = ++rows; title[rows] = $4 }
            cell = regions[$4] SUBSEP names[$2]
            n[cell] += $6
            if (!(cell in worst)) worst[cell] = -1
            if ($5 ~ /^(ok|wrong)$/ && size($7) > worst[cell]) worst[cell] = size($7)
            if ($5 != "ok") bad[cell] = bad[cell] " " $6 ($5 == "unknown" ? "u" : substr($5, 1, 1))
        }
        END {
            printf "| region | points |"
            for (j = 1; j <= columns; j++) printf " %s |", label[j]
            printf "\n|---|---|"
            for (j = 1; j <= columns; j++) printf "---|"
            print ""
            for (i = 1; i <= rows; i++) {
                most = 0
                for (j = 1; j <= columns; j++) if (n[i, j] > most) most = n[i, j]
                printf "| %s | %d |", title[i], most
                for (j = 1; j <= columns; j++)
                    printf " %s |", n[i, j] ? text(worst[i, j]) bad[i, j] : ""
                print ""
            }
        }' "$work/witnesses.rows"
}

# The three regions and kinds where an implementation is worst, one row each.
worst_rows() {
    awk -F '\t' '
        function size(x) { return x ~ /inf/ ? 1e308 : x ~ /^[-n]/ ? -1 : x + 0 }
        function short(x) { sub(/e[+]0*/, "e", x); return x }
        function code(x) { gsub(/ /, "\\&nbsp;", x); return x }
        $5 == "ok" || $5 == "refused" || $5 == "unknown" { next }
        {
            k = $1 SUBSEP $2
            if (!(k in seen)) { seen[k] = ++keys; order[keys] = k }
            u = $5 == "wrong" ? size($7) : 1e307
            if (++rank[k, $5] && $5 != "wrong" && rank[k, $5] > 1) next
            line = "| " $2 " | " $1 " | " $4 " | " $8 " | `" $9 "` | " $10 " | " $11 " | " ($5 == "wrong" ? short($7) " ulp" : $5) " |"
            m = ++found[k]
            for (i = m; i > 1 && value[k, i - 1] < u; i--) {
                value[k, i] = value[k, i - 1]
                rows[k, i] = rows[k, i - 1]
            }
            value[k, i] = u
            rows[k, i] = line
        }
        END {
            for (j = 1; j <= keys; j++)
                for (i = 1; i <= found[order[j]] && i <= 3; i++)
                    print rows[order[j], i]
        }' "$work/witnesses.rows"
}

table_sums() {
    for f in mittag-leffler ml-relaxation ml-siegert kww; do
        n=$(grep -vc '^#' "reference/points/$f.tsv")
        echo "| \`$f\` | $((n - 1)) | \`$(sha256sum < "reference/points/$f.tsv" | cut -c1-16)\` | \`$(sha256sum < "reference/tables/$f.tsv" | cut -c1-16)\` |"
    done
}

write_page() {
    cat << END
# Scoreboard

Implementations of the Mittag-Leffler function and its relatives, asked by \`mlref verify\` for every point of the committed point
sets, every answer held against a proved value. Made by one command from real runs, nothing by hand:

    make peers && PEERS_DIR=/where/checkouts/are make scoreboard

mlref $("$mlref" version | awk 'NR == 1 { print $NF }'); points and certified tables (first 16 digits of SHA-256):

| function | points | points | table |
|---|---|---|---|
$(table_sums)

An answer within 4 ulp of the unrounded truth is **ok**. All points are doubles and taken exactly. What an implementation promises is often
another measure, |err|/(1 + |E|), which is small where |E| is; \`mlref verify\` reports that, too. What is a fault for a
library of elementary functions may be good enough for yours: read the region that you need.

*Witnesses.* Every cell below has its point in \`scoreboard.tsv\` beside this page. The implementation at that point, and the truth:

    sh validation/scoreboard.sh ask pymittagleffler mittag-leffler ID
    mlref eval mittag-leffler alpha=… beta=… z=… --digits 20

*Speed.* ns: processor time of one value inside a loop in the implementation's own language, without the protocol, at 84 points
z = −2^10 … −2^−10 for each of α = 0.45, 0.75, 0.9, β = 1 (what has one α only: at that α). ÷ lib: that time over the time of
\`ml_mittleff_d\`, one call a value from C, measured just before and just after at the same points; \`libmlfunc.py\` is what the call through Python's
ctypes adds. Times differ from run to run and from machine to machine; nothing else on this page does.

## General implementations of E_{α,β}(z)

| name | what | version | points | ok | wrong | no number | median ulp | worst ulp | ns | ÷ lib |
|---|---|---|---|---|---|---|---|---|---|---|
$(overview 0)

libmlfunc gives a bound and a status beside each value: a nan has the status ML_UNABLE, what is wrong has ML_UNDECIDED and is within its bound.
Not asked for all points: mlfp and mpmath-series for one in a hundred of each region, tranqv for one in fifty, lrtfm for one in fifty
of the real z, MittagLeffleR for one in ten, genml for real z. A hang is no answer in 5 s (tranqv 2 s, what is fast 10 s); a faster machine may get one. Kinds: README.md of \`reference\`.

### By region: worst error in ulp; then what is not ok: **w**rong, **n**an, **i**nf, **h**ang, **c**rash, **g**arbage, **r**efused, **u**ndecided truth

$(by_region $m 0)

## Where one α is another function

| name | what | version | points | ok | wrong | no number | median ulp | worst ulp | ns | ÷ lib |
|---|---|---|---|---|---|---|---|---|---|---|
$(overview 1)

$(by_region $m 1)

SciPy's \`wright_bessel(a, b, x)\` = sum x^k/(k! Gamma(a k + b)) has a >= 0 and is E at no α: its Laplace transform is
(E_{a,b}(1/s))/s, so that it is no row here.

## Relaxation, its square, stretched exponential

$(for f in ml-relaxation ml-siegert kww; do printf '### `%s`\n\n%s\n\n' $f "$(by_region $f 0)"; done)

## The worst points

For each implementation the three worst regions and kinds, with the first or worst point of each; all of them in \`scoreboard.tsv\`.

| name | function | region | point | arguments | got | want | |
|---|---|---|---|---|---|---|---|
$(worst_rows)

## Not measured here

$(sed "s/$tab/: /; s/^/- /" "$work/missing"
echo "- Wolfram's MittagLefflerE, the Julia packages, Math.NET: need a system that is not here."
echo "- eisyfit-mittag-leffler 0.1 of PyPI (K. Hinsen's port again): stops at \`np.float\`, which NumPy has not had since 1.24.")
END
}

# ------------------------------------------------------------------------- run

if [ "${1-}" = ask ]; then
    # The list of the last run does, unless something has changed since.
    if [ ! -s "$work/list" ] || [ -n "$(find validation/scoreboard.sh \
        $adapters "$B/lib/libmlfunc.a" -newer "$work/list")" ]; then
        list_all
    fi
    asked=$2 asked_function=$3 asked_id=$4
    each ask_one
    exit
fi
list_all
each verify_one
each time_one
each witnesses_one > "$work/witnesses.rows"
write_witnesses > "$work/witnesses"
write_page > "$work/page"
cp "$work/witnesses" "$witnesses"
cp "$work/page" "$page"
echo "scoreboard: $page, $witnesses" >&2
