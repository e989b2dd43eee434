"""What the network is given: a grid of 128 cells and a few figures of the original samples. Needs numpy only.

Sources/CurveDetector computes the same; Tests/CurveDetectorTests/Data/network-vectors.json compares the two. Whatever
changes here needs a new FEATURE_VERSION, a new training and new vectors.
"""
import numpy as np

FEATURE_VERSION = 1
CELLS = 128
CHANNELS = 2
LAGS = (2, 4, 8, 16)
SIDE = ["length", "roughness", "lag1", "step_lag1", "step_lag2", "ratio2", "ratio4", "ratio8", "ratio16", "ratio_eighth",
        "ratio_quarter", "kurtosis", "largest", "turns"]
"""The order of the side scalars."""


def fill(prices):
    """Straight lines over missing prices (NaN)."""
    prices = np.asarray(prices, dtype=float)
    known = np.flatnonzero(~np.isnan(prices))
    return prices if len(known) == len(prices) else np.interp(np.arange(len(prices)), known, prices[known])


def zscored(y):
    """Mean 0 and population standard deviation 1; the mean is taken out twice, so that a far shift costs no digits."""
    y = y - y[0]
    y = y - y.mean()
    spread = np.sqrt((y * y).mean())
    return y / spread if spread > 0 else y


def binned(y, cells=CELLS):
    """Means over equally long cells, edges between samples shared by interpolating the running sum; y when it is short."""
    n = len(y)
    if n <= cells:
        return y.astype(float)
    edges = np.linspace(0, n, cells + 1)
    sums = np.interp(edges, np.arange(n + 1), np.r_[0, np.cumsum(y)])
    return np.diff(sums) * cells / n


def grid(z):
    """float32 [2, 128] of a z-scored series.

    Channel 0: n > 128: cell means; else z interpolated linearly at i·(n − 1)/127; z-scored again.
    Channel 1: differences of channel 0 (the first is 0), over their root mean square.
    """
    n = len(z)
    cells = binned(z) if n > CELLS else np.interp(np.arange(CELLS) * (n - 1) / (CELLS - 1), np.arange(n), z)
    cells = zscored(cells)
    steps = np.r_[0.0, np.diff(cells)]
    return np.array([cells, steps / np.sqrt(max((steps * steps).mean(), 1e-18))], dtype=np.float32)


def side(z):
    """float32 [14], from all samples of a z-scored series; with d the steps z[i + 1] − z[i] and D their mean square:

    0 ln n − 5                          1 ln √D
    2 Σ z[i] z[i + 1] / n               3, 4 Σ d[i] d[i + 1] / Σ d², Σ d[i] d[i + 2] / Σ d²
    5–8 variance ratios at q = 2, 4, 8, 16: ln(mean (z[i + q] − z[i])² / (q D)), q at most n − 1
    9, 10 the same at q = ⌊n/8⌋, ⌊n/4⌋
    11 ln(mean d⁴ / D²)                 12 ln(max |d| / √D)
    13 share of neighbouring steps whose product is below −10⁻⁶ D
    Ratios and D are at least 10⁻¹².
    """
    n, d = len(z), np.diff(z)
    squares = d * d
    total = max(squares.sum(), 1e-12 * (n - 1))
    D = total / (n - 1)

    def ratio(q):
        far = z[q:] - z[:-q]
        return np.log(max((far * far).mean() / (q * D), 1e-12))

    beside = d[1:] * d[:-1]
    ratios = [ratio(min(q, n - 1)) for q in LAGS] + [ratio(n // 8), ratio(n // 4)]
    return np.array(
        [np.log(n) - 5, 0.5 * np.log(D), (z[1:] * z[:-1]).sum() / n, beside.sum() / total,
         (d[2:] * d[:-2]).sum() / total, *ratios, np.log(max((squares * squares).mean() / (D * D), 1e-12)),
         np.log(max(np.abs(d).max() / np.sqrt(D), 1e-12)), (beside < -1e-6 * D).sum() / (n - 2)],
        dtype=np.float32)


def inputs(prices):
    """(grid, side) of a window of prices: 16 or more, NaN where missing, not all equal."""
    z = zscored(fill(prices))
    return grid(z), side(z)
