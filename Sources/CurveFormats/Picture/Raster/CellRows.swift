/// The cells of a band of rows: sixteen a pixel, and the sums that edges leave in them.
///
/// - Memory: about a megabyte, or one row of pixels.
struct CellRows {
  let rowsPerBand: Int
  private let width: Int
  /// Columns of cells a row: four a pixel, and some behind the last.
  private let stride: Int
  /// One column of a pixel row's four cells each. A full cell is 2^13.
  private var cells: [SIMD4<Int32>]
  /// Which sixteen pixels of a row edges have been in.
  private var marks: [Bool]
  private let blocks: Int
  private var coverage: [UInt8]

  private static var full: Int32 { 1 << 13 }

  init(width: Int, height: Int) {
    self.width = width
    blocks = (width + 1) / 16 + 1
    stride = blocks * 64
    rowsPerBand = max(1, min(height, (1 << 16) / stride))
    cells = Array(repeating: .zero, count: rowsPerBand * stride)
    marks = Array(repeating: false, count: rowsPerBand * blocks)
    coverage = Array(repeating: 0, count: blocks * 16)
  }

  /// Adds the part of an edge that lies in the band; x is within the picture.
  mutating func add(_ edge: CoverageRaster.Edge, _ band: Range<Int>) {
    CellRows.add(edge, band, &cells, stride, &marks, blocks)
  }

  private static func add(
    _ edge: CoverageRaster.Edge, _ band: Range<Int>, _ cells: inout [SIMD4<Int32>], _ stride: Int,
    _ marks: inout [Bool], _ blocks: Int
  ) {
    let sign: Int32 = edge.y0 < edge.y1 ? 1 : -1
    let (x0, y0, x1, y1) =
      sign > 0 ? (edge.x0, edge.y0, edge.x1, edge.y1) : (edge.x1, edge.y1, edge.x0, edge.y0)
    let slope = Double(x1 - x0) / Double(y1 - y0)
    let top = Int32(band.lowerBound * 256)
    var y = max(y0, top)
    let end = min(y1, Int32(band.upperBound * 256))
    var x = y == y0 ? x0 : x0 + rounded(slope * Double(y - y0))
    var span = cells.mutableSpan
    while y < end {
      let next = min((y | 63) + 1, end)
      let nextX = next == y1 ? x1 : x0 + rounded(slope * Double(next - y0))
      let line = Int((y - top) >> 6)
      let first = (line >> 2) * blocks
      for block in Int(min(x, nextX) >> 12)...Int((max(x, nextX) + 64) >> 12) { marks[first + block] = true }
      add(&span, (line >> 2) * stride, lanes[line & 3], x, nextX, (next - y) * sign)
      (x, y) = (nextX, next)
    }
  }

  private static let lanes: [SIMD4<Int32>] = [[-1, 0, 0, 0], [0, -1, 0, 0], [0, 0, -1, 0], [0, 0, 0, -1]]

  @inline(__always)
  private static func rounded(_ value: Double) -> Int32 { Int32(value >= 0 ? value + 0.5 : value - 0.5) }

  /// An edge within one line of cells, `dy` high: each cell that it crosses gets the area right of it, the next one the rest.
  @inline(__always)
  private static func add(
    _ cells: inout MutableSpan<SIMD4<Int32>>, _ row: Int, _ lane: SIMD4<Int32>, _ from: Int32, _ to: Int32,
    _ dy: Int32
  ) {
    if from >> 6 == to >> 6 { return put(&cells, row, lane, Int(from >> 6), (from & 63) + (to & 63), dy) }
    let (low, high) = (min(from, to), max(from, to))
    let rate = Double(dy) / Double(high - low)
    var (x, done): (Int32, Int32) = (low, 0)
    while x < high {
      let next = min((x | 63) + 1, high)
      let reached = next == high ? dy : rounded(rate * Double(next - low))
      let twice = (x & 63) + (next - (x & ~63))
      put(&cells, row, lane, Int(x >> 6), twice, reached - done)
      (x, done) = (next, reached)
    }
  }

  /// - Parameter twice: twice the mean place in the cell, 0 to 128.
  @inline(__always)
  private static func put(
    _ cells: inout MutableSpan<SIMD4<Int32>>, _ row: Int, _ lane: SIMD4<Int32>, _ column: Int,
    _ twice: Int32, _ dy: Int32
  ) {
    let place = row + column
    cells[place] = cells[place] &+ (SIMD4(repeating: dy &* (128 - twice)) & lane)
    cells[place + 1] = cells[place + 1] &+ (SIMD4(repeating: dy &* twice) & lane)
  }

  /// Hands out a row's coverage, where it has some, and empties it.
  mutating func take(
    _ row: Int, in band: Range<Int>, _ body: (_ row: Int, _ first: Int, _ coverage: Span<UInt8>) -> Void
  ) {
    let first = (row - band.lowerBound) * blocks
    guard let left = (0..<blocks).first(where: { marks[first + $0] }) else { return }
    var sum = SIMD4<Int32>.zero
    var end = left
    for block in left..<blocks {
      if marks[first + block] {
        marks[first + block] = false
        let place = (row - band.lowerBound) * stride + block * 64
        sum = CellRows.take(&cells, place, sum, into: &coverage, block * 16)
        end = block + 1
      } else {
        let same = CellRows.value(CellRows.clamped(sum) &* 4)
        for i in block * 16..<block * 16 + 16 { coverage[i] = same }
        if same > 0 { end = block + 1 }
      }
    }
    let pixels = left * 16..<min(end * 16, width)
    if !pixels.isEmpty { body(row, pixels.lowerBound, coverage.span.extracting(pixels)) }
  }

  /// Sums sixteen pixels up, from the sum before them to the one behind them, and empties their cells.
  private static func take(
    _ cells: inout [SIMD4<Int32>], _ place: Int, _ before: SIMD4<Int32>, into coverage: inout [UInt8],
    _ pixels: Int
  ) -> SIMD4<Int32> {
    var sum = before
    var span = cells.mutableSpan
    for pixel in 0..<16 {
      var inside = SIMD4<Int32>.zero
      for cell in place + pixel * 4..<place + pixel * 4 + 4 {
        sum = sum &+ span[cell]
        span[cell] = .zero
        inside = inside &+ clamped(sum)
      }
      coverage[pixels + pixel] = value(inside)
    }
    return sum
  }

  @inline(__always)
  private static func clamped(_ sum: SIMD4<Int32>) -> SIMD4<Int32> {
    pointwiseMin(pointwiseMax(sum, .zero), SIMD4(repeating: full))
  }

  /// 0 to 255, from what sixteen cells hold.
  @inline(__always)
  private static func value(_ inside: SIMD4<Int32>) -> UInt8 {
    let sum = inside.wrappedSum()
    return UInt8(truncatingIfNeeded: (sum &* 255 &+ 1 << 16) >> 17)
  }
}
