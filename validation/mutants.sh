#!/bin/sh
# validation/mutants.sh - `make mutants`: N faults drawn by SEED, in copies;
# ROOM=mlfunc/ball restricts the files.
exec perl validation/mutants.pl run "${N:-30}" "${SEED:-1}" $ROOM
