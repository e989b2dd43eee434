"""Fits the coefficients that combine the network's verdict on a window with the classical likelihoods.

    OPENBLAS_NUM_THREADS=1 python3 models/fit_hybrid.py [WINDOWS]

writes Sources/CurveDetector/HybridCoefficients.swift (run `swift format -i` on it) and prints scores on other seeds.
Fit after every training and after every change of the classical likelihoods. No window here was seen in training.
"""
import os
import sys

import numpy as np
import onnxruntime

from features import inputs
from fit_classical import NOISES, PATTERNS, features, fit, likelihoods, softmax
from generator import LISTED, WALKS, random_walk, single
from metrics import calibration_error, f1_per_class

HERE = os.path.dirname(os.path.abspath(__file__))
LEAST = -12.0
WALK_LENGTHS = (16, 20, 24, 32, 48, 64, 100, 128, 200, 300, 500, 1000, 4000)


def network(path=os.path.join(HERE, "curve.onnx")):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def log_chances(session, series):
    """Log-softmax of the network's window logits for each series."""
    given = [inputs(y) for y in series]
    logits = np.concatenate([session.run(["window"], {"grid": np.array([g for g, _ in given[i : i + 256]]),
                                                      "side": np.array([s for _, s in given[i : i + 256]])})[0]
                             for i in range(0, len(given), 256)]).astype(float)
    logits -= logits.max(1, keepdims=True)
    return logits - np.log(np.exp(logits).sum(1, keepdims=True))


def hybrid_features(classical, chances, n):
    """What the coefficients multiply: 46 numbers.

    0–29 the features of fit_classical.py (Likelihoods.features); 30–37 the network's log-probabilities, at least −12;
    38–45 the same times ln n − 5.
    """
    w = np.maximum(chances, LEAST)
    return np.r_[classical, w, (np.log(n) - 5) * w]


def matrix(session, series):
    chances = log_chances(session, series)
    return np.array([hybrid_features(features(*likelihoods(y), len(y)), w, len(y)) for y, w in zip(series, chances)])


def windows(rng, count):
    """Windows for the fit: all classes equally often, wider noise and walks than the specification's."""
    series, truth, weight = [], [], []
    for i in range(count):
        n = int(np.exp(rng.uniform(np.log(16), np.log(4097))))
        walks = WALKS if rng.random() < 0.5 else WALKS[:6]
        y, p = single(rng, n, PATTERNS[i % 8], rng.uniform(-2, 34), NOISES, 0.04, walks)
        series.append(y)
        truth.append(i % 8)
        weight.append(walk_weight(n) if p.get("kind") == "walk" else 1.0)
    return series, np.array(truth), np.array(weight)


def walk_weight(n):
    """Walks are the most common series and short ones look most like curves: they count for more."""
    return 2 + 10 * np.clip((200 - n) / 150, 0, 1) + 18 * np.clip((64 - n) / 48, 0, 1)


def judged(session, B, seed, snr, count):
    """Probabilities and truth of windows as the specification measures them, at one SNR."""
    rng = np.random.default_rng((seed, int(snr)))
    lengths = np.exp(rng.uniform(np.log(24), np.log(4000), count)).astype(int)
    series = [single(rng, n, PATTERNS[i % 8], snr, LISTED)[0] for i, n in enumerate(lengths)]
    return softmax(matrix(session, series) @ B), np.arange(count) % 8, lengths


def report(session, B, seed=77, count=1600, walks=800):
    parts = []
    for snr in (0, 5, 10, 20, 30):
        parts.append(judged(session, B, seed, snr, count))
        P, U, _ = parts[-1]
        print(f"{snr} dB: macro-F1 {f1_per_class(P.argmax(1), U).mean():.4f}, ECE {calibration_error(P.max(1), P.argmax(1) == U):.4f}")
    P, U, n = (np.concatenate(x) for x in zip(*parts))
    found = P.argmax(1)
    print(f"all: macro-F1 {f1_per_class(found, U).mean():.4f}, ECE {calibration_error(P.max(1), found == U):.4f}")
    for low, high in ((24, 64), (64, 200), (200, 700), (700, 4000)):
        inside = (n >= low) & (n < high)
        print(f"n {low} to {high}: macro-F1 {f1_per_class(found[inside], U[inside]).mean():.4f}")
    rng = np.random.default_rng(seed + 1)
    for n in WALK_LENGTHS:
        p = softmax(matrix(session, [random_walk(rng, n) for _ in range(walks)]) @ B)
        print(f"walks of {n}: claimed {((p.argmax(1) < 7) & (p.max(1) >= 0.5)).mean():.4f}")


def write(B):
    rows = ",\n".join("    [" + ", ".join(f"{v:.6g}" for v in B[:, c]) + "]" for c in range(8))
    text = (
        "// Made by models/fit_hybrid.py; do not edit.\n\n"
        "/// A row for each pattern, in the order of `Pattern`; 46 columns.\n///\n"
        "/// - 0–29: `Likelihoods.features`.\n"
        "/// - 30–37: the network's log-probabilities of the window (log-softmax of `window`), at least −12.\n"
        "/// - 38–45: the same times ln n − 5, n the number of prices.\n"
        "enum HybridCoefficients {\n  static let rows: [[Double]] = [\n" + rows + ",\n  ]\n}\n")
    with open(os.path.join(HERE, "../Sources/CurveDetector/HybridCoefficients.swift"), "w") as file:
        file.write(text)


def main():
    session = network()
    series, truth, weight = windows(np.random.default_rng(5001), int(sys.argv[1]) if len(sys.argv) > 1 else 40_000)
    B = fit(matrix(session, series), truth, weight)
    write(B)
    report(session, B)


if __name__ == "__main__":
    main()
