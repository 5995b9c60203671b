# reference/adapters/adapter.py - serves a function of a Python module.
#
#     mlref verify --function mittag-leffler \
#         --cmd 'python3 reference/adapters/adapter.py my_module:my_ml'
#
#   MODULE:NAME   the function; NAME may have dots (module:object.method)
#   --path DIR    where MODULE is, when Python does not find it; may be repeated
#   --order LIST  its arguments, when not in the order of the registry:
#                 --order z,alpha,beta
#   --real        refuse z off the real axis
#
# Serves every function that mlref knows: the names and the number of arguments
# come from MLREF_ARGS.  A z on the real axis is passed as a float, any other as a
# complex.  An exception is a refusal, its text a remark.
#
# With ADAPTER_REPEAT=N in the environment the points are read first, then
# evaluated N times, and only the nanoseconds for one value are printed.
import argparse
import importlib
import os
import sys
import time


def find(name):
    """The object that MODULE:NAME names."""
    module, _, path = name.partition(":")
    thing = importlib.import_module(module)
    for part in path.split("."):
        thing = getattr(thing, part)
    return thing


def point(line, fields, order):
    """The arguments of one line: floats, and z complex where it is not real."""
    given = dict(zip(fields, map(float, line.split()), strict=True))
    for field in fields:
        if field.startswith("im_"):
            name, im = field[3:], given[field]
            re = given["re_" + name]
            given[name] = complex(re, im) if im != 0 else re
    return [given[name] for name in order]


def answer(f, args, width, real):
    """One line: a value of one or two fields, or a refusal after a remark."""
    try:
        if real and any(isinstance(a, complex) for a in args):
            raise ValueError("z is not real")
        e = complex(f(*args))
    except Exception as error:  # whatever it is: there is no value
        text = " ".join(f"{type(error).__name__}: {error}".split())
        return f"# {text[:200]}\nrefuse"
    return f"{e.real!r}\t{e.imag!r}" if width == 2 else repr(e.real)


def measure(f, points, repeats):
    """Nanoseconds of processor time for one call, the very first left out."""
    try:
        f(*points[0])
    except Exception:
        pass
    start = time.process_time()
    for _ in range(repeats):
        for args in points:
            try:
                f(*args)
            except Exception:
                pass
    return (time.process_time() - start) * 1e9 / (repeats * len(points))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("function", metavar="MODULE:NAME")
    parser.add_argument("--path", action="append", default=[])
    parser.add_argument("--order")
    parser.add_argument("--real", action="store_true")
    o = parser.parse_args()
    sys.path[:0] = o.path
    f = find(o.function)
    fields = os.environ.get("MLREF_ARGS", "alpha beta z").split()
    names = [n.removeprefix("re_") for n in fields if not n.startswith("im_")]
    order = o.order.split(",") if o.order else names
    width = 2 if len(fields) > len(names) else 1
    lines = (line for line in sys.stdin if line.strip())
    if "ADAPTER_REPEAT" in os.environ:
        points = [point(line, fields, order) for line in lines]
        print(f"{measure(f, points, int(os.environ['ADAPTER_REPEAT'])):.6g}")
        return
    for line in lines:
        print(answer(f, point(line, fields, order), width, o.real), flush=True)


main()
