import CatenaryServer
import Foundation
import HTTPFront
import Testing

/// What is decided by a request's head alone, and what is compressed.
extension ServerRouteTests {
  /// What a client gets that sends this and nothing more; the server has to speak first.
  func shell(_ port: Int, _ text: String) throws -> String {
    let (process, output) = (Process(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/\(port); printf %s \"$1\" >&3; timeout 20 cat <&3", "bash",
      text,
    ]
    process.standardOutput = output
    try process.run()
    let all = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: all, as: UTF8.self)
  }

  @Test(
    arguments: [
      ("POST /api/dev/metrics", "", 405), ("POST /nothing", "", 404), ("GET /metrics", "", 401),
      ("POST /api/spline/render", "Content-Type: text/plain\r\n", 415), ("POST /api/spline/render", "", 415),
      ("POST /api/spline/render", "Content-Type: application/json\r\nContent-Encoding: gzip\r\n", 415),
      ("POST /api/spline/predict", "Content-Type: application/octet-stream\r\n", 415),
      ("POST /api/spline/predict", "Content-Type: application/json\r\nAccept: text/csv\r\n", 406),
      ("POST /api/ai/maparse", "Content-Type: application/json\r\nAccept: image/png\r\n", 406),
      ("POST /v2/models/curve-detection/infer", "Content-Type: text/csv\r\n", 415),
      ("POST /health", "", 405), ("GET /health", "", 413),
      ("POST /api/spline/render", "Content-Type: application/json\r\nExpect: tea\r\n", 417),
    ])
  func `a head that cannot be answered is refused before its body, without 100 Continue`(
    line: String, fields: String, status: Int
  ) throws {
    try serve(token: "secret") { port in
      let length = "Content-Length: 90000\r\n"
      for expect in fields.contains("Expect") ? [""] : ["", "Expect: 100-continue\r\n"] {
        let answer = try shell(port, "\(line) HTTP/1.1\r\nHost: a\r\n\(fields)\(expect)\(length)\r\n")
        #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer.prefix(300))")
        #expect(answer.lowercased().contains("access-control-allow-origin: *"))
        #expect(answer.contains("application/problem+json"))
      }
    }
  }

