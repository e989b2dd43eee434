import Testing

@testable import CurveFormats

@Suite struct JSONReaderTests {
  @Test(arguments: Cut.all)
  func `a document is the same however the text is cut`(cut: Cut) throws {
    let text = """
      {"type" : "cubic", "points":[[0,1.5], null, [ -2e3 , null],[3.0000000000000001,1e-7 ]],
       "tension":0.5,"nested":{"a":[true,false,null,"\\u00e9\\ud83d\\ude00\\n\\"é"]}}
      """
    let found = try readJSON(Array(text.utf8), cut: cut)
    #expect(found.points == table(2, [0, 1.5, .nan, .nan, -2000, .nan, 3, 1e-7]))
    #expect(found.options.map(\.name) == ["type", "tension", "nested"])
    #expect(found["type"] == .string("cubic"))
    #expect(found["tension"] == .number(0.5))
    #expect(found["nested"]?["a"] == .array([.bool(true), .bool(false), .null, .string("é😀\n\"é")]))
  }

  @Test(arguments: Cut.all)
  func `many points are the same in every form and cut`(cut: Cut) throws {
    let values = (0..<600).map { Double($0 * 7919 % 10_007) / 64 }
    var (arrays, objects, flat) = ("", "", "")
    for i in stride(from: 0, to: 600, by: 2) {
      let comma = i > 0 ? (i % 5 == 0 ? " , " : ",") : ""
      arrays += "\(comma)[\(values[i]),\(values[i + 1])]"
      objects += "\(comma){\"x\":\(values[i]), \"y\" : \(values[i + 1])}"
      flat += "\(comma)\(values[i]),\(values[i + 1])"
    }
    #expect(try readJSON(Array("[\(arrays)]".utf8), cut: cut).points == table(2, values))
    #expect(try readJSON(Array("{\"points\":[\(objects)]}".utf8), cut: cut).points == table(2, values))
    #expect(try readJSON(Array("{\"path\":[\(flat)]}".utf8), cut: cut).points == table(1, values))
    #expect(try readJSON(Array("{\"prices\":[\(flat)]}".utf8), cut: cut).prices == values)
  }

  @Test(arguments: [
    ("[1,2,3]", 1, [1.0, 2, 3]), ("[[1],[2]]", 1, [1, 2]), ("[{\"x\":1}]", 1, [1]),
    ("[{\"y\":2,\"x\":1}]", 2, [1, 2]), ("[[1,2,3,4]]", 4, [1, 2, 3, 4]),
    ("[{\"x\":1,\"y\":2,\"z\":3,\"w\":4},{\"w\":8,\"x\":5,\"y\":6,\"z\":7}]", 4, [1, 2, 3, 4, 5, 6, 7, 8]),
    ("\u{FEFF} [[1,2]] \r\n\t", 2, [1, 2]), ("[]", 1, []), ("{\"points\":[]}", 1, []),
    ("[1,[2],{\"x\":3}]", 1, [1, 2, 3]),
  ])
  func `points are taken in each of their forms`(text: String, dimensions: Int, values: [Double]) throws {
    #expect(try readJSON(text).points == table(dimensions, values))
  }

  @Test(arguments: [
    ("[null,[1,2],null]", 2, [Double.nan, .nan, 1, 2, .nan, .nan]), ("[null,null]", 1, [.nan, .nan]),
    ("[1,null,3]", 1, [1, .nan, 3]), ("[[1,null]]", 2, [1, .nan]), ("[{\"x\":null,\"y\":2}]", 2, [.nan, 2]),
  ])
  func `null is a gap, as a point or as a coordinate`(text: String, dimensions: Int, values: [Double]) throws
  {
    #expect(try readJSON(text).points == table(dimensions, values))
  }

  @Test func `prices, series and tangents come as numbers`() throws {
    let found = try readJSON(
      "{\"prices\":[1,null,3],\"series\":[[1,2],[],[null]],\"tangents\":[[1,0],[0,1]],\"at\":[0.5,1]}")
    #expect(found.points == nil)
    #expect(found.prices?.map(\.isNaN) == [false, true, false])
    #expect(found.series?.map(\.count) == [2, 0, 1])
    #expect(found.tangents == table(2, [1, 0, 0, 1]))
    #expect(found["at"]?.numbers == [0.5, 1])
  }

  @Test func `an object without points has its options`() throws {
    let found = try readJSON("{\"count\":5}")
    #expect(found.points == nil)
    #expect(found["count"] == .number(5))
  }

  @Test func `any value can be read alone`() throws {
    var source = ArraySource(Array("{\"a\":{\"b\":[1,\"c\"]}}".utf8))
    let value = try JSONReader().readValue(from: &source)
    #expect(value["a"]?["b"] == .array([.number(1), .string("c")]))
  }

  @Test func `sixty-four levels are read`() throws {
    let text = "{\"a\":" + String(repeating: "[", count: 63) + String(repeating: "]", count: 63) + "}"
    #expect(try readJSON(text).options.count == 1)
  }

  @Test func `a number as long as it likes is read exactly`() throws {
    let zeros = String(repeating: "0", count: 100_000)
    #expect(
      try readJSON(Array("[1.\(zeros)1,2]".utf8), cut: Cut(chunk: 1000, buffer: 16)).points?.values == [1, 2])
  }
}
