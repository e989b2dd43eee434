"""Fits the coefficients that turn the classical detector's likelihoods into probabilities.

    OPENBLAS_NUM_THREADS=1 python3 models/fit_classical.py

writes Sources/CurveDetector/ClassicalCoefficients.swift. The likelihoods here are those of
Sources/CurveDetector/Likelihoods.swift, which tries damped oscillations near the best undamped ones only; change both or
neither.
"""
import os
import sys

import numpy as np

from generator import NOISES, PATTERNS, random_walk, single
from metrics import calibration_error, f1_per_class

RHO = np.array([0, 0.2, 0.4, 0.6, 0.8])
RHO_NONE = np.array([0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95])
CACHE = {}


def dictionary(n):
    if n in CACHE:
        return CACHE[n]
    i = np.arange(n)
    u = i / (n - 1)
    rows, classes = [], []

    def add(c, f):
        f = f - f.mean()
        rows.append(f / np.linalg.norm(f))
        classes.append(c)

    add(0, u)
    for j in range(13):
        add(1, (u - (0.2 + 0.05 * j)) ** 2)
    for k in (1.5, 2, 2.5, 3, 3.7, 4.5, 5.2, 6):
        add(2, np.exp(k * u))
        add(2, np.exp(-k * u))
    for j in range(7):
        add(3, np.log1p(8 * 12.5 ** (j / 6) * u))
    for j in range(17):
        for g in (10, 14, 20, 25):
            add(5, 1 / (1 + np.exp(-g * (u - (0.3 + 0.025 * j)))))
    for j in range(int(0.18 * n), int(0.82 * n) + 1):
        add(6, (i >= j) * 1.0)
    singles = len(rows)
    top = max(2.01, min(12.0, n / 8))
    for j in range(int((top - 2) / 0.2) + 1):
        m = 2 + 0.2 * j
        for d in (-1, -0.5, 0, 0.5, 1):
            add(4, np.exp(-d * u) * np.sin(2 * np.pi * m * u))
            add(4, np.exp(-d * u) * np.cos(2 * np.pi * m * u))
    F = np.array(rows)
    own = []
    for r in RHO:
        one = n * (1 - r) ** 2 + 2 * r * (1 - r)
        ends = F[:, 0] + F[:, -1]
        f1 = r * (1 - r) * ends
        quad = (1 + r * r) - r * r * (F[:, 0] ** 2 + F[:, -1] ** 2) - 2 * r * (F[:, 1:] * F[:, :-1]).sum(1) - f1 * f1 / one
        A, B = F[singles::2], F[singles + 1 :: 2]
        ab = (1 + r * r) * (A * B).sum(1) - r * r * (A[:, 0] * B[:, 0] + A[:, -1] * B[:, -1])
        ab -= r * ((A[:, 1:] * B[:, :-1]).sum(1) + (A[:, :-1] * B[:, 1:]).sum(1)) + f1[singles::2] * f1[singles + 1 :: 2] / one
        own.append((one, f1, quad, ab))
    CACHE[n] = (F, np.array(classes), singles, own)
    return CACHE[n]


CELLS = [16, 17, 18, 19, 20, 22, 24, 26, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97, 107, 118, 128]
"""As many dictionaries as there are of these are kept, whatever lengths occur."""


def binned(y):
    n = len(y)
    cells = max(c for c in CELLS if c <= n)
    if n == cells:
        return y.astype(float)
    edges = np.linspace(0, n, cells + 1)
    sums = np.interp(edges, np.arange(n + 1), np.r_[0, np.cumsum(y)])
    return np.diff(sums) * cells / n


def likelihoods(y):
    """Log-likelihoods: seven patterns, AR(1), random walk; and the number of cells."""
    n = len(y)
    z = binned(y)
    N = len(z)
    z = z - z.mean()
    z = z / np.sqrt((z * z).mean())
    F, classes, singles, own = dictionary(N)
    s = np.zeros(N)
    s[1:] += z[:-1]
    s[:-1] += z[1:]
    dot, dots = F @ z, F @ s
    zz, z1, ze = z @ z, z[1:] @ z[:-1], z[0] + z[-1]
    ll = np.full(9, -1e18)

    def value(rss, r):
        return -N / 2 * np.log(max(rss, 1e-9 * N) / N) + 0.5 * np.log(1 - r * r)

    for r, (one, f1, quad, ab) in zip(RHO, own):
        zone = r * (1 - r) * ze
        total = (1 + r * r) * zz - r * r * (z[0] ** 2 + z[-1] ** 2) - 2 * r * z1 - zone * zone / one
        p = (1 + r * r) * dot - r * r * (F[:, 0] * z[0] + F[:, -1] * z[-1]) - r * dots - f1 * zone / one
        gain = p[:singles] ** 2 / quad[:singles]
        for c in (0, 1, 2, 3, 5, 6):
            ll[c] = max(ll[c], value(total - gain[classes[:singles] == c].max(), r))
        pa, pb, qa, qb = p[singles::2], p[singles + 1 :: 2], quad[singles::2], quad[singles + 1 :: 2]
        pair = (qb * pa * pa - 2 * ab * pa * pb + qa * pb * pb) / (qa * qb - ab * ab)
        ll[4] = max(ll[4], value(total - pair.max(), r))
    for r in RHO_NONE:
        one = N * (1 - r) ** 2 + 2 * r * (1 - r)
        zone = r * (1 - r) * ze
        total = (1 + r * r) * zz - r * r * (z[0] ** 2 + z[-1] ** 2) - 2 * r * z1 - zone * zone / one
        ll[7] = max(ll[7], value(total, r))
    d = np.diff(z)
    theta = 0.268 if n > 256 else 0.0
    e, sum2 = 0.0, 0.0
    for x in d:
        e = x - theta * e
        sum2 += e * e
    ll[8] = -N / 2 * np.log(max(sum2 / (N - 1), 1e-9))
    return ll, N


