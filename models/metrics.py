"""How detection is scored: macro-F1, share of walks claimed, expected calibration error."""
import numpy as np


def f1_per_class(found, truth, classes=8):
    out = np.zeros(classes)
    for c in range(classes):
        hit = ((found == c) & (truth == c)).sum()
        out[c] = 2 * hit / max(1, (found == c).sum() + (truth == c).sum())
    return out


def calibration_error(confidence, right, bins=10):
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    error = 0.0
    for b in range(bins):
        inside = place == b
        if inside.any():
            error += inside.mean() * abs(confidence[inside].mean() - right[inside].mean())
    return error
