import Foundation
import Testing

/// Prices in every form that they can have, and in none that they should.
@Suite struct DetectInputTests {
  static let line = DetectTests.line
  static let jump = DetectTests.jump

  /// Numbers as little-endian bytes.
  static func raw(_ values: [Double]) -> Data {
    values.reduce(into: Data()) { data, value in
      for shift in 0..<8 { data.append(UInt8(truncatingIfNeeded: value.bitPattern >> UInt64(8 * shift))) }
    }
  }

  /// An NPY file of Doubles.
  static func npy(_ values: [Double], shape: String) -> Data {
    let words = "{'descr': '<f8', 'fortran_order': False, 'shape': (\(shape)), }"
    let padding = String(repeating: " ", count: 117 - words.count) + "\n"
    return Data([0x93] + "NUMPY".utf8 + [1, 0, 118, 0]) + Data((words + padding).utf8) + raw(values)
  }

  static let pairs = zip(line, jump).flatMap { [$0, $1] }

  func results(_ data: Data) throws -> [[String: Any]] {
    let object = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    return try #require(object?["results"] as? [[String: Any]])
  }

  func patterns(_ workshop: Workshop, _ arguments: [String]) throws -> [String] {
    let outcome = try workshop.run(["detect"] + arguments)
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(arguments): \(outcome.errors)")
    return try results(outcome.output).compactMap { $0["pattern"] as? String }
  }

  @Test func `each column of an array, of raw rows, of a table is a series, in order`() throws {
    let workshop = try Workshop()
    try workshop.write("p.npy", Self.npy(Self.pairs, shape: "60, 2"))
    try workshop.write("p.f64", Self.raw(Self.pairs))
    try workshop.write("p.f32", bytes(Self.pairs.map { Float($0) }))
    let rows = zip(Self.line, Self.jump).map { "\($0);\($1)\r\n" }
    try workshop.write("p.csv", "\u{FEFF}rise;jump\r\n" + rows.joined())
    let both = ["linear", "step"]
    #expect(try patterns(workshop, ["p.npy"]) == both)
    #expect(try patterns(workshop, ["p.f64", "--dimensions", "2"]) == both)
    #expect(try patterns(workshop, ["p.f32", "--dimensions=2"]) == both)
    #expect(try patterns(workshop, ["p.csv", "--column", "all"]) == both)
    #expect(try patterns(workshop, ["p.csv", "--columns", "2,rise"]) == both.reversed())
    let answer = try workshop.run(["detect", "p.npy"]).output
    #expect(try workshop.run(["detect", "p.f64", "--dimensions", "2"]).output == answer)
    #expect(try workshop.run(["detect", "p.csv", "--column", "all"]).output == answer)
  }

  @Test func `one dimension of an array, a bare list, and what comes through a pipe are one series`() throws {
    let workshop = try Workshop()
    try workshop.write("p.json", "{\"prices\":\(Self.line)}")
    try workshop.write("p.npy", Self.npy(Self.line, shape: "60,"))
    try workshop.write("list.json", "\(Self.line)")
    try workshop.write("column.csv", Self.line.map { "\($0)\n" }.joined())
    let answer = try workshop.run(["detect", "p.json"]).output
    for name in ["p.npy", "list.json", "column.csv"] {
      #expect(try workshop.run(["detect", name]).output == answer, "\(name)")
    }
    let piped = try workshop.run(["detect"], input: Self.line.map { "\($0)\n" }.joined())
    #expect(piped.output == answer)
    let text = try workshop.run(
      ["detect", "-", "--input-format", "json"], input: "{\"prices\":\(Self.line)}")
    #expect(text.output == answer)
  }

