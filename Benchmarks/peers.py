"""The same work by SciPy, NumPy and Python's json: one JSON object a line, as catenary-bench --json prints it.

usage: peers.py [--rounds N]      needs: pip install -r Benchmarks/requirements.txt
One thread, results allocated by the library as its users get them, the best of N rounds that are alternated.
"""
import io, json, os, sys, time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
import numpy as np
from scipy.interpolate import CubicSpline, make_smoothing_spline


def wave(n):
    x = np.arange(n, dtype=float)
    return x, np.stack([x, np.sin(0.1 * x)], 1)


def benchmarks():
    """name, items, bytes, runs a round, what to run"""
    for n in (64, 1001, 100_000):
        x, p = wave(n)
        count = (n - 1) * 16 + 1
        u = np.linspace(0, n - 1, count)
        runs = max(1, 200_000 // count)
        s = CubicSpline(x, p, bc_type="natural")
        yield f"scipy/evaluate/{count}", count, count * 16, runs, lambda s=s, u=u: s(u)
        yield f"scipy/build-natural/{n}", n, 0, runs, lambda x=x, p=p: CubicSpline(x, p, bc_type="natural")
        yield f"scipy/build-evaluate/{n}", count, count * 16, runs, lambda x=x, p=p, u=u: CubicSpline(x, p, bc_type="natural")(u)
    for n, name, lam in ((100_000, "smoothing", 10.0), (10_000, "smoothing-auto", None)):
        x, p = wave(n)
        y = p[:, 1] + np.arange(n) * 7919 % 31 / 155
        yield f"scipy/{name}/{n}", n, 0, 1, lambda x=x, y=y, lam=lam: make_smoothing_spline(x, y, lam=lam)
    x, p = wave(100_000)
    p[:, 0] /= 3
    csv = "x,y\n" + "".join(f"{a!r},{b!r}\n" for a, b in p.tolist())
    text = json.dumps({"points": p.tolist()})
    yield "python/numpy-loadtxt/100000", 100_000, len(csv), 1, lambda: np.loadtxt(io.StringIO(csv), delimiter=",", skiprows=1)
    yield "python/json-loads/100000", 100_000, len(text), 1, lambda: json.loads(text)
    rows = p.tolist()
    yield "python/json-dumps/100000", 100_000, len(text), 1, lambda: json.dumps(rows)
    yield "python/numpy-savetxt/100000", 100_000, len(csv), 1, lambda: np.savetxt(io.StringIO(), p, fmt="%.17g", delimiter=",")


def main():
    rounds = int(sys.argv[sys.argv.index("--rounds") + 1]) if "--rounds" in sys.argv else 7
    chosen = list(benchmarks())
    times = {name: [] for name, *_ in chosen}
    for _ in range(rounds):
        for name, _, _, runs, run in chosen:
            start = time.perf_counter()
            for _ in range(runs):
                run()
            times[name].append((time.perf_counter() - start) / runs * 1e9)
    for name, items, size, _, _ in chosen:
        print(json.dumps({"name": name, "items": items, "bytes": size, "best": min(times[name]),
                          "median": sorted(times[name])[rounds // 2]}))


main()
