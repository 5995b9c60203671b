#!/bin/sh
# validation/lint.sh - cppcheck and clang-tidy over every C file; exit 1 on a
# finding.  What is switched off is explained here.
#
#     validation/lint.sh [SET FLAGS...]
#
# Files lanes_X.c are compiled once for each instruction set: they are read as
# the baseline and as SET, the widest one, with its flags (`make lint`).

flags="-std=c11 -I. $(sh validation/probe.sh | sed -n 's/^found-cppflags :=//p')"
narrow=-DML_VARIANT=baseline
wide=${1:+-DML_VARIANT=}$*
status=0

# Off in cppcheck.
# unusedFunction, unusedStructMember: a library is used by its users.
# variableScope, const*: taste; missingIncludeSystem: not ours.
# knownConditionTrueFalse: it reads one configuration of the #ifdefs.
# unreadVariable, unassignedVariable: it misses what is done through a pointer;
# clang-tidy's analyzer, which sees that, is on.
# shadowFunction, shadowVariable: -Wshadow, which is on, warns where the other
# thing of that name is declared before and could be meant.
# uninitvar, ctuuninitvar in double/: it takes a vector that is set element by
# element for unset; clang-tidy's analyzer knows vectors.
# invalidFunctionArg in tests: log2(0) is -infinity there.
# Without ML_SHARED, which needs ML_VARIANT, every file has all that it calls.
check() {
    cppcheck -q --std=c11 --enable=warning,style,performance,portability \
        --inline-suppr --error-exitcode=1 -j2 -I. \
        --suppress=missingIncludeSystem --suppress=unusedFunction \
        --suppress=variableScope --suppress=constParameter \
        --suppress=constVariable --suppress=unusedStructMember \
        --suppress=unmatchedSuppression --suppress=knownConditionTrueFalse \
        --suppress=constParameterPointer --suppress=constVariablePointer \
        --suppress=constParameterCallback --suppress=unreadVariable \
        --suppress=unassignedVariable --suppress=shadowFunction \
        --suppress=shadowVariable '--suppress=uninitvar:mlfunc/double/*' \
        '--suppress=ctuuninitvar:mlfunc/double/*' \
        '--suppress=invalidFunctionArg:*/test/*' --file-list=- "$@"
}

if command -v cppcheck > /dev/null; then
    git ls-files '*.c' | grep -v '/lanes_' | check -UML_SHARED || status=1
    git ls-files '*/lanes_*.c' | check $narrow || status=1
else
    echo "lint: cppcheck is not installed" >&2
fi

checks='-*,bugprone-*,clang-analyzer-*'
# Taste, or wrong about C: same-typed parameters are mathematics; casts between
# integer types are checked by -Wconversion; memcpy and snprintf are bounded;
# a buffer that comes with its length needs no terminator; fields are in the
# order in which they are explained.
for off in bugprone-easily-swappable-parameters \
    bugprone-narrowing-conversions bugprone-reserved-identifier \
    bugprone-implicit-widening-of-multiplication-result \
    bugprone-assignment-in-if-condition \
    bugprone-not-null-terminated-result \
    clang-analyzer-optin.performance.Padding \
    clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling; do
    checks="$checks,-$off"
done

# On for what ships, off in tests and validation:
# FloatLoopCounter: in a walk over a grid of doubles one step more or less
# decides nothing; suspicious-memory-comparison: the same bits are meant;
# suspicious-include: some tests look inside lanes_X.c; strcpy: of literals;
# sizeof-expression: arrays of pointers are what it takes for a slip.
off_in_tests=,-clang-analyzer-security.FloatLoopCounter
off_in_tests=$off_in_tests,-bugprone-suspicious-memory-comparison
off_in_tests=$off_in_tests,-bugprone-suspicious-include
off_in_tests=$off_in_tests,-bugprone-sizeof-expression
off_in_tests=$off_in_tests,-clang-analyzer-security.insecureAPI.strcpy

# int8_t is a number, not a character.
config='{CheckOptions: [{key: bugprone-signed-char-misuse.CharTypdefsToIgnore, value: int8_t}]}'

# One file per process: from the second file on, clang-tidy 14 takes every
# va_list for uninitialised.
if command -v clang-tidy > /dev/null; then
    export checks config off_in_tests flags narrow wide
    git ls-files '*.c' | xargs -n 1 -P 2 sh -c '
        case $1 in
        */test/* | validation/*) checks=$checks$off_in_tests ;;
        esac
        tidy() {
            clang-tidy --quiet --warnings-as-errors="*" --checks="$checks" \
                --config="$config" "$@" 2> /dev/null
        }
        case $1 in
        */lanes_*)
            tidy "$1" -- $flags $narrow || exit 1
            [ -z "$wide" ] || tidy "$1" -- $flags $wide
            ;;
        *) tidy "$1" -- $flags ;;
        esac' lint || status=1
else
    echo "lint: clang-tidy is not installed" >&2
fi
exit $status
