#!/bin/sh
# validation/lint.sh - cppcheck and clang-tidy over every C file; exit 1 on a
# finding.  What is switched off is explained here.

B=${ML_BUILD:-build}
flags=$(sed -n 's/^found-cppflags :=//p' "$B/found.mk")
status=0

if command -v cppcheck > /dev/null; then
    # unusedFunction: a library's functions are used by its users.
    # variableScope, constParameter*: taste; missingInclude*: system headers.
    cppcheck -q --std=c11 --enable=warning,style,performance,portability \
        --inline-suppr --error-exitcode=1 -j2 -I. \
        --suppress=missingIncludeSystem --suppress=unusedFunction \
        --suppress=variableScope --suppress=constParameter \
        --suppress=constVariable --suppress=unusedStructMember \
        --suppress=unmatchedSuppression --suppress=knownConditionTrueFalse \
        --suppress=constParameterPointer --suppress=constVariablePointer \
        --suppress=constParameterCallback \
        base mlfunc fit simulate reference paper cli validation || status=1
else
    echo "lint: cppcheck is not installed" >&2
fi

if command -v clang-tidy > /dev/null; then
    git ls-files '*.c' | xargs -n 8 -P 2 clang-tidy --quiet \
        --warnings-as-errors='*' \
        --checks='-*,bugprone-*,clang-analyzer-*,-bugprone-easily-swappable-parameters,-bugprone-narrowing-conversions,-clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling,-bugprone-reserved-identifier,-bugprone-implicit-widening-of-multiplication-result,-bugprone-assignment-in-if-condition,-clang-analyzer-deadcode.DeadStores' \
        -- -std=c11 -I. $flags 2> /dev/null || status=1
else
    echo "lint: clang-tidy is not installed" >&2
fi
exit $status
