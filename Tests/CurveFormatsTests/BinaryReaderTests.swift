import Testing

@testable import CurveFormats

/// An NPY file put together by hand: version, header text padded by spaces to a multiple of 64, numbers.
func npyFile(_ header: String, version: UInt8 = 1, data: [UInt8]) -> [UInt8] {
  let lengthBytes = version == 1 ? 2 : 4
  var text = Array(header.utf8)
  while (8 + lengthBytes + text.count + 1) % 64 != 0 { text.append(UInt8(ascii: " ")) }
  text.append(UInt8(ascii: "\n"))
  let length = (0..<lengthBytes).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) }
  return [0x93] + Array("NUMPY".utf8) + [version, 0] + length + text + data
}

func header(_ dtype: String, _ shape: String, fortran: Bool = false) -> String {
  "{'descr': '\(dtype)', 'fortran_order': \(fortran ? "True" : "False"), 'shape': \(shape), }"
}

func bytes(_ values: [Double]) -> [UInt8] {
  values.flatMap { value in (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt64($0))) } }
}

func bytes(_ values: [Float]) -> [UInt8] {
  values.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt32($0))) } }
}

@Suite struct BinaryReaderTests {
  /// Written by NumPy 2.4: `[[1.5, -2], [3, nan]]`, in C order and `<f8`.
  private let fromNumPy = npyFile(
    header("<f8", "(2, 2)"),
    data: [
      0, 0, 0, 0, 0, 0, 0xF8, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x08, 0x40, 0, 0, 0, 0, 0, 0,
      0xF8,
      0x7F,
    ])
  /// The same in Fortran order, version 2.0 and `>f4`.
  private let fromNumPyByColumns = npyFile(
    header(">f4", "(2, 2)", fortran: true), version: 2,
    data: [0x3F, 0xC0, 0, 0, 0x40, 0x40, 0, 0, 0xC0, 0, 0, 0, 0x7F, 0xC0, 0, 0])

  @Test(arguments: Cut.all)
  func `files written by NumPy are read in either order, width and byte order`(cut: Cut) throws {
    let rows = try readNPY(fromNumPy, cut: cut)
    #expect(rows.table == table(2, [1.5, -2, 3, .nan]))
    #expect(rows.scalar == .f64)
    let columns = try readNPY(fromNumPyByColumns, cut: cut)
    #expect(columns.table == table(2, [1.5, -2, 3, .nan]))
    #expect(columns.scalar == .f32)
  }

  @Test(arguments: [
    header("<f4", "(3,)"), header("<f4", "(3, 1)", fortran: true), header("<f4", "( 3 , 1 , )"),
    "{ 'shape':(3,),\"fortran_order\" : False,'descr':'<f4'}  ",
  ])
  func `shapes of one column and headers in any order are read`(header: String) throws {
    let found = try readNPY(npyFile(header, version: 3, data: bytes([1, 2, 3] as [Float])))
    #expect(found.table == table(1, [1, 2, 3]))
  }

  @Test func `an array without rows is read`() throws {
    #expect(try readNPY(npyFile(header("<f8", "(0, 3)"), data: [])).table == table(3, []))
  }

