"""Scores of the network alone, read as simply as can be, on the development set of evaluate.py.

    OPENBLAS_NUM_THREADS=1 nice -n 19 python3 models/evaluate_network.py [MODEL]

Single windows: the largest window logit. Piecewise: peaks of `boundary` above one half cut the series, each segment takes
the class of the largest mean log-probability in `steps`; neighbours of one class stay apart. What the program does better
than this it owes to its own samples, likelihoods and refits.
"""
import os
import sys

import numpy as np

import metrics
from evaluate import SNRS, lengths
from features import CELLS, inputs
from fit_hybrid import HERE, log_chances, network, softmax
from generator import LISTED, PATTERNS, piecewise, random_walk, single


def peaks(chances, reach=3):
    """Cells above one half that no cell within `reach` exceeds."""
    return [i for i in range(1, CELLS) if chances[i] > 0.5 and chances[i] == chances[max(0, i - reach) : i + reach + 1].max()]


def segments(session, y):
    n = len(y)
    grid, side = inputs(y)
    _, steps, boundary = session.run(None, {"grid": grid[None], "side": side[None]})
    cells = [0, *peaks(1 / (1 + np.exp(-boundary[0].astype(float)))), CELLS]
    at = [c * n // CELLS if n > CELLS else round(c * (n - 1) / (CELLS - 1)) for c in cells]
    at[-1] = n
    logs = np.log(np.maximum(softmax(steps[0].T.astype(float)), 1e-6))
    return [(at[i], at[i + 1], PATTERNS[logs[cells[i] : cells[i + 1]].mean(0).argmax()])
            for i in range(len(cells) - 1) if at[i] < at[i + 1]]


def main():
    session = network(*sys.argv[1:2] or [os.path.join(HERE, "curve.onnx")])
    for snr in SNRS:
        rng = np.random.default_rng((9001, snr))
        series = [single(rng, n, PATTERNS[i % 8], snr)[0] for i, n in enumerate(lengths(rng, 1600))]
        found = log_chances(session, series).argmax(1)
        print(f"window macro-F1 {snr} dB {metrics.f1_per_class(found, np.arange(1600) % 8).mean():.4f}")
    for n in (16, 32, 64, 128, 200, 500, 2000):
        rng = np.random.default_rng((9002, n))
        chances = np.exp(log_chances(session, [random_walk(rng, n) for _ in range(500)]))
        print(f"walks claimed n {n} {((chances.argmax(1) < 7) & (chances.max(1) >= 0.5)).mean():.4f}")
    for snr in (10, 20, 30):
        rng = np.random.default_rng((9003, snr))
        made = [piecewise(rng, n, snr, LISTED) for n in lengths(rng, 400, 64)]
        scores = metrics.piecewise_scores([(segments(session, y), truth, len(y)) for y, truth in made])
        print(f"piecewise {snr} dB", {k: round(v, 4) for k, v in scores.items()})


if __name__ == "__main__":
    main()
