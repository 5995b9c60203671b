# validation/oracle.py - the Mittag-Leffler function from its definition, in mpmath.
#
#     oracle.py --table reference/tables/mittag-leffler.tsv ... [--rows N] [--seed S]
#     oracle.py --random N --mlref build/mlref [--seed S]
#     oracle.py --derivatives N --mlref build/mlref [--seed S]
#     oracle.py --identities N --mlref build/mlref [--seed S]
#
# Shares no code with the library: integers are Python's own, gamma, exp and log
# are mpmath's.  E_{alpha,beta}(z) = sum_{k>=0} z^k / Gamma(alpha k + beta) comes
# by one of three routes, with x = |z|^(1/alpha):
#
#   series   the definition.  Terms are added until y = alpha k + beta >= 2 and
#            q = |t_{k+1}/t_k| < 1; Gamma(y)/Gamma(y + alpha) falls there because
#            log Gamma is convex, so that the rest is at most |t_{k+1}|/(1 - q).
#            Rounding: a term is off by at most (k + 8) ulp of itself.
#   exp      alpha = 1 and beta = 1, 0, -1, ...: the series is z^(1-beta) exp(z).
#   contour  E = 1/(2 pi i) int_Ha e^s s^(alpha-beta)/(s^alpha - z) ds on the
#            parabola s = mu (1 + i u)^2, plus the residues of the poles to its
#            right.  Trapezoid in u, the step halved until two sums agree to 47
#            digits of E; the second is then off by about the square of that.
#
# The series serves up to x = 300 and about 3000 terms, the contour beyond; one
# row in four is done by all that serve.  A row is confirmed when |oracle - table|
# is at most half a unit of the table's 40th digit plus the oracle's own error,
# and the oracle, where its error decides it, rounds to the table's double.
#
# Derivatives come by the series, term by term: with g = 1/Gamma, k times g' for
# one in alpha, g' for one in beta; g' = -psi g where y > 0, and g(y) =
# y (y+1) ... g(y+n) elsewhere.
#
# ml-relaxation is E_{alpha,1}(-(t/tau)^alpha), its argument taken to 400 digits,
# and ml-siegert the square of that; kww is exp(-c (t/tau)^beta).
#
# Output: tab-separated; exit 0, or 1 when anything disagrees.
import argparse
import csv
import math
import multiprocessing
import os
import random
import subprocess
import sys
import time
from fractions import Fraction

os.environ["MPMATH_NOGMPY"] = "1"
import mpmath  # noqa: E402  (after the choice of its integers)
from mpmath import mp, mpc, mpf  # noqa: E402

DIGITS = 60  # asked of the oracle, relative, in each part that is not 0
AGREE = 47  # digits in which two trapezoid sums must agree
MAX_X = 300
MAX_TERMS = 3000
MAX_DPS = 2500
MAX_EXPONENT = 10**12  # of exp, in residues
LN10 = math.log(10)
FUNCTIONS = "mittag-leffler", "ml-relaxation", "ml-siegert", "kww"
ARGUMENTS = "alpha", "beta", "re_z", "im_z", "tau", "c", "t"


class OutOfReach(Exception):
    """The oracle has no value here; the message says why."""


def parts(v):
    return (v.real, v.imag) if isinstance(v, mpc) else (v, mpf(0))


def exact_argument(alpha, k, beta):
    """alpha k + beta without rounding: rgamma is badly conditioned at poles."""
    return mp.fadd(mp.fmul(alpha, k, exact=True), beta, exact=True)


def log_x(alpha, z):
    """log(|z|^(1/alpha)) as a double, for plans only."""
    return float(mp.log(abs(z)) / alpha)


# The series


def terms_needed(alpha, beta, z, digits):
    """About how many terms reach 10^-digits; above MAX_TERMS when too many."""
    a, b, lz = float(alpha), float(beta), float(mp.log(abs(z)))
    k = max(4, int(max(0.0, 3 - b) / a) + 1)
    while k <= MAX_TERMS:
        if k * lz - math.lgamma(a * k + b) < -digits * LN10:
            return k
        k += 1 + k // 16
    return k


