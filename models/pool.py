"""Windows to train and to judge on, as the network sees them, made by several processes and the same for any number."""
from multiprocessing import get_context

import numpy as np

from features import CELLS, CHANNELS, SIDE, inputs
from generator import NOISES, PATTERNS, WALKS, piecewise, single, with_gaps

CHUNK = 4096
WIDE = 0.04


def centres(n):
    """The sample in the middle of each cell."""
    i = np.arange(CELLS)
    return np.floor((i + 0.5) * n / CELLS).astype(int) if n > CELLS else np.round(i * (n - 1) / (CELLS - 1)).astype(int)


def targets(truth, n):
    """Class of each cell, and how near a boundary each is: 1 in the cell where a segment begins, less beside it."""
    steps = np.empty(n, dtype=np.uint8)
    for start, end, pattern, *_ in truth:
        steps[start:end] = PATTERNS.index(pattern)
    starts = np.array([t[0] for t in truth[1:]], dtype=float)
    place = (starts + 0.5) * CELLS / n - 0.5 if n > CELLS else starts * (CELLS - 1) / (n - 1)
    width = 0.7 if n > CELLS else max(0.7, 0.4 * (CELLS - 1) / (n - 1))
    near = np.zeros(CELLS)
    if len(place):
        near = np.exp(-0.5 * ((np.arange(CELLS)[:, None] - np.round(place)) / width) ** 2).max(1)
    return steps[centres(n)], np.round(near * 255).astype(np.uint8)


def window(rng):
    """A series, its segments, and whether it is a single window. One window in four is none, most of those walks."""
    if rng.random() < 0.5:
        n = int(np.exp(rng.uniform(np.log(16), np.log(4097))))
        pattern = (PATTERNS + ["none"])[rng.integers(9)]
        y, p = single(rng, n, pattern, rng.uniform(-2, 34), NOISES, WIDE, WALKS, 0.7)
        truth, alone = [(0, n, pattern, p)], True
    else:
        n = int(np.exp(rng.uniform(np.log(32), np.log(4097))))
        y, truth = piecewise(rng, n, rng.uniform(4, 34), NOISES, wide=WIDE)
        alone = False
    return (with_gaps(rng, y, rng.uniform(0, 0.1)) if rng.random() < 0.15 else y), truth, alone


def chunk(key):
    """A chunk of windows from the seed (seed, index)."""
    rng = np.random.default_rng(key)
    grids, sides = np.empty((CHUNK, CHANNELS, CELLS), np.float32), np.empty((CHUNK, len(SIDE)), np.float32)
    steps, near = np.empty((CHUNK, CELLS), np.uint8), np.empty((CHUNK, CELLS), np.uint8)
    label = np.empty(CHUNK, np.int64)
    for i in range(CHUNK):
        y, truth, alone = window(rng)
        grids[i], sides[i] = inputs(y)
        steps[i], near[i] = targets(truth, len(y))
        label[i] = PATTERNS.index(truth[0][2]) if alone else -1
    return grids, sides, steps, near, label


def pool(seed, count, processes=2):
    """About `count` windows: grid, side, class of each cell, nearness of boundaries × 255, class or −1 if piecewise."""
    keys = [(seed, index) for index in range(-(-count // CHUNK))]
    with get_context("fork").Pool(processes) as workers:
        return [np.concatenate(column) for column in zip(*workers.imap(chunk, keys))]
