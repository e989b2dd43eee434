"""Series with known curves in them: what detection is fitted, trained and judged on. Definitions: models/README.md.

`single` makes a window of one curve or none, `piecewise` one of several; `as_prices` gives either a price level.
Everything comes from the generator that is handed in, so a seed tells a series.
"""
import numpy as np
from scipy.signal import lfilter

PATTERNS = ["linear", "parabolic", "exponential", "logarithmic", "oscillating", "sigmoid", "step", "none"]
NOISES = ["white", "ar1", "student", "garch", "multiplicative", "outliers", "laplace", "ma1", "mixture", "uniform",
          "skewed", "regimes", "ramp", "ar1-student", "rounded"]
LISTED = NOISES[:6]
"""The kinds of noise that the specification lists; the others are there so that nothing leans on the list."""


def shape(pattern, u, p):
    """f(u) of a pattern; `step` is made by its index instead."""
    if pattern == "linear":
        return u
    if pattern == "parabolic":
        return (u - p["vertex"]) ** 2
    if pattern == "exponential":
        return np.exp(p["rate"] * u)
    if pattern == "logarithmic":
        return np.log1p(p["gain"] * u)
    if pattern == "oscillating":
        return np.exp(-p["damping"] * u) * np.sin(2 * np.pi * (p["cycles"] * u + p["phase"]))
    if pattern == "sigmoid":
        return 1 / (1 + np.exp(-p["steepness"] * (u - p["midpoint"])))
    raise ValueError(pattern)


def draw_parameters(rng, pattern, n, wide=0.0):
    """Parameters of a curve of n samples; `wide` stretches their ranges at both ends by that share."""
    def between(low, high):
        return rng.uniform(low - wide * (high - low), high + wide * (high - low))

    if pattern == "parabolic":
        return {"vertex": between(0.2, 0.8)}
    if pattern == "exponential":
        return {"rate": rng.choice([-1, 1]) * between(1.5, 6)}
    if pattern == "logarithmic":
        return {"gain": np.exp(between(np.log(8), np.log(100)))}
    if pattern == "oscillating":
        most = max(2.01, min(12, n / 8))
        return {"cycles": rng.uniform(2, most), "phase": rng.uniform(0, 1), "damping": between(-1, 1)}
    if pattern == "sigmoid":
        return {"steepness": between(10, 25), "midpoint": between(0.3, 0.7)}
    if pattern == "step":
        return {"at": int(np.clip(round(between(0.2, 0.8) * n), 2, n - 2))}
    return {}


def garch(rng, n, a=0.1, b=0.85):
    """GARCH(1,1) of unit variance; its variance is a linear recurrence, solved in blocks by running products."""
    e = rng.standard_normal(n + 50)
    factor, h = b + a * e * e, np.empty(n + 50)
    last = 1.0
    for start in range(0, n + 50, 1024):
        product = np.cumprod(factor[start : start + 1024])
        inside = product * (last + (1 - a - b) * np.cumsum(1 / product))
        h[start : start + 1024] = np.r_[last, inside[:-1]]
        last = inside[-1]
    return (np.sqrt(h) * e)[50:]


def ar1(rng, n, rho, e=None):
    """Stationary AR(1) of unit variance."""
    e = rng.standard_normal(n) if e is None else e
    e = np.r_[e[0] / np.sqrt(1 - rho * rho), e[1:]]
    return lfilter([1.0], [1.0, -rho], e) * np.sqrt(1 - rho * rho)


def student(rng, n, low=3, high=6):
    df = rng.uniform(low, high)
    return rng.standard_t(df, n) / np.sqrt(df / (df - 2))


