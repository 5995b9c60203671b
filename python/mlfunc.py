# python/mlfunc.py - the Mittag-Leffler function in doubles, with proved bounds.
# SPDX-License-Identifier: MIT
"""The Mittag-Leffler function E_{alpha,beta}, with proved error bounds.

    >>> import mlfunc
    >>> mlfunc.mittleff(0.5, 1, -1)
    Result(value=0.427583576155807, bound=..., status=<Status.OK: 0>)

This module calls the shared library libmlfunc and needs nothing else: arrays
are any objects with the buffer protocol that hold doubles (array.array, NumPy
arrays, memoryviews; used in place), or any sequence of numbers (copied).
Results are array.array('d'); numpy.asarray() takes them without a copy.

The contracts are those of the header mlfunc/mlfunc.h and of libmlfunc(3).
Where MLFUNC_LIBRARY is set it names the shared library; otherwise the one
installed with this module is taken, then the one that the system finds.
"""

import ctypes
import ctypes.util
import enum
import os
from array import array
from collections import namedtuple

__all__ = [
    "Result", "Status", "Plan", "mittleff", "mittleff_array", "mittleff_jet",
    "mittleff_jet_dd", "relaxation_jet", "siegert_jet", "kww_jet", "cpu",
    "cpu_select", "arithmetic_ok", "status_name", "version",
]


class Status(enum.IntFlag):
    """The flags of a status; OK (0): the output is what the contract promises."""

    OK = 0
    DOMAIN = 1  # no value exists at this point
    UNABLE = 2  # a value may exist; this method cannot give it
    NOMEM = 4  # memory is out
    IO = 8  # a file could not be read or written
    OVERFLOW = 16  # the result exceeds the range of the target
    UNDERFLOW = 32  # the result is below the range of the target
    UNDECIDED = 64  # within its bound, but perhaps not the nearest double


Result = namedtuple("Result", "value bound status")
Result.__doc__ = """A value, a proved bound on its error, and a Status.

For a complex argument the value is complex, and the bound a pair: of the error
of the real and of the imaginary part.  For arrays both are arrays, and the
status joins those of all elements."""

# ------------------------------------------------------------------ the library

_SONAME = "libmlfunc.so.0"


def _candidates():
    named = os.environ.get("MLFUNC_LIBRARY")
    if named:
        yield named
        return
    here = os.path.dirname(os.path.abspath(__file__))
    # PREFIX/share/libmlfunc/python beside PREFIX/lib, or build/lib in the tree
    for path in ("../../../lib", "../../../lib64", "../build/lib", "."):
        yield os.path.join(here, path, _SONAME)
    yield _SONAME
    found = ctypes.util.find_library("mlfunc")
    if found:
        yield found


def _load():
    reasons = []
    for name in _candidates():
        try:
            return ctypes.CDLL(name)
        except OSError as error:
            reasons.append(str(error))
    raise ImportError("libmlfunc is not found:\n  " + "\n  ".join(reasons))


_lib = _load()
_double = ctypes.c_double
_pointer = ctypes.POINTER(ctypes.c_double)


def _function(name, restype, *argtypes):
    f = getattr(_lib, name)
    f.restype = restype
    f.argtypes = argtypes
    return f


_version = _function("ml_version", ctypes.c_char_p)
_status_name = _function("ml_status_name", ctypes.c_char_p, ctypes.c_int)
_bound_d = _function("ml_mittleff_bound_d", ctypes.c_int, _pointer, _pointer,
                     _double, _double, _double)
_z = _function("ml_mittleff_z", ctypes.c_int, _pointer, _pointer,
               _double, _double, _pointer)
_array_d = _function("ml_mittleff_array_d", ctypes.c_int, _pointer, _pointer,
                     _double, _double, ctypes.c_size_t, _pointer)
_plan_alloc = _function("ml_plan_alloc", ctypes.c_int,
                        ctypes.POINTER(ctypes.c_void_p), _double, _double)
_plan_eval = _function("ml_plan_eval", None, ctypes.c_void_p, ctypes.c_size_t,
                       _pointer, _pointer)
_plan_free = _function("ml_plan_free", None, ctypes.c_void_p)
_jet_d = _function("ml_mittleff_jet_d", ctypes.c_int, _pointer, _pointer,
                   _double, _double, ctypes.c_size_t, _pointer)
_jet_dd = _function("ml_mittleff_jet_dd", ctypes.c_int, _pointer, _pointer,
                    _pointer, _double, _double, ctypes.c_size_t, _pointer)
_relaxation = _function("ml_relaxation_jet_d", ctypes.c_int, _pointer, _pointer,
                        _double, _double, ctypes.c_size_t, _pointer)
_siegert = _function("ml_siegert_jet_d", ctypes.c_int, _pointer, _pointer,
                     _double, _double, ctypes.c_size_t, _pointer)
_kww = _function("ml_kww_jet_d", ctypes.c_int, _pointer, _pointer, _double,
                 _double, _double, ctypes.c_size_t, _pointer)
_cpu = _function("ml_cpu", ctypes.c_char_p)
_cpu_select = _function("ml_cpu_select", ctypes.c_int, ctypes.c_char_p)
_arithmetic_ok = _function("ml_arithmetic_ok", ctypes.c_int)