  @Test func `more columns are read when asked for`() throws {
    let file = npyFile(header("<f8", "(1, 6)"), data: bytes([1, 2, 3, 4, 5, 6] as [Double]))
    #expect(try readNPY(file, maximum: 8).table.splitTangents().tangents == [4, 5, 6])
    #expect(
      fault { () throws(FormatError) in try readNPY(file) } == .npy(.dimensions(6, maximum: 4), offset: 128))
  }

  @Test(arguments: [
    ("|f8", "(1,)", NPYFault.dtype("|f8"), 20), ("<i4", "(1,)", .dtype("<i4"), 20),
    ("<f2", "(1,)", .dtype("<f2"), 20),
    ("<f8", "()", .shape([]), 128), ("<f8", "(1, 1, 1)", .shape([1, 1, 1]), 128),
    ("<f8", "(1, 0)", .dimensions(0, maximum: 4), 128), ("<f8", "(1, 5)", .dimensions(5, maximum: 4), 128),
    ("<f8", "(9223372036854775807, 4)", .tooLarge([Int.max, 4]), 128),
    ("<f8", "(1152921504606846975,)", .tooLarge([1_152_921_504_606_846_975]), 128),
    ("<f8", "(3,)", .truncated(bytes: 16, expected: 24), 144),
    ("<f8", "(1,)", .trailingBytes(expected: 8), 136),
    ("<f8", "(1000000000000, 4)", .truncated(bytes: 16, expected: 32_000_000_000_000), 144),
  ])
  func `an array that is not points, or not whole, is refused with its offset`(
    dtype: String, shape: String, fault: NPYFault, offset: Int
  ) {
    let file = npyFile(header(dtype, shape), data: bytes([1, 2] as [Double]))
    #expect(
      CurveFormatsTests.fault { () throws(FormatError) in try readNPY(file) } == .npy(fault, offset: offset))
  }

  @Test(arguments: [
    "", "{", "[]", "{'descr': '<f8'}",
    "{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (1,)}",
    "{'descr': '<f8', 'fortran_order': 0, 'shape': (1,)}",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (1)}",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (1,",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,)}", "{'descr: 5}", "{'x': 1}",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (1,)} x", "{'descr' '<f8'}", "{,}",
  ])
  func `a malformed header is refused`(header: String) {
    let found = fault { () throws(FormatError) in try readNPY(npyFile(header, data: bytes([1] as [Double]))) }
    guard case .npy(.header, let offset) = found else {
      Issue.record("\(String(describing: found))")
      return
    }
    #expect(offset >= 10)
  }

  @Test func `named fields are refused`() {
    let found = fault { () throws(FormatError) in
      try readNPY(npyFile("{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (1,)}", data: []))
    }
    #expect(found == .npy(.dtype("with named fields"), offset: 20))
  }

  @Test func `what is no NPY file, of another version or cut in its header is refused`() {
    let file = fromNumPy
    #expect(fault { () throws(FormatError) in try readNPY([]) } == .npy(.notNPY, offset: 0))
    #expect(
      fault { () throws(FormatError) in try readNPY(Array("x,y\n1,2".utf8)) } == .npy(.notNPY, offset: 1))
    var other = file
    other[6] = 4
    #expect(
      fault { () throws(FormatError) in try readNPY(other) } == .npy(.version(major: 4, minor: 0), offset: 6))
    #expect(
      fault { () throws(FormatError) in try readNPY(Array(file.prefix(50))) }
        == .npy(.truncatedHeader, offset: 50))
    let huge: [UInt8] = [0x93] + Array("NUMPY".utf8) + [2, 0, 0xFF, 0xFF, 0xFF, 0xFF]
    #expect(
      fault { () throws(FormatError) in try readNPY(huge) } == .npy(.headerTooLong(4_294_967_295), offset: 12)
    )
  }

  @Test(arguments: Cut.all)
  func `raw numbers of either width are read, NaN and infinity as they are`(cut: Cut) throws {
    let doubles: [Double] = [1.5, -.infinity, .nan, 1e300, -0.0, 7]
    #expect(try readRaw(bytes(doubles), .f64, dimensions: 3, cut: cut) == table(3, doubles))
    let floats: [Float] = [1.5, 0.1, .nan, 3e38]
    #expect(try readRaw(bytes(floats), .f32, dimensions: 2, cut: cut) == table(2, floats.map(Double.init)))
  }

  @Test func `no bytes are no rows`() throws {
    #expect(try readRaw([], .f32, dimensions: 2).count == 0)
  }

  @Test(arguments: Cut.all)
  func `raw bytes that end within a row are refused with their count`(cut: Cut) {
    for extra in 1..<8 {
      let found = fault { () throws(FormatError) in
        try readRaw(Array(repeating: 0, count: 24 + extra), .f32, dimensions: 2, cut: cut)
      }
      #expect(found == .partialRow(bytes: extra, rowBytes: 8, offset: 24))
    }
  }
}
