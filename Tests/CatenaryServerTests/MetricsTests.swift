import CatenaryServer
import Foundation
import Testing

private let python = ProcessInfo.processInfo.environment["CATENARY_PYTHON"] ?? "python3"

/// Runs a Python script over a text: what it printed.
private func run(_ script: String, over text: String = "") throws -> String {
  let (process, output, input) = (Process(), Pipe(), Pipe())
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = [python, "-c", script]
  (process.standardOutput, process.standardInput) = (output, input)
  process.standardError = FileHandle.nullDevice
  try process.run()
  input.fileHandleForWriting.write(Data(text.utf8))
  try input.fileHandleForWriting.close()
  let all = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return String(decoding: all, as: UTF8.self)
}

private let parserIsHere = (try? run("import prometheus_client; print(1)")) == "1\n"

@Suite struct CountersTests {
  @Test func `who answers requests by other means counts them by hand`() throws {
    let server = try CurveServer(backend: .native)
    let counters = server.counters
    counters.requestStarted()
    counters.requestStarted()
    #expect(counters.pending == 2)
    counters.requestEnded()
    #expect((counters.requests, counters.responses, counters.pending) == (2, 1, 1))
  }
}

extension ServerRouteTests {
  /// A server was asked for this and that, then for its metrics.
  private func metrics() throws -> String {
    var text = ""
    try serve { port in
      for _ in 0..<3 { _ = try curl(port, "/api/spline/render?points=70") }
      _ = try curl(port, "/api/spline/render?points=70", ["-I"])
      _ = try curl(port, "/api/spline/render", Self.json, send: Self.points)
      _ = try curl(port, "/api/ai/maparse?prices=1,2,4&source=classical")
      for path in ["/a", "/b", "/\"}"] { _ = try curl(port, path) }
      _ = try curl(port, "/any", ["-X", "OPTIONS"])
      _ = try curl(port, "/health", ["-X", "PUT"])
      _ = try curl(port, "/health", ["-X", "NEVERHEARD"])
      _ = try curl(port, "/health", ["-H", "Bad Name : x"])
      _ = try curl(port, "/api/spline/render", Self.json, send: [UInt8](repeating: 32, count: 100_001))
      _ = try curl(port, "/%", ["--path-as-is"])
      let answer = try curl(port, "/metrics")
      #expect(answer.fields["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
      text = answer.text
    }
    return text
  }

  private func count(_ route: String, _ method: String, _ status: String) -> String {
    "catenary_http_requests_total{route=\"\(route)\",method=\"\(method)\",status=\"\(status)\"}"
  }

  @Test func `metrics tell routes, methods and statuses apart, and no more of them than there are`() throws {
    let lines = try metrics().components(separatedBy: "\n")
    let expected = [
      count("/api/spline/render", "GET", "200") + " 3", count("/api/spline/render", "HEAD", "200") + " 1",
      count("/api/spline/render", "POST", "200") + " 1", count("/api/spline/render", "POST", "413") + " 1",
      count("/api/ai/maparse", "GET", "200") + " 1", count("unknown", "GET", "404") + " 2",
      count("any", "OPTIONS", "204") + " 1", count("/health", "PUT", "405") + " 1",
      count("/health", "other", "501") + " 1", count("/health", "GET", "400") + " 1",
      count("none", "other", "400") + " 2",
      "catenary_http_request_duration_seconds_count{route=\"/api/spline/render\"} 6",
      "catenary_points_rendered_total{backend=\"native\"} 289", "catenary_http_requests_in_flight 1",
      "catenary_detection_duration_seconds_count{source=\"classical\"} 1",
      "catenary_http_request_body_bytes_total \(Self.points.count)", "catenary_reactors 1",
      "catenary_workers 1", "catenary_body_memory_bytes 0",
    ]
    for line in expected { #expect(lines.contains(line), "\(line)") }
    for line in lines where !line.hasPrefix("#") && !line.isEmpty {
      let name = line.prefix { $0 != "{" && $0 != " " }
      let family = ["_bucket", "_sum", "_count"].reduce(String(name)) {
        $0.hasSuffix($1) && !lines.contains("# TYPE \($0) counter") ? String($0.dropLast($1.count)) : $0
      }
      #expect(lines.contains { $0.hasPrefix("# TYPE \(family) ") }, "\(line)")
      #expect(lines.contains { $0.hasPrefix("# HELP \(family) ") }, "\(line)")
    }
  }

  @Test(
    .enabled(
      if: parserIsHere,
      "prometheus_client is missing: pip install it, and name its Python in CATENARY_PYTHON"))
  func `Prometheus's own parser takes the metrics, names and units by its conventions`() throws {
    let script = """
      import sys
      from prometheus_client.parser import text_string_to_metric_families as parse
      from prometheus_client.openmetrics.parser import text_string_to_metric_families as strict
      text = sys.stdin.read()
      families = list(parse(text))
      assert len({f.name for f in families}) == len(families) > 15
      for family in families:
          assert family.documentation and family.type in ('counter', 'gauge', 'histogram', 'summary'), family
          if family.type == 'histogram':
              assert family.name.endswith('_seconds'), family.name
              last, count = {}, {}
              for s in family.samples:
                  key = tuple(sorted((k, v) for k, v in s.labels.items() if k != 'le'))
                  if s.name.endswith('_bucket'):
                      assert s.value >= last.get(key, 0); last[key] = s.value
                  if s.name.endswith('_count'): count[key] = s.value
              assert last == count
      print('ok')
      """
    #expect(try run(script, over: try metrics()) == "ok\n")
  }
}
