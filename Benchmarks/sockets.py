#!/usr/bin/env python3
"""Measures WebSockets of `catenary serve` with many clients, some of which never read.

    swift build -c release --product catenary
    python3 Benchmarks/sockets.py [--clients 900] [--sleepers 100] [--interval 1000] [--seconds 20] [--points 10000]

Clients listen to telemetry and are the public package `websockets`; sleepers ask for telemetry, too, and never read, half
of them beside a live curve of so many points, so that what waits for them soon reaches its limit. Printed are how late
messages are (from their timestamp to the client, its own delay included), how many came of those that were due, and the
server's memory. Exit status 1 when somebody was held up or memory was not bounded. Needs Linux.
"""
import argparse
import asyncio
import json
import os
import re
import socket
import subprocess
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
KEY = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"


def sleeper(port, path):
    """A client that asks and never reads."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.connect(("127.0.0.1", port))
    client.sendall(f"GET {path} HTTP/1.1\r\nHost: a\r\n{KEY}\r\n".encode())
    return client


async def listen(port, interval, until, lags, counts):
    import websockets

    address = f"ws://127.0.0.1:{port}/ws/workers/telemetry?interval={interval}"
    async with websockets.connect(address, open_timeout=60, ping_interval=None) as client:
        count = 0
        start = None
        while time.time() < until:
            message = json.loads(await client.recv())
            now = time.time()
            # The first message stands for the moment before.
            if start is None:
                start = now
            else:
                lags.append(now * 1000 - message["timestamp"])
                count += 1
        counts.append(count / ((time.time() - start) * 1000 / interval))


def memory(process):
    with open(f"/proc/{process.pid}/status") as status:
        return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1)) / 1024


def metric(port, name):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        return float(re.search(rf"^{name} (\S+)$", answer.read().decode(), re.M).group(1))


async def measure(options, port, process):
    at_rest = memory(process)
    sleepers = []
    for number in range(options.sleepers):
        live = f"/ws/spline-live?points={options.points}"
        path = live if number % 2 else f"/ws/workers/telemetry?interval={options.interval}"
        sleepers.append(sleeper(port, path))
    lags, counts, peak = [], [], at_rest
    until = time.time() + options.seconds
    tasks = [
        asyncio.create_task(listen(port, options.interval, until, lags, counts)) for _ in range(options.clients)]
    while not all(task.done() for task in tasks):
        peak = max(peak, memory(process))
        await asyncio.sleep(0.2)
    await asyncio.gather(*tasks)
    lags.sort()
    skips = metric(port, "catenary_websocket_skips_total")
    at = lambda share: lags[int(share * (len(lags) - 1))]
    print(f"{options.clients} clients every {options.interval} ms, {options.sleepers} that never read, {options.seconds} s:")
    print(f"  lateness ms: median {at(0.5):.1f}, 99 % {at(0.99):.1f}, most {lags[-1]:.1f}")
    print(f"  messages that came of those due: least {min(counts):.3f}, mean {sum(counts) / len(counts):.3f}")
    print(f"  passed over: {skips:.0f} messages; memory MiB: {at_rest:.0f} at rest, {peak:.0f} at most")
    # A sleeper beside a live curve may cost 1 MiB and the frame that reached it, a client its connection.
    bound = at_rest + options.sleepers * 1.5 + options.clients * 0.05 + 64
    failed = peak > bound or min(counts) < 0.8
    if skips == 0 and options.seconds > 10:
        failed = True
        print("  nobody was passed over")
    for client in sleepers:
        client.close()
    return failed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=900)
    parser.add_argument("--sleepers", type=int, default=100)
    parser.add_argument("--interval", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--points", type=int, default=10_000)
    options = parser.parse_args()
    try:
        import websockets  # noqa: F401
    except ImportError:
        print("sockets: the package websockets is missing: pip install it, and name its Python in CATENARY_PYTHON")
        return 0
    program = os.environ.get("CATENARY", os.path.join(HERE, "../.build/release/catenary"))
    process = subprocess.Popen(
        [program, "serve", "--port", "0", "--backend", "native"], stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
    try:
        port = int(re.search(r"127\.0\.0\.1:(\d+)", process.stderr.readline().decode()).group(1))
        failed = asyncio.run(measure(options, port, process))
    finally:
        process.terminate()
        process.wait()
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
