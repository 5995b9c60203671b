# reference/adapters/peers.py - functions of Python packages that need more than a name.
#
# For adapter.py: `adapter.py peers:erfcx`.  Where a package has E_{alpha,beta} at
# some alpha and beta only, other points are refused.
import math


def need(condition, text):
    if not condition:
        raise ValueError(text)


# ------------------------------------------------------------- one alpha of E


def erfcx(alpha, beta, z):
    """SciPy: E_{1/2,1}(z) = erfcx(-z)."""
    from scipy import special

    need(alpha == 0.5 and beta == 1, "alpha = 1/2, beta = 1 only")
    return special.erfcx(-z)


def hyp1f1(alpha, beta, z):
    """SciPy: E_{1,beta}(z) = 1F1(1; beta; z) / Gamma(beta)."""
    from scipy import special

    need(alpha == 1, "alpha = 1 only")
    need(not (beta <= 0 and beta == math.floor(beta)), "a pole of Gamma(beta)")
    return special.hyp1f1(1.0, beta, z) * special.rgamma(beta)


def hyperbolic(alpha, beta, z):
    """NumPy: E_{2,1}(z) = cosh(sqrt z), E_{2,2}(z) = sinh(sqrt z)/sqrt z."""
    import numpy as np

    need(alpha == 2 and beta in (1, 2), "alpha = 2, beta = 1 or 2 only")
    if isinstance(z, complex):
        root, f = np.sqrt(z), (np.cosh, np.sinh)
    else:
        root, f = np.sqrt(abs(z)), (np.cosh, np.sinh) if z > 0 else (np.cos, np.sin)
    if beta == 1:
        return f[0](root)
    return f[1](root) / root if root != 0 else 1.0


# -------------------------------------------------------- the series in mpmath


def series(alpha, beta, z):
    """The definition, summed with 50 digits by mpmath.nsum until it converges."""
    import mpmath

    with mpmath.workdps(50):
        a, b, z = mpmath.mpf(alpha), mpmath.mpf(beta), mpmath.mpmathify(z)
        e = mpmath.nsum(lambda k: z**int(k) * mpmath.rgamma(a * k + b),
                        [0, mpmath.inf], method="direct")
        return complex(e)


# ------------------------------------------------------------ other functions


def relaxation(f):
    """E_alpha(-(t/tau)^alpha) by the f(z, alpha, beta) of a package."""
    return lambda alpha, tau, t: f(-((t / tau) ** alpha), alpha, 1.0).real


def pymittagleffler_relaxation(alpha, tau, t):
    import pymittagleffler

    return relaxation(pymittagleffler.mittag_leffler)(alpha, tau, t)


def pymittagleffler_siegert(alpha, tau, t):
    return pymittagleffler_relaxation(alpha, tau, t) ** 2


def kww(beta, tau, c, t):
    """exp(-c (t/tau)^beta) as one would write it."""
    return math.exp(-c * (t / tau) ** beta)


# --------------------------------------------------------- libmlfunc in Python


def mlfunc_value(alpha, beta, x):
    import mlfunc

    return mlfunc.mittleff(alpha, beta, x).value


def mlfunc_relaxation(alpha, tau, t):
    import mlfunc

    return mlfunc.relaxation_jet(alpha, tau, [t]).value[0]


def mlfunc_siegert(alpha, tau, t):
    import mlfunc

    return mlfunc.siegert_jet(alpha, tau, [t]).value[0]


def mlfunc_kww(beta, tau, c, t):
    import mlfunc

    return mlfunc.kww_jet(beta, tau, c, [t]).value[0]
