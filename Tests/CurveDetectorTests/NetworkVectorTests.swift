import Catenary
import Foundation
import Testing

@testable import CurveDetector

/// Swift against `models/features.py` and Python's onnxruntime, on series that `models/make_vectors.py` wrote.
@Suite struct NetworkVectorTests {
  struct Vectors: Decodable {
    struct Case: Decodable {
      let prices: [Double?]
      let grid, side, window, steps, boundary: [Float]
      let probabilities: [Double]
    }
    let cases: [Case]
  }

  static let cases: [Vectors.Case] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "Data/network-vectors.json")
    return (try? JSONDecoder().decode(Vectors.self, from: Data(contentsOf: file)))?.cases ?? []
  }()

  /// The most that numbers differ by, for those above 1 in proportion.
  private func difference(_ a: some Sequence<Float>, _ b: [Float]) -> Float {
    zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1) / max(1, abs($1.1))) }
  }

  @Test func `there are vectors of many lengths`() {
    #expect(Self.cases.count >= 10)
    #expect(Set(Self.cases.map(\.prices.count)).count >= 10)
  }

  @Test(arguments: cases.indices)
  func `grid and side are Python's within 1e-5`(place: Int) throws {
    let vector = Self.cases[place]
    var input = NetworkInput()
    input.prepare(try PreparedSeries(vector.prices.map { $0 ?? .nan }).z)
    #expect(vector.grid.count == input.grid.count && vector.side.count == input.side.count)
    #expect(difference(input.grid, vector.grid) < 1e-5)
    #expect(difference(input.side, vector.side) < 1e-5)
  }

  @Test(.needsOnnxRuntime, arguments: cases.indices)
  func `the network answers as in Python within 1e-5`(place: Int) throws {
    let vector = Self.cases[place]
    let models = ModelCache(.builtIn)
    let z = try PreparedSeries(vector.prices.map { $0 ?? .nan }).z
    try models.run(NetworkDetector.modelName) {
      $0.prepare(z)
    } read: { seat in
      #expect(difference(seat.window.indices.map { seat.window[$0] }, vector.window) < 1e-5)
      #expect(difference(seat.steps.indices.map { seat.steps[$0] }, vector.steps) < 1e-5)
      #expect(difference(seat.boundary.indices.map { seat.boundary[$0] }, vector.boundary) < 1e-5)
    }
  }

  @Test(.needsOnnxRuntime, arguments: cases.indices)
  func `network and statistics together are as sure as in Python within 1e-5`(place: Int) throws {
    let vector = Self.cases[place]
    let series = try PreparedSeries(vector.prices.map { $0 ?? .nan })
    let proposals = try NetworkDetector.proposals(series.z, ModelCache(.builtIn))
    let found = Likelihoods(series.z).probabilities(with: proposals)
    #expect(vector.probabilities.count == 8)
    for (a, b) in zip(found, vector.probabilities) { #expect(abs(a - b) < 1e-5) }
  }
}
