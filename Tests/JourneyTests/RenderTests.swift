import Foundation
import Testing

/// Points in, samples out, through every format and way of asking.
@Suite struct RenderTests {
  /// The classic Catmull-Rom curve through these, worked out by hand at u = 1/2: (−P0 + 9 P1 + 9 P2 − P3)/16.
  static let points = "x,y\n0,0\n1,2\n3,1\n4,4\n"
  static let middle = "2,1.4375"

  @Test func `CSV comes out with a header and the shortest digits`() throws {
    let workshop = try Workshop()
    try workshop.write("p.csv", Self.points)
    let outcome = try workshop.run(["render", "p.csv", "--samples-per-segment", "2"])
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    #expect(outcome.rows.first == "x,y")
    #expect(outcome.rows.count == 8)
    #expect(outcome.rows[4] == Self.middle)
  }

  @Test(arguments: [["render"], ["render", "-"], ["render", "-", "-o", "-"], ["render", "--", "-"]])
  func `standard input is CSV unless told`(arguments: [String]) throws {
    let workshop = try Workshop()
    let outcome = try workshop.run(arguments, input: Self.points)
    #expect(outcome.status == 0)
    #expect(outcome.rows.count == 50)
    let json = try workshop.run(
      ["render", "--input-format=json", "--at=1.5"], input: "[[0,0],[1,2],[3,1],[4,4]]")
    #expect(json.text == "x,y\n\(Self.middle)\n")
  }

