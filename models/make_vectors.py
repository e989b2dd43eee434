"""Writes Tests/CurveDetectorTests/Data/network-vectors.json: series, what the network is given, what it answers, and
the patterns' probabilities by network and statistics together.

    python3 models/make_vectors.py

Swift's features and its ONNX Runtime must give the same within 10⁻⁵. `null` is a missing price. Run it after
fit_classical.py and fit_hybrid.py: coefficients are read from what they wrote.
"""
import json
import os
import re

import numpy as np
import onnxruntime

from features import fill, inputs
from fit_classical import features, likelihoods, softmax
from fit_hybrid import hybrid_features, log_chances
from generator import NOISES, PATTERNS, piecewise, single, with_gaps

HERE = os.path.dirname(os.path.abspath(__file__))
LENGTHS = (16, 17, 24, 32, 50, 64, 100, 127, 128, 129, 200, 256, 300, 777, 1000, 4096)


def prices(rng, i, n):
    """Half single windows, half piecewise; every third with gaps; levels from 0.02 to 80,000, moves from 0.5 %."""
    if i % 2 or n < 32:
        y = single(rng, n, PATTERNS[i % 8], rng.uniform(5, 30), NOISES)[0]
    else:
        y = piecewise(rng, n, rng.uniform(10, 30), NOISES)[0]
    y = 0.02 * 4e6 ** (i / 15) * (1 + (0.005, 0.1, 0.5)[i % 3] * y / np.ptp(y))
    y = np.array([float(f"{v:.6g}") for v in y])
    return with_gaps(rng, y, 0.08) if i % 3 == 0 else y


def rounded(values, digits):
    return [round(float(v), digits) for v in np.ravel(values)]


def coefficients():
    """[46, 8], as Sources/CurveDetector/HybridCoefficients.swift has them."""
    with open(os.path.join(HERE, "../Sources/CurveDetector/HybridCoefficients.swift")) as file:
        numbers = re.findall(r"-?[0-9]+\.?[0-9]*(?:e-?[0-9]+)?", file.read().split("rows: [[Double]] =")[1])
    return np.array(numbers, dtype=float).reshape(8, -1).T


def main():
    B = coefficients()
    session = onnxruntime.InferenceSession(os.path.join(HERE, "curve.onnx"), providers=["CPUExecutionProvider"])
    rng = np.random.default_rng(2024)
    cases = []
    for i, n in enumerate(LENGTHS):
        y = prices(rng, i, n)
        grid, side = inputs(y)
        window, steps, boundary = session.run(None, {"grid": grid[None], "side": side[None]})
        filled = fill(y)
        chances = log_chances(session, [y])[0]
        verdict = softmax(hybrid_features(features(*likelihoods(filled), n), chances, n)[None] @ B)
        cases.append({"prices": [None if np.isnan(v) else float(v) for v in y], "grid": rounded(grid, 6),
                      "side": rounded(side, 6), "window": rounded(window, 5), "steps": rounded(steps, 5),
                      "boundary": rounded(boundary, 5), "probabilities": rounded(verdict, 8)})
    path = os.path.join(HERE, "../Tests/CurveDetectorTests/Data/network-vectors.json")
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write('{"cases": [\n' + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]}\n")


if __name__ == "__main__":
    main()
