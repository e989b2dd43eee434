import Catenary
import CatenaryServer
import CurveFormats
import Foundation
import HTTPFront
import Testing

/// A server on a real socket, asked by `curl`.
@Suite(.timeLimit(.minutes(20))) struct ServerRouteTests {
  /// What curl got: status, fields by lower-case name, body.
  struct Reply {
    let status: Int
    let fields: [String: String]
    let body: [UInt8]
    var text: String { String(decoding: body, as: UTF8.self) }
    var json: [String: Any] { (try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]) ?? [:] }
  }

  func serve(
    token: String? = nil, mostPoints: Int = 1 << 31, _ change: (inout ServerOptions) -> Void = { _ in },
    _ body: (Int) throws -> Void
  ) throws {
    let curves = try CurveServer(backend: .native, token: token, mostPoints: mostPoints)
    var options = ServerOptions()
    (options.reactors, options.workers) = (1, 1)
    options.limits.bodyBytes = 100_000
    change(&options)
    let server = try HTTPServer(options, curves)
    defer {
      server.stop()
      server.waitUntilFinished()
    }
    try body(Int(server.port))
  }

  func curl(_ port: Int, _ path: String, _ arguments: [String] = [], send: [UInt8]? = nil) throws -> Reply {
    let (process, output, input) = (Process(), Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      ["curl", "-s", "-i", "-g", "-m", "60", "-H", "Expect:"] + arguments
      + (send == nil ? [] : ["--data-binary", "@-"]) + ["http://127.0.0.1:\(port)\(path)"]
    (process.standardOutput, process.standardInput) = (output, input)
    try process.run()
    if let send { input.fileHandleForWriting.write(Data(send)) }
    try input.fileHandleForWriting.close()
    let all = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let end = try #require(all.range(of: Data("\r\n\r\n".utf8)))
    let lines = String(decoding: all[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
    var fields: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      fields[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
    }
    let status = Int(lines[0].split(separator: " ")[1]) ?? 0
    return Reply(status: status, fields: fields, body: Array(all[end.upperBound...]))
  }

  static let json = ["-X", "POST", "-H", "Content-Type: application/json"]
  static let raw = ["-X", "POST", "-H", "Content-Type: application/octet-stream"]
  static let points = Array("{\"points\":[[0,0],[1,2],[3,1]],\"samplesPerSegment\":4}".utf8)

  /// Little-endian Floats of the library's own rendering.
  func expected(_ sampling: Sampling) throws -> [UInt8] {
    let curve = try Curve(.catmullRom(), points: [[0, 0], [1, 2], [3, 1]] as [SIMD2<Float>])
    return try Engine(threads: 1).render(curve, sampling).flatMap { point in
      [point.x, point.y].flatMap { number in
        (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) }
      }
    }
  }

  @Test func `JSON and raw points give the bytes that the library gives`() throws {
    try serve { port in
      let answer = try curl(port, "/api/spline/render", Self.json, send: Self.points)
      #expect(answer.status == 200)
      #expect(answer.body == (try expected(.samplesPerSegment(4))))
      #expect(answer.fields["content-type"] == "application/octet-stream")
      #expect(answer.fields["x-point-count"] == "9")
      #expect(answer.fields["x-dimensions"] == "2")
      #expect(answer.fields["x-dtype"] == "f32")
      #expect(answer.fields["x-backend"] == "native")
      #expect(answer.fields["server-timing"]?.contains("decode;dur=") == true)
      let floats: [Float] = [0, 0, 1, 2, 3, 1]
      let bytes = floats.flatMap { number in
        (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) }
      }
      let again = try curl(port, "/api/spline/render?samplesPerSegment=4", Self.raw, send: bytes)
      #expect(again.body == answer.body)
    }
  }

  @Test func `a long answer comes whole from a worker, sized or in chunks`() throws {
    try serve { port in
      let path = "/api/spline/render?points=200000"
      let binary = try curl(port, path)
      #expect(binary.fields["content-length"] == "1600000")
      #expect(binary.body.count == 1_600_000)
      let text = try curl(port, path, ["-H", "Accept: text/csv"])
      #expect(text.fields["transfer-encoding"] == "chunked")
      #expect(text.body.split(separator: UInt8(ascii: "\n")).count == 200_001)
      let npy = try curl(port, path + "&dtype=f64", ["-H", "Accept: application/x-npy"])
      var source = ArraySource(npy.body)
      #expect(try NPYReader(maximumDimensions: 4).read(from: &source).table.count == 200_000)
    }
  }

  @Test func `Accept chooses the form, and 406 says which there are`() throws {
    try serve { port in
      let json = try curl(
        port, "/api/spline/render?points=3", ["-H", "Accept: application/json;q=1, text/csv;q=0.5"])
      #expect(json.json["count"] as? Int == 3)
      #expect((json.json["points"] as? [[Double]])?.count == 3)
      let svg = try curl(port, "/api/spline/render?type=cubic", ["-H", "Accept: image/svg+xml"])
      #expect(svg.text.hasPrefix("<svg"))
      #expect(try curl(port, "/api/spline/render", ["-H", "Accept: image/gif"]).status == 406)
    }
  }

  @Test func `a picture of pixels is the one that the library draws, by GET and by POST`() throws {
    try serve { port in
      let accept = ["-H", "Accept: image/png"]
      let look = "&width=120&height=80&background=white&axes=true"
      let got = try curl(port, "/api/spline/render?type=cubic\(look)", accept + ["--compressed"])
      #expect(got.status == 200)
      #expect(got.fields["content-type"] == "image/png" && got.fields["content-encoding"] == nil)
      #expect(got.fields["x-dtype"] == "f64" && got.fields["etag"] != nil)
      #expect(got.body.starts(with: [0x89, 0x50, 0x4E, 0x47]))
      let json = Array(
        """
        {"points":[[0,0],[1,2],[3,1]],"type":"cubic","width":120,"height":80,"strokeWidth":3,"stroke":"red",
         "background":"#fff","margin":5,"showPoints":true,"legend":true}
        """.utf8)
      let posted = try curl(
        port, "/api/spline/render", accept + ["-H", "Content-Type: application/json"], send: json)
      #expect(posted.status == 200)
      let curve = try Curve(.cubic(), points: [[0, 0], [1, 2], [3, 1]] as [SIMD2<Double>])
      var picture = Picture(try PictureCurve.lines(of: curve))
      (picture.style.width, picture.style.height, picture.style.strokeWidth) = (120, 80, 3)
      (picture.style.margin, picture.style.showsPoints, picture.style.hasLegend) = (5, true, true)
      picture.style.strokes = [PictureColour(red: 255, green: 0, blue: 0)]
      picture.style.background = PictureColour(red: 255, green: 255, blue: 255)
      let canvas = PNGCanvas(to: ArraySink())
      try picture.draw(on: canvas)
      #expect(posted.body == canvas.sink.bytes)
      let large = try curl(port, "/api/spline/render?width=9000&height=9000", accept)
      #expect(large.status == 400 && large.text.contains("33554432"))
    }
  }

  @Test func `what takes long is left to workers, in every form, and they may be busy`() throws {
    let change = { (options: inout ServerOptions) in options.waitingAnswers = 0 }
    try serve(token: nil, change) { port in
      for type in ["application/octet-stream", "application/json", "text/csv", "image/svg+xml", "image/png"] {
        let accept = ["-H", "Accept: \(type)"]
        let small = type == "image/png" ? "&width=64&height=64" : ""
        #expect(try curl(port, "/api/spline/render?points=100\(small)", accept).status == 200)
        let long = try curl(port, "/api/spline/render?points=70000", accept)
        #expect(long.status == 503, "\(type)")
        #expect(long.fields["retry-after"] == "1")
      }
    }
  }

  @Test func `a demonstration is not sent again to who has it`() throws {
    try serve { port in
      let first = try curl(port, "/api/spline/render?points=50")
      let tag = try #require(first.fields["etag"])
      let second = try curl(port, "/api/spline/render?points=50", ["-H", "If-None-Match: \(tag)"])
      #expect(second.status == 304)
      #expect(second.body.isEmpty)
      #expect(second.fields["access-control-allow-origin"] == "*")
      #expect(try curl(port, "/api/spline/render?points=51", ["-H", "If-None-Match: \(tag)"]).status == 200)
    }
  }

  @Test func `renders are compressed for who asks, and are the same again`() throws {
    try serve { port in
      for count in [20, 100_000] {
        let path = "/api/spline/render?points=\(count)"
        for type in ["application/octet-stream", "text/csv"] {
          let accept = ["-H", "Accept: \(type)"]
          let plain = try curl(port, path, accept)
          let zipped = try curl(port, path, accept + ["--compressed"])
          #expect(zipped.fields["content-encoding"] == "gzip")
          #expect(zipped.body == plain.body)
          #expect(plain.fields["content-encoding"] == nil)
          #expect(plain.fields["vary"] == "Accept, Accept-Encoding")
          #expect(plain.fields["etag"] != zipped.fields["etag"])
        }
      }
    }
  }

  @Test func `every fault is a problem that says where, and any page may read it`() throws {
    try serve { port in
      let cases: [(String, [String], String?, Int, pointer: String?)] = [
        ("/nothing", [], nil, 404, nil),
        ("/health", ["-X", "PUT"], nil, 405, nil),
        ("/api/spline/render", Self.json, "{\"points\":[[0,0],[1,", 400, "/points/1"),
        ("/api/spline/render", Self.json, "{\"points\":[[0,0],[1,2]],\"tension\":\"a\"}", 400, "/tension"),
        ("/api/spline/render", Self.json, "{\"points\":[[0,0],[1,2]],\"tensio\":1}", 400, "/tensio"),
        (
          "/api/spline/render", Self.json, "{\"points\":[[1,0],[0,2],[2,2]],\"type\":\"monotone\"}", 422,
          "/points/1"
        ),
        ("/api/spline/render", Self.json, "{\"points\":[[0,0]]}", 422, "/points"),
        ("/api/spline/render", ["-X", "POST", "-H", "Content-Type: text/plain"], "x", 415, nil),
        ("/api/spline/render?count=5&tolerance=1", [], nil, 400, nil),
        ("/api/spline/render?%zz", [], nil, 400, nil),
        ("/api/spline/render?points=1", [], nil, 400, nil),
        ("/api/spline/render?inputDtype=f32", [], nil, 400, nil),
        ("/health", ["-H", "Bad Name : x"], nil, 400, nil),
        ("/api/spline/render", Self.json, String(repeating: " ", count: 100_001), 413, nil),
        ("/" + String(repeating: "a", count: 9000), [], nil, 414, nil),
        ("/api/ai/maparse", Self.json, "{\"prices\":[]}", 422, "/prices"),
        ("/api/spline/render", Self.json, nil, 411, nil),
        ("/api/spline/render", Self.json + ["-H", "Content-Encoding: gzip"], "{}", 415, nil),
        // What would not be answered is not unmodified either.
        ("/api/spline/render?points=1", ["-H", "If-None-Match: *"], nil, 400, nil),
      ]
      for (path, arguments, body, status, pointer) in cases {
        let answer = try curl(port, path, arguments, send: body.map { Array($0.utf8) })
        #expect(answer.status == status, "\(path.prefix(60)) \(body?.prefix(60) ?? "")")
        #expect(answer.fields["content-type"] == "application/problem+json")
        #expect(answer.fields["access-control-allow-origin"] == "*")
        #expect(answer.fields["x-content-type-options"] == "nosniff")
        #expect(answer.json["status"] as? Int == status)
        #expect(answer.json["error"] as? String == answer.json["detail"] as? String)
        #expect(answer.json["pointer"] as? String == pointer, "\(answer.text)")
        if status == 405 { #expect(answer.fields["allow"] == "GET, HEAD, OPTIONS") }
      }
      let names = (0...64).map { "a\($0)" }.joined(separator: "&")
      #expect(try curl(port, "/api/spline/render?\(names)").text.contains("more than 64 names"))
    }
  }

  @Test func `OPTIONS is answered anywhere, HEAD like GET without a body`() throws {
    try serve { port in
      let options = try curl(port, "/any/where", ["-X", "OPTIONS"])
      #expect(options.status == 204)
      #expect(options.fields["access-control-max-age"] != nil)
      #expect(options.fields["access-control-allow-methods"] == "GET, POST, OPTIONS")
      let head = try curl(port, "/api/spline/render?points=200000", ["-I"])
      #expect(head.status == 200)
      #expect(head.fields["content-length"] == "1600000")
    }
  }

  @Test func `prices are judged as the library judges them`() throws {
    try serve { port in
      let prices = (0..<64).map { 100 + 2 * Double($0) }
      let body = Array("{\"prices\":\(prices)}".utf8)
      let answer = try curl(port, "/api/ai/maparse?source=classical", Self.json, send: body)
      let expected = try Engine(threads: 1).detect(prices, source: .classical)
      #expect(answer.json["pattern"] as? String == expected.pattern.rawValue)
      var text = ArraySource(answer.body)
      let confidence = try JSONReader().readValue(from: &text)["confidence"]
      #expect(confidence == .number(expected.confidence))
      #expect(answer.fields["x-inference-time"]?.hasSuffix("ms") == true)
      let raw = prices.flatMap { number in
        (0..<8).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) }
      }
      let again = try curl(port, "/api/ai/maparse?source=classical", Self.raw, send: raw)
      #expect(again.body == answer.body)
      let list = prices.map { "\($0)" }.joined(separator: ",")
      #expect(try curl(port, "/api/ai/maparse?source=classical&prices=\(list)").body == answer.body)
      #expect(try curl(port, "/api/ai/models/status").json["summary"] != nil)
    }
  }

  @Test func `a path continues`() throws {
    try serve { port in
      let body = Array("{\"path\":[[0,0],[1,2]],\"horizon\":2,\"extrapolation\":\"linear\"}".utf8)
      let answer = try curl(port, "/api/spline/predict", Self.json, send: body)
      #expect(answer.json["predicted"] as? [[Double]] == [[2, 4], [3, 6]])
      #expect(answer.json["count"] as? Int == 2)
    }
  }

  @Test func `counters move with every request, malformed ones too`() throws {
    try serve { port in
      _ = try curl(port, "/health")
      _ = try curl(port, "/health", ["-H", "Bad Name : x"])
      let answer = try curl(port, "/api/dev/metrics")
      #expect(answer.fields["cache-control"] == "no-store")
      let metrics = try #require(answer.json["metrics"] as? [String: Any])
      let totals = try #require(metrics["totals"] as? [String: Any])
      #expect(totals["requests"] as? Int == 3)
      #expect(totals["responses"] as? Int == 2)
      #expect(metrics["pendingRequests"] as? Int == 1)
      let text = try curl(port, "/metrics").text
      #expect(
        text.contains("catenary_http_requests_total{route=\"/health\",method=\"GET\",status=\"200\"} 1\n"))
    }
  }

  @Test func `the token protects what it should, and nothing else`() throws {
    try serve(token: "secret") { port in
      for path in ["/api/dev/metrics", "/metrics", "/api/dev/endpoints"] {
        let refused = try curl(port, path)
        #expect(refused.status == 401)
        #expect(refused.fields["www-authenticate"] == "Bearer")
        #expect(try curl(port, path, ["-H", "Authorization: Bearer wrong!"]).status == 401)
        #expect(try curl(port, path, ["-H", "Authorization: Bearer secret"]).status == 200)
      }
      for path in ["/health", "/api/version", "/openapi.json", "/"] {
        #expect(try curl(port, path).status == 200)
      }
    }
  }

  @Test func `the document names every endpoint`() throws {
    try serve { port in
      let paths = try #require(try curl(port, "/openapi.json").json["paths"] as? [String: [String: Any]])
      let list = try #require(try curl(port, "/api/dev/endpoints").json["endpoints"] as? [[String: Any]])
      for endpoint in list {
        let (path, method) = (endpoint["path"] as? String ?? "", endpoint["method"] as? String ?? "")
        let template = path.replacingOccurrences(of: ":id", with: "{id}")
        #expect(paths[template]?[method.lowercased()] != nil, "\(method) \(path)")
      }
      #expect(list.count == 35)
      for (path, method) in [("/api/spline/render", "get"), ("/api/ai/maparse", "get")] {
        let operation = paths[path]?[method] as? [String: Any]
        // What is listed with a choice of values is taken with each of them, and with no other.
        for parameter in operation?["parameters"] as? [[String: Any]] ?? [] {
          let name = parameter["name"] as? String ?? ""
          let schema = parameter["schema"] as? [String: Any]
          let base = path.hasSuffix("render") ? "\(path)?" : "\(path)?prices=1,2&"
          guard let choices = schema?["enum"] as? [String],
            ["type", "dtype", "source"].contains(name)
          else { continue }
          for choice in choices { #expect(try curl(port, "\(base)\(name)=\(choice)").status == 200) }
          #expect(try curl(port, "\(base)\(name)=zzz").status == 400)
        }
      }
    }
  }
}