def series(alpha, beta, z, dps):
    mp.dps = dps
    total, power, weight = mpf(0), mpf(1), mpf(0)
    last = None
    for k in range(2 * MAX_TERMS):
        y = exact_argument(alpha, k, beta)
        term = power * mp.rgamma(y)
        size = abs(term)
        if last and y - alpha >= 2 and size < last:
            rest = size / (1 - size / last)
            least = min([abs(v) for v in parts(total) if v != 0] + [weight])
            if rest <= max(weight * mp.eps, least * mpf(10) ** -(DIGITS + 3)):
                return total, weight * mp.eps + rest
        total += term
        weight += (k + 8) * size
        last = size
        power *= z
    raise OutOfReach("series too long")


# The contour


def poles(alpha, z):
    """The poles s of 1/(s^alpha - z) on |arg s| < pi, as (s, Re sqrt s)."""
    log_z = mp.log(z) if z != 0 else None
    reach = int(alpha / 2) + 2
    found = []
    for n in range(-reach, reach + 1):
        log_s = (log_z + 2j * mp.pi * n) / alpha
        if abs(mp.im(log_s)) < mp.pi:
            s = mp.exp(log_s)
            width = min(mp.re(mp.exp(log_s / 2)), mpf(10) ** 150)
            found.append((s, float(width)))
    return found


def plan_contour(widths, digits):
    """sqrt(mu) and a step, for digits: few nodes between and beside the poles.

    In u the cut lies at Im u = 1 and a pole at Im u = 1 - Re sqrt(s)/sqrt(mu).
    """
    best = None
    for i in range(120):
        m = 0.15 * 1.05**i
        mu = m * m
        need = digits * LN10 + mu
        up = 1 - max([w for w in widths if w < m] + [0]) / m
        down = min([w for w in widths if w >= m] + [4 * m]) / m - 1
        step = 2 * math.pi * up / need
        low = max(
            2 * math.pi * c / (need + mu * ((1 + c) ** 2 - 1))
            for c in (down * j / 24 for j in range(1, 25))
        )
        nodes = math.sqrt(1 + need / mu) / max(min(step, low), 1e-12)
        if best is None or nodes < best[0]:
            best = (nodes, m, min(step, low))
    if best[0] > 40000:
        raise OutOfReach("pole too near to every parabola")
    return best[1], best[2]


def contour_pair(alpha, beta, z, mu, u):
    """The integrand at u and -u, added (once at u = 0), and its size."""
    r = mpc(1, u)
    log_s = mp.log(mu) + 2 * mp.log(r)
    head = mp.exp(mu * r * r + (alpha - beta) * log_s) * r
    s_alpha = mp.exp(alpha * log_s)
    f = head / (s_alpha - z)
    if u == 0:
        return f, abs(f)
    if mp.im(z) == 0:
        return mpc(2 * f.real, 0), 2 * abs(f)
    g = mp.conj(head / (s_alpha - mp.conj(z)))
    return f + g, abs(f) + abs(g)


def contour_sum(alpha, beta, z, mu, start, step):
    """Sum over u = start, start + step, ... until the integrand has died."""
    total, weight, j = mpc(0), mpf(0), 0
    while True:
        f, size = contour_pair(alpha, beta, z, mu, start + j * step)
        total += f
        weight += size
        j += 1
        if j > 8 and size < weight * mp.eps:
            return total, weight
        if j > 100000:
            raise OutOfReach("contour too long")


def residues(alpha, beta, found, m):
    total, error = mpc(0), mpf(0)
    for s, w in found:
        if w < m:
            continue
        if s.real > MAX_EXPONENT:
            raise OutOfReach("exp(z^(1/alpha)) has too many digits")
        if s.real < -MAX_EXPONENT:
            error += mpf(10) ** -400000
            continue
        r = mp.exp(s + (1 - beta) * mp.log(s)) / alpha
        total += r
        bits = 64 + abs(s) + abs((1 - beta) * mp.log(s))
        error += abs(r) * bits * mp.eps
    return total, error


def contour(alpha, beta, z, found, m, step):
    mu = mpf(m) ** 2
    poles_part, error = residues(alpha, beta, found, m)
    h = mpf(step)
    s, weight = contour_sum(alpha, beta, z, mu, mpf(0), h)
    for _ in range(4):
        mid, mid_weight = contour_sum(alpha, beta, z, mu, h / 2, h)
        coarse = h * s
        s, weight, h = s + mid, weight + mid_weight, h / 2
        fine = h * s
        value = poles_part + mu / mp.pi * fine
        off = mu / mp.pi * (fine - coarse)
        if mp.im(z) == 0:
            value, off = value.real, off.real
        rounding = mu * h * weight * mp.eps * (1000 + 10 * mu)
        if agreed(value, off, rounding + error):
            # err(h/2) is about err(h)^2 relative to the integrand.
            return value, rounding + error + abs(off) * mpf(10) ** (10 - AGREE)
        if not settled(value, rounding + error):
            break
    return value, abs(off) + rounding + error


