import Foundation
import Testing

/// `catenary detect` from files of every format to JSON and CSV.
@Suite struct DetectTests {
  /// A line with a zigzag about it, and a jump.
  static let line: [Double] = (0..<60).map { (i: Int) -> Double in
    let zigzag: Double = i % 2 == 0 ? 0.2 : -0.2
    return 100 + 0.5 * Double(i) + zigzag
  }
  static let jump: [Double] = (0..<60).map { (i: Int) -> Double in
    let zigzag: Double = i % 3 == 0 ? 0.2 : -0.1
    return (i < 25 ? 50 : 54) + zigzag
  }

  func workshop() throws -> Workshop {
    let workshop = try Workshop()
    let rows = Self.line.indices.map {
      "\(1_600_000_000 + $0),\(Self.jump[$0]),2020-01-01,\(Self.line[$0])\n"
    }
    try workshop.write("p.csv", "time,jump,day,line\n" + rows.joined())
    try workshop.write("p.json", "{\"prices\":\(Self.line)}")
    return workshop
  }

  func object(_ data: Data) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test func `the answer has the members that are promised`() throws {
    let outcome = try workshop().run(["detect", "p.csv"])
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    let answer = try object(outcome.output)
    let names = ["pattern", "confidence", "conflict", "entropy", "tension", "curvature", "drift", "decay"]
    #expect(Set(answer.keys).subtracting(["model"]) == Set(names + ["curves", "source", "count"]))
    #expect(answer["pattern"] as? String == "linear")
    #expect(["onnx", "classical"].contains(answer["source"] as? String))
    #expect(answer["count"] as? Int == 60)
    let curve = try #require((answer["curves"] as? [[String: Any]])?.first)
    #expect(curve["start"] as? Int == 0 && curve["end"] as? Int == 60)
    let slope = try #require((curve["parameters"] as? [String: Double])?["slope"])
    #expect(abs(slope - 29.5) < 0.3)
    #expect((curve["controlPoints"] as? [[Double]])?.count == 2)
  }

  @Test func `csv, json and raw numbers give one answer`() throws {
    let workshop = try workshop()
    try workshop.write(
      "p.f64",
      Self.line.reduce(into: Data()) { data, price in
        for shift in 0..<8 { data.append(UInt8(truncatingIfNeeded: price.bitPattern >> UInt64(8 * shift))) }
      })
    let answer = try workshop.run(["detect", "p.csv", "--column", "line"]).output
    for arguments in [["p.json"], ["p.f64"], ["p.csv", "--column=4"]] {
      #expect(try workshop.run(["detect"] + arguments).output == answer)
    }
    #expect(try workshop.run(["detect", "p.csv", "-o", "a.json"]).output.isEmpty)
    #expect(try workshop.read("a.json") == answer)
  }

  @Test func `columns and series are judged one each`() throws {
    let workshop = try workshop()
    let two = try workshop.run(["detect", "p.csv", "--column", "line,jump"])
    let results = try #require(try object(two.output)["results"] as? [[String: Any]])
    #expect(results.compactMap { $0["pattern"] as? String } == ["linear", "step"])
    try workshop.write("s.json", "{\"series\":[\(Self.line),\(Self.jump)]}")
    #expect(try workshop.run(["detect", "s.json"]).output == two.output)
    let all = try workshop.run(["detect", "p.csv", "--column", "all", "--format", "csv"])
    #expect(all.rows.count == 4)
    #expect(all.rows[0] == "series,start,end,pattern,confidence,r2,rmse,noiseStd,parameters")
    #expect(all.rows[2].hasPrefix("1,0,60,step,") && all.rows[2].contains("at=25.0;"))
  }

  @Test func `timestamps give times, null is a missing price`() throws {
    let workshop = try workshop()
    let prices = Self.line.indices.map { $0 == 7 ? "null" : "\(Self.line[$0])" }.joined(separator: ",")
    let times = Self.line.indices.map { "\(100 * $0)" }.joined(separator: ",")
    try workshop.write("t.json", "{\"prices\":[\(prices)],\"timestamps\":[\(times)]}")
    let curves = try object(try workshop.run(["detect", "t.json"]).output)["curves"] as? [[String: Any]]
    #expect(curves?.first?["startTime"] as? Int == 0 && curves?.first?["endTime"] as? Int == 5900)
  }

  @Test(arguments: [
    (#"{"prices":[1,2,null]}"#, "price 2 is missing"), (#"{"prices":[]}"#, "no price"),
    (#"{"prices":[1,null,2]}"#, "1 of 3 prices are missing"), (#"{"points":[[1,2],[3,4]]}"#, "prices"),
    (#"{"series":[[1,2],[null,1]]}"#, "series 1: price 0 is missing"), (#"{"alpha":1}"#, "no member"),
    (#"{"prices":[1,2],"timestamps":[1]}"#, "1 timestamps for 2 prices"),
    (#"{"prices":[1,2],"timestamps":[2,1]}"#, "timestamps[1]"), (#"{"prices":[1,2],"alpha":1}"#, "alpha"),
    (#"{"prices":[1,2],"source":"magic"}"#, "choose onnx, classical"),
    (#"{"prices":[1,2],"models":"m"}"#, "models"),
  ])
  func `bad data is told with its place and leaves no file`(text: String, words: String) throws {
    let workshop = try Workshop()
    try workshop.write("b.json", text)
    let outcome = try workshop.run(["detect", "b.json", "-o", "out.json"])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
    #expect(outcome.errors.filter { $0 == "\n" }.count == 1)
    #expect(workshop.names == ["b.json"])
  }

  @Test(arguments: [
    (["--models", "m", "--source", "classical"], 2, "--models does not belong"),
    (["--models="], 2, "--models"),
    (["--source", "magic"], 2, "classical"), (["-o", "p.npy"], 2, "json, csv, svg and png"),
    (["--format", "f32"], 2, "json, csv, svg, png"),
    (["--column", "lnie"], 2, "lnie"),
    (["--type", "cubic"], 2, "type"),
  ])
  func `what this version has not is refused, not ignored`(
    options: [String], status: Int32, words: String
  ) throws {
    let outcome = try workshop().run(["detect", "p.csv"] + options)
    #expect(outcome.status == status)
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }
}
