import CatenaryServer
import Foundation
import Testing

/// Where the fault of a request lies that reads well and cannot be meant.
extension ServerRouteTests {
  @Test(
    arguments: [
      ("/api/spline/render", #"{"points":[[1,2],[null,3]]}"#, 422, "/points/1"),
      ("/api/spline/render", #"[[1,2],[null,3]]"#, 422, "/1"),
      ("/api/spline/render", #"{"points":[[1,2],[1,4]],"type":"monotone"}"#, 422, "/points/1"),
      ("/api/spline/render", #"{"points":[[0,0],[1,1]],"at":[0,5]}"#, 422, "/at/1"),
      ("/api/spline/render", #"{"points":[[0,0],[1,1]],"tolerance":-1}"#, 422, "/tolerance"),
      (
        "/api/spline/render",
        #"{"points":[[0,0],[1,1],[2,0],[3,1]],"type":"nurbs","weights":[1,0,1,1]}"#, 422, "/weights/1"
      ),
      ("/api/spline/render", #"{"points":[[0,0],[1,1]],"a/b~":1}"#, 400, "/a~1b~0"),
      ("/api/spline/render", #"{"points":[[0,0],[1,1]],"count":5,"tolerance":1}"#, 400, "/tolerance"),
      ("/api/spline/predict", #"{"path":[[0,0]]}"#, 422, "/path"),
      ("/api/spline/predict", #"{"points":[[0,0],[null,1],[1,1]]}"#, 422, "/points/1"),
      ("/api/ai/maparse", #"{"prices":[null,1,2]}"#, 422, "/prices/0"),
      ("/api/ai/maparse", #"{"series":[[1,2],[1,null]]}"#, 422, "/series/1/1"),
      ("/api/ai/maparse", #"{"series":[[1,2],[]]}"#, 422, "/series/1"),
      ("/api/ai/maparse", #"{"series":[]}"#, 422, "/series"),
      ("/api/ai/maparse", #"{"prices":[]}"#, 422, "/prices"),
      ("/api/ai/maparse", #"{"points":[[1,2],[3,4]]}"#, 400, "/points"),
      ("/api/ai/maparse", #"{"other":[1,2]}"#, 400, ""),
      ("/api/ai/maparse", #"{"prices":[1],"series":[[1]]}"#, 400, ""),
      ("/api/spline/render", #"{"prices":[1,2]}"#, 400, "/prices"),
      ("/api/spline/render", #"{"type":"linear"}"#, 400, ""),
      ("/api/spline/render", #"{"points":[[0,0],[1,1]],"at":[]}"#, 422, "/at"),
      (
        "/api/spline/render", #"{"points":[[0,0],[1,1]],"type":"hermite","tangents":[[1,2]]}"#, 422,
        "/tangents"
      ),
      ("/v2/models/curve-detection/infer", "{}", 400, ""),
      ("/v2/models/curve-detection/infer", #"{"inputs":[{"name":"prices"}]}"#, 400, "/inputs/0"),
      ("/api/spline/render", #"{"points":[[0,0],[1,1]],"dimensions":3}"#, 400, "/dimensions"),
      ("/api/spline/render", #"{"points":[[0,0],[1,1]],"type":"hermite"}"#, 400, "/type"),
      (
        "/api/spline/render", #"{"points":[[0,0],[1,1]],"type":"hermite","tangents":[1,2]}"#, 400, "/tangents"
      ),
      ("/api/ai/maparse", #"{"prices":[1,2,3],"timestamps":[1,3,2]}"#, 400, "/timestamps/2"),
    ])
  func `what is wrong in a document is pointed at`(
    path: String, body: String, status: Int, pointer: String
  ) throws {
    try serve { port in
      let answer = try curl(port, path, Self.json, send: Array(body.utf8))
      #expect(answer.status == status, "\(answer.text)")
      #expect(answer.json["pointer"] as? String == pointer, "\(answer.text)")
      // It leads to something that was sent.
      var place: Any? = try JSONSerialization.jsonObject(with: Data(body.utf8))
      for token in pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
        let name = token.replacingOccurrences(of: "~1", with: "/").replacingOccurrences(of: "~0", with: "~")
        if let list = place as? [Any] {
          let index = try #require(Int(name))
          place = list.indices.contains(index) ? list[index] : nil
        } else {
          place = (place as? [String: Any])?[name]
        }
      }
      #expect(place != nil, "\(pointer)")
      #expect(answer.json["offset"] == nil)
    }
  }

  @Test func `what is wrong in raw numbers is told by its byte`() throws {
    let binary = ["-X", "POST", "-H", "Content-Type: application/octet-stream"]
    func bytes(_ pattern: UInt64, _ size: Int) -> [UInt8] {
      (0..<size).map { UInt8(truncatingIfNeeded: pattern >> UInt64(8 * $0)) }
    }
    func singles(_ numbers: [Float]) -> [UInt8] { numbers.flatMap { bytes(UInt64($0.bitPattern), 4) } }
    func doubles(_ numbers: [Double]) -> [UInt8] { numbers.flatMap { bytes($0.bitPattern, 8) } }
    try serve { port in
      for (path, body, offset) in [
        ("/api/spline/render", singles([0, 0, 1, .nan]), 8),
        ("/api/spline/render?dtype=f64&dimensions=1", doubles([0, 1, .nan]), 16),
        ("/api/ai/maparse", doubles([1, .infinity, 2]), 8),
        ("/api/ai/maparse?dtype=f32", singles([1, 2, .nan]), 8),
      ] {
        let answer = try curl(port, path, binary, send: body)
        #expect(answer.status == 422, "\(answer.text)")
        #expect(answer.json["offset"] as? Int == offset, "\(answer.text)")
        #expect(answer.json["pointer"] == nil)
      }
    }
  }
}
