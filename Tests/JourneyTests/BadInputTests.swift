import Foundation
import Testing

/// What is wrong with files and what they hold: exit status 1, the file and the place named, nothing written.
@Suite struct BadInputTests {
  static let cases: [(name: String, content: String, options: String, words: [String])] = [
    ("empty.csv", "", "", ["empty.csv: line 1"]),
    ("header.csv", "x,y\n", "", ["header.csv: line", "no row"]),
    ("bad.csv", "x,y\n1,2\n3,oops\n", "", ["bad.csv: line 3, column 3", "oops"]),
    ("ragged.csv", "x,y\n1,2\n3\n", "", ["ragged.csv: line 3"]),
    ("words.csv", "a,b\nc,d\n", "", ["words.csv", "no column holds numbers"]),
    ("one.csv", "x,y\n1,2\n", "", ["one.csv", "at least 2 points"]),
    ("gap.csv", "x,y\n1,2\n3,\n4,5\n", "", ["gap.csv", "point 1", "gaps"]),
    ("back.csv", "x,y\n1,2\n3,4\n2,5\n", "--type makima", ["back.csv", "point 2", "sort by x"]),
    ("four.csv", "0,0\n1,1\n2,0\n3,1\n4,0\n", "--type bezier", ["four.csv", "3k + 1"]),
    ("tall.csv", "0,0\n1,1e300\n2,0\n", "--dtype f32", ["tall.csv", "f64"]),
    ("empty.json", "", "", ["empty.json: line 1, column 1"]),
    ("cut.json", "{\"points\":[[0,0],[1", "", ["cut.json: line 1"]),
    ("lines.json", "{\"points\":[[0,0],\n[1,x]]}", "", ["lines.json: line 2, column 4"]),
    ("none.json", "{\"type\":\"linear\"}", "", ["none.json", "points"]),
    ("prices.json", "{\"prices\":[1,2]}", "", ["prices.json", "points"]),
    ("alpha.json", "{\"points\":[[0,0],[1,1]],\"alpha\":2}", "", ["alpha.json", "alpha"]),
    ("text.json", "{\"points\":[[0,0],[1,1]],\"alpha\":\"1\"}", "", ["text.json: alpha", "number"]),
    ("name.json", "{\"points\":[[0,0],[1,1]],\"aplha\":0}", "", ["name.json", "did you mean \"alpha\""]),
    (
      "other.json", "{\"points\":[[0,0],[1,1]],\"qqqqqqqq\":0}", "",
      ["unknown member \"qqqqqqqq\": choose one of type, "]
    ),
    ("hyphen.json", "{\"points\":[[0,0],[1,1]],\"samples-per-segment\":2}", "", ["\"samplesPerSegment\""]),
    ("named.csv", "x,y\n0,0\n1,2\n", "--type hermite", ["named.csv", "0 tangent columns", "tx,ty"]),
    (
      "far.csv", "0,0\n1e300,2\n2e300,1\n3e300,5\n", "--type smoothing",
      ["lambda cannot be chosen", "scale", "give a number"]
    ),
    (
      "few.json", "{\"points\":[[0,0],[1,1]],\"type\":\"nurbs\"}", "",
      ["few.json: nurbs needs at least 4 points, got 2"]
    ),
    (
      "kind.json", "{\"points\":[[0,0],[1,1]],\"type\":\"nurb\"}", "",
      ["kind.json: type", "did you mean nurbs?"]
    ),
    (
      "degree.json", "{\"points\":[[0,0],[1,1]],\"type\":\"b-spline\",\"degree\":6}", "",
      ["degree", "1 to 5"]
    ),
    (
      "who.json", "{\"points\":[[0,0],[1,1]],\"source\":\"classical\"}", "",
      ["source does not belong to render"]
    ),
    ("command.json", "{\"points\":[[0,0],[1,1]],\"horizon\":6}", "", ["horizon does not belong to render"]),
    ("foreign.json", "{\"points\":[[0,0],[1,1]],\"type\":\"linear\",\"alpha\":1}", "", ["alpha", "linear"]),
    ("two.json", "{\"points\":[[0,0],[1,1]],\"count\":3,\"at\":[0]}", "", ["two samplings"]),
    ("count.json", "{\"points\":[[0,0],[1,1]],\"count\":1}", "", ["count.json: count", "2 to"]),
    ("half.json", "{\"points\":[[0,0],[1,1]],\"count\":2.5}", "", ["half.json: count", "whole"]),
    ("at.json", "{\"points\":[[0,0],[1,1]],\"at\":[0,2]}", "", ["at.json", "parameter 1", "outside"]),
    ("closed.json", "{\"points\":[[0,0],[1,1]],\"closed\":1}", "", ["closed.json: closed", "true or false"]),
    ("tangents.json", "{\"points\":[[0,0],[1,1]],\"type\":\"hermite\"}", "", ["tangents"]),
    ("bytes.f32", "abc", "", ["bytes.f32", "left over"]),
    ("empty.f64", "", "", ["empty.f64", "no point"]),
    ("no.npy", "hello", "", ["no.npy: byte", "not an NPY file"]),
    ("cut.npy", "\u{93}NUMPY", "", ["cut.npy"]),
  ]

  @Test(arguments: cases)
  func `bad input is refused with its place`(name: String, content: String, options: String, words: [String])
    throws
  {
    let workshop = try Workshop()
    try workshop.write(name, content)
    let arguments = ["render", name, "-o", "out.csv"] + options.split(separator: " ").map(String.init)
    try workshop.refuse(arguments, status: 1, saying: words)
  }

  @Test func `a truncated NPY file is refused with the bytes it has`() throws {
    let workshop = try Workshop()
    try workshop.write("p.csv", "0,0\n1,2\n3,1\n")
    #expect(try workshop.run(["render", "p.csv", "-o", "p.npy"]).status == 0)
    try workshop.write("cut.npy", try workshop.read("p.npy").dropLast(5))
    try workshop.refuse(
      ["render", "cut.npy", "-o", "out.f32"], status: 1, saying: ["cut.npy: byte", "259 of 264 bytes"])
  }

  @Test func `missing files and folders are told apart`() throws {
    let workshop = try Workshop()
    try workshop.refuse(["render", "none.csv"], status: 1, saying: ["none.csv", "no such file"])
    try workshop.refuse(["render", "."], status: 1, saying: [".: this is a folder"])
    try workshop.refuse(["render", "none/none.csv"], status: 1, saying: ["none/none.csv"])
    try workshop.write("p.csv", "0,0\n1,2\n")
    try workshop.refuse(["render", "p.csv", "--at", "@none.json"], status: 1, saying: ["none.json"])
    try workshop.write("bad.json", "{\"a\":1}")
    try workshop.refuse(["render", "p.csv", "--at", "@bad.json"], status: 1, saying: ["bad.json", "array"])
    try workshop.refuse(["render", "p.csv/p.csv"], status: 1, saying: ["not a folder"])
  }

  @Test func `names with line breaks stay on one line`() throws {
    let workshop = try Workshop()
    try workshop.refuse(["render", "a\nb.csv"], status: 1, saying: ["a\\nb.csv"])
  }
}