def agreed(value, off, error):
    return all(
        abs(o) <= abs(v) * mpf(10) ** -AGREE + error
        for v, o in zip(parts(value), parts(off))
    )


def settled(value, error):
    return digits_kept(value, error) >= DIGITS


# Either route, at whatever precision its own error asks for


def digits_kept(value, error):
    """Relative digits of the worst part that is not exactly 0."""
    worst = math.inf
    for v in parts(value):
        if v == 0 and (error == 0 or not isinstance(value, mpc)):
            continue
        if error:
            worst = min(worst, float(mp.log10(abs(v) / error)) if v else -math.inf)
    return worst


def raise_until(route, dps, cap=MAX_DPS):
    while dps <= cap:
        value, error = route(dps)
        kept = digits_kept(value, error)
        if kept >= DIGITS:
            return value, error
        # Below 3 digits nothing is known of the value, nor of what it needs.
        dps = int(dps + DIGITS - kept + 8) if kept > 3 else int(1.5 * dps)
    raise OutOfReach("more than %d digits cancel" % cap)


def by_series(alpha, beta, z):
    lx = log_x(alpha, z)
    if lx > math.log(MAX_X):
        raise OutOfReach("x > %d" % MAX_X)
    x = math.exp(lx)
    dps = int(DIGITS + 15 + x / LN10)
    if terms_needed(alpha, beta, z, DIGITS + 15) > MAX_TERMS:
        raise OutOfReach("more than %d terms" % MAX_TERMS)
    return raise_until(lambda d: series(alpha, beta, z, d), dps)


def by_contour(alpha, beta, z, cap=MAX_DPS):
    mp.dps = 30
    far = [abs(s) for s, _ in poles(alpha, z) if s.real > -MAX_EXPONENT]
    base = DIGITS + 20 + max([0] + [int(mp.log10(x + 1)) for x in far])

    def route(dps):
        mp.dps = dps
        found = poles(alpha, z)
        m, step = plan_contour([w for _, w in found], AGREE + 3 + dps - base)
        mp.dps = dps + int(m * m / LN10)
        return contour(alpha, beta, z, found, m, step)

    return raise_until(route, base, cap)


def by_exp(alpha, beta, z):
    """alpha = 1, beta = 1, 0, -1, ...: terms before k = 1 - beta are 0, the
    others are those of z^(1-beta) exp(z)."""
    if alpha != 1 or beta > 1 or beta != int(beta):
        raise OutOfReach("no exponential")
    mp.dps = DIGITS + 15
    while True:
        value = z ** int(1 - beta) * mp.exp(z)
        error = abs(value) * mp.eps * (8 - int(beta))
        if digits_kept(value, error) >= DIGITS:
            return value, error
        mp.dps *= 2


def oracle(alpha, beta, z, both):
    """[(route, value, error), ...], the series first where it serves."""
    if z == 0:
        mp.dps = DIGITS + 15
        v = mp.rgamma(beta)
        return [("series", v, 8 * abs(v) * mp.eps)]
    got, why = [], []
    for name, route in ("exp", by_exp), ("series", by_series), ("contour", by_contour):
        if got and not both:
            break
        try:
            # A second opinion may cost less than a first.
            cap = (400,) if got and route is by_contour else ()
            got.append((name, *route(alpha, beta, z, *cap)))
        except OutOfReach as refusal:
            why.append("%s: %s" % (name, refusal))
    if not got:
        raise OutOfReach("; ".join(why))
    return got


# The table


def fraction(v):
    """An mpf as an exact rational."""
    sign, man, exp, _ = v._mpf_
    n = -int(man) if sign else int(man)
    return Fraction(n * 2**exp) if exp >= 0 else Fraction(n, 2**-exp)


def nearest_double(v):
    if v == 0 or mp.mag(v) < -1200:
        return 0.0
    if mp.mag(v) > 1100:
        return math.copysign(math.inf, v)
    try:
        return float(fraction(v))
    except OverflowError:
        return math.copysign(math.inf, v)


