# mlfunc/bench/peer.py - the time of pymittagleffler at the points of a file.
#
#     python peer.py FILE GROUPS EACH
#
# FILE holds doubles: for each group alpha, beta, and EACH values of x.  One
# array call for each group; prints the median over passes of the CPU time of all
# its threads per value in nanoseconds, and how many groups it refused.
import array
import sys
import time

import numpy
import pymittagleffler

path, groups, each = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
data = array.array("d")
with open(path, "rb") as f:
    data.fromfile(f, groups * (each + 2))
rows = numpy.array(data).reshape(groups, each + 2)
points = [(float(r[0]), float(r[1]), r[2:].copy()) for r in rows]
passes, refused = [], set()
for _ in range(5):
    spent, done = 0, 0
    for g, (alpha, beta, x) in enumerate(points):
        start = time.process_time_ns()
        try:
            pymittagleffler.mittag_leffler(x, alpha, beta)
        except Exception:
            refused.add(g)
            continue
        spent += time.process_time_ns() - start
        done += len(x)
    passes.append(spent / max(done, 1))
print(sorted(passes)[2], len(refused))
