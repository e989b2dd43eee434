import CurveRequests
import Foundation
import Testing

@testable import CatenaryCLI

/// A curve's points in, the points beyond its last out.
@Suite struct PredictTests {
  static let points = "x,y\n0,0\n1,2\n3,1\n"

  @Test func `numbers whose squares are too large go on like any others`() throws {
    let workshop = try Workshop()
    try workshop.write("p.csv", "0,0\n1e160,1e160\n2e160,-1e160\n3e160,5e160\n")
    for options in [[], ["--parameterization", "x"]] {
      let outcome = try workshop.run(
        ["predict", "p.csv", "--type", "linear", "--horizon", "1", "--format", "f64"] + options)
      #expect(doubles(outcome.output).map { ($0 / 1e159).rounded() } == [40, 110])
    }
  }

  @Test func `standard output is JSON, a hundred points unless told`() throws {
    let workshop = try Workshop()
    try workshop.write("p.csv", Self.points)
    let outcome = try workshop.run(["predict", "p.csv", "--horizon", "2"])
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    #expect(outcome.text == "{\"predicted\":[[5,0],[7,-1]],\"count\":2}\n")
    let all = try JSONSerialization.jsonObject(with: try workshop.run(["predict", "p.csv"]).output)
    let object = try #require(all as? [String: Any])
    #expect(object["count"] as? Int == 100)
    #expect((object["predicted"] as? [[Double]])?.last == [203, -99])
    #expect(object.count == 2)
  }

  @Test(arguments: [["predict"], ["predict", "-"], ["predict", "-", "-o", "-"]])
  func `standard input is CSV unless told`(arguments: [String]) throws {
    let workshop = try Workshop()
    let outcome = try workshop.run(arguments + ["--horizon=1"], input: Self.points)
    #expect(outcome.text == "{\"predicted\":[[5,0]],\"count\":1}\n")
    let json = try workshop.run(
      arguments + ["--input-format", "json", "--format=csv"], input: "{\"path\":[1,2,4],\"horizon\":2}")
    #expect(json.text == "x\n6\n8\n")
  }

