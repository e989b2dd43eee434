"""Fits the coefficients that decide whether a series is several curves or one.

    OPENBLAS_NUM_THREADS=1 python3 models/fit_segments.py series FILE
    CATENARY_SEGMENT_SERIES=FILE swift test --filter SegmentFeatures
    OPENBLAS_NUM_THREADS=1 python3 models/fit_segments.py fit FILE

The first writes generated series with the network's proposals, the second, for each, the features that
Sources/CurveDetector/SeveralCurves.swift computes (FILE.classical, FILE.hybrid) and those of OneCurve.swift where the
verdict on the whole is a curve (FILE.one), the third writes
Sources/CurveDetector/SegmentCoefficients.swift (run `swift format -i` on it) and prints scores on the held-out third.
Fit after every training and after every change of the segmentation.
"""
import os
import sys

import numpy as np

import generator as g

HERE = os.path.dirname(os.path.abspath(__file__))
COUNTS = {"piecewise": 2400, "single": 2400, "walk": 1800}


def windows(rng):
    """Series and whether they are several curves."""
    for i in range(COUNTS["piecewise"]):
        n = int(np.exp(rng.uniform(np.log(40), np.log(4096))))
        yield g.piecewise(rng, n, (10, 20, 30)[i % 3], g.LISTED if i % 2 else g.NOISES)[0], 1
    for i in range(COUNTS["single"]):
        n = int(np.exp(rng.uniform(np.log(32), np.log(4000))))
        yield g.single(rng, n, g.PATTERNS[i % 8], (0, 5, 10, 20, 30)[(i // 8) % 5])[0], 0
    for i in range(COUNTS["walk"]):
        yield g.random_walk(rng, (32, 64, 128, 200, 400, 1000, 4000)[i % 7]), 0


def proposals(session, y):
    """Window, step and edge scores as Proposals.swift holds them."""
    from features import inputs

    def log_softmax(a):
        a = a - a.max(-1, keepdims=True)
        return a - np.log(np.exp(a).sum(-1, keepdims=True))

    grid, side = inputs(y)
    out = session.run(["window", "steps", "boundary"], {"grid": grid[None], "side": side[None]})
    window, steps, boundary = (a[0].astype(float) for a in out)
    return np.r_[log_softmax(window), log_softmax(steps.T).ravel(), 1 / (1 + np.exp(-boundary))]


def write_series(path):
    """A line for each: label, then the prices, then the proposals."""
    import onnxruntime

    session = onnxruntime.InferenceSession(os.path.join(HERE, "curve.onnx"), providers=["CPUExecutionProvider"])
    rng = np.random.default_rng(11)
    with open(path, "w") as file:
        for y, label in windows(rng):
            y = g.as_prices(rng, y)
            for part in ([label], y, proposals(session, y)):
                file.write(" ".join(repr(float(v)) for v in part) + "\n")


def fit(X, y, ridge=1e-3):
    """Newton's method for logistic regression, features standardised."""
    mean, std = X.mean(0), X.std(0) + 1e-9
    mean[0], std[0] = 0, 1
    Z, b = (X - mean) / std, np.zeros(X.shape[1])
    for _ in range(60):
        p = 1 / (1 + np.exp(-Z @ b))
        H = (Z * (p * (1 - p))[:, None]).T @ Z / len(y) + ridge * np.eye(len(b))
        b += np.linalg.solve(H, Z.T @ (y - p) / len(y) - ridge * b)
    out = b / std
    out[0] -= (b * mean / std).sum()
    return out


def coefficients(path):
    rows = np.loadtxt(path)
    y, X = rows[:, 0], rows[:, 1:]
    held = np.arange(len(y)) % 3 == 2
    b = fit(X[~held], y[~held])
    told = X[held] @ b > 0
    print(os.path.basename(path), "several curves told", told[y[held] == 1].mean().round(3),
          "others cut", told[y[held] == 0].mean().round(3))
    return ", ".join(f"{v:.4g}" for v in b)


def one_curve(path, missed=0.02):
    """Such that of series of several curves that look like one a share is left uncut."""
    rows = np.loadtxt(path)
    y, X = rows[:, 0], rows[:, 1:]
    held = np.arange(len(y)) % 3 == 2
    b = fit(X[~held], y[~held])
    b[0] -= np.quantile(X[y == 1] @ b, missed)
    cut = X[held] @ b > 0
    print(os.path.basename(path), "several curves left uncut", (1 - cut[y[held] == 1].mean()).round(3),
          "of", int((y[held] == 1).sum()), "others cut", cut[y[held] == 0].mean().round(3))
    return ", ".join(f"{v:.4g}" for v in b)


def main():
    action, path = sys.argv[1:3]
    if action == "series":
        return write_series(path)
    text = (
        "// Made by models/fit_segments.py; do not edit.\n\nenum SegmentCoefficients {\n"
        "  /// For each of `SeveralCurves.features`.\n  static let several: [Double] = [\n    "
        + coefficients(path + ".classical") + ",\n  ]\n\n  /// The same where a network has its say.\n"
        "  static let severalHybrid: [Double] = [\n    " + coefficients(path + ".hybrid") + ",\n  ]\n\n"
        "  /// For each of `OneCurve.features`: more than 0 where a series is to be cut.\n"
        "  static let oneCurve: [Double] = [\n    " + one_curve(path + ".one") + ",\n  ]\n}\n")
    with open(os.path.join(HERE, "../Sources/CurveDetector/SegmentCoefficients.swift"), "w") as file:
        file.write(text)


if __name__ == "__main__":
    main()
