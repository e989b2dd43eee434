"""`catenary batch` beside what else does the same, in one run.

    CATENARY_PYTHON=python-with-numpy-and-scipy python3 Benchmarks/batch.py [--program FILE] [--folder DIR] [--rounds N]

Times are the best of the rounds, in which the competitors take turns; ratios are what to trust. All files lie below
DIR (default: the system's folder for temporary files), which says how fast the disk is; they are removed.
"""
import argparse
import array
import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time


def timed(command):
    """Seconds of wall and of CPU."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


class Bench:
    def __init__(self, program, folder, rounds):
        self.program, self.folder, self.rounds = os.path.abspath(program), folder, rounds

    def path(self, name):
        return os.path.join(self.folder, name)

    def batch(self, inputs, *options):
        return [self.program, "batch", *inputs, "--output-dir", self.path("out"), "--quiet", *options]

    def best(self, commands):
        """The best times of each command; they take turns, each into an empty folder."""
        times = {name: [] for name in commands}
        for _ in range(self.rounds):
            for name, command in commands.items():
                for out in ["out", "copy"]:
                    self.put_aside(out)
                os.makedirs(self.path("copy"))
                os.sync()
                times[name].append(timed(command))
        return {name: tuple(min(each) for each in zip(*all)) for name, all in times.items()}

    def put_aside(self, folder):
        """Empties a folder's files but removes them at the end only: without a journal, ext4 looks at every inode that
        was freed in the last minutes before it makes a file, and who comes next would be timed at that."""
        if not os.path.isdir(self.path(folder)):
            return
        for parent, _, files in os.walk(self.path(folder)):
            for file in files:
                os.truncate(os.path.join(parent, file), 0)
        os.rename(self.path(folder), tempfile.mkdtemp(dir=self.path("")))

    def tell(self, title, times, ratio, target):
        print(title)
        for name, (wall, cpu) in times.items():
            print(f"  {name:<24} {wall * 1e3:9.1f} ms   CPU {cpu * 1e3:9.1f} ms")
        if ratio is not None:
            print(f"  ratio {ratio:.2f}   (wanted: {target})")
        sys.stdout.flush()

    def start_up(self):
        with open(self.path("one.csv"), "w") as file:
            file.write("0,0\n1,2\n3,1\n")
        command = self.batch([self.path("one.csv")])
        walls = [timed(command)[0] for _ in range(20)]
        self.tell("start to end of a batch of one file, median of 20", {"catenary": (statistics.median(walls), 0)},
                  None, "")

    def small_files(self):
        random.seed(1)
        os.makedirs(self.path("csv"))
        for i in range(2000):
            with open(self.path(f"csv/p{i:04}.csv"), "w") as file:
                file.write("".join(f"{j},{random.random():.9f}\n" for j in range(1000)))
        python = os.environ.get("CATENARY_PYTHON", "python3")
        peer = os.path.join(os.path.dirname(os.path.abspath(__file__)), "batch_peer.py")
        times = self.best({
            "catenary": self.batch([self.path("csv")]),
            "numpy, SciPy, processes": [python, peer, self.path("csv"), self.path("copy")],
        })
        self.compare("csv/p0007.csv")
        ratio = times["numpy, SciPy, processes"][0] / times["catenary"][0]
        self.tell("2,000 CSV files of 1,000 points to f32, 16 samples a segment", times, ratio, "at least 10")
        shutil.rmtree(self.path("csv"))

    def compare(self, source):
        """Both must have drawn the same curve."""
        subprocess.run(self.batch([self.path(source)]), check=True)
        ours, theirs = array.array("f"), array.array("f")
        name = os.path.basename(source)[:-4] + ".f32"
        for numbers, folder in [(ours, "out"), (theirs, "copy")]:
            with open(self.path(f"{folder}/{name}"), "rb") as file:
                numbers.frombytes(file.read())
        assert len(ours) == len(theirs) == 15985 * 2
        assert all(abs(a - b) <= 1e-5 * max(1, abs(b)) for a, b in zip(ours, theirs))

    def large(self, files):
        os.makedirs(self.path("raw"))
        points = 125_000_000 // 16 // files
        numbers = array.array("f", (random.random() for _ in range(2 * 4096)))
        whole = (numbers.tobytes() * (points // 4096 + 1))[:8 * points]
        for i in range(files):
            with open(self.path(f"raw/{i}.f32"), "wb") as file:
                file.write(whole)
        subprocess.run(self.batch([self.path("raw")]), check=True)
        os.rename(self.path("out"), self.path("made"))
        outputs = [self.path(f"made/{i}.f32") for i in range(files)]
        gigabytes = sum(map(os.path.getsize, outputs)) / 1e9
        times = self.best({
            "catenary": self.batch([self.path("raw")]),
            "cp of the result": ["cp", *outputs, self.path("copy")],
        })
        ratio = times["cp of the result"][0] / times["catenary"][0]
        self.tell(f"f32 to f32, {files} file(s), {gigabytes:.2f} GB of output", times, ratio, "at least 0.6")
        for name in ["raw", "made"]:
            shutil.rmtree(self.path(name))

    def workers(self):
        os.makedirs(self.path("heavy"))
        for i in range(24):
            numbers = array.array("d")
            for j in range(20_000):
                numbers.extend((j, random.random()))
            with open(self.path(f"heavy/{i}.f64"), "wb") as file:
                file.write(numbers.tobytes())
        options = ["--type", "smoothing", "--count", "1000", "--format", "f64", "--threads"]
        times = self.best({
            "1 thread": self.batch([self.path("heavy")], *options, "1"),
            "2 threads": self.batch([self.path("heavy")], *options, "2"),
        })
        ratio = times["1 thread"][0] / times["2 threads"][0]
        self.tell("24 smoothing splines of 20,000 points, lambda by cross-validation", times, ratio, "at least 1.6")
        shutil.rmtree(self.path("heavy"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=".build/release/catenary")
    parser.add_argument("--folder", default=tempfile.gettempdir())
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=["start", "small", "large", "workers"])
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.folder, prefix="catenary-bench-") as folder:
        bench = Bench(chosen.program, folder, chosen.rounds)
        print(json.dumps({"cores": os.cpu_count(), "load": os.getloadavg()[0], "folder": chosen.folder}))
        cases = {
            "start": [bench.start_up], "small": [bench.small_files],
            "large": [lambda: bench.large(1), lambda: bench.large(16)], "workers": [bench.workers],
        }
        for name, all in cases.items():
            for case in all if chosen.only in (None, name) else []:
                case()


if __name__ == "__main__":
    main()
