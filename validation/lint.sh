#!/bin/sh
# validation/lint.sh - cppcheck and clang-tidy over every C file; exit 1 on a
# finding.  What is switched off is explained here.

flags=$(sh validation/probe.sh | sed -n 's/^found-cppflags :=//p')
status=0

if command -v cppcheck > /dev/null; then
    # unusedFunction, unusedStructMember: a library is used by its users.
    # variableScope, const*: taste; missingIncludeSystem: not ours.
    # knownConditionTrueFalse: it reads one configuration of the #ifdefs.
    # unreadVariable: it misses reads through a pointer; clang-tidy's
    # DeadStores, which sees them, is on.
    cppcheck -q --std=c11 --enable=warning,style,performance,portability \
        --inline-suppr --error-exitcode=1 -j2 -I. \
        --suppress=missingIncludeSystem --suppress=unusedFunction \
        --suppress=variableScope --suppress=constParameter \
        --suppress=constVariable --suppress=unusedStructMember \
        --suppress=unmatchedSuppression --suppress=knownConditionTrueFalse \
        --suppress=constParameterPointer --suppress=constVariablePointer \
        --suppress=constParameterCallback --suppress=unreadVariable \
        base mlfunc fit simulate reference paper cli validation || status=1
else
    echo "lint: cppcheck is not installed" >&2
fi

checks='-*,bugprone-*,clang-analyzer-*'
# Taste, or wrong about C: same-typed parameters are mathematics; casts between
# integer types are checked by -Wconversion; memcpy and snprintf are bounded;
# a buffer that comes with its length needs no terminator.
for off in bugprone-easily-swappable-parameters \
    bugprone-narrowing-conversions bugprone-reserved-identifier \
    bugprone-implicit-widening-of-multiplication-result \
    bugprone-assignment-in-if-condition \
    bugprone-not-null-terminated-result \
    clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling; do
    checks="$checks,-$off"
done

# One file per process: from the second file on, clang-tidy 14 takes every
# va_list for uninitialised.  FloatLoopCounter is for what ships: in a test
# that walks a grid of doubles one step more or less decides nothing.
if command -v clang-tidy > /dev/null; then
    git ls-files '*.c' | xargs -n 1 -P 2 sh -c '
        case $1 in
        */test/* | validation/*) off=,-clang-analyzer-security.FloatLoopCounter ;;
        *) off= ;;
        esac
        clang-tidy --quiet --warnings-as-errors="*" --checks="$0$off" "$1" \
            -- -std=c11 -I. '"$flags"' 2> /dev/null' "$checks" || status=1
else
    echo "lint: clang-tidy is not installed" >&2
fi
exit $status
