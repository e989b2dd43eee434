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
    yield from measures()
    yield from flattenings()
    yield from families()
    x, p = wave(100_000)
    p[:, 0] /= 3
    csv = "x,y\n" + "".join(f"{a!r},{b!r}\n" for a, b in p.tolist())
    text = json.dumps({"points": p.tolist()})
    yield "python/numpy-loadtxt/100000", 100_000, len(csv), 1, lambda: np.loadtxt(io.StringIO(csv), delimiter=",", skiprows=1)
    yield "python/json-loads/100000", 100_000, len(text), 1, lambda: json.loads(text)
    rows = p.tolist()
    yield "python/json-dumps/100000", 100_000, len(text), 1, lambda: json.dumps(rows)
    yield "python/numpy-savetxt/100000", 100_000, len(csv), 1, lambda: np.savetxt(io.StringIO(), p, fmt="%.17g", delimiter=",")


# The golden cubics of MeasureBenchmark.swift.
CUBICS = [
    (100, 0, 100, 55.22847498, 55.22847498, 100, 0, 100), (0, 0, 100, 0, 0, 100, 100, 100),
    (0, 0, 150, 100, -50, 100, 100, 0), (0, 0, 100, 100, 0, 100, 100, 0), (0, 10, -10, 10, 180, 10, 60, 10),
    (0, 0, 33, 0.01, 66, -0.01, 100, 0),
    (1700000000.0, 100, 1700000020.0, 104, 1700000040.0, 91, 1700000060.0, 99),
    (123.001, 173.714, 80.5473, 61.4425, 7.00381, 49.7499, 162.446, 124.42),
    (145.8, 172.561, 45.5046, 33.105, 155.479, 140.141, 83.8974, 18.6189),
    (20.1867, 125.788, 39.6672, 165.079, 43.1099, 125.727, 148.064, 72.4403),
    (22.1411, 126.771, 166.853, 99.2474, 103.288, 89.5818, 168.735, 60.4336),
    (197.598, 119.983, 89.7669, 8.79418, 138.878, 77.3193, 87.165, 27.7646),
    (155.691, 45.8121, 82.6736, 11.0116, 22.705, 156.954, 16.2087, 70.7932),
]


def measures():
    """Lengths by SciPy's adaptive quadrature (QUADPACK) and, where it is installed, by the package bezier, which calls it, too;
    parameters at distances by its root finder on that: nobody offers the inverse ready made."""
    from scipy.integrate import quad
    from scipy.optimize import brentq

    def speed(c):
        a, b, d = [(3 * (c[i + 2] - c[i]), 3 * (c[i + 3] - c[i + 1])) for i in (0, 2, 4)]
        return lambda u: ((a[0] * (1 - u) ** 2 + 2 * b[0] * u * (1 - u) + d[0] * u * u) ** 2
                          + (a[1] * (1 - u) ** 2 + 2 * b[1] * u * (1 - u) + d[1] * u * u) ** 2) ** 0.5

    speeds = [speed(c) for c in CUBICS]

    def lengths():
        return [quad(s, 0, 1, epsabs=0, epsrel=1e-12, limit=200)[0] for s in speeds]

    def inverse():
        s = speeds[0]
        return brentq(lambda u: quad(s, 0, u, epsabs=0, epsrel=1e-12)[0] - 70, 0, 1, xtol=1e-13)

    import warnings
    warnings.simplefilter("ignore")
    yield "scipy/length/golden-cubics", len(CUBICS), 0, 5, lengths
    yield "scipy/parameter-at-distance/golden-cubics", 1, 0, 5, inverse
    try:
        import bezier
    except ImportError:
        return
    nodes = [np.asfortranarray(np.array(c, dtype=float).reshape(4, 2).T) for c in CUBICS]
    yield "bezier/length/golden-cubics", len(CUBICS), 0, 5, lambda: [bezier.Curve(n, degree=3).length for n in nodes]