def half_unit(text):
    """Half a unit of the last of 40 digits; 0 for an exact value."""
    if text.endswith("="):
        return mpf(0)
    mantissa, _, exponent = text.lower().partition("e")
    decimals = len(mantissa.partition(".")[2])
    return mpf(10) ** (int(exponent or 0) - decimals) / 2


def misfit(text, hexadecimal, v, error):
    """'' when a printed part is right, else what is wrong with it."""
    off = abs(mpf(text.rstrip("=")) - v)
    limit = half_unit(text) + error
    if off > limit:
        return "off by %s where %s is allowed" % (mp.nstr(off, 3), mp.nstr(limit, 3))
    low, high = nearest_double(v - error), nearest_double(v + error)
    if low == high and low != float.fromhex(hexadecimal):
        return "double should be %s" % low.hex()
    return ""


def values(row, both):
    """What the oracle has for a row of any of the functions."""
    mp.prec = 53
    cell = {c: mpf(float.fromhex(row[c])) for c in ARGUMENTS if c in row}
    if row["function"] == "mittag-leffler":
        z = mpc(cell["re_z"], cell["im_z"]) if cell["im_z"] else cell["re_z"]
        return oracle(cell["alpha"], cell["beta"], z, both)
    # z is rounded: |d log E / d log z| is below 10^40 wherever E has a value.
    mp.dps = 400
    alpha = cell.get("alpha", cell.get("beta"))
    z = -((cell["t"] / cell["tau"]) ** alpha)
    if row["function"] == "kww":
        found = [("exp", mp.exp(cell["c"] * z), mpf(0))]
    else:
        found = oracle(alpha, mpf(1), z, both)
    mp.dps = 400
    found = [(n, v, e + abs(v) * mpf(10) ** -350) for n, v, e in found]
    if row["function"] == "ml-siegert":
        found = [(n, v * v, e * (2 * abs(v) + e)) for n, v, e in found]
    return found


def check_row(job):
    row, both = job
    start = time.time()
    try:
        found = values(row, both)
    except OutOfReach as refusal:
        return row["id"], "unreached", str(refusal), time.time() - start
    wrong = []
    mp.dps = MAX_DPS
    for name, value, error in found:
        for part, v in zip(("re", "im"), parts(value)):
            if part not in row:
                continue
            e = error if part == "re" or isinstance(value, mpc) else mpf(0)
            text = misfit(row[part], row[part + "_hex"], v, e)
            if text:
                wrong.append("%s by %s: %s" % (part, name, text))
    names = "+".join(name for name, _, _ in found)
    outcome = "disagree" if wrong else "confirmed"
    return row["id"], outcome, "; ".join(wrong) or names, time.time() - start


def read_table(path):
    with open(path, encoding="ascii") as f:
        function = f.readline().split()[-1]
        lines = (line for line in f if not line.startswith("#"))
        rows = list(csv.DictReader(lines, delimiter="\t"))
    if function not in FUNCTIONS:
        sys.exit("oracle.py: %s: no oracle for %s" % (path, function))
    return [dict(row, function=function) for row in rows]


def check_table(args):
    rows = [row for path in args.table for row in read_table(path)]
    drawn = random.Random(args.seed)
    if args.rows and args.rows < len(rows):
        rows = drawn.sample(rows, args.rows)
    jobs = [(row, drawn.random() < 0.25) for row in rows]
    counts = {"confirmed": 0, "disagree": 0, "unreached": 0}
    routes = {}
    with multiprocessing.Pool(args.jobs) as pool:
        for name, outcome, text, seconds in pool.imap_unordered(check_row, jobs):
            counts[outcome] += 1
            if outcome == "confirmed":
                routes[text] = routes.get(text, 0) + 1
            if outcome != "confirmed" or args.verbose:
                print(name, outcome, text, "%.2f s" % seconds, sep="\t", flush=True)
    print("# rows", len(rows), sep="\t")
    for outcome, n in counts.items():
        print("# " + outcome, n, sep="\t")
    for name in sorted(routes):
        print("# by " + name, routes[name], sep="\t")
    return counts["disagree"]


# Random points: the oracle inside the ball of mlref


