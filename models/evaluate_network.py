"""Scores of the network alone, read as simply as can be, on the development set of evaluate.py.

    OPENBLAS_NUM_THREADS=1 nice -n 19 python3 models/evaluate_network.py [MODEL]

Single windows: the largest window logit. Piecewise: of all ways to cut the 128 cells into segments of six or more the best
one, where a segment counts the largest sum of its cells' log-probabilities in `steps`, times 0.15, and a cut the logit of
`boundary` plus one. What the program does otherwise it owes to its own samples, likelihoods and refits.
"""
import os
import sys

import numpy as np

import metrics
from evaluate import SNRS, lengths
from features import CELLS, inputs
from fit_hybrid import HERE, log_chances, network, softmax
from generator import LISTED, PATTERNS, piecewise, random_walk, single


def cut(steps, boundary, weight=0.15, bonus=1.0, least=6):
    """Segments (start, end, class) in cells, by dynamic programming over where the last one begins."""
    chances = np.clip(1 / (1 + np.exp(-boundary)), 1e-4, 1 - 1e-4)
    begin = np.log(chances / (1 - chances)) + bonus
    begin[0] = 0
    sums = np.vstack([np.zeros(len(PATTERNS)), np.cumsum(weight * np.log(np.maximum(steps, 1e-4)), 0)])
    best, last = np.full(CELLS + 1, -np.inf), {}
    best[0] = 0
    for end in range(least, CELLS + 1):
        each = sums[end] - sums[: end - least + 1]
        score = best[: end - least + 1] + begin[: end - least + 1] + each.max(1)
        start = int(score.argmax())
        best[end], last[end] = score[start], (start, int(each[start].argmax()))
    out, end = [], CELLS
    while end > 0:
        start, pattern = last[end]
        out, end = [(start, end, pattern), *out], start
    return out


def segments(session, y):
    """What `cut` finds, in samples."""
    n = len(y)
    grid, side = inputs(y)
    _, steps, boundary = session.run(None, {"grid": grid[None], "side": side[None]})

    def sample(cell):
        return n if cell == CELLS else cell * n // CELLS if n > CELLS else round(cell * (n - 1) / (CELLS - 1))

    found = cut(softmax(steps[0].T.astype(float)), boundary[0].astype(float))
    return [(sample(start), sample(end), PATTERNS[pattern]) for start, end, pattern in found]


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
        rng = np.random.default_rng((9103, snr))
        made = [piecewise(rng, n, snr, LISTED) for n in lengths(rng, 400, 64)]
        scores = metrics.piecewise_scores([(segments(session, y), truth, len(y)) for y, truth in made])
        print(f"piecewise {snr} dB", {k: round(float(v), 4) for k, v in scores.items()})


if __name__ == "__main__":
    main()
