#!/usr/bin/env python3
"""Measures `catenary serve` with wrk, beside a Bun script that does the same work where Bun is given.

    swift build -c release --product catenary
    swift build -c release --product catenary-bench
    python3 Benchmarks/server.py [--bun bun] [--seconds 2] [--rounds 3] [--only health,json-1000]
    python3 Benchmarks/server.py --million

Servers take turns within each round; printed are the least CPU time a request (user and system, all threads) and the
median of requests a second. Beside raw renders `static` tells what the same front needs for as many bytes that are not
drawn. Needs wrk and Linux.
"""
import argparse
import array
import json
import math
import os
import re
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
RENDER, DETECT = "/api/spline/render", "/api/ai/maparse"
JSON, RAW = "application/json", "application/octet-stream"
TICK = os.sysconf("SC_CLK_TCK")


class Server:
    """A process that listens."""

    def __init__(self, name, command, ready="/health"):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.name = name
        command = [str(self.port) if word == "PORT" else word for word in command]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            try:
                urllib.request.urlopen(self.url(ready)).close()
                return
            except OSError:
                time.sleep(0.05)
        raise SystemExit(f"{name} does not answer")

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{path}"

    def cpu(self):
        """Seconds of all threads."""
        with open(f"/proc/{self.process.pid}/stat") as file:
            words = file.read().rsplit(")", 1)[1].split()
        return (int(words[11]) + int(words[12])) / TICK

    def memory(self):
        """Resident bytes."""
        with open(f"/proc/{self.process.pid}/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


class Case:
    """A request; its points or prices are always the same."""

    def __init__(self, name, path, body=None, kind=JSON, connections=32, points=0):
        self.name, self.path, self.body, self.kind, self.connections = name, path, body, kind, connections
        self.points = points

    def script(self, folder):
        """Writes what wrk sends."""
        if self.body is None:
            return []
        body, script = (os.path.join(folder, self.name + end) for end in (".body", ".lua"))
        with open(body, "wb") as file:
            file.write(self.body)
        with open(script, "w") as file:
            file.write(f'local f = io.open("{body}", "rb")\nwrk.body = f:read("*a")\nf:close()\n')
            file.write(f'wrk.method = "POST"\nwrk.headers["Content-Type"] = "{self.kind}"\n')
        return ["-s", script]

    def request(self, server):
        return urllib.request.Request(server.url(self.path), self.body, {"Content-Type": self.kind})


def cases():
    found = [Case("health", "/health")]
    for n in (64, 1000, 10_000, 100_000):
        points = [[i * 0.5, round(math.sin(i * 0.1) * 100 + math.cos(i * 0.013) * 20, 4)] for i in range(n)]
        text = json.dumps({"points": points, "type": "catmull-rom", "samplesPerSegment": 16}, separators=(",", ":"))
        raw = array.array("f", [x for point in points for x in point]).tobytes()
        connections = 32 if n < 10_000 else 8 if n < 100_000 else 4
        found.append(Case(f"json-{n}", RENDER, text.encode(), JSON, connections))
        found.append(Case(f"raw-{n}", RENDER, raw, RAW, connections, points=n))
    for n in (64, 1000):
        prices = [round(100 + math.sin(i * 0.05) * 3 + i * 0.001 + math.sin(i * i * 0.7), 4) for i in range(n)]
        found.append(Case(f"detect-{n}", DETECT, json.dumps({"prices": prices}).encode()))
    return found


def load(server, case, seconds, folder, more=()):
    """Microseconds of CPU a request, requests a second, and what wrk printed."""
    before = server.cpu()
    words = ["wrk", "-t1", f"-c{case.connections}", f"-d{seconds}s", *more, *case.script(folder), server.url(case.path)]
    text = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    count = int(re.search(r"(\d+) requests in", text)[1])
    if "Non-2xx" in text or count == 0:
        raise SystemExit(f"{server.name}, {case.name}: not answered with 200\n{text}")
    return (server.cpu() - before) / count * 1e6, float(re.search(r"Requests/sec:\s*([\d.]+)", text)[1]), text


def check(servers, case):
    """All servers draw the same curve."""
    answers = [array.array("f", urllib.request.urlopen(case.request(server)).read()) for server in servers]
    for server, answer in zip(servers[1:], answers[1:]):
        least = max(map(abs, answer)) * 1e-5
        if len(answer) != len(answers[0]) or any(abs(a - b) > least for a, b in zip(answer, answers[0])):
            raise SystemExit(f"{case.name}: {server.name} draws another curve than {servers[0].name}")


def compare(servers, case, options, folder, static=None):
    if case.path == RENDER and len(case.body) < 1 << 20:
        check(servers, case)
    results = {server.name: [] for server in servers}
    own = {server.name: case for server in servers}
    if case.points and static:
        # Sixteen samples a segment and the end, eight bytes each.
        own["static"] = Case(case.name, f"/{((case.points - 1) * 16 + 1) * 8}", connections=case.connections)
        servers, results = [*servers, static], {**results, "static": []}
    for turn in range(options.rounds):
        for server in servers if turn % 2 == 0 else servers[::-1]:
            results[server.name].append(load(server, own[server.name], options.seconds, folder))
    first = None
    for name, runs in results.items():
        cpu, rate = min(run[0] for run in runs), statistics.median(run[1] for run in runs)
        first = first or (cpu, rate)
        ratio = f"   {first[0] / cpu:5.2f} {rate / first[1]:5.2f}" if len(servers) > 1 else ""
        print(f"{case.name:<12} {name:<8} {cpu:10.1f} us {rate:10.0f}/s{ratio}", flush=True)
    if "static" in results:
        still = min(run[0] for run in results["static"]), statistics.median(run[1] for run in results["static"])
        for name in results.keys() - {"static", "bun"}:
            cpu, rate = min(run[0] for run in results[name]), statistics.median(run[1] for run in results[name])
            print(f"{case.name:<12} {name}: {still[0] / cpu:.2f} of the static answer by CPU, {rate / still[1]:.2f} by rate")
    return {name: min(run[0] for run in runs) for name, runs in results.items()}


def health_beside_renders(server, named, folder):
    """The 99th percentile of /health while curves of 100,000 points are drawn."""
    big = named["json-100000"]
    words = ["wrk", "-t1", "-c4", "-d4s", *big.script(folder), server.url(big.path)]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL) as drawing:
        time.sleep(0.5)
        small = Case("beside", "/health", connections=2)
        print("/health p99 beside renders", re.search(r"99%\s+(\S+)", load(server, small, 2, folder, ["--latency"])[2])[1])
        drawing.wait()


