import Foundation
import Testing

/// Smoothing splines from the command line, and how the chosen λ is told.
@Suite struct SmoothingTests {
  /// A zigzag about a slope.
  static let points =
    "x,y\n" + (0..<40).map { "\($0),\(Double($0) / 4 + ($0 % 2 == 0 ? 0.5 : -0.5))\n" }.joined()

  func workshop() throws -> Workshop {
    let workshop = try Workshop()
    try workshop.write("p.csv", Self.points)
    return workshop
  }

  @Test(arguments: [[], ["--lambda", "auto"]])
  func `a chosen lambda is told on standard error, once`(lambda: [String]) throws {
    let workshop = try workshop()
    for format in ["csv", "f32", "npy"] {
      let outcome = try workshop.run(
        ["render", "p.csv", "--type", "smoothing", "--samples-per-segment", "1", "--format", format] + lambda)
      #expect(outcome.status == 0)
      #expect(outcome.errors.hasPrefix("catenary: lambda "))
      #expect(outcome.errors.hasSuffix(" (generalised cross-validation)\n"))
      #expect(outcome.errors.filter { $0 == "\n" }.count == 1)
      #expect(Double(outcome.errors.split(separator: " ")[2]) ?? 0 > 1)
      guard format == "csv" else { continue }
      // The zigzag is gone, the slope is there.
      let y = outcome.rows.dropFirst().compactMap { Double($0.split(separator: ",")[1]) }
      #expect(y.count == 40)
      for (i, y) in y.enumerated() { #expect(abs(y - Double(i) / 4) < 0.1) }
    }
  }

  @Test func `JSON holds the lambda, chosen or given, and nothing is told beside it`() throws {
    let workshop = try workshop()
    let chosen = try workshop.run(["render", "p.csv", "--type", "smoothing", "--format", "json"])
    #expect(chosen.errors.isEmpty)
    let document = try JSONSerialization.jsonObject(with: chosen.output) as? [String: Any]
    let lambda = try #require(document?["lambda"] as? Double)
    #expect(lambda > 1)
    #expect(document?["count"] as? Int == 39 * 16 + 1)
    let given = try workshop.run(
      ["render", "p.csv", "--type", "smoothing", "--format", "json", "--lambda", "\(lambda)"])
    #expect(given.errors.isEmpty)
    #expect(given.output == chosen.output)
    let other = try workshop.run(["render", "p.csv", "--type", "cubic", "--format", "json"])
    #expect(!other.text.contains("lambda"))
  }

  @Test func `a given lambda is told nowhere else, and 0 keeps the points`() throws {
    let workshop = try workshop()
    let outcome = try workshop.run(
      ["render", "p.csv", "--type", "smoothing", "--lambda", "0", "--samples-per-segment", "1"])
    #expect(outcome.errors.isEmpty)
    let natural = try workshop.run(
      [
        "render", "p.csv", "--type", "cubic", "--parameterization", "x", "--samples-per-segment", "1",
      ])
    #expect(outcome.text == natural.text)
  }

  @Test func `a JSON input may ask for a lambda`() throws {
    let workshop = try Workshop()
    for (lambda, last) in [("0", 1.5), ("\"auto\"", nil), ("1e300", 1.475)] {
      let outcome = try workshop.run(
        ["render", "--input-format", "json", "--at", "3", "--format", "json"],
        input: "{\"type\":\"smoothing\",\"lambda\":\(lambda),\"points\":[[0,0],[1,0.25],[2,1],[3,1.5]]}")
      #expect(outcome.status == 0 && outcome.errors.isEmpty)
      let document = try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any]
      let points = try #require(document?["points"] as? [[Double]])
      #expect(document?["lambda"] is Double)
      if let last { #expect(abs(points[0][1] - last) < 1e-15, "\(lambda)") }
    }
    try workshop.refuse(
      ["render", "--input-format", "json"], status: 1, saying: ["lambda", "0 (interpolate) or more"],
      input: "{\"type\":\"smoothing\",\"lambda\":-1,\"points\":[[0,0],[1,0.25],[2,1]]}")
    try workshop.refuse(
      ["render", "--input-format", "csv", "--type", "smoothing"], status: 1, saying: ["does not increase"],
      input: "0,0\n1,1\n1,2\n3,3\n")
  }
}
