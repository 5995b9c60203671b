#!/bin/sh
# library/public.sh - the public functions that headers declare, one a line.
#
#     public.sh HEADER...          sorted names
#     public.sh --of LIBRARY       those of libmlfunc or libmlref
#     public.sh --headers LIBRARY  the headers themselves
#
# libmlfunc has one header; libmlref has what lies at the top of the rooms, but
# for impl.h and the headers that include it.

headers() {
    case $1 in
    mlfunc) echo mlfunc/mlfunc.h ;;
    mlref) grep -L 'impl\.h' mlfunc/mlball.h base/*.h fit/*.h simulate/*.h \
        reference/*.h paper/*.h ;;
    *) echo "public.sh: no library \"$1\"" >&2 && exit 2 ;;
    esac
}

case $1 in
--headers)
    headers "$2"
    exit
    ;;
--of) set -- $(headers "$2") ;;
esac
cat "$@" | tr '\n' ' ' |
    sed 's|/\*[^*]*\*\+\([^/*][^*]*\*\+\)*/| |g' |
    grep -oE '\b(ml|mlio|mlfit|mlsim|mltab|mlpaper)_[a-z0-9_]+\(' |
    tr -d ' (' | sort -u
