import CurveKernel
import Foundation
import Testing

/// What is known exactly of single cubic Béziers. `Tests/Golden/README.md` explains the fields.
struct GoldenGeometry: Decodable, Sendable, CustomTestStringConvertible {
  struct Nearest: Decodable, Sendable {
    let query: [Double]
    let distance: Double
  }

  let id: String
  let points: [Double]
  let arclength: Double
  let bbox: [Double]
  let curvature: [[Double]]
  let nearest: [Nearest]?

  var testDescription: String { id }

  static let all: [GoldenGeometry] = {
    struct File: Decodable {
      let geometry: [GoldenGeometry]
      enum CodingKeys: String, CodingKey { case geometry = "cubic_geometry" }
    }
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    do {
      let bytes = try Data(contentsOf: folder.appending(path: "Golden/splines.json"))
      return try JSONDecoder().decode(File.self, from: bytes).geometry
    } catch {
      fatalError("Tests/Golden/splines.json: \(error)")
    }
  }()

  /// The larger side of its box.
  var scale: Double { max(bbox[2] - bbox[0], bbox[3] - bbox[1]) }

  func curve() throws -> Curve<Double> { try Curve(.bezier, coordinates: points, dimensions: 2) }
}
