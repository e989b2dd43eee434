"""Runs catenary-bench (this processor's build and the baseline build) and peers.py in turn, keeps the best of each, and
prints figures, ratios and targets. Called by Benchmarks/run.

usage: report.py [--json] [--passes N] [--rounds N] [FILTER…]
"""
import json, os, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
BENCH = os.path.join(HERE, "..", ".build", "release", "catenary-bench")
PASSES = 3


def lines(command, **environment):
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, env={**os.environ, **environment})
    if done.returncode != 0:
        sys.exit(f"report.py: {' '.join(command)} ended with {done.returncode}")
    return done.stdout.splitlines()


def has_scipy():
    return subprocess.run([sys.executable, "-c", "import numpy, scipy"], stderr=subprocess.DEVNULL).returncode == 0


def merge(best, name, found):
    known = best.setdefault(name, dict(found, name=name))
    for key in ("best", "median"):
        known[key] = min(known[key], found[key])


def collect(passes, rounds, filters, notes):
    """name → figures; what ran under CATENARY_CPU=baseline has `baseline:` before its name."""
    best, scipy = {}, has_scipy()
    if not scipy:
        notes.append("no SciPy here, its ratios are missing: python3 -m pip install -r Benchmarks/requirements.txt")
    for _ in range(passes):
        for prefix, environment in (("", {}), ("baseline:", {"CATENARY_CPU": "baseline"})):
            for line in lines([BENCH, "--json", "--rounds", str(rounds), *filters], **environment):
                if line.startswith("#"):
                    if line[2:] not in notes:
                        notes.append(line[2:])
                    continue
                found = json.loads(line)
                merge(best, prefix + found["name"], found)
        if scipy:
            for line in lines([sys.executable, os.path.join(HERE, "peers.py"), "--rounds", "3"]):
                found = json.loads(line)
                merge(best, found["name"], found)
        load(best)
    return best


def load(best):
    """The engine of WebAssembly made: first with nothing kept, then with the compiled code on disk."""
    with tempfile.TemporaryDirectory() as folder:
        for name, cache in (("compiled", "none"), ("stored", folder), ("kept", folder)):
            done = subprocess.run([BENCH, "--wasm-load"], capture_output=True, text=True,
                                  env={**os.environ, "CATENARY_CACHE": cache})
            if done.returncode == 0:
                time = float(done.stdout) * 1e6
                merge(best, f"wasm/load-{name}/1", {"items": 1, "bytes": 0, "best": time, "median": time})


