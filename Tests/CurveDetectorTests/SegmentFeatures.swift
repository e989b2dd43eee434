import Foundation
import Testing

@testable import CurveDetector

/// Not a claim but a tool: writes what `models/fit_segments.py` fits, for the series that it wrote.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["CATENARY_SEGMENT_SERIES"] != nil))
struct SegmentFeatures {
  @Test func `features of generated series are written beside them`() throws {
    let path = try #require(ProcessInfo.processInfo.environment["CATENARY_SEGMENT_SERIES"])
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    let rows = lines.map { line in line.split(separator: " ").compactMap { Double($0) } }
    var (classical, hybrid, ones) = ("", "", "")
    for i in stride(from: 0, to: rows.count - 2, by: 3) {
      let said = rows[i + 2]
      let steps = (0..<Proposals.cells).map { cell in
        var step = SIMD8<Double>()
        for k in 0..<8 { step[k] = said[8 + cell * 8 + k] }
        return step
      }
      let proposals = Proposals(
        window: Array(said.prefix(8)), scores: steps, boundary: Array(said.suffix(Proposals.cells)))
      classical += try line(rows[i][0], rows[i + 1], nil)
      hybrid += try line(rows[i][0], rows[i + 1], proposals)
      ones += try oneLine(rows[i][0], rows[i + 1])
    }
    try classical.write(toFile: path + ".classical", atomically: true, encoding: .utf8)
    try hybrid.write(toFile: path + ".hybrid", atomically: true, encoding: .utf8)
    try ones.write(toFile: path + ".one", atomically: true, encoding: .utf8)
    #expect(!classical.isEmpty)
  }

  private func line(_ label: Double, _ prices: [Double], _ proposals: Proposals?) throws -> String {
    let z = try PreparedSeries(prices).z
    let (pattern, chance, whole) = verdict(z, proposals)
    let features = SeveralCurves(pattern, chance, whole, z)
      .features(Segmentation(z, proposals), count: z.count)
    return "\(label) " + features.map { "\($0)" }.joined(separator: " ") + "\n"
  }

  /// Nothing where the verdict is no curve: such series are always cut.
  private func oneLine(_ label: Double, _ prices: [Double]) throws -> String {
    let z = try PreparedSeries(prices).z
    let (pattern, chance, whole) = verdict(z, nil)
    guard pattern != .none else { return "" }
    let features = OneCurve(pattern: pattern, confidence: chance, model: whole, z: z).features
    return "\(label) " + features.map { "\($0)" }.joined(separator: " ") + "\n"
  }

  private func verdict(_ z: [Double], _ proposals: Proposals?) -> (Pattern, Double, ShapeModel) {
    let likelihoods = Likelihoods(z)
    let chances = proposals.map { likelihoods.probabilities(with: $0) } ?? likelihoods.probabilities
    var best = 7
    for k in 0..<7 where chances[k] > chances[best] { best = k }
    let start = best < 7 ? likelihoods.starts[best] : .zero
    let pattern = Pattern.allCases[best]
    return (pattern, chances[best], fitShape(pattern, start: start, to: z.span, points: 256))
  }
}
