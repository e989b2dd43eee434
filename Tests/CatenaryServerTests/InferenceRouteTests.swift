import Catenary
import CurveFormats
import Foundation
import Testing

/// Open Inference Protocol v2, its JSON and its bytes laid out by hand from the protocol's text.
extension ServerRouteTests {
  private static let infer = "/v2/models/curve-detection/infer"
  private static let prices = (0..<32).map { 100 + 2 * Double($0) }

  private func bytes(_ numbers: [Double]) -> [UInt8] {
    numbers.flatMap { number in (0..<8).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) } }
  }

  private func outputs(_ reply: Reply) throws -> [String: [String: Any]] {
    let list = try #require(reply.json["outputs"] as? [[String: Any]], "\(reply.text)")
    return Dictionary(uniqueKeysWithValues: list.map { ($0["name"] as? String ?? "", $0) })
  }

  /// To the last digit, which Foundation's reader may miss.
  private func numbers(_ reply: Reply, of place: Int) throws -> [Double]? {
    var source = ArraySource(reply.body)
    guard case .array(let list)? = try JSONReader().readValue(from: &source)["outputs"] else { return nil }
    return list[place]["data"]?.numbers
  }

  @Test func `tensors in JSON are answered as the library answers`() throws {
    try serve { port in
      let row = "\(Self.prices)"
      let holed = row.replacingOccurrences(of: "110.0", with: "null")
      let body =
        "{\"id\":\"a\",\"parameters\":{\"source\":\"classical\",\"k\":[1]},\"inputs\":[{\"name\":\"prices\","
        + "\"datatype\":\"FP64\",\"shape\":[2,32],\"data\":[\(row),\(holed)]}]}"
      let reply = try curl(port, Self.infer, Self.json, send: Array(body.utf8))
      #expect(reply.json["id"] as? String == "a")
      #expect(reply.json["model_name"] as? String == "curve-detection")
      #expect((reply.json["parameters"] as? [String: Any])?["k"] as? [Int] == [1])
      var gapped = Self.prices
      gapped[5] = .nan
      let engine = Engine(threads: 1)
      let expected = [
        try engine.detect(Self.prices, source: .classical), try engine.detect(gapped, source: .classical),
      ]
      let found = try outputs(reply)
      #expect(found["pattern"]?["data"] as? [String] == expected.map(\.pattern.rawValue))
      #expect(try numbers(reply, of: 1) == expected.map(\.confidence))
      #expect(found["metrics"]?["shape"] as? [Int] == [2, 6])
      let metrics = expected.flatMap {
        let m = $0.metrics
        return [m.conflict, m.entropy, m.tension, m.curvature, m.drift, m.decay]
      }
      #expect(try numbers(reply, of: 2) == metrics)
      let curves = try #require(found["curves"]?["data"] as? [String])
      let first = try JSONSerialization.jsonObject(with: Data(curves[0].utf8)) as? [[String: Any]]
      #expect(first?.last?["end"] as? Int == 32)
      let flat = body.replacingOccurrences(
        of: "\(row),\(holed)", with: row.dropFirst().dropLast() + "," + holed.dropFirst().dropLast()
      )
      .replacingOccurrences(of: "[[", with: "[").replacingOccurrences(of: "]]}", with: "]}")
      #expect(try curl(port, Self.infer, Self.json, send: Array(flat.utf8)).body == reply.body)
    }
  }

  @Test func `tensors as bytes follow the JSON both ways`() throws {
    try serve { port in
      let head =
        "{\"inputs\":[{\"name\":\"prices\",\"datatype\":\"FP64\",\"shape\":[1,32],"
        + "\"parameters\":{\"binary_data_size\":256}}],\"parameters\":{\"binary_data_output\":true,"
        + "\"source\":\"classical\"},\"outputs\":[{\"name\":\"pattern\"},{\"name\":\"confidence\"},"
        + "{\"name\":\"metrics\",\"parameters\":{\"binary_data\":false}}]}"
      let length = ["-H", "Inference-Header-Content-Length: \(head.utf8.count)"]
      let reply = try curl(
        port, Self.infer, Self.raw + length, send: Array(head.utf8) + bytes(Self.prices))
      #expect(reply.status == 200)
      #expect(
        reply.fields["access-control-expose-headers"]?.contains("Inference-Header-Content-Length") == true)
      let count = try #require(Int(reply.fields["inference-header-content-length"] ?? ""))
      let text = try JSONSerialization.jsonObject(with: Data(reply.body[..<count])) as? [String: Any]
      let list = try #require(text?["outputs"] as? [[String: Any]])
      #expect(list.map { $0["name"] as? String } == ["pattern", "confidence", "metrics"])
      #expect((list[2]["data"] as? [Double])?.count == 6)
      let expected = try Engine(threads: 1).detect(Self.prices, source: .classical)
      let word = Array(expected.pattern.rawValue.utf8)
      #expect(
        Array(reply.body[count...]) == [UInt8(word.count), 0, 0, 0] + word + bytes([expected.confidence]))
    }
  }

  @Test func `a faulty tensor is refused where it is wrong`() throws {
    let cases: [(String, Int, String?)] = [
      ("{}", 400, ""), (#"{"inputs":{}}"#, 400, "/inputs"), ("[]", 400, ""), ("{\"id\":1}", 400, "/id"),
      ("{", 400, ""),
      (#"{"inputs":[{"name":"price"}]}"#, 400, "/inputs/0/name"),
      (#"{"inputs":[{"name":"prices","datatype":"FP32"}]}"#, 400, "/inputs/0/datatype"),
      (
        #"{"inputs":[{"name":"prices","datatype":"FP64","shape":[3],"data":[1,2,3]}]}"#, 400,
        "/inputs/0/shape"
      ),
      (
        #"{"inputs":[{"name":"prices","datatype":"FP64","shape":[1e300,2],"data":[]}]}"#, 400,
        "/inputs/0/shape"
      ),
      (
        #"{"inputs":[{"name":"prices","datatype":"FP64","shape":[4294967296,4294967296],"data":[]}]}"#, 400,
        "/inputs/0/shape"
      ),
      (
        #"{"inputs":[{"name":"prices","datatype":"FP64","shape":[1,3],"data":[1,2]}]}"#, 400, "/inputs/0/data"
      ),
      (
        #"{"inputs":[{"name":"prices","datatype":"FP64","shape":[1,2],"data":[1,"a"]}]}"#, 400,
        "/inputs/0/data/1"
      ),
      (
        #"{"inputs":[{"name":"prices","datatype":"FP64","shape":[1,2],"parameters":{"binary_data_size":16}}]}"#,
        400, "/inputs/0/parameters/binary_data_size"
      ),
      (
        #"{"inputs":[{"name":"prices","datatype":"FP64","shape":[1,2],"data":[1,null]}]}"#, 422,
        "/inputs/0/data"
      ),
      (
        #"{"inputs":[{"name":"prices","datatype":"FP64","shape":[1,1],"data":[1]}],"outputs":[{"name":"x"}]}"#,
        400,
        "/outputs/0/name"
      ),
    ]
    try serve { port in
      for (body, status, pointer) in cases {
        let reply = try curl(port, Self.infer, Self.json, send: Array(body.utf8))
        #expect(reply.status == status, "\(body)")
        #expect(reply.json["pointer"] as? String == pointer, "\(body) \(reply.text)")
        #expect(reply.json["error"] as? String == reply.json["detail"] as? String)
      }
      let long = ["-H", "Inference-Header-Content-Length: 99"]
      #expect(try curl(port, Self.infer, Self.json + long, send: [123, 125]).status == 400)
      let unknown = try curl(port, "/v2/models/other/infer", Self.json, send: [123, 125])
      #expect(unknown.status == 404)
      #expect((unknown.json["error"] as? String)?.contains("curve-detection") == true)
    }
  }

  @Test func `the model says what it takes, and that it is not ready before it is warm`() throws {
    try serve { port in
      let model = try curl(port, "/v2/models/curve-detection").json
      let inputs = try #require(model["inputs"] as? [[String: Any]])
      #expect(inputs.map { $0["shape"] as? [Int] } == [[-1, -1]])
      #expect(try curl(port, "/v2/health/live").status == 200)
      #expect(try curl(port, "/v2/health/ready").status == 503)
      #expect(try curl(port, "/v2/models/curve-detection/ready").status == 503)
      #expect(try curl(port, "/v2").json["extensions"] as? [String] != nil)
      #expect(try curl(port, "/v2/models/curve-detection/config").json["max_batch_size"] as? Int == 0)
      #expect(try curl(port, "/v2/models/curve-detection/stats").json["model_stats"] != nil)
    }
  }
}