# What is held to a target: the claim, how to get its value from the figures, unit, target, and whether more is better.
def targets():
    def rate(name):
        return lambda f: f[name]["items"] / f[name]["best"] * 1e3

    def faster(ours, theirs):  # how many times ours does an item in the time of one of theirs
        return lambda f: (f[theirs]["best"] / f[theirs]["items"]) / (f[ours]["best"] / f[ours]["items"])

    def shorter(ours, theirs):  # the same, where one run is the same work
        return lambda f: f[theirs]["best"] / f[ours]["best"]

    def microseconds(name):
        return lambda f: f[name]["best"] / 1e3

    for kind in ("catmull-rom", "natural-cubic"):
        draw = f"kernel/draw-{kind}-f32x2/16001"
        yield f"kernel, {kind}, AVX2", rate(draw), "M points/s", 3800, True
        yield f"kernel, {kind}, baseline", rate("baseline:" + draw), "M points/s", 1900, True
        yield f"kernel, {kind}, AVX2: share of memset", faster(draw, "peer/memset/16001"), "", None, True
        yield f"kernel, {kind}, baseline: share of memset", faster("baseline:" + draw, "peer/memset/16001"), "", None, True
        yield f"kernel, {kind}, AVX2: times SciPy's evaluation", faster(draw, "scipy/evaluate/16001"), "x", 50, True
        yield f"kernel, {kind}, baseline: times SciPy's evaluation", faster("baseline:" + draw, "scipy/evaluate/16001"), "x", 30, True
        yield f"kernel, {kind}, WebAssembly: share of the native baseline", faster(f"wasm/draw-{kind}-f32x2/16001", "baseline:" + draw), "", 0.55, True
    yield "two threads over one, result in the cache (12.8 MB)", faster("library/render-2-threads/1600001", "library/render-1-threads/1600001"), "x", 1.5, True
    yield "  memset by two threads over one, same bytes", faster("peer/memset-2-threads/1600001", "peer/memset/1600001"), "x", None, True
    yield "  baseline build, same bytes", faster("baseline:library/render-2-threads/1600001", "baseline:library/render-1-threads/1600001"), "x", None, True
    yield "two threads over one, streamed tiles (12.8 MB)", faster("library/stream-2-threads/1600001", "library/stream-1-threads/1600001"), "x", None, True
    yield "two threads over one, result beyond the cache (320 MB)", faster("library/render-2-threads/40000001", "library/render-1-threads/40000001"), "x", 1.3, True
    yield "  memset by two threads over one, same bytes", faster("peer/memset-2-threads/40000001", "peer/memset/40000001"), "x", None, True
    for kind in ("catmull-rom", "natural-cubic"):
        yield f"64 points, {kind}: curve and rendering", microseconds(f"library/curve-render-{kind}/64"), "us", 2, False
        yield f"64 points, {kind}: curve and rendering, new array", microseconds(f"library/curve-render-array-{kind}/64"), "us", 2, False
        yield f"64 points, {kind}: rendering", microseconds(f"library/render-{kind}/64"), "us", 2, False
    yield "64 points, WebAssembly: curve and rendering", microseconds("wasm/curve-render-catmull-rom/64"), "us", 5, False
    yield "64 points, WebAssembly: rendering", microseconds("wasm/render-catmull-rom/64"), "us", 5, False
    yield "64 points, natural-cubic: times SciPy, solve and evaluation", shorter("library/curve-render-natural-cubic/64", "scipy/build-evaluate/64"), "x", None, True
    for threads in (1, 2):
        for scalar in ("f32", "f64"):
            yield (f"natural cubic, 100,000 points, {scalar}, threads: {threads}: times SciPy",
                   faster(f"library/natural-cubic-{scalar}-{threads}-threads/100000", "scipy/build-evaluate/100000"), "x", 12, True)
    for scalar, tolerance in (("f32", 0.1), ("f32", 0.01), ("f64", 0.1), ("f64", 0.01), ("f64", 0.001)):
        for threads in (1, 2):
            yield (f"flattened to {tolerance}, {scalar}, threads: {threads}",
                   rate(f"library/flatten-{scalar}-{tolerance}-{threads}-threads/100000"), "M points/s", 100, True)
    yield "flattened to 0.001, f64, one thread: times kurbo", faster("library/flatten-f64-0.001-1-threads/100000", "kurbo/flatten-0.001/10000"), "x", None, True
    # The fewest on-curve chords of the golden cubics at 1, 0.1 and 0.01, by Tests/Golden: 876.
    yield "chords of the golden cubics: times the fewest", lambda f: f["library/flatten-golden-cubics/39"]["items"] / 876, "", 1.1, False
    yield "  kurbo's chords of them: times the fewest", lambda f: f["kurbo/flatten-golden-cubics/39"]["items"] / 876, "", None, False
    yield "golden cubics flattened: times kurbo", shorter("library/flatten-golden-cubics/39", "kurbo/flatten-golden-cubics/39"), "x", None, True
    yield "smoothing spline, 100,000 points, f32: times SciPy", faster("library/fit-smoothing/100000", "scipy/smoothing/100000"), "x", 20, True
    yield "smoothing spline, lambda chosen, 10,000 points: times SciPy", faster("library/fit-smoothing-auto/10000", "scipy/smoothing-auto/10000"), "x", 20, True
    for order in ("rising", "shuffled"):
        yield (f"parameter at a distance, golden cubics, {order}",
               lambda f, name=f"measure/parameter-at-distance-{order}/golden-cubics": f[name]["best"] / f[name]["items"] / 1e3, "us", 0.2, False)
    yield "points at even distances drawn, golden cubics, table included", lambda f: f["measure/render-arc-length/golden-cubics"]["best"] / f["measure/render-arc-length/golden-cubics"]["items"] / 1e3, "us", 0.2, False
    yield "parameter at a distance: times SciPy's quad and brentq", faster("measure/parameter-at-distance-shuffled/golden-cubics", "scipy/parameter-at-distance/golden-cubics"), "x", None, True
    yield "length, golden cubics: times SciPy's quad", faster("measure/length/golden-cubics", "scipy/length/golden-cubics"), "x", None, True
    yield "length, golden cubics: times the package bezier", faster("measure/length/golden-cubics", "bezier/length/golden-cubics"), "x", None, True
    def middle(name):  # of all rounds, an item
        return lambda f: f[name]["median"] / f[name]["items"] / 1e3

    def windows(name):
        return lambda f: f[name]["items"] / f[name]["best"] * 1e9

    for n in (64, 256, 1024, 4096):
        yield f"detection, {n} prices: statistics alone", middle(f"detect/classical/{n}"), "us", 500, False
        yield f"detection, {n} prices: network alone, with preparation", middle(f"detect/network/{n}"), "us", 250, False
        yield f"detection, {n} prices: network, statistics and fit", middle(f"detect/hybrid/{n}"), "us", 500, False
        yield f"  statistics alone, cut into three curves", middle(f"detect/several-classical/{n}"), "us", 500, False
        yield f"  network, statistics and fit, cut into three curves", middle(f"detect/several-hybrid/{n}"), "us", 500, False
        yield f"  statistics alone, batches, a core", windows(f"detect/batch-classical/{n}"), "windows/s", 8000, True
        yield f"  network, statistics and fit, batches, a core", windows(f"detect/batch-hybrid/{n}"), "windows/s", 8000, True
        yield f"  statistics alone: times curve_fit over the families", faster(f"detect/classical/{n}", f"scipy/curve-fit-families/{n}"), "x", 200, True
        yield f"  network, statistics and fit: times curve_fit over the families", faster(f"detect/hybrid/{n}", f"scipy/curve-fit-families/{n}"), "x", 200, True
    yield "CSV read: times numpy.loadtxt", faster("formats/read-csv/100000", "python/numpy-loadtxt/100000"), "x", None, True
    yield "CSV read: times strtod", faster("formats/read-csv/100000", "peer/strtod/100000"), "x", None, True
    yield "JSON read: times json.loads", faster("formats/read-json/100000", "python/json-loads/100000"), "x", None, True
    yield "CSV written: times numpy.savetxt", faster("formats/write-csv/100000", "python/numpy-savetxt/100000"), "x", None, True
    yield "JSON written: times json.dumps", faster("formats/write-json/100000", "python/json-dumps/100000"), "x", None, True


