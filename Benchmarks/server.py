#!/usr/bin/env python3
"""Measures `catenary serve` with wrk, beside a Bun script that does the same work where Bun is given.

    swift build -c release --product catenary
    python3 Benchmarks/server.py [--bun bun] [--seconds 2] [--rounds 3] [--only health,json-1000]

Servers take turns within each round; printed are the least CPU time a request (user and system, all threads) and the
median of requests a second. Needs wrk and Linux.
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

    def __init__(self, name, command):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.name = name
        command = [str(self.port) if word == "PORT" else word for word in command]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            try:
                urllib.request.urlopen(self.url("/health")).close()
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

    def __init__(self, name, path, body=None, kind=JSON, connections=32):
        self.name, self.path, self.body, self.kind, self.connections = name, path, body, kind, connections

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
        found.append(Case(f"raw-{n}", RENDER, raw, RAW, connections))
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


def compare(servers, case, options, folder):
    if case.path == RENDER and len(case.body) < 1 << 20:
        check(servers, case)
    results = {server.name: [] for server in servers}
    for turn in range(options.rounds):
        for server in servers if turn % 2 == 0 else servers[::-1]:
            results[server.name].append(load(server, case, options.seconds, folder))
    first = None
    for name, runs in results.items():
        cpu, rate = min(run[0] for run in runs), statistics.median(run[1] for run in runs)
        first = first or (cpu, rate)
        ratio = f"   {first[0] / cpu:5.2f} {rate / first[1]:5.2f}" if len(servers) > 1 else ""
        print(f"{case.name:<12} {name:<8} {cpu:10.1f} us {rate:10.0f}/s{ratio}", flush=True)


def health_beside_renders(server, named, folder):
    """The 99th percentile of /health while curves of 100,000 points are drawn."""
    big = named["json-100000"]
    words = ["wrk", "-t1", "-c4", "-d4s", *big.script(folder), server.url(big.path)]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL) as drawing:
        time.sleep(0.5)
        small = Case("beside", "/health", connections=2)
        print("/health p99 beside renders", re.search(r"99%\s+(\S+)", load(server, small, 2, folder, ["--latency"])[2])[1])
        drawing.wait()


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
    parser.add_argument("--bun", help="the program, for a comparison; the ratios are Bun's CPU to ours, our rate to Bun's")
    parser.add_argument("--seconds", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="", help="names of cases, with commas between")
    options = parser.parse_args()
    servers = []
    try:
        if options.bun:
            servers.append(Server("bun", [options.bun, os.path.join(HERE, "peers-server.ts"), "PORT"]))
        for name, backend in (("default", "auto"), ("native", "native")):
            servers.append(Server(name, [options.catenary, "serve", "--port", "PORT", "--backend", backend]))
        named = {case.name: case for case in cases()}
        with tempfile.TemporaryDirectory() as folder:
            for case in named.values():
                if not options.only or case.name in options.only.split(","):
                    compare(servers, case, options, folder)
            if not options.only:
                health_beside_renders(servers[-1], named, folder)
                # Of its own: what renders left behind would hide what connections take.
                servers.append(Server("fresh", [options.catenary, "serve", "--port", "PORT", "--backend", "native"]))
                memory(servers[-1], named, folder, 10 * options.seconds)
    finally:
        for server in servers:
            server.process.kill()
            server.process.wait()


if __name__ == "__main__":
    main()