def noise(rng, kind, n, curve=None):
    """Noise of about unit variance; `multiplicative` follows the level of `curve`."""
    if kind == "ar1":
        return ar1(rng, n, rng.uniform(0.2, 0.8))
    if kind == "student":
        return student(rng, n)
    if kind == "garch":
        return garch(rng, n, *GARCHES[rng.integers(len(GARCHES))])
    if kind == "multiplicative" and curve is not None and np.ptp(curve) > 0:
        level = (curve - curve.min()) / np.ptp(curve) * 2 - 1
        return rng.standard_normal(n) * (1 + rng.choice([-1, 1, 1]) * rng.uniform(0.1, 0.4) * level)
    if kind == "outliers":
        e = rng.standard_normal(n)
        hit = rng.random(n) < rng.uniform(0.005, 0.04)
        e[hit] += rng.choice([-1, 1], hit.sum()) * rng.uniform(4, 10, hit.sum())
        return e
    if kind == "laplace":
        return rng.laplace(size=n) / np.sqrt(2)
    if kind == "ma1":
        e, theta = rng.standard_normal(n + 1), rng.uniform(-0.6, 0.8)
        return (e[1:] + theta * e[:-1]) / np.sqrt(1 + theta * theta)
    if kind == "mixture":
        return rng.standard_normal(n) * rng.choice([0.5, 2.0], n, p=[0.8, 0.2])
    if kind == "uniform":
        return rng.uniform(-1, 1, n) * np.sqrt(3)
    if kind == "skewed":
        k = rng.uniform(2, 6)
        return rng.choice([-1, 1]) * (rng.gamma(k, size=n) - k) / np.sqrt(k)
    if kind == "regimes":
        cuts = np.sort(rng.integers(0, n, rng.integers(1, 4)))
        return rng.standard_normal(n) * rng.uniform(0.5, 1.8, 4)[np.searchsorted(cuts, np.arange(n), side="right")]
    if kind == "ramp":
        return rng.standard_normal(n) * np.linspace(*rng.uniform(0.5, 1.5, 2), n)
    if kind == "ar1-student":
        return ar1(rng, n, rng.uniform(0.2, 0.8), student(rng, n))
    if kind == "rounded":
        tick = rng.uniform(0.3, 1.5)
        return np.round(rng.standard_normal(n) / tick) * tick
    return rng.standard_normal(n)


GARCHES = [(0.1, 0.85), (0.05, 0.92), (0.15, 0.8), (0.2, 0.7)]


def random_walk(rng, n, kinds=("gauss", "student", "garch")):
    """A driftless random walk."""
    kind = kinds[rng.integers(len(kinds))]
    if kind == "student":
        return np.cumsum(student(rng, n))
    if kind == "garch":
        return np.cumsum(garch(rng, n, *GARCHES[rng.integers(len(GARCHES))]))
    if kind == "laplace":
        return np.cumsum(rng.laplace(size=n))
    if kind == "geometric":
        return np.exp(rng.uniform(0.002, 0.03) * np.cumsum(rng.standard_normal(n)))
    if kind == "stale":
        return np.cumsum(rng.standard_normal(n) * (rng.random(n) < rng.uniform(0.3, 0.9)))
    if kind == "jumps":
        return np.cumsum(rng.standard_normal(n) + (rng.random(n) < 2 / n) * rng.normal(0, 0.1 * n**0.5 + 3, n))
    if kind == "bounce":
        return np.cumsum(rng.standard_normal(n)) + rng.uniform(0.2, 0.6) * rng.standard_normal(n)
    return np.cumsum(rng.standard_normal(n))


WALKS = ("gauss", "gauss", "student", "student", "garch", "garch", "laplace", "geometric", "stale", "jumps", "bounce")


def patternless(rng, n, walks=("gauss", "student", "garch"), share=0.6):
    """A series without a curve, and its kind: a walk in `share` of the cases, else AR(1) or plain noise."""
    kind = rng.choice(["walk", "ar1", "noise"], p=[share, (1 - share) / 2, (1 - share) / 2])
    if kind == "walk":
        return random_walk(rng, n, walks), kind
    if kind == "ar1":
        return ar1(rng, n, rng.uniform(0.2, 0.95)), kind
    return noise(rng, str(rng.choice(["white", "student", "garch"])), n), kind


def single(rng, n, pattern, snr_db, noises=LISTED, wide=0.0, walks=("gauss", "student", "garch"), share=0.6):
    """One window of one curve, or none: the series and its parameters."""
    if pattern == "none":
        y, kind = patternless(rng, n, walks, share)
        return y, {"kind": kind}
    p = draw_parameters(rng, pattern, n, wide)
    f = (np.arange(n) >= p["at"]).astype(float) if pattern == "step" else shape(pattern, np.arange(n) / (n - 1), p)
    p["direction"] = int(rng.choice([-1, 1]))
    f = f / f.std() * p["direction"]
    e = noise(rng, noises[rng.integers(len(noises))], n, f)
    return f + e / max(e.std(), 1e-9) * 10 ** (-snr_db / 20), p