def judged(best):
    for claim, value, unit, target, more in targets():
        try:
            number = value(best)
        except KeyError:
            continue
        verdict = None if target is None else (number >= target if more else number <= target)
        yield {"claim": claim, "value": number, "unit": unit, "target": target, "atLeast": more, "meets": verdict}


def main():
    arguments = sys.argv[1:]
    as_json = "--json" in arguments

    def number(name, default):
        return int(arguments[arguments.index(name) + 1]) if name in arguments else default

    passes, rounds = number("--passes", PASSES), number("--rounds", 10)
    values = {i + 1 for i, a in enumerate(arguments) if a in ("--passes", "--rounds")}
    filters = [a for i, a in enumerate(arguments) if not a.startswith("--") and i not in values]
    notes = []
    best = collect(passes, rounds, filters, notes)
    verdicts = list(judged(best))
    if as_json:
        print(json.dumps({"figures": sorted(best.values(), key=lambda f: f["name"]), "targets": verdicts, "notes": notes}, indent=1))
        return
    print(f"{'benchmark':58}{'us a run':>12}{'ns an item':>12}{'M items/s':>12}{'GB/s':>9}")
    for figure in best.values():
        time = figure["best"]
        size = f"{figure['bytes'] / time:9.2f}" if figure["bytes"] else ""
        print(f"{figure['name']:58}{time / 1e3:12.2f}{time / figure['items']:12.2f}{figure['items'] / time * 1e3:12.1f}{size}")
    print()
    print(f"{'ratio or target':70}{'value':>10} {'unit':11}{'target':>9}  meets")
    for v in verdicts:
        target = "" if v["target"] is None else f"{'>=' if v['atLeast'] else '<='} {v['target']}"
        meets = "" if v["meets"] is None else "yes" if v["meets"] else "NO"
        print(f"{v['claim']:70}{v['value']:10.2f} {v['unit']:11}{target:>9}  {meets}")
    for note in notes:
        print("note:", note)


main()
