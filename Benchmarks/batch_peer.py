"""The first case of batch.py as a person would write it in Python: CSV to f32 with numpy, SciPy and a process pool.

    python batch_peer.py IN OUT

Uniform Catmull-Rom, ends duplicated, 16 samples a segment; an output is renamed when it is whole, and the manifest gets
path, points, bytes and SHA-256 of each.
"""
import concurrent.futures
import glob
import hashlib
import json
import os
import sys

import numpy as np
from scipy.interpolate import CubicHermiteSpline

SAMPLES = 16


def render(paths):
    source, target = paths
    points = np.loadtxt(source, delimiter=",", ndmin=2)
    padded = np.concatenate([points[:1], points, points[-1:]])
    curve = CubicHermiteSpline(np.arange(len(points)), points, (padded[2:] - padded[:-2]) / 2)
    result = curve(np.arange((len(points) - 1) * SAMPLES + 1) / SAMPLES).astype("<f4").tobytes()
    with open(target + ".tmp", "wb") as file:
        file.write(result)
    os.replace(target + ".tmp", target)
    return {"input": source, "output": target, "points": len(result) // 8, "bytes": len(result),
            "sha256": hashlib.sha256(result).hexdigest()}


if __name__ == "__main__":
    folder, out = sys.argv[1:3]
    os.makedirs(out, exist_ok=True)
    inputs = sorted(glob.glob(os.path.join(folder, "*.csv")))
    work = [(path, os.path.join(out, os.path.basename(path)[:-4] + ".f32")) for path in inputs]
    with concurrent.futures.ProcessPoolExecutor(os.cpu_count()) as pool, \
            open(os.path.join(out, "manifest.jsonl"), "w") as manifest:
        for line in pool.map(render, work, chunksize=16):
            manifest.write(json.dumps(line) + "\n")