  @Test func `the last numeric column is the prices'`() throws {
    let workshop = try Workshop()
    let rows = zip(Self.jump, Self.line).map { "2024-01-01,\($0),\($1),text\n" }
    try workshop.write("p.csv", "day,low,high,note\n" + rows.joined())
    let last = try workshop.run(["detect", "p.csv", "--format", "csv"])
    #expect(last.text.contains(",linear,") && last.rows.count == 2)
    #expect(
      try workshop.run(["detect", "p.csv", "--column", "low", "--format", "csv"]).text.contains(",step,"))
  }

  @Test func `null, an empty cell, an empty row and NaN are missing prices`() throws {
    let workshop = try Workshop()
    var (values, words) = (Self.line, Self.line.map { "\($0)" })
    for hole in [7, 8, 30] { (values[hole], words[hole]) = (.nan, "") }
    try workshop.write("p.csv", "day,price\n" + words.map { "2024-01-01,\($0)\n" }.joined())
    try workshop.write("column.csv", "price\n" + words.map { "\($0)\n" }.joined())
    try workshop.write("p.f64", Self.raw(values))
    let list = words.map { $0.isEmpty ? "null" : $0 }.joined(separator: ",")
    try workshop.write("p.json", "{\"prices\":[\(list)]}")
    let answer = try workshop.run(["detect", "p.csv"])
    #expect(answer.status == 0 && answer.text.contains("\"pattern\":\"linear\""))
    #expect(answer.text.contains("\"count\":60"))
    for name in ["column.csv", "p.f64", "p.json"] {
      #expect(try workshop.run(["detect", name]).output == answer.output, "\(name)")
    }
  }

  @Test(arguments: [false, true])
  func `times come back as they came, of the first price and of the last`(isList: Bool) throws {
    let workshop = try Workshop()
    let days = (0..<60).map {
      "\"2024-0\(1 + $0 / 28)-\($0 % 28 < 9 ? "0" : "")\(1 + $0 % 28)T09:30:00+01:00\""
    }
    let prices = isList ? "\"series\":[\(Self.line),\(Self.line)]" : "\"prices\":\(Self.line)"
    try workshop.write("t.json", "{\(prices),\"timestamps\":[\(days.joined(separator: ","))]}")
    let outcome = try workshop.run(["detect", "t.json"])
    let object = try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any]
    for answer in isList ? try results(outcome.output) : [try #require(object)] {
      let curves = try #require(answer["curves"] as? [[String: Any]])
      #expect(curves.first?["startTime"] as? String == "2024-01-01T09:30:00+01:00")
      #expect(curves.last?["endTime"] as? String == "2024-03-04T09:30:00+01:00")
    }
    // Without times there are none.
    try workshop.write("p.json", "{\(prices)}")
    #expect(!(try workshop.run(["detect", "p.json"]).text.contains("Time")))
  }

  @Test(arguments: [
    (#"[1,2,2]"#, "timestamps[2]: it does not come after"), (#"[3,2,1]"#, "timestamps[1]: it does not"),
    (#"["2024-01-02","2024-01-01","2024-01-03"]"#, "timestamps[1]"), (#"[1,2]"#, "2 timestamps for 3 prices"),
    (#"[1,null,3]"#, "timestamps[1]: it is neither"), (#"[1,2,"soon"]"#, "timestamps[2]: it is neither"),
    (#"[1,2,[3]]"#, "timestamps[2]"), (#""today""#, "timestamps: send a list"), (#"[]"#, "0 timestamps"),
    (#"["2024-02-30","2024-03-01","2024-03-02"]"#, "timestamps[0]"), (#"[1,2,1e999]"#, "/timestamps/2"),
  ])
  func `times that do not rise, or are none, are told with their place`(list: String, words: String) throws {
    let workshop = try Workshop()
    try workshop.write("t.json", "{\"prices\":[1,2,3],\"timestamps\":\(list)}")
    try workshop.refuse(["detect", "t.json", "-o", "o.json"], status: 1, saying: ["t.json", words])
  }

  @Test(arguments: [
    ("p.json", #"{"prices":[1,2,1e999]}"#, ["line 1, column 16", "/prices/2", "finite"]),
    ("p.json", #"{"prices":[1,"2"]}"#, ["/prices/1", "number"]),
    ("p.json", #"{"prices":[[1],[2]]}"#, ["/prices/0", "number"]),
    ("p.json", #"{"prices":7}"#, ["/prices", "array"]), ("p.json", #"{"series":[]}"#, ["no series"]),
    ("p.json", #"{"series":[[]]}"#, ["series 0", "no price"]),
    ("p.json", #"{"series":[1,2]}"#, ["/series/0"]),
    ("p.json", #"{"series":[[1,2],[1,1e999]]}"#, ["/series/1/1"]), ("p.json", "{\"prices\":[1,2", ["p.json"]),
    ("p.json", #"{"prices":[1],"series":[[1]]}"#, ["send one of them"]), ("p.json", "{}", ["prices"]),
    ("p.json", #"{"prices":[1,2],"horizon":3}"#, ["horizon"]), ("p.json", "[null,null]", ["p.json"]),
    ("p.json", #"{"prices":[1,2],"price":3}"#, ["\"price\"", "did you mean \"prices\""]),
    ("p.csv", "price\n1\n2x\n", ["line 3, column 1", "2x"]),
    ("p.csv", "price\n1\ninf\n3\n", ["line 3", "finite"]),
    ("p.csv", "price\n", ["line 2", "no row"]), ("p.csv", "", ["p.csv", "no text"]),
    ("p.csv", "a,b\nx,y\n", ["no column holds numbers"]),
    ("p.csv", "d,p\n1,1\n2,2\n3,\n", ["price 2 is missing"]), ("p.csv", "d,p\n1,\n2,2\n3,3\n", ["price 0"]),
    ("p.csv", "d,p\n1,1\n2,\n3,3\n", ["1 of 3 prices are missing", "a tenth"]),
  ])
  func `bad prices are told with file and place`(name: String, text: String, words: [String]) throws {
    let workshop = try Workshop()
    try workshop.write(name, text)
    try workshop.refuse(["detect", name, "-o", "out.json"], status: 1, saying: [name] + words)
  }

  @Test func `infinite and missing numbers of binary files are told with series and place`() throws {
    let workshop = try Workshop()
    try workshop.write("i.f64", Self.raw([1, .infinity, 3]))
    try workshop.write("i.npy", Self.npy([1, 2, 3, -.infinity], shape: "2, 2"))
    try workshop.write("n.f32", bytes([.nan, 1, 2]))
    try workshop.write("odd.f64", Data([1, 2, 3]))
    try workshop.write("e.f64", Data())
    try workshop.write("wide.npy", Self.npy([Double](repeating: 1, count: 3000), shape: "2, 1500"))
    try workshop.refuse(["detect", "i.f64"], status: 1, saying: ["i.f64: price 1 is infinite"])
    try workshop.refuse(["detect", "i.npy"], status: 1, saying: ["i.npy: series 1: price 1 is infinite"])
    try workshop.refuse(["detect", "n.f32"], status: 1, saying: ["n.f32: price 0 is missing"])
    try workshop.refuse(["detect", "odd.f64"], status: 1, saying: ["odd.f64"])
    try workshop.refuse(["detect", "e.f64"], status: 1, saying: ["e.f64", "no price"])
    try workshop.refuse(["detect", "wide.npy"], status: 1, saying: ["wide.npy", "1500", "1 to 1024"])
    try workshop.refuse(["detect", "none.csv"], status: 1, saying: ["none.csv", "no such file"])
  }

  @Test func `one price, few prices and equal prices are one none over all of them`() throws {
    let workshop = try Workshop()
    for list in [
      "[5]", "[5,6]", "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15]", "\([Double](repeating: 7, count: 40))",
    ] {
      try workshop.write("p.json", "{\"prices\":\(list)}")
      let outcome = try workshop.run(["detect", "p.json"])
      let object = try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any]
      let curves = try #require(object?["curves"] as? [[String: Any]])
      let count = list.split(separator: ",").count
      #expect(object?["pattern"] as? String == "none" && curves.count == 1)
      #expect(curves[0]["start"] as? Int == 0 && curves[0]["end"] as? Int == count)
      #expect((curves[0]["controlPoints"] as? [Any])?.isEmpty == true)
    }
  }

  @Test func `absurd magnitudes are judged, and no number of the answer is not one`() throws {
    let workshop = try Workshop()
    for scale in [1e-300, 0x1p-1022 / 65536, 1e300, 1e-5] {
      try workshop.write("p.f64", Self.raw(Self.line.map { $0 * scale }))
      let outcome = try workshop.run(["detect", "p.f64"])
      #expect(outcome.status == 0 && outcome.text.contains("\"pattern\":\"linear\""), "\(scale)")
      #expect(!outcome.text.contains("nan") && !outcome.text.contains("inf"), "\(scale)")
    }
  }

  @Test func `a hundred series are answered in their order`() throws {
    let workshop = try Workshop()
    let list = (0..<100).map { $0 % 2 == 0 ? "\(Self.line)" : "\(Self.jump)" }.joined(separator: ",")
    try workshop.write("s.json", "{\"series\":[\(list)]}")
    let found = try patterns(workshop, ["s.json"])
    #expect(found == (0..<100).map { $0 % 2 == 0 ? "linear" : "step" })
  }

  @Test func `a long series takes memory by its length alone`() throws {
    let workshop = try Workshop()
    let values = (0..<1_000_000).map { (i: Int) -> Float in
      let rough = Float(i * 7919 % 1000)
      return Float(i) / 10_000 + rough / 100
    }
    try workshop.write("m.f32", bytes(values))
    // Some ten Doubles a price beside the program itself.
    let outcome = try workshop.shell("ulimit -v 700000; \"$catenary\" detect m.f32 --format csv")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.rows.last?.contains(",1000000,") == true)
  }

  @Test func `an answer that cannot be written leaves the old file`() throws {
    let workshop = try Workshop()
    try workshop.write("p.json", "{\"prices\":\(Self.line)}")
    try workshop.write("bad.json", "{\"prices\":[null]}")
    for name in ["o.json", "o.csv", "o.svg"] {
      try workshop.write(name, "old")
      #expect(try workshop.run(["detect", "bad.json", "-o", name]).status == 1)
      #expect(try workshop.read(name) == Data("old".utf8))
      let full = try workshop.shell("\"$catenary\" detect p.json --format \(name.dropFirst(2)) -o /dev/full")
      #expect(full.status == 1 && full.errors.contains("/dev/full"))
      #expect(try workshop.run(["detect", "p.json", "-o", name]).status == 0)
      #expect(try workshop.read(name).count > 100)
    }
    try workshop.refuse(
      ["detect", "p.json", "-o", "no/o.json"], status: 1, saying: ["folder does not exist"])
  }
}