PIECES = [p for p in PATTERNS if p != "step"]


def cuts(rng, n, count):
    """Where `count` segments of at least max(16, n/13) samples start and end."""
    least = max(16, int(np.ceil(n / 13)))
    spare = n - count * least
    extra = np.floor(np.sort(rng.uniform(0, spare + 1, count - 1))).astype(int)
    return np.r_[0, extra + least * np.arange(1, count), n]


def most_pieces(n):
    return min(6, n // max(16, int(np.ceil(n / 13))))


def sequence(rng, count):
    """Patterns in a row: never two `none`."""
    found = []
    while len(found) < count:
        pattern = PIECES[rng.integers(len(PIECES))]
        if not (pattern == "none" and found and found[-1] == "none"):
            found.append(pattern)
    return found if found != ["none"] else sequence(rng, count)


def piece(rng, pattern, n, wide, last):
    """One segment of about unit height that starts at 0, its parameters, and whether it is a curve."""
    if pattern == "none":
        kind = str(rng.choice(["walk", "ar1", "noise"], p=[0.6, 0.15, 0.25]))
        y = np.zeros(n)
        if kind != "noise":
            y = random_walk(rng, n) if kind == "walk" else ar1(rng, n, rng.uniform(0.5, 0.95))
            y = (y - y[0]) / max(np.ptp(y), 1e-9)
        return y, {"kind": kind}
    p = draw_parameters(rng, pattern, n, wide)
    f = shape(pattern, np.arange(n) / (n - 1), p)
    p["direction"] = int(rng.choice([-1, 1]))
    if last and last[0] == pattern and pattern in ("linear", "sigmoid"):
        p["direction"] = -last[1]["direction"]
    return p["direction"] * (f - f[0]) / np.ptp(f), p


def piecewise(rng, n, snr_db, noises=LISTED, count=None, wide=0.0):
    """Several segments under one kind of noise: the series and a list of (start, end, pattern, parameters).

    Heights differ by about a factor of two, three joins in four are continuous. The noise is so strong that the curves
    have `snr_db` over all: the root mean square of their standard deviations, each inside its own segment, over it.
    """
    count = count or rng.integers(2, most_pieces(n) + 1)
    edges, y, truth, spreads = cuts(rng, n, count), np.empty(n), [], []
    level, last = 0.0, None
    for pattern, start, end in zip(sequence(rng, count), edges[:-1], edges[1:]):
        f, p = piece(rng, pattern, end - start, wide, last)
        f = f * 2 ** rng.uniform(-0.5, 0.5) * (1.5 if pattern == "oscillating" else 1)
        if start > 0:
            step = rng.choice([-1, 1]) * rng.uniform(0.4, 1.2) if rng.random() < 0.25 else (f[1] - f[0]) * 0.5
            level += step
        y[start:end] = level + f
        level, last = y[end - 1], (pattern, p)
        truth.append((int(start), int(end), pattern, p))
        if pattern != "none":
            spreads.append(f.std())
    e = noise(rng, noises[rng.integers(len(noises))], n, y)
    return y + e / max(e.std(), 1e-9) * np.sqrt(np.mean(np.square(spreads))) * 10 ** (-snr_db / 20), truth


def as_prices(rng, y):
    """The series at a price level of 0.01 to 100,000, moving by 0.5 % to 80 % of it."""
    level = np.exp(rng.uniform(np.log(0.01), np.log(1e5)))
    move = np.exp(rng.uniform(np.log(0.005), np.log(0.8)))
    return level * (1 + move * (y - y.mean()) / max(np.ptp(y), 1e-12))


def with_gaps(rng, y, share):
    """The series with that share of its values missing, alone or in runs, but neither end."""
    y, n = y.copy(), len(y)
    missing = int(min(share, 0.1) * n)
    while missing > 0:
        run = min(missing, int(rng.integers(1, 4)))
        start = rng.integers(1, n - run) if n - run > 1 else 1
        y[start : start + run] = np.nan
        missing -= run
    return y
