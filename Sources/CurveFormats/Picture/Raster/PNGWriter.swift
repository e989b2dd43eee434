internal import ZlibStreams

/// Writes pixels as PNG (ISO/IEC 15948): eight bits a channel, in the smallest colour type that holds them.
///
/// - Memory: a few rows and pieces of 64 KiB beside the pixels.
struct PNGWriter<Sink: ByteSink> {
  private(set) var sink: Sink
  private static var pieceBytes: Int { 1 << 16 }

  init(to sink: Sink) { self.sink = sink }

  /// - Parameter texts: words about the picture, by the keywords of section 11.3.4.2.
  mutating func write(
    _ bitmap: Bitmap, texts: [(keyword: String, text: String)] = []
  ) throws(FormatError) {
    let colours = PNGColours(of: bitmap)
    try send([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    let size = bigEndian(UInt32(bitmap.width)) + bigEndian(UInt32(bitmap.height))
    // Eight bits, a colour type, and the only methods that there are.
    try chunk("IHDR", size + [8, colours.type, 0, 0, 0])
    // The colours are sRGB, to be shown as they are seen.
    try chunk("sRGB", [0])
    for (keyword, text) in texts where !text.isEmpty {
      // Neither compressed nor in a language of its own.
      try chunk("iTXt", Array(keyword.utf8) + [0, 0, 0, 0, 0] + text.utf8.filter { $0 != 0 })
    }
    if !colours.palette.isEmpty {
      try chunk("PLTE", colours.palette.flatMap { PNGColours.channels($0).prefix(3) })
      let opacities = colours.palette.map { UInt8($0 >> 24) }.filter { $0 < 255 }
      if !opacities.isEmpty { try chunk("tRNS", opacities) }
    }
    try writePixels(of: bitmap, colours)
    try chunk("IEND", [])
  }

  private mutating func writePixels(of bitmap: Bitmap, _ colours: PNGColours) throws(FormatError) {
    guard var stream = DeflateStream(.zlib, level: 6) else {
      throw .sink("zlib gets no memory: free some, or draw a smaller picture")
    }
    var filter = PNGFilter(bytesPerPixel: colours.bytesPerPixel, isIndexed: !colours.palette.isEmpty)
    var (compressed, row): ([UInt8], [UInt8]) = ([], [])
    for y in 0..<bitmap.height {
      colours.read(bitmap, row: y, into: &row)
      stream.write(filter.filtered(row).span, into: &compressed)
      if compressed.count >= Self.pieceBytes {
        try chunk("IDAT", compressed)
        compressed.removeAll(keepingCapacity: true)
      }
    }
    stream.finish(into: &compressed)
    try chunk("IDAT", compressed)
  }

  /// Length, name, data and the checksum of the latter two (section D of the standard).
  private mutating func chunk(_ name: String, _ data: [UInt8]) throws(FormatError) {
    let name = Array(name.utf8)
    try send(bigEndian(UInt32(data.count)) + name)
    try send(data)
    try send(bigEndian(DeflateStream.checksum(data.span, after: DeflateStream.checksum(name.span))))
  }

  private mutating func send(_ bytes: [UInt8]) throws(FormatError) {
    try CurveFormats.write(bytes.span, to: &sink)
  }

  private func bigEndian(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }
}

/// How rows are made easier to compress: each byte as its difference from what its neighbours foretell.
struct PNGFilter {
  private let bytesPerPixel: Int
  private let isIndexed: Bool
  private var above: [UInt8] = []
  private var best: [UInt8] = []
  private var tried: [UInt8] = []

  /// - Parameter isIndexed: whether bytes are places in a palette: their differences mean nothing, they stay as they are.
  init(bytesPerPixel: Int, isIndexed: Bool) {
    (self.bytesPerPixel, self.isIndexed) = (bytesPerPixel, isIndexed)
  }

  /// The row behind the number of its filter: the one whose differences have the smallest sum, of equal ones the first.
  ///
  /// - Source: the standard's advice in section 12.7; a row like the one above is taken at once.
  mutating func filtered(_ row: [UInt8]) -> [UInt8] {
    if isIndexed { return [0] + row }
    if above.isEmpty { above = [UInt8](repeating: 0, count: row.count) }
    defer { above = row }
    if row == above { return [2] + [UInt8](repeating: 0, count: row.count) }
    var least = Int.max
    for kind: UInt8 in 0...4 {
      let sum = apply(kind, to: row)
      if sum < least {
        least = sum
        swap(&best, &tried)
      }
    }
    return best
  }

  /// Fills `tried`; the sum of the differences, taken as signed.
  private mutating func apply(_ kind: UInt8, to row: [UInt8]) -> Int {
    tried.removeAll(keepingCapacity: true)
    tried.append(kind)
    var sum = 0
    for i in row.indices {
      let (left, up) = (i < bytesPerPixel ? 0 : row[i - bytesPerPixel], above[i])
      let corner = i < bytesPerPixel ? 0 : above[i - bytesPerPixel]
      let foretold: UInt8 =
        switch kind {
        case 0: 0
        case 1: left
        case 2: up
        case 3: UInt8((Int(left) + Int(up)) / 2)
        default: PNGFilter.paeth(left, up, corner)
        }
      let difference = row[i] &- foretold
      sum += Int(Int8(bitPattern: difference).magnitude)
      tried.append(difference)
    }
    return sum
  }

  /// The neighbour nearest to left + up − corner.
  static func paeth(_ left: UInt8, _ up: UInt8, _ corner: UInt8) -> UInt8 {
    let (a, b, c) = (Int(left), Int(up), Int(corner))
    let (toLeft, toUp, toCorner) = (abs(b - c), abs(a - c), abs(a + b - 2 * c))
    if toLeft <= toUp, toLeft <= toCorner { return left }
    return toUp <= toCorner ? up : corner
  }
}