  @Test func `every format holds the same points`() throws {
    let workshop = try Workshop()
    try workshop.write("p.csv", Self.points)
    for name in ["o.f32", "o.f64", "o.npy", "o.csv", "o.json"] {
      let outcome = try workshop.run(["render", "p.csv", "--type", "linear", "--count", "4", "-o", name])
      #expect(outcome.status == 0)
      #expect(outcome.output.isEmpty && outcome.errors.isEmpty)
    }
    let expected: [Float] = [0, 0, 1, 2, 3, 1, 4, 4]
    #expect(floats(try workshop.read("o.f32")) == expected)
    #expect(doubles(try workshop.read("o.f64")) == expected.map(Double.init))
    #expect(floats(try workshop.read("o.npy").suffix(32)) == expected)
    #expect(String(decoding: try workshop.read("o.csv"), as: UTF8.self) == Self.points)
    #expect(
      String(decoding: try workshop.read("o.json"), as: UTF8.self)
        == "{\"count\":4,\"dimensions\":2,\"points\":[[0,0],[1,2],[3,1],[4,4]]}\n")
    for name in ["o.f32", "o.f64", "o.npy", "o.csv", "o.json"] {
      let again = try workshop.run(["render", name, "--samples-per-segment", "1", "--type=linear"])
      #expect(again.text == Self.points, "\(name)")
    }
    #expect(workshop.names == ["p.csv", "o.f32", "o.f64", "o.npy", "o.csv", "o.json"])
  }

  @Test func `the numbers of npy, csv and json are chosen by dtype`() throws {
    let workshop = try Workshop()
    try workshop.write("p.csv", "0,0\n1,0.1\n")
    let csv = try workshop.run(["render", "p.csv", "--at", "0.3", "--type=linear"])
    #expect(csv.text == "x,y\n0.3,0.03\n")
    let narrow = try workshop.run(["render", "p.csv", "--at", "0.1", "--type=linear", "--dtype", "f32"])
    #expect(narrow.text == "x,y\n0.1,0.010000001\n" || narrow.text == "x,y\n0.1,0.01\n")
    let npy = try workshop.run(["render", "p.csv", "--count=2", "--format", "npy", "--dtype=f64"])
    #expect(npy.output.count == 128 + 32)
    #expect(npy.text.contains("<f8"))
    let wide = try workshop.run(["render", "p.csv", "--count=2", "-o", "p.dat", "--format=f64"])
    #expect(wide.status == 0)
    #expect(try workshop.read("p.dat").count == 32)
  }

  @Test func `options in a JSON input count, and the command line wins`() throws {
    let workshop = try Workshop()
    try workshop.write(
      "p.json",
      """
      {"type":"cardinal","tension":1,"count":3,"closed":false,"dtype":"f32","points":[[0,0],[1,2],[3,1]]}
      """)
    #expect(try workshop.run(["render", "p.json"]).text == "x,y\n0,0\n1,2\n3,1\n")
    #expect(try workshop.run(["render", "p.json", "--at", "1"]).text == "x,y\n1,2\n")
    let linear = try workshop.run(["render", "p.json", "--type", "linear", "--samples-per-segment", "2"])
    #expect(linear.text == "x,y\n0,0\n0.5,1\n1,2\n2,1.5\n3,1\n")
    let loose = try workshop.run(["render", "p.json", "--tension", "0", "--at", "0.5"])
    #expect(loose.text == "x,y\n0.375,1.0625\n")
    #expect(try workshop.run(["render", "p.json", "-o", "o.f64"]).status == 0)
    #expect(try workshop.read("o.f64").count == 48)
  }

  @Test func `typed slopes go with a boundary in the JSON input`() throws {
    let workshop = try Workshop()
    try workshop.write("p.json", "{\"points\":[[0,0],[1,0]],\"boundary\":\"clamped\",\"type\":\"cubic\"}")
    let ask = ["render", "p.json", "--type=cubic", "--slopes", "1,1;1,-1", "--at", "0.5"]
    #expect(try workshop.run(ask).text == "x,y\n0.5,0.25\n")
  }

  @Test func `a JSON result can be read again, its stated dimensions being true`() throws {
    let workshop = try Workshop()
    try workshop.write("p.json", "{\"count\":2,\"dimensions\":2,\"points\":[[0,0],[1,3]]}")
    #expect(try workshop.run(["render", "p.json"]).text == "x,y\n0,0\n1,3\n")
    try workshop.write("q.json", "{\"dimensions\":3,\"points\":[[0,0],[1,3]]}")
    try workshop.refuse(["render", "q.json"], status: 1, saying: ["q.json: dimensions"])
  }

  @Test func `tangents come by option, JSON, CSV columns, NPY and raw rows`() throws {
    let workshop = try Workshop()
    let expected = "x,y\n0.5,0.25\n"
    let ask = ["--type", "hermite", "--at", "0.5"]
    try workshop.write("p.csv", "0,0\n1,0\n")
    try workshop.write("t.csv", "tx,ty,x,y\n1,1,0,0\n1,-1,1,0\n")
    try workshop.write(
      "p.json", "{\"points\":[[0,0],[1,0]],\"tangents\":[[1,1],[1,-1]],\"type\":\"hermite\"}")
    try workshop.write("t.json", "[[1,1],[1,-1]]")
    try workshop.write("p.f32", bytes([0, 0, 1, 1, 1, 0, 1, -1]))
    for (name, options) in [
      ("p.csv", ["--tangents", "1,1;1,-1"]), ("p.csv", ["--tangents=@t.json"]), ("t.csv", []), ("p.json", []),
      ("p.f32", []),
    ] {
      let outcome = try workshop.run(["render", name] + options + ask)
      #expect(outcome.text == expected, "\(name) \(outcome.errors)")
    }
  }

  @Test func `gaps break the curve where asked`() throws {
    let workshop = try Workshop()
    try workshop.write("p.csv", "x,y\n0,0\n1,1\n,\n5,5\n6,6\n")
    let ask = ["render", "p.csv", "--type=linear", "--samples-per-segment=1", "--gaps", "break"]
    #expect(try workshop.run(ask).text == "x,y\n0,0\n1,1\n,\n5,5\n6,6\n")
    let binary = floats(try workshop.run(ask + ["--format", "f32"]).output)
    #expect(binary.map(\.bitPattern)[4...5] == [0x7FC0_0000, 0x7FC0_0000])
  }

  @Test func `closed curves end where they began`() throws {
    let workshop = try Workshop()
    for flag in [["--closed"], ["--closed=true"], ["--closed", "true"]] {
      let outcome = try workshop.run(
        ["render"] + flag + ["--samples-per-segment=1"], input: "0,0\n1,0\n0,1\n")
      #expect(outcome.text == "x,y\n0,0\n1,0\n0,1\n0,0\n")
    }
    let open = try workshop.run(
      ["render", "--closed", "false", "--samples-per-segment=1"], input: "0,0\n1,0\n0,1\n")
    #expect(open.rows.count == 4)
  }

  @Test func `derivatives are per unit of the parameter`() throws {
    let workshop = try Workshop()
    let ask = ["render", "--type=linear", "--at=0.5", "--derivative"]
    #expect(try workshop.run(ask + ["1"], input: "0,0\n1,2\n").text == "x,y\n1,2\n")
    #expect(try workshop.run(ask + ["2"], input: "0,0\n1,2\n").text == "x,y\n0,0\n")
  }

  @Test func `real prices by columns, the same bytes for every thread count`() throws {
    let workshop = try Workshop()
    let data = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Data/sp500-1999.csv").path
    var results: Set<Data> = []
    for threads in ["1", "2", "5"] {
      let outcome = try workshop.run([
        "render", data, "--columns", "date,price", "--alpha", "0.5", "--count", "100000", "--threads",
        threads,
        "--format", "f32",
      ])
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output.count == 800_000)
      results.insert(outcome.output)
    }
    #expect(results.count == 1)
    let last = try workshop.run(["render", data, "--column", "price", "--at", "0,249"])
    #expect(last.text == "x\n1228.099976\n1463.459961\n", "\(last.text)")
  }
}
