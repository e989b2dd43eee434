import Testing

@testable import CurveFormats

/// Damaged documents: each must give a table or an error, the same for every cut, and never trap.
@Suite struct MutationTests {
  private static let alphabet =
    Array("0123456789.,;:-+eE\"'\\[]{}()ntfx/ \t\r\n\u{7F}é".utf8) + [0, 0x80, 0xFF, 0x93]

  /// One to four bytes changed, put in, taken out or doubled, or the end cut off.
  private func damaged(_ bytes: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    var bytes = bytes
    for _ in 0...Int.random(in: 0..<4, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      let byte = Self.alphabet.randomElement(using: &random) ?? 0
      switch Int.random(in: 0..<6, using: &random) {
      case 0, 1: bytes[place] = byte
      case 2: bytes.insert(byte, at: place)
      case 3: bytes.remove(at: place)
      case 4:
        let end = min(bytes.count, place + Int.random(in: 1..<20, using: &random))
        bytes.insert(contentsOf: bytes[place..<end], at: place)
      default: bytes.removeLast(bytes.count - place)
      }
    }
    return bytes
  }

  private func check(
    _ documents: [[UInt8]], seed: UInt64, count: Int = 1500,
    _ read: ([UInt8], Cut) throws(FormatError) -> [UInt64]
  ) {
    var random = SplitMix(seed: seed)
    let small = [Cut(chunk: 1, buffer: 16), Cut(chunk: 7, buffer: 37)]
    for document in documents {
      for _ in 0..<count {
        let bytes = damaged(document, &random)
        let whole = outcome { () throws(FormatError) in try read(bytes, wholeInput) }
        for cut in small {
          let found = outcome { () throws(FormatError) in try read(bytes, cut) }
          #expect(found == whole, "\(bytes)")
        }
        if case .failure(let error) = whole {
          #expect(!error.description.isEmpty)
          #expect((error.offset ?? 0) <= bytes.count)
        }
      }
    }
  }

  private func outcome(_ body: () throws(FormatError) -> [UInt64]) -> Result<[UInt64], FormatError> {
    do { return .success(try body()) } catch { return .failure(error) }
  }

  @Test func `damaged CSV gives rows or an error, the same for every cut`() {
    let documents = [
      "date,x,\"y \"\"q\"\"\"\r\n2000-01-01,1.5,2\r\n,,\r\n2000-01-02,3e5,\"4\"\r\n", "1;2\n3;4\n\n5;nan\n",
      "x\n1\n\n2\n\n",
      "a\tb\tc\n1\t2\tz\n-.5\t+1.\t\"z\nz\"\n",
    ].map { Array($0.utf8) }
    check(documents, seed: 21) { bytes, cut throws(FormatError) in
      try readCSV(bytes, CSVOptions(), cut: cut).values.map(\.bitPattern)
    }
    check(documents, seed: 22, count: 500) { bytes, cut throws(FormatError) in
      try readCSV(bytes, CSVOptions(columns: [.number(1), .number(2)]), cut: cut).values.map(\.bitPattern)
    }
  }

  @Test func `damaged JSON gives points or an error, the same for every cut`() {
    let documents = [
      "{\"points\":[[1,2],[3.25,-4e2],null,[5,null]],\"type\":\"cubic\",\"a\":{\"b\":[1,\"\\u00e9\\ud83d\\ude00\"]}}",
      "[{\"x\":1,\"y\":2},{\"x\":3,\"y\":4},{\"x\":null,\"y\":6}]",
      "{\"prices\":[1,2.5,null,4],\"series\":[[1,2],[3]]}",
    ].map { Array($0.utf8) }
    check(documents, seed: 23) { bytes, cut throws(FormatError) in
      let document = try readJSON(bytes, cut: cut)
      let numbers =
        (document.points?.values ?? []) + (document.prices ?? []) + (document.series ?? []).flatMap { $0 }
      return numbers.map(\.bitPattern)
    }
  }

  @Test func `damaged NPY gives points or an error, the same for every cut`() {
    let values = (0..<8).map(Double.init)
    let documents = [
      npyFile(header("<f8", "(4, 2)"), data: bytes(values)),
      npyFile(header(">f8", "(2, 4)", fortran: true), data: bytes(values)),
      npyFile(header("<f4", "(16,)"), version: 2, data: bytes(values)),
    ]
    check(documents, seed: 24) { bytes, cut throws(FormatError) in
      try readNPY(bytes, cut: cut).table.values.map(\.bitPattern)
    }
  }
}