  @Test func `every point format holds the same points`() throws {
    let workshop = try Workshop()
    try workshop.write("p.csv", Self.points)
    let names = ["o.f32", "o.f64", "o.npy", "o.csv", "o.json"]
    for name in names {
      let outcome = try workshop.run(["predict", "p.csv", "--horizon", "3", "-o", name])
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output.isEmpty && outcome.errors.isEmpty)
    }
    let expected: [Float] = [5, 0, 7, -1, 9, -2]
    #expect(floats(try workshop.read("o.f32")) == expected)
    #expect(doubles(try workshop.read("o.f64")) == expected.map(Double.init))
    #expect(floats(try workshop.read("o.npy").suffix(24)) == expected)
    #expect(String(decoding: try workshop.read("o.csv"), as: UTF8.self) == "x,y\n5,0\n7,-1\n9,-2\n")
    #expect(
      String(decoding: try workshop.read("o.json"), as: UTF8.self)
        == "{\"predicted\":[[5,0],[7,-1],[9,-2]],\"count\":3}\n")
    #expect(workshop.names == Set(names + ["p.csv"]))
  }

  /// By hand: the natural spline through 0, 2, 1 ends with slope −7/4 a step; the parabola through them is next at −3; and
  /// steps of 8, 4, 2 are halved on.
  @Test func `each extrapolation has its own way`() throws {
    let workshop = try Workshop()
    try workshop.write("p.csv", "0\n2\n1\n")
    func predict(_ options: String...) throws -> String {
      try workshop.run(["predict", "p.csv", "--horizon=2", "--format", "csv", "--dtype", "f32"] + options)
        .text
    }
    #expect(try predict("--type", "cubic") == "x\n-0.75\n-2.5\n")
    #expect(try predict("--type", "cubic", "--extrapolation", "curve") == "x\n-0.75\n-2.5\n")
    #expect(try predict("--type", "cubic", "--extrapolation", "linear") == "x\n0\n-1\n")
    #expect(try predict("--type", "cubic", "--extrapolation", "spline") == "x\n-3\n-10\n")
    #expect(try predict("--type", "cubic", "--closed") == "x\n0\n2\n")
    #expect(try predict("--type", "step") == "x\n1\n1\n")
    try workshop.write("p.csv", "0\n8\n12\n14\n")
    #expect(try predict("--type", "cubic", "--extrapolation=damped") == "x\n15\n15.5\n")
  }

  @Test func `a line goes on along itself for every type and extrapolation`() throws {
    let workshop = try Workshop()
    try workshop.write("p.csv", (0..<13).map { "\($0),\(3 - 2 * $0)\n" }.joined())
    for kind in KindName.allCases where ![.step, .hermite].contains(kind) {
      for way in ["curve", "linear", "spline", "damped"] {
        let outcome = try workshop.run([
          "predict", "p.csv", "--type", kind.rawValue, "--extrapolation", way, "--horizon", "2",
        ])
        #expect(
          outcome.text.hasPrefix("{\"predicted\":[[13,-23],[14,-25]],\"count\":2"),
          "\(kind) \(way) \(outcome.errors)")
      }
    }
  }

  @Test func `options in a JSON input count, and the command line wins`() throws {
    let workshop = try Workshop()
    try workshop.write(
      "p.json",
      """
      {"path":[{"x":0,"y":0},{"x":1,"y":2},{"x":3,"y":1}],"type":"step","parameterization":"x",
       "horizon":1,"extrapolation":"curve","dtype":"f64"}
      """)
    #expect(try workshop.run(["predict", "p.json"]).text == "{\"predicted\":[[5,1]],\"count\":1}\n")
    #expect(
      try workshop.run(["predict", "p.json", "--extrapolation", "linear", "--horizon", "2"]).text
        == "{\"predicted\":[[5,0],[7,-1]],\"count\":2}\n")
    #expect(
      try workshop.run(["predict", "p.json", "--type=linear"]).text == "{\"predicted\":[[5,0]],\"count\":1}\n"
    )
  }

  @Test func `a rendering's JSON can be continued`() throws {
    let workshop = try Workshop()
    try workshop.write("p.csv", Self.points)
    let ask = ["render", "p.csv", "--type", "linear", "--samples-per-segment", "2", "-o", "r.json"]
    #expect(try workshop.run(ask).status == 0)
    #expect(
      try workshop.run(["predict", "r.json", "--horizon=1"]).text == "{\"predicted\":[[4,0.5]],\"count\":1}\n"
    )
    try workshop.write("p.json", "{\"count\":9,\"dimensions\":2,\"points\":[[0,0],[1,3]]}")
    try workshop.refuse(["predict", "p.json"], status: 1, saying: ["p.json: count", "predict"])
  }

  @Test func `behind a gap the last piece goes on`() throws {
    let workshop = try Workshop()
    try workshop.write("p.csv", "0,9\n1,5\n,\n3,2\n4,4\n,\n")
    let ask = ["predict", "p.csv", "--horizon", "2", "--format=csv"]
    #expect(try workshop.run(ask + ["--gaps", "break"]).text == "x,y\n5,6\n6,8\n")
    try workshop.refuse(ask, status: 1, saying: ["p.csv", "point 2", "gaps"])
    try workshop.write("p.csv", "0,9\n1,5\n,\n3,2\n")
    try workshop.refuse(ask + ["--gaps=break"], status: 1, saying: ["p.csv: point 3 stands alone"])
  }

  static let wrong: [(arguments: String, status: Int32, words: [String])] = [
    ("predict p.csv --horizon 0", 2, ["--horizon", "1 to 1000000"]),
    ("predict p.csv --horizon 1000001", 2, ["--horizon", "1 to 1000000"]),
    ("predict p.csv --horizon 2.5", 2, ["--horizon", "whole number"]),
    ("predict p.csv --extrapolation forecast", 2, ["--extrapolation", "curve, linear, spline, damped"]),
    ("predict p.csv --samples-per-segment 3", 2, ["--samples-per-segment does not belong to predict"]),
    ("predict p.csv --count 3", 2, ["--count does not belong to predict"]),
    ("predict p.csv --at 3", 2, ["--at does not belong to predict"]),
    ("predict p.csv --tolerance 3", 2, ["--tolerance does not belong to predict"]),
    ("predict p.csv --spacing parameter", 2, ["--spacing does not belong to predict"]),
    ("predict p.csv --derivative 1", 2, ["--derivative does not belong to predict"]),
    ("predict p.csv --width 8", 2, ["--width does not belong to predict"]),
    ("predict p.csv --horizn 8", 2, ["--horizn", "did you mean --horizon"]),
    ("render p.csv --horizon 8", 2, ["--horizon does not belong to render"]),
    ("predict p.csv q.csv", 2, ["q.csv", "predict takes one input"]),
    ("predict p.csv -o o.svg", 2, ["svg"]),
    ("predict p.csv --format png", 2, ["png"]),
    ("predict p.csv -o o.f32 --dtype f64", 2, ["--dtype f64", "f32"]),
    ("predict p.csv --alpha 2", 2, ["--alpha", "0 (uniform) to 1"]),
    ("predict p.csv --type cubic --alpha 1", 2, ["--alpha", "cubic", "catmull-rom"]),
    ("predict p.csv --type cubic --slopes 1,0;0,1", 2, ["--slopes", "clamped"]),
    ("predict missing.csv", 1, ["missing.csv"]),
    ("predict none.csv", 1, ["none.csv"]),
    ("predict one.csv", 1, ["one.csv", "at least 2 points"]),
    ("predict horizon.json", 1, ["horizon.json: horizon", "1 to 1000000"]),
    ("predict way.json", 1, ["way.json: extrapolation", "curve, linear, spline, damped"]),
    ("predict count.json", 1, ["count.json: count does not belong to predict"]),
    ("predict bogus.json", 1, ["bogus.json", "did you mean \"horizon\""]),
    ("predict prices.json", 1, ["prices.json", "not for predict"]),
    ("predict far.csv", 1, ["far.csv: predicted point 8 leaves the range of f64", "horizon"]),
    ("predict far.csv --horizon 90", 2, ["--horizon", "predicted point 8 leaves the range of f64"]),
  ]

  @Test(arguments: wrong) func `what cannot be is refused in one line`(
    arguments: String, status: Int32, words: [String]
  ) throws {
    let workshop = try Workshop()
    try workshop.write("p.csv", Self.points)
    try workshop.write("none.csv", "")
    try workshop.write("one.csv", "1,2\n")
    try workshop.write("far.csv", "0\n2e307\n")
    try workshop.write("horizon.json", "{\"points\":[1,2],\"horizon\":0}")
    try workshop.write("way.json", "{\"points\":[1,2],\"extrapolation\":\"arima\"}")
    try workshop.write("count.json", "{\"points\":[1,2],\"count\":2}")
    try workshop.write("bogus.json", "{\"points\":[1,2],\"horizen\":2}")
    try workshop.write("prices.json", "{\"prices\":[1,2]}")
    try workshop.refuse(arguments.split(separator: " ").map(String.init), status: status, saying: words)
  }

  @Test func `a million points come out whole`() throws {
    let workshop = try Workshop()
    try workshop.write("p.csv", Self.points)
    let outcome = try workshop.run(["predict", "p.csv", "--horizon", "1000000", "--format", "f64"])
    let numbers = doubles(outcome.output.suffix(16))
    #expect(outcome.output.count == 16_000_000)
    #expect(numbers == [2_000_003, -999_999])
  }

  @Test func `the help says that it forecasts nothing, and how each way goes on`() throws {
    let text = try Workshop().run(["predict", "--help"]).text
    #expect(text.contains("It continues a shape and forecasts nothing"))
    for option in RenderOption.allCases {
      #expect(
        text.contains("\n  \(option.flag) ") == option.belongs(to: "predict") || option.isFlag, "\(option)")
    }
    for word in [
      "curve (default):", "linear: P(n)", "spline: P(n)", "damped: P(n)", "Gardner & McKenzie 1985",
    ] {
      #expect(text.contains(word))
    }
    for line in text.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
  }
}
