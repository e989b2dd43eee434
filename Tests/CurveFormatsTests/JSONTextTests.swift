import CurveFormats
import Testing

@Suite struct JSONTextTests {
  private func line(_ text: consuming JSONText) throws -> String {
    var sink = ArraySink()
    try text.writeLine(to: &sink)
    return String(decoding: sink.bytes, as: UTF8.self)
  }

  @Test func `commas stand between values and nowhere else`() throws {
    var text = JSONText()
    text.addObject { text in
      text.name("a")
      text.addArray { text in
        text.add(1)
        text.add("b")
        text.addObject { _ in }
        text.addArray { _ in }
        text.add(.nan)
        text.addArray { $0.add(2) }
        text.add(.bool(true))
      }
      text.name("c,[{:")
      text.addObject {
        $0.name("d")
        $0.add(points: [])
      }
      text.name("e")
      text.add(.null)
    }
    let expected = #"{"a":[1,"b",{},[],null,[2],true],"c,[{:":{"d":[]},"e":null}"#
    #expect(try line(text) == expected + "\n")
  }

  @Test func `points are arrays of pairs, gaps null`() throws {
    var text = JSONText()
    text.add(points: [[0, -0.0], [2.9383, 100.623087], [.infinity, .nan], [1e21, 1e-7]])
    #expect(try line(text) == "[[0,-0],[2.9383,100.623087],[null,null],[1e+21,1e-7]]\n")
  }

  @Test func `points are written as the arrays they are, however many`() throws {
    var random = SplitMix(seed: 16)
    var points: [SIMD2<Double>] = []
    for i in 0..<5000 {
      let bits = random.next()
      let y = i % 3 == 0 ? Double(bits >> 40) / 1e4 : Double(bits >> 11) * 0x1p-53
      points.append([Double(i) / 8, y])
    }
    var text = JSONText()
    text.add(points: points)
    let value = JSONValue.array(points.map { .array([$0.x, $0.y].map(JSONValue.number)) })
    let written = try line(text)
    #expect(try written == line(JSONText(value)))
    #expect(try JSONReader.readValue(Array(written.utf8)) == value)
  }

  @Test func `the longest numbers and strings of any length find room`() throws {
    let longest = -1.7976931348623157e308
    var values: [JSONValue] = []
    for i in 0..<1000 {
      values.append(.number(longest))
      values.append(.string(String(repeating: "\u{1}é\"", count: i % 350)))
    }
    let written = try line(JSONText(.array(values)))
    #expect(try JSONReader.readValue(Array(written.utf8)) == .array(values))
    var text = JSONText()
    text.add(points: Array(repeating: [longest, longest], count: 1000))
    #expect(try line(text).utf8.count == 1000 * (2 * 24 + 4) + 2)
  }
}