def flattenings():
    """kurbo (Levien's method; not proven at cusps) through its Python package, where it is installed: the golden cubics, and 10,000
    segments of the wave. An item is a chord, or a vertex; each comes as a Python object."""
    try:
        from kurbopy import BezPath, Point
    except ImportError:
        return

    def path(cubics):
        path = BezPath()
        path.move_to(Point(*cubics[0][:2]))
        for c in cubics:
            path.curve_to(Point(*c[2:4]), Point(*c[4:6]), Point(*c[6:8]))
        return path

    golden = [path([tuple(map(float, c))]) for c in CUBICS]

    def chords():
        return sum(len(p.flatten(t)) - 1 for p in golden for t in (1, 0.1, 0.01))

    yield "kurbo/flatten-golden-cubics/39", chords(), 0, 5, chords
    x, p = wave(10_001)
    m = np.gradient(p, axis=0)
    wavy = path([(*p[i], *(p[i] + m[i] / 3), *(p[i + 1] - m[i + 1] / 3), *p[i + 1]) for i in range(10_000)])
    yield "kurbo/flatten-0.001/10000", len(wavy.flatten(0.001)), 0, 1, lambda: wavy.flatten(0.001)


def windows(n):
    """The windows of DetectBenchmark.swift."""
    state = 1

    def noise():
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) & (2**64 - 1)
        return ((state >> 40) / 2**24 - 0.5) * 12**0.5

    u = np.arange(n) / (n - 1)
    shapes = [u, (u - 0.4) ** 2, np.exp(3 * u), np.log1p(30 * u), np.exp(-0.5 * u) * np.sin(2 * np.pi * (4 * u + 0.2)),
              1 / (1 + np.exp(-16 * (u - 0.45))), (u >= 0.6) * 1.0]
    curves = [100 + (f - f.mean()) / f.std() + 0.3162 * np.array([noise() for _ in u]) for f in shapes]
    return curves + [100 + np.cumsum([noise() for _ in u])]


def families():
    """What detecting a curve is with SciPy's least squares: each family fitted by curve_fit from one sensible start
    (exponentials that grow and that decay from one each), the step by trying every place, the one with the lowest BIC taken."""
    from scipy.optimize import curve_fit

    shapes = [
        (lambda u, a, b: a + b * u, lambda u, y: (y[0], y[-1] - y[0])),
        (lambda u, a, b, v: a + b * (u - v) ** 2, lambda u, y: (y.mean(), y.std() * 4, 0.5)),
        (lambda u, a, b, k: a + b * np.exp(k * u), lambda u, y: (y[0], (y[-1] - y[0]) / 6, 2)),
        (lambda u, a, b, k: a + b * np.exp(-k * u), lambda u, y: (y[-1], y[0] - y[-1], 2)),
        (lambda u, a, b, c: a + b * np.log1p(np.abs(c) * u), lambda u, y: (y[0], (y[-1] - y[0]) / 3, 20)),
        (lambda u, a, b, m, g: a + b / (1 + np.exp(-g * (u - m))), lambda u, y: (y[0], y[-1] - y[0], 0.5, 15)),
        (lambda u, a, s, c, m, d: a + np.exp(-d * u) * (s * np.sin(2 * np.pi * m * u) + c * np.cos(2 * np.pi * m * u)),
         lambda u, y: (y.mean(), y.std(), y.std(), 1 + np.argmax(np.abs(np.fft.rfft(y - y.mean()))[1:]), 0)),
    ]

    def step(y):
        n, sums = len(y), np.cumsum(y)
        j = np.arange(1, n)
        left, right = sums[:-1] / j, (sums[-1] - sums[:-1]) / (n - j)
        return (y * y).sum() - (left**2 * j + right**2 * (n - j)).max()

    def choose(y):
        n = len(y)
        u = np.arange(n) / (n - 1)
        scores = [n * np.log(((y - y.mean()) ** 2).sum()) + np.log(n), n * np.log(step(y)) + 3 * np.log(n)]
        for shape, start in shapes:
            try:
                p, _ = curve_fit(shape, u, y, p0=start(u, y))
            except RuntimeError:
                continue
            scores.append(n * np.log(((y - shape(u, *p)) ** 2).sum()) + len(p) * np.log(n))
        return min(scores)

    import warnings
    warnings.simplefilter("ignore")
    for n in (64, 256, 1024, 4096):
        yield f"scipy/curve-fit-families/{n}", 8, 0, 1, lambda series=windows(n): [choose(y) for y in series]


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
