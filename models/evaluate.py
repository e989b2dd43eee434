"""Scores of the program on series that nothing was fitted on: the development set of the specification.

    nice -n 19 python3 models/evaluate.py [--binary .build/release/catenary] [--source classical|onnx] [--quick] [--json FILE]

Drives `catenary detect - --input-format json`, so it measures what a user gets. Needs numpy and scipy.
"""
import argparse
import json
import os
import subprocess

import numpy as np

import metrics
from generator import LISTED, NOISES, PATTERNS, WALKS, as_prices, piecewise, random_walk, single, with_gaps

HERE = os.path.dirname(os.path.abspath(__file__))
CHUNK = 200
SNRS = (0, 5, 10, 20, 30)
BANDS = ((24, 64), (64, 200), (200, 700), (700, 4001))
WALK_LENGTHS = (16, 20, 24, 32, 48, 64, 100, 128, 200, 300, 500, 1000, 2000, 4000)


class Program:
    """The command line, called with many series at a time."""

    def __init__(self, binary, source, models):
        self.command = [binary, "detect", "-", "--input-format", "json"]
        self.command += ["--source", source] if source else []
        self.command += ["--models", models] if models else []
        self.sources = set()

    def __call__(self, series):
        answers = []
        for start in range(0, len(series), CHUNK):
            text = json.dumps({"series": [[None if np.isnan(v) else v for v in y.tolist()]
                                          for y in series[start : start + CHUNK]]})
            done = subprocess.run(self.command, input=text, capture_output=True, text=True, check=False)
            if done.returncode:
                raise SystemExit(f"{' '.join(self.command)}: {done.stderr.strip()}")
            answers += json.loads(done.stdout)["results"]
        self.sources |= {a["source"] for a in answers}
        return answers


def lengths(rng, count, least=24):
    return np.exp(rng.uniform(np.log(least), np.log(4001), count)).astype(int)


def index(answers):
    return np.array([PATTERNS.index(a["pattern"]) for a in answers])


def confidence(answers):
    return np.array([a["confidence"] for a in answers])


def held(answer, start, end):
    """The parameters of the reported curve that covers most of a stretch."""
    best = max(answer["curves"], key=lambda c: min(c["end"], end) - max(c["start"], start))
    return best["parameters"] if best["pattern"] != "none" else {}


def windows(program, seed, count, wide):
    """Macro-F1, calibration and parameters of single windows, at each SNR and length, all classes equally often."""
    noises, walks = (NOISES, WALKS) if wide else (LISTED, ("gauss", "student", "garch"))
    out, all_found, all_truth, all_sure, all_n, kept = {}, [], [], [], [], []
    for snr in SNRS:
        rng = np.random.default_rng((seed, snr, wide))
        n = lengths(rng, count)
        made = [single(rng, m, PATTERNS[i % 8], snr, noises, walks=walks) for i, m in enumerate(n)]
        answers = program([as_prices(rng, y) if i % 10 else with_gaps(rng, as_prices(rng, y), 0.1)
                           for i, (y, _) in enumerate(made)])
        found, truth = index(answers), np.arange(count) % 8
        out[f"macro-F1 {snr} dB"] = metrics.f1_per_class(found, truth).mean()
        for c, x in ((all_found, found), (all_truth, truth), (all_sure, confidence(answers)), (all_n, n)):
            c.append(x)
        if snr >= 20:
            kept += [(metrics.within_tolerance(held(a, 0, m), p), f == t) for a, (_, p), m, f, t in
                     zip(answers, made, n, found, truth) if m >= 90 and metrics.TOLERANCES.keys() & p.keys()]
    found, truth, sure, n = (np.concatenate(x) for x in (all_found, all_truth, all_sure, all_n))
    f1 = metrics.f1_per_class(found, truth)
    out["macro-F1"] = f1.mean()
    out |= {f"F1 {p}": v for p, v in zip(PATTERNS, f1)}
    for low, high in BANDS:
        inside = (n >= low) & (n < high)
        out[f"macro-F1 n {low}-{high - 1}"] = metrics.f1_per_class(found[inside], truth[inside]).mean()
    out["ECE"] = metrics.calibration_error(sure, found == truth)
    inside, right = np.array(kept).T
    out["parameters within tolerance"] = inside.mean()
    out["parameters within tolerance, pattern right"] = inside[right].mean()
    return out


def walks(program, seed, count):
    """Share of random walks claimed to be curves, per length; the widest curve reported decides."""
    out = {}
    for n in WALK_LENGTHS:
        rng = np.random.default_rng((seed, n))
        answers = program([as_prices(rng, random_walk(rng, n)) for _ in range(count)])
        claims = []
        for a in answers:
            curves = [c for c in a["curves"] if c["pattern"] != "none" and c["confidence"] >= 0.5]
            wide = max((c["end"] - c["start"] for c in curves), default=0) >= n / 2
            claims.append(wide or (a["pattern"] != "none" and a["confidence"] >= 0.5))
        out[f"walks claimed n {n}"] = np.mean(claims)
    return out


def pieces(program, seed, count, wide):
    """Scores of piecewise series of 64 to 4096 prices at 10, 20 and 30 dB."""
    out = {}
    for snr in (10, 20, 30):
        rng = np.random.default_rng((seed, snr, wide))
        made = [piecewise(rng, n, snr, NOISES if wide else LISTED) for n in lengths(rng, count, 64)]
        answers = program([as_prices(rng, y) for y, _ in made])
        cases = [([(c["start"], c["end"], c["pattern"]) for c in a["curves"]], truth, len(y))
                 for a, (y, truth) in zip(answers, made)]
        out |= {f"piecewise {snr} dB {k}": v for k, v in metrics.piecewise_scores(cases).items()}
    for name in ("boundary_f1", "covering", "curve_f1", "sample_accuracy"):
        out[f"piecewise {name}"] = np.mean([out[f"piecewise {snr} dB {name}"] for snr in (10, 20, 30)])
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binary", default=os.path.join(HERE, "../.build/release/catenary"))
    parser.add_argument("--source", choices=["classical", "onnx"])
    parser.add_argument("--models", default=HERE, help="folder of curve.onnx; with --source onnx or none")
    parser.add_argument("--quick", action="store_true", help="a quarter of the series")
    parser.add_argument("--wide", action="store_true", help="noise and walks beyond the specification's")
    parser.add_argument("--seed", type=int, default=9001)
    parser.add_argument("--json", help="file for the scores")
    options = parser.parse_args()
    program = Program(options.binary, options.source, None if options.source == "classical" else options.models)
    share = 1 if options.quick else 4
    out = windows(program, options.seed, 400 * share, options.wide)
    out |= walks(program, options.seed + 1, 250 * share)
    out |= pieces(program, options.seed + 2, 100 * share, options.wide)
    for name, value in out.items():
        print(f"{name:45} {value:.4f}")
    print("answered by", ", ".join(sorted(program.sources)))
    if options.json:
        with open(options.json, "w") as file:
            json.dump({k: round(float(v), 5) for k, v in out.items()}, file, indent=1)


if __name__ == "__main__":
    main()
