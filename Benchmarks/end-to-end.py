"""The program from start to end: a file of 100 million points beside `cp` of the same bytes, its peak memory, and the time
of a small rendering and of a small detection.

usage: end-to-end.py [--json] [--starts] [--folder DIR] [--rounds N]      needs .build/release/catenary (make build), 2 GB of disk
--starts: only what is small, from start to end.
Each round writes both files anew, ours and cp's in turn; the file and the page cache are synced away in between.
"""
import json, math, os, shutil, struct, subprocess, sys, tempfile, time

CATENARY = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".build", "release", "catenary")


def argument(name, default):
    return type(default)(sys.argv[sys.argv.index(name) + 1]) if name in sys.argv else default


def run(command):
    """Seconds and peak memory in bytes of one process."""
    start = time.perf_counter()
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"end-to-end.py: {' '.join(command)} ended with {process.returncode}")
    return seconds, usage.ru_maxrss * 1024


def points(path, count):
    with open(path, "wb") as file:
        file.write(b"".join(struct.pack("<2f", i, math.sin(0.1 * i)) for i in range(count)))


def remove(path):
    if os.path.exists(path):
        os.remove(path)
    os.sync()


def main():
    if not os.access(CATENARY, os.X_OK):
        sys.exit("end-to-end.py: .build/release/catenary is not built: run make build")
    rounds = argument("--rounds", 5)
    folder = tempfile.mkdtemp(prefix="catenary-bench-", dir=argument("--folder", tempfile.gettempdir()))
    try:
        results = ([] if "--starts" in sys.argv else measure(folder, rounds)) + detections(folder, rounds)
    finally:
        shutil.rmtree(folder)
    if "--json" in sys.argv:
        print(json.dumps({"results": results}, indent=1))
        return
    for claim, value, unit, target in results:
        verdict = "" if target is None else ("yes" if value <= target else "NO")
        limit = "" if target is None else f"<= {target}"
        print(f"{claim:62}{value:10.2f} {unit:4}{limit:>8}  {verdict}")


def measure(folder, rounds):
    source, ours, copy, small = (os.path.join(folder, name) for name in ("in.f32", "out.f32", "copy.f32", "small.f32"))
    points(source, 100_001)
    points(small, 64)
    render = [CATENARY, "render", source, "--samples-per-segment", "1000", "-o", ours]
    run(render)
    size = os.path.getsize(ours)
    assert size == 100_000_001 * 8, size
    times, memory = {"render": [], "wasm": [], "one": [], "cp": []}, {"render": [], "wasm": []}
    has_wasm = subprocess.run([CATENARY, "render", small, "--backend", "wasm", "-o", copy],
                              stderr=subprocess.DEVNULL).returncode == 0
    original = os.path.join(folder, "original.f32")
    os.rename(ours, original)
    for _ in range(rounds):
        remove(copy)
        times["cp"].append(run(["cp", original, copy])[0])
        remove(copy)
        seconds, peak = run(render)
        times["render"].append(seconds)
        memory["render"].append(peak)
        remove(ours)
        times["one"].append(run(render + ["--threads", "1"])[0])
        remove(ours)
        if has_wasm:
            seconds, peak = run(render + ["--backend", "wasm"])
            times["wasm"].append(seconds)
            memory["wasm"].append(peak)
            remove(ours)
    starts = {name: min(run([CATENARY, "render", small, "-o", ours] + more)[0] for _ in range(10 * rounds))
              for name, more in [("native", [])] + ([("wasm", ["--backend", "wasm"])] if has_wasm else [])}
    best = {name: min(all) for name, all in times.items() if all}
    results = [
        ["cp of 800 MB", best["cp"] * 1000, "ms", None],
        ["100,000,001 points rendered to a file", best["render"] * 1000, "ms", None],
        ["  times cp", best["render"] / best["cp"], "x", 2],
        ["  times cp, one thread", best["one"] / best["cp"], "x", None],
        ["  times cp, medians", sorted(times["render"])[rounds // 2] / sorted(times["cp"])[rounds // 2], "x", None],
        ["  peak memory", max(memory["render"]) / 2**20, "MiB", 128],
        ["64 points, from start to end", starts["native"] * 1000, "ms", 40],
    ]
    if has_wasm:
        results += [["100,000,001 points in WebAssembly: times cp", best["wasm"] / best["cp"], "x", None],
                    ["  peak memory", max(memory["wasm"]) / 2**20, "MiB", None],
                    ["64 points in WebAssembly, from start to end", starts["wasm"] * 1000, "ms", None]]
    return results


def detections(folder, rounds):
    """256 prices: the program's start to its answer, with the network (where it can be had) and without."""
    prices, answer = os.path.join(folder, "prices.json"), os.path.join(folder, "answer.json")
    with open(prices, "w") as file:
        json.dump({"prices": [100 + 0.02 * i + math.sin(2.4 * i) for i in range(256)]}, file)
    results = []
    for source in ("classical", "onnx"):
        command = [CATENARY, "detect", prices, "--source", source, "-o", answer]
        seconds = [run(command)[0] for _ in range(10 * rounds)]
        with open(answer) as file:
            if json.load(file)["source"] != source:
                continue
        claim = f"256 prices, {'network' if source == 'onnx' else 'statistics alone'}, from start to end"
        results.append([claim, min(seconds) * 1000, "ms", 150])
        results.append(["  median", sorted(seconds)[len(seconds) // 2] * 1000, "ms", 150])
    return results


main()
