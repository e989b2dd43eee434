import Foundation
import Testing

/// A curve's points in, its measures out, as JSON.
@Suite struct MeasureTests {
  static let square = "x,y\n0,0\n3,4\n3,8\n"

  private func object(_ outcome: Workshop.Outcome) throws -> [String: Any] {
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.isEmpty)
    return try #require(try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any])
  }

  @Test func `length, box and segments are one line of JSON`() throws {
    let workshop = try Workshop()
    try workshop.write("p.csv", Self.square)
    let expected = "{\"length\":9,\"boundingBox\":{\"min\":[0,0],\"max\":[3,8]},\"segments\":2}\n"
    #expect(try workshop.run(["measure", "p.csv", "--type", "linear"]).text == expected)
    #expect(try workshop.run(["measure", "--type", "linear"], input: Self.square).text == expected)
    let written = try workshop.run(["measure", "p.csv", "--type=linear", "-o", "m.json"])
    #expect(written.status == 0 && written.output.isEmpty)
    #expect(String(decoding: try workshop.read("m.json"), as: UTF8.self) == expected)
    #expect(workshop.names == ["p.csv", "m.json"])
  }

  @Test func `at asks for positions, tangents and curvature, nearest for a point`() throws {
    let workshop = try Workshop()
    try workshop.write("p.csv", Self.square)
    let found = try object(
      workshop.run(["measure", "p.csv", "--type", "linear", "--at", "0.5,1,2", "--nearest", "5,6"]))
    #expect(found["position"] as? [[Double]] == [[1.5, 2], [3, 4], [3, 8]])
    #expect(found["tangent"] as? [[Double]] == [[0.6, 0.8], [0, 1], [0, 1]])
    #expect(found["curvature"] as? [Double] == [0, 0, 0])
    #expect(found["point"] as? [Double] == [3, 6])
    #expect(found["parameter"] as? Double == 1.5)
    #expect(found["distance"] as? Double == 2)
  }

  @Test func `a quarter circle has radius 1 all along`() throws {
    let workshop = try Workshop()
    let found = try object(
      workshop.run(
        ["measure", "--type=nurbs", "--degree=2", "--weights=1,0.7071067811865476,1", "--at=0,0.25,1"],
        input: "1,0\n1,1\n0,1\n"))
    #expect(abs(try #require(found["length"] as? Double) - .pi / 2) < 1e-15)
    for curvature in try #require(found["curvature"] as? [Double]) { #expect(abs(curvature - 1) < 1e-13) }
  }

  @Test func `there is no curvature at a cusp and on a point, and nothing in a gap`() throws {
    let workshop = try Workshop()
    let cusp = try object(
      workshop.run(["measure", "--type", "bezier", "--at", "0.5"], input: "0,0\n100,100\n0,100\n100,0\n"))
    #expect((cusp["curvature"] as? [Any])?.first is NSNull)
    #expect(cusp["tangent"] as? [[Double]] == [[0, -1]])
    let point = try object(workshop.run(["measure", "--at", "0.5"], input: "5,5\n5,5\n"))
    #expect(point["length"] as? Double == 0)
    #expect((point["curvature"] as? [Any])?.first is NSNull)
    let gap = try workshop.run(
      ["measure", "--type=linear", "--gaps", "break", "--at", "0,2"], input: "x,y\n0,0\n1,0\n,\n5,0\n9,0\n")
    #expect(gap.text.contains("\"length\":5,"))
    #expect(gap.text.contains("\"position\":[[0,0],null],\"tangent\":[[1,0],null],\"curvature\":[0,null]"))
  }

  @Test func `a JSON input carries options, the command line's win`() throws {
    let workshop = try Workshop()
    try workshop.write(
      "p.json", #"{"points":[[0,0],[3,4],[3,8]],"type":"linear","closed":true,"at":[0.5],"nearest":[9,0]}"#)
    let found = try object(workshop.run(["measure", "p.json", "--nearest", "0,0", "--closed=false"]))
    #expect(found["length"] as? Double == 9)
    #expect(found["position"] as? [[Double]] == [[1.5, 2]])
    #expect(found["distance"] as? Double == 0)
    try workshop.write("q.json", #"{"points":[[0,0],[1,1]],"count":5}"#)
    try workshop.refuse(["measure", "q.json"], status: 1, saying: ["q.json: count", "measure"])
  }

  @Test func `coordinates of 1e300 are measured, lengths beyond the range refused`() throws {
    let workshop = try Workshop()
    let found = try object(
      workshop.run(["measure", "--nearest", "0,0"], input: "3e300,0\n0,4e300\n"))
    #expect(abs(try #require(found["length"] as? Double) / 5e300 - 1) < 1e-15)
    #expect(abs(try #require(found["distance"] as? Double) / 2.4e300 - 1) < 1e-14)
    try workshop.refuse(
      ["measure", "--type=linear"], status: 1, saying: ["standard input", "range of f64", "scale"],
      input: "8e307,0\n-8e307,0\n8e307,0\n")
  }

  @Test(arguments: [
    ("measure p.csv --count 5", ["--count", "does not belong to measure"]),
    ("measure p.csv --spacing arc-length", ["--spacing", "measure"]),
    ("measure p.csv --at 5", ["--at", "parameter 0 (5)", "give 0 to 2"]),
    ("measure p.csv --at x", ["--at", "numbers"]),
    ("measure p.csv --nearest 1", ["--nearest has 1 numbers", "give 2", "p.csv"]),
    ("measure p.csv --nearest 1,x", ["--nearest", "numbers"]),
    ("measure p.csv --format csv", ["--format", "json"]),
    ("measure p.csv -o m.csv", ["m.csv", "json"]),
    ("measure p.csv q.csv", ["q.csv", "one input"]),
    ("measure p.csv --neerest 1,1", ["did you mean --nearest"]),
    ("measure p.csv --type cubic --alpha 1", ["--alpha", "cubic"]),
  ]) func `wrong usage is told`(line: String, words: [String]) throws {
    let workshop = try Workshop()
    try workshop.write("p.csv", Self.square)
    try workshop.refuse(line.split(separator: " ").map(String.init), status: 2, saying: words)
  }

  @Test func `render spaces points evenly along the curve`() throws {
    let workshop = try Workshop()
    try workshop.write("p.csv", "x,y\n0,0\n4,0\n4,8\n")
    let (ask, even) = (["render", "p.csv", "--type=linear", "--count", "4"], "x,y\n0,0\n4,0\n4,4\n4,8\n")
    #expect(try workshop.run(ask + ["--spacing", "arc-length"]).text == even)
    #expect(try workshop.run(ask + ["--spacing", "parameter"]).text == workshop.run(ask).text)
    #expect(try workshop.run(ask).text != even)
    let step = try workshop.run(["render", "p.csv", "--type", "step", "--count=13", "--spacing=arc-length"])
    #expect(step.rows[2] == "1,0" && step.rows[12] == "4,7" && step.rows.count == 14)
    let options = "\"type\":\"linear\",\"count\":4,\"spacing\":\"arc-length\""
    try workshop.write("p.json", "{\"points\":[[0,0],[4,0],[4,8]],\(options)}")
    #expect(try workshop.run(["render", "p.json"]).text == even)
    try workshop.refuse(ask + ["--spacing", "even"], status: 2, saying: ["--spacing", "arc-length"])
  }
}
