"""How detection is scored: windows by class, walks, calibration; piecewise series by boundaries, cover and curves."""
import numpy as np

TOLERANCES = {"rate": 0.15, "gain": 0.5, "vertex": 0.03, "midpoint": 0.02, "cycles": 0.03, "at": 1}
"""Within the value times this for rate, gain and cycles, within this for the others."""
RELATIVE = ("rate", "gain", "cycles")


def f1_per_class(found, truth, classes=8):
    """F1 of each class; 0 for one that is neither there nor found."""
    out = np.zeros(classes)
    for c in range(classes):
        hit = ((found == c) & (truth == c)).sum()
        out[c] = 2 * hit / max(1, (found == c).sum() + (truth == c).sum())
    return out


def walks_claimed(patterns, confidences, covered):
    """Share of walks for which a curve over at least half the window is claimed with a confidence of 0.5 or more."""
    patterns, confidences, covered = np.asarray(patterns), np.asarray(confidences), np.asarray(covered)
    return float(((patterns != "none") & (confidences >= 0.5) & (covered >= 0.5)).mean())


def calibration_error(confidence, right, bins=10):
    """Expected calibration error over bins of equal width."""
    confidence, right = np.asarray(confidence, dtype=float), np.asarray(right)
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    error = 0.0
    for b in range(bins):
        inside = place == b
        if inside.any():
            error += inside.mean() * abs(confidence[inside].mean() - right[inside].mean())
    return error


def margin(n):
    """How far a boundary may be from the true one, in samples."""
    return max(2, 0.02 * n)


def boundaries(curves, n):
    """Starts and ends of curves (start, end, pattern, …) inside the window, without those of `none`."""
    ends = {int(x) for start, end, pattern, *_ in curves if pattern != "none" for x in (start, end)}
    return sorted(x for x in ends if 0 < x < n)


def matched(found, truth, reach):
    """How many of two sorted lists pair up one to one within `reach`; the greedy choice is the best on a line."""
    i = j = count = 0
    while i < len(found) and j < len(truth):
        if abs(found[i] - truth[j]) <= reach:
            i, j, count = i + 1, j + 1, count + 1
        elif found[i] < truth[j]:
            i += 1
        else:
            j += 1
    return count


def f1(hits, found, truth):
    """F1 of counts; 1 where there was nothing to find and nothing was found."""
    return 1.0 if found + truth == 0 else 2 * hits / (found + truth)


def jaccard(a, b):
    inside = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return inside / (a[1] - a[0] + b[1] - b[0] - inside)


def covering(found, truth):
    """Mean over the true segments of their best overlap with a found one, weighted by length."""
    total = sum(t[1] - t[0] for t in truth)
    return sum((t[1] - t[0]) * max((jaccard(f, t) for f in found), default=0.0) for t in truth) / total


def labels(curves, n):
    """The pattern of each sample."""
    out = np.full(n, "none", dtype=object)
    for start, end, pattern, *_ in curves:
        out[start:end] = pattern
    return out


def sample_accuracy(found, truth, n):
    return float((labels(found, n) == labels(truth, n)).mean())


def curves_matched(found, truth):
    """Pairs of curves with the same pattern and an overlap above one half, of curves found, of true curves."""
    found = [f for f in found if f[2] != "none"]
    truth = [t for t in truth if t[2] != "none"]
    hits = sum(any(f[2] == t[2] and jaccard(f, t) > 0.5 for f in found) for t in truth)
    return hits, len(found), len(truth)


def piecewise_scores(windows):
    """Scores over windows (found, truth, n): counts of boundaries and curves are pooled, the others are means."""
    edges, curves = np.zeros(3), np.zeros(3)
    cover, right = [], []
    for found, truth, n in windows:
        a, b = boundaries(found, n), [t[0] for t in truth[1:]]
        edges += matched(a, b, margin(n)), len(a), len(b)
        curves += curves_matched(found, truth)
        cover.append(covering(found, truth))
        right.append(sample_accuracy(found, truth, n))
    return {"boundary_f1": f1(*edges), "covering": float(np.mean(cover)), "curve_f1": f1(*curves),
            "sample_accuracy": float(np.mean(right))}


def within_tolerance(found, truth):
    """Whether every parameter of the true curve that has a tolerance was found within it."""
    for name, reach in TOLERANCES.items():
        if name in truth:
            reach = reach * abs(truth[name]) if name in RELATIVE else reach
            if name not in found or not abs(found[name] - truth[name]) <= reach + 1e-12:
                return False
    return True