  @Test func `a body that nobody reads is dropped as it comes, and refused when it is long`() throws {
    // There is no memory for bodies: what is not held needs none.
    let none = { (options: inout ServerOptions) in options.bodyBytes = 0 }
    try serve(token: nil, none) { port in
      let chunked = ["-H", "Transfer-Encoding: chunked"]
      let (short, long) = ([UInt8](repeating: 7, count: 60_000), [UInt8](repeating: 7, count: 90_000))
      for framing in [[], chunked] {
        for (method, path, status) in [
          ("GET", "/health", 200), ("GET", "/api/spline/render?points=9", 200), ("OPTIONS", "/health", 204),
        ] {
          #expect(try curl(port, path, ["-X", method] + framing, send: short).status == status, "\(path)")
          let refused = try curl(port, path, ["-X", method] + framing, send: long)
          #expect(refused.status == 413, "\(path)")
          #expect(refused.json["detail"] as? String == "this path takes no body: leave it out")
        }
        #expect(try curl(port, "/api/ai/maparse", Self.json + framing, send: short).status == 503)
      }
      // What follows on the same connection is the next request.
      let both = try shell(
        port,
        "GET /health HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
          + "GET /api/version HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
      #expect(both.components(separatedBy: "HTTP/1.1 200 ").count == 3, "\(both)")
    }
  }

  @Test(arguments: [
    ("/%68ealth", 200), ("/%68%65%61%6C%74%68?x=%2F", 200), ("/v2/models/curve%2Ddetection", 200),
    ("/api%2Fversion", 404), ("/%2568ealth", 404), ("/health%", 400), ("/%6ealth%zz", 400),
  ]) func `a path may have characters as escapes that need none, and no others in their place`(
    path: String, status: Int
  ) throws {
    try serve { port in
      let answer = try curl(port, path)
      #expect(answer.status == status, "\(answer.text)")
      #expect(status == 200 || answer.json["status"] as? Int == status)
    }
  }

  @Test func `where a body is needed, none is 411, and an empty one says what to send`() throws {
    try serve { port in
      for path in [
        "/api/spline/render", "/api/spline/predict", "/api/ai/maparse", "/v2/models/curve-detection/infer",
      ] {
        let none = try curl(port, path, ["-X", "POST"])
        #expect(none.status == 411, "\(path)")
        let empty = try curl(port, path, Self.json, send: [])
        #expect(empty.status == 400, "\(path)")
      }
    }
  }

  @Test func `long text is compressed for who prefers that, and says that it depends on who asks`() throws {
    try serve { port in
      let prices = (0..<20).map { _ in (0..<64).map { 100 + 2 * Double($0) } }
      let series = Array("{\"series\":\(prices)}".utf8)
      let path = Array("{\"path\":[[0,0],[1,2]],\"horizon\":200}".utf8)
      let cases: [(String, [String], [UInt8]?)] = [
        ("/openapi.json", [], nil), ("/metrics", [], nil), ("/api/dev/endpoints", [], nil),
        ("/api/ai/maparse?source=classical", Self.json, series), ("/api/spline/predict", Self.json, path),
      ]
      for (path, arguments, body) in cases {
        let plain = try curl(port, path, arguments, send: body)
        #expect(plain.fields["vary"]?.contains("Accept-Encoding") == true, "\(path)")
        #expect(plain.fields["content-encoding"] == nil)
        let zipped = try curl(port, path, arguments + ["--compressed"], send: body)
        #expect(zipped.fields["content-encoding"] == "gzip", "\(path)")
        if path != "/metrics" { #expect(zipped.body == plain.body) }
        for unwanted in ["gzip;q=0", "gzip;q=0.5, identity;q=0.8", "br", "*;q=0"] {
          let answer = try curl(port, path, arguments + ["-H", "Accept-Encoding: \(unwanted)"], send: body)
          #expect(answer.fields["content-encoding"] == nil, "\(path) \(unwanted)")
        }
      }
      #expect(try curl(port, "/health", ["--compressed"]).fields["content-encoding"] == nil)
    }
  }

  @Test func `more points than the server gives are refused, and its document says how many those are`()
    throws
  {
    try serve(mostPoints: 500) { port in
      let most = try curl(port, "/api/spline/render?points=500")
      #expect(most.status == 200)
      for query in ["points=501", "samplesPerSegment=42", "tolerance=0.00000001"] {
        #expect(try curl(port, "/api/spline/render?\(query)").status == 422, "\(query)")
      }
      let path = Array("{\"path\":[[0,0],[1,2]],\"horizon\":501}".utf8)
      #expect(try curl(port, "/api/spline/predict", Self.json, send: path).status == 400)
      #expect(try curl(port, "/openapi.json").text.contains("\"maximum\":500"))
    }
  }

  @Test(arguments: ["image/svg+xml", "image/png"])
  func `a picture that nobody waits for is given up`(type: String) throws {
    try serve { port in
      let picture = "/api/spline/render?points=2147483648"
      let (process, null) = (Process(), FileHandle.nullDevice)
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = [
        "curl", "-s", "-m", "1", "-H", "Accept: \(type)", "http://127.0.0.1:\(port)\(picture)",
      ]
      (process.standardOutput, process.standardError) = (null, null)
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 28)
      // Drawn by the only worker, who would be busy for minutes.
      let other = try curl(port, "/api/spline/render?points=70000")
      #expect(other.body.count == 560_000)
    }
  }

  @Test func `a model's paths may name its version`() throws {
    try serve { port in
      let body = Array(
        "{\"inputs\":[{\"name\":\"prices\",\"datatype\":\"FP64\",\"shape\":[1,3],\"data\":[1,2,3]}]}".utf8)
      let model = "/v2/models/curve-detection"
      let plain = try curl(port, model + "/infer", Self.json, send: body)
      let named = try curl(port, model + "/versions/1/infer", Self.json, send: body)
      #expect(plain.status == 200)
      #expect(named.body == plain.body)
      let metadata = try curl(port, model).body
      #expect(try curl(port, model + "/versions/1").body == metadata)
      #expect(try curl(port, model + "/versions/2").status == 404)
      // Series that statistics judged alone are counted, too.
      let stats = try curl(port, model + "/versions/1/stats").json
      let list = try #require(stats["model_stats"] as? [[String: Any]])
      #expect(list[0]["inference_count"] as? Int == 2)
    }
  }

  @Test func `a number of a million digits is read, or refused in words`() throws {
    let change = { (options: inout ServerOptions) in options.limits.bodyBytes = 8 << 20 }
    try serve(token: nil, change) { port in
      let long = String(repeating: "3", count: 1_500_000)
      let tiny = try curl(
        port, "/api/spline/render", Self.json, send: Array("{\"points\":[[0,0.\(long)],[1,2]]}".utf8))
      #expect(tiny.status == 200)
      let huge = try curl(
        port, "/api/spline/render", Self.json, send: Array("{\"points\":[[0,\(long)],[1,2]]}".utf8))
      #expect(huge.status == 400)
      #expect(huge.json["pointer"] as? String == "/points/0/1")
      let tensor =
        "{\"inputs\":[{\"name\":\"prices\",\"datatype\":\"FP64\",\"shape\":[1,1],\"data\":[0.\(long)]}]}"
      let inferred = try curl(port, "/v2/models/curve-detection/infer", Self.json, send: Array(tensor.utf8))
      #expect(inferred.status == 200)
    }
  }
}
