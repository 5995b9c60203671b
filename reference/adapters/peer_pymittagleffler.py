# reference/adapters/peer_pymittagleffler.py - the package pymittagleffler of PyPI.
#
#     make peers
#     mlref verify --function mittag-leffler \
#         --cmd 'build/peers/bin/python reference/adapters/peer_pymittagleffler.py'
import os
import sys

import pymittagleffler

if os.environ.get("MLREF_FUNCTION") != "mittag-leffler":
    sys.exit("this adapter serves mittag-leffler only")

for line in sys.stdin:
    alpha, beta, *z = map(float, line.split())
    try:
        if len(z) == 1:
            e = pymittagleffler.mittag_leffler(z[0], alpha, beta)
        else:
            e = pymittagleffler.mittag_leffler(complex(*z), alpha, beta)
        e = complex(e)
        print(f"{e.real!r}\t{e.imag!r}" if len(z) == 2 else repr(e.real))
    except (ValueError, ArithmeticError) as error:
        print("#", str(error).replace("\n", " "))
        print("refuse")
    sys.stdout.flush()
