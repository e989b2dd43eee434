"""Series with a known curve in them: what detection is trained and judged on. Definitions: models/README.md."""
import numpy as np

PATTERNS = ["linear", "parabolic", "exponential", "logarithmic", "oscillating", "sigmoid", "step", "none"]
NOISES = ["white", "ar1", "student", "garch", "multiplicative", "outliers", "laplace", "ma1", "mixture"]


def shape(pattern, u, p):
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


def draw_parameters(rng, pattern, n, wide=1.0):
    if pattern == "linear":
        return {}
    if pattern == "parabolic":
        return {"vertex": rng.uniform(0.2, 0.8)}
    if pattern == "exponential":
        return {"rate": rng.choice([-1, 1]) * rng.uniform(1.5, 6)}
    if pattern == "logarithmic":
        return {"gain": np.exp(rng.uniform(np.log(8), np.log(100)))}
    if pattern == "oscillating":
        return {"cycles": rng.uniform(2, max(2.01, min(12, n / 8))), "phase": rng.uniform(0, 1), "damping": rng.uniform(-1, 1)}
    if pattern == "sigmoid":
        return {"steepness": rng.uniform(10, 25), "midpoint": rng.uniform(0.3, 0.7)}
    if pattern == "step":
        return {"at": int(np.clip(round(rng.uniform(0.2, 0.8) * n), 2, n - 2))}
    return {}


def garch(rng, n, a=0.1, b=0.85):
    e, h, out = rng.standard_normal(n + 50), 1.0, np.empty(n + 50)
    for i in range(n + 50):
        out[i] = np.sqrt(h) * e[i]
        h = (1 - a - b) + a * out[i] ** 2 + b * h
    return out[50:]


def ar1(rng, n, rho):
    e = rng.standard_normal(n)
    out = np.empty(n)
    out[0] = e[0] / np.sqrt(1 - rho * rho)
    for i in range(1, n):
        out[i] = rho * out[i - 1] + e[i]
    return out * np.sqrt(1 - rho * rho)


def noise(rng, kind, n, curve=None):
    if kind == "ar1":
        return ar1(rng, n, rng.uniform(0.2, 0.8))
    if kind == "student":
        df = rng.uniform(3, 6)
        return rng.standard_t(df, n) / np.sqrt(df / (df - 2))
    if kind == "garch":
        return garch(rng, n)
    if kind == "multiplicative" and curve is not None and np.ptp(curve) > 0:
        level = (curve - curve.min()) / np.ptp(curve) * 2 - 1
        return rng.standard_normal(n) * (1 + 0.3 * level)
    if kind == "outliers":
        e = rng.standard_normal(n)
        hit = rng.random(n) < 0.02
        e[hit] += rng.choice([-1, 1], hit.sum()) * rng.uniform(4, 8, hit.sum())
        return e
    if kind == "laplace":
        return rng.laplace(size=n) / np.sqrt(2)
    if kind == "ma1":
        e = rng.standard_normal(n + 1)
        return (e[1:] + 0.6 * e[:-1]) / np.sqrt(1.36)
    return rng.standard_normal(n)


def random_walk(rng, n):
    kind = rng.choice(["gauss", "student", "garch"])
    s = rng.standard_normal(n) if kind == "gauss" else rng.standard_t(rng.uniform(3, 6), n) if kind == "student" else garch(rng, n)
    return np.cumsum(s)


def single(rng, n, pattern, snr_db, noises=NOISES[:6]):
    """One window: prices and parameters."""
    p = draw_parameters(rng, pattern, n)
    if pattern == "none":
        kind = rng.choice(["walk", "ar1", "noise"], p=[0.6, 0.2, 0.2])
        y = random_walk(rng, n) if kind == "walk" else ar1(rng, n, rng.uniform(0.2, 0.95)) if kind == "ar1" else noise(rng, rng.choice(["white", "student", "garch"]), n)
        p = {"kind": kind}
    else:
        u = np.arange(n) / (n - 1)
        f = (np.arange(n) >= p["at"]).astype(float) if pattern == "step" else shape(pattern, u, p)
        f = f / f.std() * rng.choice([-1, 1])
        p["direction"] = 1
        e = noise(rng, rng.choice(noises), n, f)
        e = e / max(e.std(), 1e-9)
        y = f + e * 10 ** (-snr_db / 20)
    return y, p
