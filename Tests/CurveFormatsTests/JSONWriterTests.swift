import CurveFormats
import Testing

@Suite struct JSONWriterTests {
  private func written(_ value: JSONValue) throws -> String {
    var sink = ArraySink()
    try JSONWriter().write(value, to: &sink)
    return String(decoding: sink.bytes, as: UTF8.self)
  }

  @Test func `a value is one line without spaces`() throws {
    let value = JSONValue.object([
      JSONMember(name: "a", value: .array([.number(1), .number(-0.25), .null, .bool(true), .bool(false)])),
      JSONMember(name: "b", value: .object([])), JSONMember(name: "c", value: .array([])),
    ])
    #expect(try written(value) == "{\"a\":[1,-0.25,null,true,false],\"b\":{},\"c\":[]}\n")
  }

  @Test func `what JSON has no number for is null`() throws {
    #expect(try written(.array([.number(.nan), .number(.infinity)])) == "[null,null]\n")
  }

  @Test func `strings are escaped where they must be`() throws {
    #expect(try written(.string("é\"\\\n\u{1}")) == "\"é\\\"\\\\\\u000a\\u0001\"\n")
  }

  @Test func `long values are written whole and read back`() throws {
    let numbers = (0..<50_000).map { JSONValue.number(Double($0) / 7) }
    let text = try written(.object([JSONMember(name: "long", value: .array(numbers))]))
    var source = ArraySource(Array(text.utf8), chunk: .max)
    #expect(try JSONReader().readValue(from: &source)["long"] == .array(numbers))
  }
}