def random_point(r):
    """alpha, beta, z as doubles, after validation/sampler.c."""
    alpha = r.choice([
        r.uniform(0.02, 2), r.uniform(0.02, 2), math.exp(r.uniform(-6.2, -2.3)),
        1 + r.choice([1, -0.5]) * 2.0 ** -r.randint(3, 52),
        2 + r.choice([2, -1]) * 2.0 ** -r.randint(3, 52),
        r.choice([0.5, 0.25, 0.125, 1 / 3, 2 / 3, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0]),
        r.uniform(2, 5), math.exp(r.uniform(1.6, 4.1)),
    ])  # fmt: skip
    beta = r.choice([1.0, alpha, r.choice([2, 0.5, -0.5, 3, 1.5, 0, -1, -2]),
                     alpha + 1, r.uniform(-3, 6)])  # fmt: skip
    size = r.choice([r.uniform(0.7, 1.4), r.uniform(10, 110) ** alpha,
                     math.exp(r.uniform(-4.6, 6.9) * alpha),
                     math.exp(r.uniform(-18, 18))])  # fmt: skip
    stokes = math.pi * min(1, r.choice([alpha, alpha / 2]))
    phi = r.choice([math.pi, math.pi, 0.0, stokes, -stokes, r.uniform(-3.14, 3.14)])
    if math.log(size) > 12 * alpha and abs(phi) < 0.75 * math.pi * alpha:
        size = math.exp(r.uniform(0, 12) * alpha)
    if phi in (math.pi, 0.0):
        return mpf(alpha), mpf(beta), mpf(size if phi == 0 else -size)
    return mpf(alpha), mpf(beta), mpc(size * math.cos(phi), size * math.sin(phi))


def check_point(job):
    alpha, beta, z, value, rad = job
    try:
        found = oracle(alpha, beta, z, False)
    except OutOfReach as refusal:
        return "unreached", str(refusal)
    mp.dps = MAX_DPS
    for name, v, error in found:
        off = abs(v - value)
        if off > rad + error:
            text = "off by %s, radius %s" % (mp.nstr(off, 3), mp.nstr(rad, 3))
            return "disagree", name + ": " + text
    return "confirmed", found[0][0]


# Derivatives: the series, term by term


def rgamma_jet(y, n):
    """Taylor coefficients of 1/Gamma at y, up to the n-th, by psi at y >= 1/2:
    just above a pole it cancels (y = 2^-46, n = 3: 42 digits)."""
    up = 0 if y >= 0.5 else int(mp.ceil(0.5 - y))
    at = mp.fadd(y, up, exact=True)
    psi = [mp.psi(m, at) for m in range(n)]
    g = [mp.rgamma(at)]
    for m in range(n):
        g.append(-sum(math.comb(m, i) * psi[i] * g[m - i] for i in range(m + 1)))
    g = [v / math.factorial(m) for m, v in enumerate(g)]
    for i in range(up):
        c = mp.fadd(y, i, exact=True)
        g = [c * g[m] + (g[m - 1] if m else 0) for m in range(n + 1)]
    return g


def derivative_series(alpha, beta, z, order, dps):
    """d^(a+b+c) E / dalpha^a dbeta^b dz^c, and what it may be off by."""
    a, b, c = order
    mp.dps = dps
    total, weight, last, falling = mpf(0), mpf(0), None, 0
    power = mpf(1)
    for k in range(c, MAX_TERMS):
        jet = rgamma_jet(exact_argument(alpha, k, beta), a + b)
        factor = power * math.perm(k, c) * k**a * math.factorial(a + b)
        term = factor * jet[a + b]
        size = abs(factor) * max(abs(v) for v in jet)
        # The sizes fall faster and faster from somewhere on.
        falling = falling + 1 if last and size < last / 2 else 0
        total += term
        weight += (k + 40) * size
        if falling > 4 and 2 * size < weight * mp.eps:
            return total, weight * mp.eps * 100
        last = size or last
        power *= z
    raise OutOfReach("series too long")


def check_derivative(job):
    alpha, beta, z, order, value, rad = job
    try:
        dps = int(DIGITS + 20 + math.exp(log_x(alpha, z)) / LN10)
        v, error = raise_until(
            lambda d: derivative_series(alpha, beta, z, order, d), dps
        )
    except OutOfReach as refusal:
        return "unreached", str(refusal)
    mp.dps = MAX_DPS
    off = abs(v - value)
    if off > rad + error:
        text = "off by %s, radius %s" % (mp.nstr(off, 3), mp.nstr(rad, 3))
        return "disagree", "order %s: %s" % (order, text)
    return "confirmed", "series"


