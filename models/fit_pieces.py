"""Fits how sure the program is of a piece of a series: the probability that it is right, its edges included.

    OPENBLAS_NUM_THREADS=1 python3 models/fit_pieces.py [--binary .build/release/catenary]

Drives the program over generated series of several curves, takes back what the committed coefficients made of its
confidences, and writes Sources/CurveDetector/PieceCoefficients.swift: logistic regression on the confidence's logit and
the piece's length. Prints calibration errors on the held-out third, as told and fitted. Fit after `fit_segments.py`.
"""
import argparse
import os
import re

import numpy as np

import generator as g
from evaluate import HERE, Program
from fit_segments import fit
from metrics import calibration_error

FILE = os.path.join(HERE, "../Sources/CurveDetector/PieceCoefficients.swift")
COUNT = 2400
MOST = 8
"""Logits beyond are taken for this."""


def committed(name):
    with open(FILE) as file:
        return [float(v) for v in re.search(rf"{name}: .*?\[(.*?)\]", file.read()).group(1).split(",")]


def is_right(curve, truth):
    """Whether a true piece of the same pattern shares more than half of both together."""
    start, end = curve["start"], curve["end"]
    return any(name == curve["pattern"] and min(end, b) - max(start, a) > 0.5 * (max(end, b) - min(start, a))
               for a, b, name, *_ in truth)


def pieces(program, series, truths):
    """Logits of confidences and lengths, and whether the piece is right."""
    told = [(c["confidence"], c["end"] - c["start"], is_right(c, truth))
            for answer, truth in zip(program(series), truths) if len(answer["curves"]) > 1 for c in answer["curves"]]
    p, length, right = np.array(told, float).T
    p = np.clip(p, 1e-9, 1 - 1e-9)
    return np.log(p / (1 - p)), np.log(length) - 5, right


def coefficients(binary, source, name, series, truths):
    logit, length, right = pieces(Program(binary, source, None if source == "classical" else HERE), series, truths)
    a, b, c = committed(name)
    raw = np.clip((logit - a - c * length) / b, -MOST, MOST)
    X = np.c_[np.ones(len(raw)), raw, length]
    held = np.arange(len(raw)) * 3 >= 2 * len(raw)
    new = fit(X[~held], right[~held])
    told, fitted = 1 / (1 + np.exp(-raw[held])), 1 / (1 + np.exp(-X[held] @ new))
    print(source, "pieces", len(raw), "right", right.mean().round(3),
          "error uncalibrated", round(float(calibration_error(told, right[held] == 1)), 3),
          "fitted", round(float(calibration_error(fitted, right[held] == 1)), 3))
    return ", ".join(f"{v:.4g}" for v in new)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binary", default=os.path.join(HERE, "../.build/release/catenary"))
    binary = parser.parse_args().binary
    rng = np.random.default_rng(31)
    lengths = np.exp(rng.uniform(np.log(40), np.log(4096), COUNT)).astype(int)
    made = [g.piecewise(rng, n, (10, 20, 30)[i % 3], g.LISTED if i % 2 else g.NOISES) for i, n in enumerate(lengths)]
    series, truths = [g.as_prices(rng, y) for y, _ in made], [truth for _, truth in made]
    alone = coefficients(binary, "classical", "alone", series, truths)
    proposed = coefficients(binary, "onnx", "proposed", series, truths)
    with open(FILE, "w") as file:
        file.write(
            "// Made by models/fit_pieces.py; do not edit.\n\n"
            "/// The logit of a piece's confidence: a constant, a multiple of the logit of its probability, one of ln length − 5.\n"
            "enum PieceCoefficients {\n"
            f"  static let alone: SIMD3<Double> = [{alone}]\n"
            "  /// Where a network has its say.\n"
            f"  static let proposed: SIMD3<Double> = [{proposed}]\n}}\n")


if __name__ == "__main__":
    main()
