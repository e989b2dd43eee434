import Foundation
import Testing

/// Polylines by tolerance, from the command line and from JSON.
@Suite struct ToleranceTests {
  /// Half a circle of radius 1, by the classic cubic.
  static let arcs = """
    1,0
    1,0.5522847498307936
    0.5522847498307936,1
    0,1
    -0.5522847498307936,1
    -1,0.5522847498307936
    -1,0

    """

  /// Chords of a circle leave it by 1 − cos(α/2), the cubic itself by 0.00028 at most.
  @Test(arguments: [0.1, 0.01, 0.001]) func `an arc has as few chords as its tolerance allows`(
    tolerance: Double
  )
    throws
  {
    let workshop = try Workshop()
    try workshop.write("arc.csv", Self.arcs)
    let outcome = try workshop.run(["render", "arc.csv", "--type", "bezier", "--tolerance", "\(tolerance)"])
    #expect(outcome.status == 0)
    let points = outcome.rows.dropFirst().map { $0.split(separator: ",").compactMap { Double($0) } }
    for (a, b) in zip(points, points.dropFirst()) {
      let middle = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
      #expect(1 - hypot(middle[0], middle[1]) <= tolerance + 0.0003)
    }
    let fewest = Double.pi / (2 * acos(1 - tolerance))
    #expect(Double(points.count - 1) <= 1.1 * fewest + 2)
    #expect(points.first == [1, 0] && points.last == [-1, 0])
  }

  @Test func `straight lines need their points alone, and JSON says so, too`() throws {
    let workshop = try Workshop()
    try workshop.write("p.csv", "0,0\n1,2\n3,1\n4,4\n")
    let drawn = try workshop.run(["render", "p.csv", "--type", "linear", "--tolerance", "0.1"])
    #expect(drawn.text == "x,y\n0,0\n1,2\n3,1\n4,4\n")
    try workshop.write("p.json", #"{"points":[[0,0],[1,2],[3,1],[4,4]],"type":"linear","tolerance":0.1}"#)
    #expect(try workshop.run(["render", "p.json"]).text == drawn.text)
    // The sampling that is typed wins.
    #expect(try workshop.run(["render", "p.json", "--count", "2"]).text == "x,y\n0,0\n4,4\n")
  }

  @Test(arguments: [
    ("after", "x,y\n0,0\n1,0\n1,2\n3,2\n3,1\n"), ("before", "x,y\n0,0\n0,2\n1,2\n1,1\n3,1\n"),
    ("middle", "x,y\n0,0\n0.5,0\n0.5,2\n2,2\n2,1\n3,1\n"),
  ]) func `steps become their staircase, two points a jump`(step: String, expected: String) throws {
    let workshop = try Workshop()
    try workshop.write("p.csv", "0,0\n1,2\n3,1\n")
    let options = ["--type", "step", "--step", step, "--parameterization", "x", "--tolerance", "0.1"]
    #expect(try workshop.run(["render", "p.csv"] + options).text == expected)
  }

  @Test func `every backend draws the same polyline`() throws {
    let workshop = try Workshop()
    try workshop.write("arc.csv", Self.arcs)
    for format in ["f32", "f64"] {
      let options = ["render", "arc.csv", "--type", "bezier", "--tolerance", "1e-4", "--format", format]
      let native = try workshop.run(options).output
      #expect(native.count > 100)
      let guest = try workshop.run(options + ["--backend", "wasm"])
      if guest.errors.contains("not available") { continue }  // no Wasmtime here
      #expect(guest.output == native)
      #expect(try workshop.run(options + ["--threads", "1"]).output == native)
    }
  }
}
