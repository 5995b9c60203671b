#!/bin/sh
# validation/mutants.sh - `make mutants`: N faults drawn by SEED, in a copy.
exec perl validation/mutants.pl run "${N:-30}" "${SEED:-1}"