def features(ll, N, n):
    t = np.r_[ll[:7], ll[7], ll[8]]
    q = t.max() - t
    L = np.log(N) - 4
    a, b = np.log1p(q), np.minimum(q, 40) / 10
    return np.r_[1, L, np.log(n / N), a, b, L * a]


COUNT = 3 + 27


def windows(rng, count):
    X, Y, W, S, LEN = [], [], [], [], []
    for i in range(count):
        c = i % 8
        n = int(np.exp(rng.uniform(np.log(16), np.log(4096))))
        snr = rng.uniform(-2, 34)
        y, p = single(rng, n, PATTERNS[c], snr, NOISES)
        walk = p.get("kind") == "walk"
        X.append(features(*likelihoods(y), n))
        Y.append(c)
        W.append(walk_weight(n) if walk else 1.0)
        S.append(snr)
        LEN.append(n)
    return np.array(X), np.array(Y), np.array(W), np.array(S), np.array(LEN)


def walk_weight(n):
    """Walks are the most common series and short ones look most like curves: they count for more."""
    return 2 + 8 * np.clip((200 - n) / 184, 0, 1) + 12 * np.clip((40 - n) / 24, 0, 1)


def fit(X, Y, W, steps=1500, ridge=2e-5):
    mean, std = X.mean(0), X.std(0)
    mean[0], std[0] = 0, 1
    Z = (X - mean) / std
    B = np.zeros((X.shape[1], 8))
    m, v = np.zeros_like(B), np.zeros_like(B)
    hot = np.eye(8)[Y]
    w = (W / W.sum())[:, None]
    for s in range(1, steps + 1):
        G = Z.T @ (w * (softmax(Z @ B) - hot)) + ridge * B
        m, v = 0.9 * m + 0.1 * G, 0.999 * v + 0.001 * G * G
        rate = 0.08 * (0.5 + 0.5 * np.cos(np.pi * s / steps))
        B -= rate * (m / (1 - 0.9**s)) / (np.sqrt(v / (1 - 0.999**s)) + 1e-8)
    out = B / std[:, None]
    out[0] -= (mean / std) @ B
    return out


def softmax(A):
    E = np.exp(A - A.max(1, keepdims=True))
    return E / E.sum(1, keepdims=True)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24000
    X, Y, W, S, LEN = windows(np.random.default_rng(1), count)
    B = fit(X, Y, W)
    T, U, _, V, LT = windows(np.random.default_rng(2), count // 4)
    P = softmax(T @ B)
    found = P.argmax(1)
    print("macro-F1", f1_per_class(found, U).mean().round(3), f1_per_class(found, U).round(3))
    for low, high in ((-2, 4), (4, 8), (8, 14), (14, 24), (24, 34)):
        inside = (V >= low) & (V < high)
        print("dB", low, high, f1_per_class(found[inside], U[inside]).mean().round(3))
    print("ECE", calibration_error(P.max(1), found == U).round(4))
    rng = np.random.default_rng(3)
    for n in (16, 24, 32, 64, 128, 200, 400, 1000):
        x = np.array([features(*likelihoods(random_walk(rng, n)), n) for _ in range(1000)])
        p = softmax(x @ B)
        print("walks", n, ((p.argmax(1) < 7) & (p.max(1) >= 0.5)).mean().round(3), "any", (p.argmax(1) < 7).mean().round(3))
    rows = ",\n".join("    [" + ", ".join(f"{v:.6g}" for v in B[:, c]) + "]" for c in range(8))
    text = (
        "// Made by models/fit_classical.py; do not edit.\n\n"
        "/// A row for each pattern, in the order of `Pattern`; a column for each of `Likelihoods.features`.\n"
        "enum ClassicalCoefficients {\n  static let rows: [[Double]] = [\n" + rows + ",\n  ]\n}\n"
    )
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "../Sources/CurveDetector/ClassicalCoefficients.swift"), "w") as file:
        file.write(text)


if __name__ == "__main__":
    main()