ORDERS = [(1, 0, 0), (0, 1, 0), (0, 0, 1), (2, 0, 0), (0, 2, 0), (0, 0, 2),
          (1, 1, 0), (1, 0, 1), (0, 1, 1), (2, 2, 2), (3, 0, 1), (0, 0, 5)]  # fmt: skip


def check_derivatives(args):
    drawn = random.Random(args.seed)
    jobs, lines, without = [], [], 0
    counts = {"confirmed": 0, "disagree": 0, "unreached": 0}
    for order in ORDERS:
        mp.dps = 120
        batch, points = Batch(), []
        while len(points) < max(1, args.derivatives // len(ORDERS)):
            alpha, beta, z = random_point(drawn)
            x = math.exp(min(log_x(alpha, z), 99))
            if x < 40 and terms_needed(alpha, beta, z, DIGITS + x + 20) < 500:
                points.append((alpha, beta, z))
                batch.ask(alpha, beta, z)
        names = zip(("alpha", "beta", "z"), order)
        which = ",".join("%s:%d" % (name, n) for name, n in names if n)
        answers = batch.run(args.mlref, "--derivative", which)
        without += sum(a is None for a in answers)
        jobs += [(*p, order, *a) for p, a in zip(points, answers) if a]
        lines += [s for s, a in zip(batch.lines, answers) if a]
    with multiprocessing.Pool(args.jobs) as pool:
        found = pool.imap(check_derivative, jobs)
        for line, (outcome, text) in zip(lines, found):
            counts[outcome] += 1
            if outcome != "confirmed":
                at = line.replace("\t", " ")
                print("derivative", outcome, at, text, sep="\t")
    print("# derivatives", len(jobs) + without, sep="\t")
    print("# derivatives without value", without, sep="\t")
    for outcome, n in counts.items():
        print("# derivatives " + outcome, n, sep="\t")
    return counts["disagree"]


def check_random(args):
    drawn = random.Random(args.seed)
    mp.dps = 120
    batch, jobs = Batch(), []
    points = [random_point(drawn) for _ in range(args.random)]
    for point in points:
        batch.ask(*point)
    answers = batch.run(args.mlref)
    jobs = [(*p, *a) for p, a in zip(points, answers) if a]
    lines = [s for s, a in zip(batch.lines, answers) if a]
    counts = {"confirmed": 0, "disagree": 0, "unreached": 0}
    with multiprocessing.Pool(args.jobs) as pool:
        for line, (outcome, text) in zip(lines, pool.imap(check_point, jobs)):
            counts[outcome] += 1
            if outcome != "confirmed":
                print("random", outcome, line.replace("\t", " "), text, sep="\t")
    print("# random points", args.random, sep="\t")
    print("# random without value", args.random - len(jobs), sep="\t")
    for outcome, n in counts.items():
        print("# random " + outcome, n, sep="\t")
    return counts["disagree"]


# Identities: what holds between values, whatever computed them


class Batch:
    """Points asked of mlref in one run; each is known by its index."""

    def __init__(self):
        self.lines = []

    def ask(self, alpha, beta, z):
        z = mp.mpmathify(z)
        self.lines.append("\t".join([exact(alpha), exact(beta), *map(exact, parts(z))]))
        return len(self.lines) - 1

    def run(self, mlref, *options):
        table = "alpha\tbeta\tre_z\tim_z\n" + "\n".join(self.lines) + "\n"
        done = subprocess.run(
            [mlref, "eval", "mittag-leffler", "--input", "-", "--digits", str(DIGITS),
             *options],
            input=table, capture_output=True, text=True, check=False,
        )  # fmt: skip
        rows = [s for s in done.stdout.splitlines() if s and s[0] != "#"]
        rows = list(csv.DictReader(rows, delimiter="\t"))
        if len(rows) != len(self.lines):
            sys.exit("oracle.py: %s eval: %s" % (mlref, done.stderr.strip()))
        return [
            (mpc(r["re"], r["im"]), mpf(r["rad"])) if r["status"] == "ok" else None
            for r in rows
        ]


def exact(v):
    """A number as mlref reads it, without loss: a fraction or a hexfloat."""
    if isinstance(v, Fraction):
        return "%d/%d" % (v.numerator, v.denominator)
    return str(fraction(mpf(v)))


def dyadic(r, low, high, bits):
    return mpf(r.randint(math.ceil(low * 2**bits), math.floor(high * 2**bits))) / 2**bits


def draw_z(r, alpha, top):
    """z with parts on a grid, so that z^4 is exact in 300 bits; x up to top."""
    size = math.exp(r.uniform(math.log(0.05), math.log(top))) ** float(alpha)
    size = min(size, 1e6)
    kind = r.randrange(4)
    phi = (math.pi, 0.0, math.pi * min(1.0, float(alpha) / 2), r.uniform(-3.1, 3.1))[kind]
    grid = 2.0**30
    re, im = (round(size * f(phi) * grid) / grid for f in (math.cos, math.sin))
    return mpf(re) if kind < 2 else mpc(re, im)


# Each draws a point, asks for values, and returns a residual to be judged later:
# a function of the answers that gives (left - right, what rounding may add).


def sections(r, ask, m):
    """E_{ma,b}(z^m) = mean of E_{a,b}(z w^j), w = exp(2 pi i/m), m = 2 or 4."""
    a, b = dyadic(r, 0.1, 3.9 / m, 20), dyadic(r, -2, 4, 20)
    b = r.choice([mpf(1), a, b, b])
    z = draw_z(r, a, 40)
    turns = [1, -1] if m == 2 else [1, mpc(0, 1), -1, mpc(0, -1)]
    left = ask(m * a, b, z**m)
    right = [ask(a, b, z * w) for w in turns]
    return [(left, 1)] + [(i, mpf(-1) / m) for i in right], 0


def recurrence(r, ask):
    """E_{a,b}(z) = 1/Gamma(b) + z E_{a,a+b}(z)."""
    a, b = dyadic(r, 0.03, 4, 20), dyadic(r, -3, 4, 20)
    b = r.choice([mpf(1), a, b, b])
    z = draw_z(r, a, 200)
    return [(ask(a, b, z), 1), (ask(a, a + b, z), -z)], mp.rgamma(b)


def one_over_q(r, ask):
    """E_{1/q,1}(z) = exp(w) + sum z^(q-j) 1F1(1; 2-j/q; w)/Gamma(2-j/q), w = z^q."""
    q = r.choice([2, 3, 4])
    z = draw_z(r, Fraction(1, q), 60)
    w = z**q
    value = mp.exp(w)
    for j in range(1, q):
        c = 2 - mpf(j) / q
        value += z ** (q - j) * mp.hyp1f1(1, c, w) * mp.rgamma(c)
    return [(ask(Fraction(1, q), mpf(1), z), 1)], value


def error_function(r, ask):
    """E_{1/2,1}(z) = exp(z^2) erfc(-z)."""
    z = draw_z(r, 0.5, 200)
    return [(ask(mpf(0.5), mpf(1), z), 1)], mp.exp(z * z) * mp.erfc(-z)


def exponentials(r, ask):
    """E_{n,1}(z) = mean of exp(z^(1/n) w^j), w = exp(2 pi i/n)."""
    n = r.choice([1, 2, 3, 4])
    z = draw_z(r, n, 300)
    root = mp.root(z, n)
    value = sum(mp.exp(root * mp.root(1, n, j)) for j in range(n)) / n
    return [(ask(mpf(n), mpf(1), z), 1)], value


def hypergeometric(r, ask):
    """E_{1,b} = 1F1(1; b; z)/Gamma(b), E_{2,b} = 1F2(1; b/2, (b+1)/2; z/4)/Gamma(b)."""
    n, b = r.choice([1, 2]), dyadic(r, 0.1, 4, 20)
    z = draw_z(r, n, 60)
    f = mp.hyp1f1(1, b, z) if n == 1 else mp.hyp1f2(1, b / 2, (b + 1) / 2, z / 4)
    return [(ask(mpf(n), b, z), 1)], f * mp.rgamma(b)


def fractional_integral(r, ask):
    """int_0^1 (1-t)^(v-1) t^(b-1) E_{a,b}(l t^a) dt = Gamma(v) E_{a,b+v}(l).

    v = a, b = 1, l = -1: the relaxation equation E = 1 - I^a E.  Tanh-sinh,
    t = 1/(1 + e^(-p)), p = pi sinh(n h); the rule is taken at h and 2h.
    """
    a = dyadic(r, 0.5, 1.9, 10)
    b = r.choice([mpf(1), dyadic(r, 0.8, 2, 10)])
    v = r.choice([a, mpf(1)])
    l = draw_z(r, a, 20)
    h = mpf(1) / 32
    rule = []
    for n in range(-170, 171):
        p = mp.pi * mp.sinh(n * h)
        t, rest = 1 / (1 + mp.exp(-p)), 1 / (1 + mp.exp(p))
        weight = h * mp.pi * mp.cosh(n * h) * t**b * rest**v
        if weight > mpf(10) ** -48:
            rule.append((ask(a, b, l * t**a), -weight * mp.rgamma(v)))
    return [(ask(a, b + v, l), 1)] + rule, 0


IDENTITIES = [
    ("duplication", lambda r, ask: sections(r, ask, 2), 4),
    ("four sections", lambda r, ask: sections(r, ask, 4), 4),
    ("recurrence", recurrence, 6),
    ("alpha = 1/2, 1/3, 1/4", one_over_q, 4),
    ("alpha = 1/2, erfc", error_function, 3),
    ("alpha = 1, 2, 3, 4", exponentials, 4),
    ("alpha = 1, 2, any beta", hypergeometric, 4),
    ("fractional integral", fractional_integral, 1),
]


def judge(sums, constant, answers):
    """(|residual|, what it may be), or None when mlref gave no value."""
    if any(answers[i] is None for i, _ in sums):
        return None
    residual, allowed, size = -mpc(constant), mpf(0), abs(constant)
    for i, c in sums:
        value, rad = answers[i]
        residual += c * value
        allowed += abs(c) * rad
        size = max(size, abs(c * value))
    # The oracle's own 120 digits; the integral's rule: 10^-37 of its values.
    slack = mpf(10) ** -37 if len(sums) > 5 else mpf(10) ** -80
    return abs(residual), allowed + slack * size


def check_identities(args):
    mp.dps = 120
    drawn = random.Random(args.seed)
    share = sum(weight for _, _, weight in IDENTITIES)
    batch, claims = Batch(), []
    for name, draw, weight in IDENTITIES:
        for _ in range(max(1, args.identities * weight // share)):
            first = len(batch.lines)
            sums, constant = draw(drawn, batch.ask)
            claims.append((name, sums, constant, first))
    answers = batch.run(args.mlref)
    tally, bad = {}, 0
    for name, sums, constant, first in claims:
        verdict = judge(sums, constant, answers)
        held, failed, without = tally.get(name, (0, 0, 0))
        if verdict is None:
            tally[name] = held, failed, without + 1
            continue
        ok = verdict[0] <= verdict[1]
        tally[name] = held + ok, failed + (not ok), without
        if not ok:
            bad += 1
            at = batch.lines[first].replace("\t", " ")
            off, limit = (mp.nstr(v, 3) for v in verdict)
            print("identity", name, at, off, "allowed " + limit, sep="\t")
    print("# values", len(answers), sep="\t")
    print("# without value", sum(a is None for a in answers), sep="\t")
    for name, (held, failed, without) in tally.items():
        print("# " + name, held, failed, without, sep="\t")
    return bad


def main():
    p = argparse.ArgumentParser(description="Mittag-Leffler from its definition")
    p.add_argument("--table", nargs="+", help="recompute rows of certified tables")
    p.add_argument("--rows", type=int, default=0, help="this many, by seed (all)")
    p.add_argument("--identities", type=int, default=0, help="this many identities")
    p.add_argument("--derivatives", type=int, default=0, help="this many of them")
    p.add_argument("--random", type=int, default=0, help="this many random points")
    p.add_argument("--mlref", default="build/mlref")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--jobs", type=int, default=os.cpu_count())
    p.add_argument("--verbose", action="store_true", help="a line per row")
    args = p.parse_args()
    if not (args.table or args.identities or args.random or args.derivatives):
        p.error("--table FILE, --identities N, --random N or --derivatives N")
    print("# mpmath", mpmath.__version__, mpmath.libmp.BACKEND, sep="\t")
    print("# seed", args.seed, sep="\t")
    bad = check_table(args) if args.table else 0
    bad += check_random(args) if args.random else 0
    bad += check_derivatives(args) if args.derivatives else 0
    bad += check_identities(args) if args.identities else 0
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
