# python/test/t-mlfunc.py - the Python module against closed forms (TAP).
# SPDX-License-Identifier: MIT
#
# PYTHONPATH says which module; validation/checks/v-install.sh runs this.

import ctypes
import math
import sys
import threading
from array import array

import mlfunc
from mlfunc import Status

claims = []


def claim(holds, text):
    claims.append(bool(holds))
    print("%s %d - %s" % ("ok" if holds else "not ok", len(claims), text))


def raises(kind, f, *args, **kw):
    try:
        f(*args, **kw)
    except kind:
        return True
    return False


def near(got, want, relative):
    return abs(got - want) <= relative * abs(want)


print("# %s %s" % (mlfunc.__file__, mlfunc._lib._name))

# ------------------------------------------------------------------ one value

EXP1_ERFC1 = 0.42758357615580700441  # E_{1/2,1}(-1)
r = mlfunc.mittleff(0.5, 1, -1)
claim(r.value == EXP1_ERFC1 and r.status == Status.OK, "E_{1/2,1}(-1) is exp(1) erfc(1)")
claim(0 <= r.bound <= 2.0**-53 * r.value, "its bound is half an ulp at most")
value, bound, status = r
claim(value == r.value and mlfunc.status_name(status) == "ok", "a result unpacks")
claim(all(near(mlfunc.mittleff(1, 1, x).value, math.exp(x), 1e-15)
          for x in (-30, -1.5, 0, 0.3, 20)), "E_{1,1} is exp")
claim(all(near(mlfunc.mittleff(2, 1, -x * x).value, math.cos(x), 1e-14)
          for x in (0.5, 1.0, 3.0)), "E_{2,1}(-x^2) is cos x")
r = mlfunc.mittleff(1, 1, 1000)
claim(r.value == math.inf and r.status & Status.OVERFLOW
      and mlfunc.status_name(r.status) == "overflow", "exp(1000) overflows")
r = mlfunc.mittleff(-1, 1, 1)
claim(math.isnan(r.value) and r.status & Status.DOMAIN
      and mlfunc.status_name(r.status) == "domain", "alpha = -1 is outside the domain")
claim(math.isnan(mlfunc.mittleff(1, 1, math.nan).value), "NaN gives NaN")
r = mlfunc.mittleff(1, 1, 2j)
claim(near(r.value.real, math.cos(2), 1e-15) and near(r.value.imag, math.sin(2), 1e-15)
      and len(r.bound) == 2 and all(b < 1e-15 for b in r.bound), "E_{1,1}(2i) is exp(2i)")
r = mlfunc.mittleff(0.5, 1, complex(-1, 0))
claim(r.value == EXP1_ERFC1, "a complex number on the axis gives the real value")
claim(raises(ctypes.ArgumentError, mlfunc.mittleff, "a", 1, 1)
      or raises(TypeError, mlfunc.mittleff, "a", 1, 1), "a word for alpha is refused")

# ---------------------------------------------------------------------- arrays

x = array("d", [-0.25 * k for k in range(40)])
one = [mlfunc.mittleff(0.7, 1, t) for t in x]
r = mlfunc.mittleff_array(0.7, 1, x)
ulp = 2.0**-52
claim(len(r.value) == len(x) == len(r.bound)
      and all(near(v, o.value, ulp) for v, o in zip(r.value, one)), "an array, as one by one")
claim(all(abs(v - o.value) <= b + o.bound for v, b, o in zip(r.value, r.bound, one)),
      "... within the bounds")
same = {bytes(mlfunc.mittleff_array(0.7, 1, y).value) for y in (
    x, list(x), tuple(x), memoryview(x), memoryview(bytes(x)).cast("d"),
    (ctypes.c_double * len(x))(*x), iter(list(x)))}
claim(same == {bytes(r.value)}, "arrays, lists, read-only and ctypes buffers, iterators")
claim(bytes(mlfunc.mittleff_array(0.7, 1, memoryview(x)[::2]).value)
      == bytes(array("d", list(r.value)[::2])), "a strided view")
claim(list(mlfunc.mittleff_array(1, 1, array("f", [0, 0])).value) == [1, 1]
      and list(mlfunc.mittleff_array(1, 1, array("i", [0, 0])).value) == [1, 1],
      "floats and integers are converted")
claim(len(mlfunc.mittleff_array(0.7, 1, []).value) == 0, "no points at all")
claim(raises(TypeError, mlfunc.mittleff_array, 0.7, 1, 3.0), "a number for an array is refused")

