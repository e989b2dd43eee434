import Foundation
import Testing

/// A snapshot of a server that draws in WebAssembly, read by Python's gzip and json.
@Suite(.timeLimit(.minutes(20))) struct SnapshotTests {
  private static let hasWasmtime: Bool = {
    let report = try? Workshop().run(["doctor", "--json"]).output
    let json = report.flatMap { try? JSONSerialization.jsonObject(with: $0) } as? [String: [String: Any]]
    return json?["wasmtime"]?["ok"] as? Bool ?? false
  }()

  /// Points of a curve whose fit makes the linear memory grow; in `scripts/test-extra` to more than 1 GiB.
  private static let points =
    Int(ProcessInfo.processInfo.environment["CATENARY_SNAPSHOT_POINTS"] ?? "") ?? 600_000

  /// Lets the memory grow, reads the snapshot with all bytes of it, and looks at the server's memory and at /health
  /// meanwhile. Nothing of the snapshot is kept here either.
  private static let program = """
    import http.client, json, math, re, struct, sys, time, zlib, base64
    port, pid, points = (int(word) for word in sys.argv[1:])
    def resident():
        return int(open(f"/proc/{pid}/statm").read().split()[1]) * 4096
    def ask(method, path, body=None, headers={}):
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
        link.request(method, path, body, headers)
        return link.getresponse()
    body = b"".join(struct.pack("<f", math.sin(i)) for i in range(1000)) * (points // 1000)
    answer = ask("POST", "/api/spline/render?dimensions=1&inputDtype=f32&dtype=f64&type=cubic&samplesPerSegment=1", body,
                 {"Content-Type": "application/octet-stream"})
    assert answer.status == 200, answer.read()
    assert answer.getheader("X-Backend") == "wasm"
    while answer.read(1 << 20): pass
    before, peak, slowest, count = resident(), 0, 0, 0
    answer = ask("GET", "/api/workers/snapshot/worker-1?contents=1", None, {"Accept-Encoding": "gzip"})
    assert answer.getheader("Content-Encoding") == "gzip"
    unzip = zlib.decompressobj(31)
    # The text with every region's bytes replaced by their number and checksum.
    plain, contents, left = [], None, b""
    while True:
        piece = answer.read(256 << 10)
        text = left + (unzip.decompress(piece) if piece else unzip.flush())
        left = b""
        while text:
            if contents is None:
                start = text.find(b'"contents":"')
                if start < 0:
                    keep = max(0, len(text) - 12) if piece else len(text)
                    plain.append(text[:keep]); left = text[keep:]
                    break
                plain.append(text[:start + 12]); text = text[start + 12:]
                contents = [b"", 0, 0]
            end = text.find(b'"')
            contents[0] += text if end < 0 else text[:end]
            whole = len(contents[0]) if end >= 0 else len(contents[0]) // 4 * 4
            data = base64.b64decode(contents[0][:whole], validate=True)
            contents = [contents[0][whole:], contents[1] + len(data), zlib.crc32(data, contents[2])]
            if end < 0: break
            plain.append(b"%d %08x" % tuple(contents[1:])); contents, text = None, text[end:]
        peak = max(peak, resident())
        count += 1
        if count % 8 == 0:
            start = time.monotonic()
            assert ask("GET", "/health").read() == b'{"status":"ok"}'
            slowest = max(slowest, time.monotonic() - start)
        if not piece: break
    snapshot = json.loads(b"".join(plain))
    memory, place = snapshot["linear_memory"], 0
    for region in memory["regions"]:
        size, checksum = region["contents"].split()
        assert int(size) == region["bytes"] and checksum == region["crc32"], region
        assert region["start"] == place, region
        place += region["bytes"]
    assert place == memory["bytes"] == snapshot["process"]["linear_memory_bytes"]
    assert {region["kind"] for region in memory["regions"]} == {"data", "stack", "block", "free"}
    assert len([region for region in memory["regions"] if region["kind"] == "stack"]) == memory["instances"]
    assert snapshot["complete"] and len(snapshot["mapped_regions"]) > 10
    print(place >> 20, (peak - before) >> 10, round(slowest * 1000, 1))
    """

  @Test(.enabled(if: hasWasmtime, "Wasmtime is missing: scripts/bootstrap"))
  func `all of the linear memory comes whole in little memory`() throws {
    let workshop = try Workshop()
    try workshop.write("snapshot.py", Self.program)
    let server = try ServeTests.Running(
      workshop, ["--port", "0", "--backend", "wasm", "--workers", "1", "--max-body", "256MiB"])
    let outcome = try workshop.shell(
      "python3 snapshot.py \(server.port) \(server.process.processIdentifier) \(Self.points)")
    let numbers = outcome.text.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
    try #require(numbers.count == 3, "\(outcome.text)\(outcome.errors)")
    print(
      "snapshot: \(numbers[0]) MiB of linear memory, \(numbers[1]) KiB more, /health \(numbers[2]) ms at most"
    )
    #expect(numbers[0] >= Double(Self.points) * 45 / 1_048_576)
    #expect(numbers[1] < 32 * 1024)
  }
}