# ---------------------------------------------------------------------- arrays


def _new(n):
    """An array of n doubles, and a pointer to it."""
    out = array("d", bytes(8 * n))
    return out, (_double * n).from_buffer(out)


def _doubles(x):
    """A ctypes array over the doubles of x, in place where that is possible."""
    try:
        view = memoryview(x)
    except TypeError:
        view = memoryview(array("d", x))
    if view.format not in ("d", "<d", "@d", "=d") or not view.c_contiguous:
        if view.ndim != 1:
            raise TypeError("expected doubles, one after another in memory")
        view = memoryview(array("d", view.tolist()))
    n = view.nbytes // 8
    kind = _double * n
    return (kind.from_buffer_copy(view) if view.readonly
            else kind.from_buffer(view)), n


def _output(out, n):
    """Where to write n doubles: the caller's buffer, or a new array."""
    if out is None:
        return _new(n)
    c, m = _doubles(out)
    if memoryview(out).readonly or memoryview(out).format != "d" or m != n:
        raise ValueError("out must be %d doubles that can be written" % n)
    return out, c


def _many(function, width, numbers, x):
    """value and bound, width a point, from function(value, bound, ..., n, x)."""
    points, n = _doubles(x)
    value, v = _new(width[0] * n)
    bound, b = _new(width[1] * n)
    status = function(v, b, *numbers, n, points)
    return Result(value, bound, Status(status))


# ------------------------------------------------------------------- functions


def mittleff(alpha, beta, x):
    """E_{alpha,beta}(x) for a real or complex number x: a Result."""
    if isinstance(x, complex):
        value, bound = (_double * 2)(), (_double * 2)()
        status = _z(value, bound, alpha, beta, (_double * 2)(x.real, x.imag))
        return Result(complex(*value), tuple(bound), Status(status))
    value, bound = _double(), _double()
    status = _bound_d(value, bound, alpha, beta, x)
    return Result(value.value, bound.value, Status(status))


def mittleff_array(alpha, beta, x):
    """E_{alpha,beta}(x) for an array of real x, from one set-up: a Result."""
    return _many(_array_d, (1, 1), (alpha, beta), x)


def mittleff_jet(alpha, beta, x):
    """E, dE/dx, dE/dalpha, dE/dbeta at each x, four after one another."""
    return _many(_jet_d, (4, 4), (alpha, beta), x)


def mittleff_jet_dd(alpha, beta, x):
    """The same, each a sum of two doubles: (Result, conditions).

    value[8 i + 2 k] + value[8 i + 2 k + 1] is value k at x[i]; bound and
    conditions have four numbers a point."""
    points, n = _doubles(x)
    value, v = _new(8 * n)
    bound, b = _new(4 * n)
    condition, c = _new(4 * n)
    status = _jet_dd(v, b, c, alpha, beta, n, points)
    return Result(value, bound, Status(status)), condition


def relaxation_jet(alpha, tau, t):
    """E_alpha(-(t/tau)^alpha) and its derivatives by t, tau, alpha at each t."""
    return _many(_relaxation, (4, 4), (alpha, tau), t)


def siegert_jet(alpha, tau, t):
    """E_alpha(-(t/tau)^alpha)^2 and its derivatives by t, tau, alpha."""
    return _many(_siegert, (4, 4), (alpha, tau), t)


def kww_jet(beta, tau, c, t):
    """exp(-c (t/tau)^beta) and its derivatives by t, tau, beta at each t."""
    return _many(_kww, (4, 4), (beta, tau, c), t)


class Plan:
    """E_{alpha,beta} at one alpha and beta, for very many x.

        plan = mlfunc.Plan(0.7, 1)
        y = plan(x)                # or plan(x, out=y); y may be x
    """

    def __init__(self, alpha, beta):
        self._plan = ctypes.c_void_p()
        status = Status(_plan_alloc(ctypes.byref(self._plan), alpha, beta))
        if status & Status.NOMEM:
            raise MemoryError("ml_plan_alloc")
        if status != Status.OK:
            raise ValueError("no plan for alpha = %r, beta = %r: %s"
                             % (alpha, beta, status_name(status)))

    def __call__(self, x, out=None):
        points, n = _doubles(x)
        y, c = _output(out, n)
        _plan_eval(self._plan, n, points, c)
        return y

    def __del__(self):
        if getattr(self, "_plan", None):
            _plan_free(self._plan)
            self._plan = None


# ------------------------------------------------------------------- processor


def cpu():
    """The instruction set in use: "baseline", "avx2" or "avx512"."""
    return _cpu().decode()


def cpu_select(name):
    """Uses another instruction set; no bit of any result changes."""
    if _cpu_select(name.encode()) != 0:
        raise ValueError("this processor has no %r" % name)


def arithmetic_ok():
    """Whether this thread rounds to nearest and keeps subnormal numbers."""
    return bool(_arithmetic_ok())


def status_name(status):
    """The gravest flag of a status as a word."""
    return _status_name(int(status)).decode()


def version():
    """The version of the shared library."""
    return _version().decode()