plan = mlfunc.Plan(0.7, 1)
y = plan(x)
claim(all(near(v, o.value, ulp) for v, o in zip(y, one)), "a plan gives the values")
out = array("d", bytes(8 * len(x)))
claim(plan(x, out=out) is out and bytes(out) == bytes(y), "... into out")
z = array("d", x)
plan(z, out=z)
claim(bytes(z) == bytes(y), "... in place")
claim(raises(ValueError, plan, x, out=array("d", [0.0]))
      and raises(ValueError, plan, x, out=memoryview(bytes(x)).cast("d")),
      "... not into a buffer that is too short or read only")
claim(raises(ValueError, mlfunc.Plan, -1, 1), "no plan for alpha = -1")
del plan

# ----------------------------------------------------------------- derivatives


def entries(r, k, width=4):
    return list(r.value)[k::width]


t = array("d", [0.25, 1.0, 2.5])
r = mlfunc.mittleff_jet(1, 1, t)
claim(all(near(v, math.exp(s), 1e-12) for k in (0, 1) for v, s in zip(entries(r, k), t)),
      "dE/dx of E_{1,1} is exp")
h = 2.0**-20
up, down = (mlfunc.mittleff_array(1, 1 + d, t).value for d in (h, -h))
claim(all(near(v, (a - b) / (2 * h), 1e-8) for v, a, b in zip(entries(r, 3), up, down)),
      "dE/dbeta is what differences say")
up, down = (mlfunc.mittleff_array(1 + d, 1, t).value for d in (h, -h))
claim(all(near(v, (a - b) / (2 * h), 1e-8) for v, a, b in zip(entries(r, 2), up, down)),
      "... and dE/dalpha")
dd, condition = mlfunc.mittleff_jet_dd(1, 1, t)
claim(len(dd.value) == 24 and len(dd.bound) == len(condition) == 12
      and all(near(dd.value[2 * i] + dd.value[2 * i + 1], r.value[i], 1e-11)
              for i in range(12)), "as sums of two doubles, the same")
claim(min(condition) >= 1 - 1e-12, "a condition is at least 1")

tau = 2.0
e = [math.exp(-s / tau) for s in t]
r = mlfunc.relaxation_jet(1, tau, t)
claim(all(near(v, w, 1e-12) for v, w in zip(entries(r, 0), e))
      and all(near(v, -w / tau, 1e-12) for v, w in zip(entries(r, 1), e))
      and all(near(v, w * s / tau**2, 1e-12) for v, w, s in zip(entries(r, 2), e, t)),
      "relaxation_jet at alpha = 1: exp(-t/tau), by t, by tau")
q = mlfunc.siegert_jet(1, tau, t)
claim(all(near(v, w * w, 1e-12) for v, w in zip(entries(q, 0), e))
      and all(near(v, -2 * w * w / tau, 1e-12) for v, w in zip(entries(q, 1), e)),
      "siegert_jet is its square")
k = mlfunc.kww_jet(0.5, tau, 2, t)
f = [math.exp(-2 * math.sqrt(s / tau)) for s in t]
claim(all(near(v, w, 1e-12) for v, w in zip(entries(k, 0), f))
      and all(near(v, -2 * w * math.sqrt(s / tau) * math.log(s / tau), 1e-11)
              for v, w, s in zip(entries(k, 3), f, t)), "kww_jet: value and derivative by beta")

# ------------------------------------------------------------------- processor

first = mlfunc.cpu()
bits = bytes(mlfunc.mittleff_array(0.7, 1, x).value)
seen = []
for name in ("baseline", "avx2", "avx512"):
    try:
        mlfunc.cpu_select(name)
    except ValueError:
        continue
    seen.append(mlfunc.cpu() == name and bytes(mlfunc.mittleff_array(0.7, 1, x).value) == bits)
mlfunc.cpu_select(first)
claim(seen and all(seen), "the same bits on %d instruction sets" % len(seen))
claim(raises(ValueError, mlfunc.cpu_select, "sse") and mlfunc.cpu() == first,
      "an unknown instruction set changes nothing")
claim(mlfunc.arithmetic_ok(), "the arithmetic is in order")

results = []


def work():
    results.append(bytes(mlfunc.mittleff_array(0.7, 1, x).value))


threads = [threading.Thread(target=work) for _ in range(4)]
for w in threads:
    w.start()
for w in threads:
    w.join()
claim(results == [bits] * 4, "four threads, the same bits")
claim(mlfunc.version().count(".") == 2, "libmlfunc " + mlfunc.version())

missing = [n for n in mlfunc.__all__ if not hasattr(mlfunc, n)]
claim(not missing and mlfunc.__doc__ and all(
    getattr(mlfunc, n).__doc__ for n in mlfunc.__all__), "all is there, and explained")
print("1..%d" % len(claims))
sys.exit(0 if all(claims) else 1)
