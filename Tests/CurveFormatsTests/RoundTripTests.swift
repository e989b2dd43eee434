import Testing

@testable import CurveFormats

@Suite struct RoundTripTests {
  /// Rows of awkward numbers, some of them gaps, none at the end.
  private func rows(_ dimensions: Int, _ scalar: ScalarType) -> [Double] {
    var random = SplitMix(seed: UInt64(dimensions))
    var values: [Double] = []
    for row in 0..<200 {
      for _ in 0..<dimensions {
        var value = Double(bitPattern: random.next())
        if row % 3 == 0 { value = Double(Int64(bitPattern: random.next()) >> 40) / 8 }
        if scalar == .f32 { value = Double(Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))) }
        values.append(row % 17 == 5 ? .nan : value.isFinite ? value : 0)
      }
    }
    return values
  }

  private func written<Writer: PointWriter & ~Copyable>(
    _ values: [Double], _ dimensions: Int, _ scalar: ScalarType, _ writer: inout Writer
  ) throws(FormatError) {
    if scalar == .f64 {
      try write(values, dimensions: dimensions, to: &writer)
    } else {
      // The compiler crashes on the span of an array without a name here.
      let floats = values.map { Float($0) }
      try writer.begin(count: values.count / dimensions, dimensions: dimensions)
      try writer.write(floats.span)
      try writer.finish()
    }
  }

  @Test(arguments: 1...4, ScalarType.allCases)
  func `text brings back the same bits`(dimensions: Int, scalar: ScalarType) throws {
    let values = rows(dimensions, scalar)
    let expected = table(dimensions, values)
    var csv = CSVWriter(to: ArraySink())
    try written(values, dimensions, scalar, &csv)
    var json = JSONPointWriter(to: ArraySink())
    try written(values, dimensions, scalar, &json)
    for cut in Cut.all {
      var fromCSV = try readCSV(csv.sink.bytes, CSVOptions(), cut: cut)
      #expect(fromCSV.names == Array(["x", "y", "z", "w"].prefix(dimensions)))
      fromCSV.names = []
      #expect(rounded(fromCSV, scalar) == expected)
      let fromJSON = try #require(try readJSON(json.sink.bytes, cut: cut).points)
      #expect(rounded(fromJSON, scalar) == expected)
    }
  }

  @Test(arguments: 1...4, ScalarType.allCases)
  func `binary brings back the same bits`(dimensions: Int, scalar: ScalarType) throws {
    let values = rows(dimensions, scalar)
    let expected = table(dimensions, values)
    var npy = NPYWriter(to: ArraySink(), scalar: scalar)
    try written(values, dimensions, scalar, &npy)
    var raw = RawWriter(to: ArraySink(), scalar: scalar)
    try written(values, dimensions, scalar, &raw)
    for cut in Cut.all {
      let found = try readNPY(npy.sink.bytes, cut: cut)
      #expect(found.table == expected)
      #expect(found.scalar == scalar)
      #expect(try readRaw(raw.sink.bytes, scalar, dimensions: dimensions, cut: cut) == expected)
    }
  }

  /// The shortest digits of a Float name the Float, not its widened value.
  private func rounded(_ table: PointTable, _ scalar: ScalarType) -> PointTable {
    guard scalar == .f32 else { return table }
    return PointTable(dimensions: table.dimensions, values: table.values.map { Double(Float($0)) })
  }

  @Test(arguments: PointFormat.allCases)
  func `a format is known by its name in any letters`(format: PointFormat) {
    #expect(PointFormat(fileExtension: format.name.uppercased()) == format)
    #expect(format.canBeRead == (format != .svg && format != .png))
  }

  @Test func `an unknown extension is no format`() {
    #expect(PointFormat(fileExtension: "txt") == nil)
  }
}