def detector(bench, case, folder, times):
    """What of a detection's CPU time is not the detector's own."""
    case.script(folder)
    text = subprocess.run([bench, "--detect-cpu", os.path.join(folder, case.name + ".body")], capture_output=True, text=True)
    own = float(text.stdout)
    for name in times.keys() - {"bun"}:
        bun = f", {(times[name] - own) / times['bun']:.2f} of Bun's whole request" if "bun" in times else ""
        print(f"{case.name:<12} {name}: {own:.1f} us are the library's, {times[name] - own:.1f} us the server's{bun}")


def million(server, named, folder):
    """Resident memory before and after a million requests, small ones of two routes."""
    for name in ("health", "json-64"):
        load(server, named[name], 2, folder)
    (before, done) = (server.memory(), 0)
    for name, wanted in (("health", 700_000), ("json-64", 1_000_000)):
        for _ in range(60):
            _, rate, text = load(server, named[name], 4, folder)
            done += int(re.search(r"(\d+) requests in", text)[1])
            if done >= wanted:
                break
        print(f"resident after {done} requests: {server.memory() / before:.3f} of {before / 2**20:.1f} MiB before", flush=True)


def memory(server, named, folder, seconds):
    idle, before = [], server.memory()
    for _ in range(1000):
        connection = socket.create_connection(("127.0.0.1", server.port))
        connection.sendall(b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
        connection.recv(4096)
        idle.append(connection)
    print(f"bytes an idle connection   {(server.memory() - before) / len(idle):.0f}")
    for connection in idle:
        connection.close()
    load(server, named["json-1000"], 1, folder)
    before = server.memory()
    _, rate, _ = load(server, named["json-1000"], seconds, folder)
    print(f"resident after {rate * seconds:.0f} requests: {server.memory() / before:.3f} of {before >> 20} MiB before")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--catenary", default=os.path.join(HERE, "..", ".build", "release", "catenary"))
    parser.add_argument("--bench", default=os.path.join(HERE, "..", ".build", "release", "catenary-bench"))
    parser.add_argument("--million", action="store_true", help="memory over a million requests, and nothing else")
    parser.add_argument("--bun", help="the program, for a comparison; the ratios are Bun's CPU to ours, our rate to Bun's")
    parser.add_argument("--seconds", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="", help="names of cases, with commas between")
    options = parser.parse_args()
    running, servers, static = [], [], None

    def start(name, command, ready="/health"):
        running.append(Server(name, command, ready))
        return running[-1]

    def ours(name, backend):
        return start(name, [options.catenary, "serve", "--port", "PORT", "--backend", backend])

    try:
        named = {case.name: case for case in cases()}
        with tempfile.TemporaryDirectory() as folder:
            if options.million:
                return million(ours("native", "native"), named, folder)
            if options.bun:
                servers.append(start("bun", [options.bun, os.path.join(HERE, "peers-server.ts"), "PORT"]))
            servers += [ours("default", "auto"), ours("native", "native")]
            if os.access(options.bench, os.X_OK):
                static = start("static", [options.bench, "--serve-static", "PORT"], "/1")
            else:
                print("there is no catenary-bench: nothing static to compare with, and not the detector alone")
            for case in named.values():
                if not options.only or case.name in options.only.split(","):
                    times = compare(servers, case, options, folder, static)
                    if static and case.path == DETECT:
                        detector(options.bench, case, folder, times)
            if not options.only:
                health_beside_renders(servers[-1], named, folder)
                # Of its own: what renders left behind would hide what connections take.
                memory(ours("fresh", "native"), named, folder, 10 * options.seconds)
    finally:
        for server in running:
            server.process.kill()
            server.process.wait()


if __name__ == "__main__":
    main()
