/// Edges of closed outlines, gathered and turned into coverage: how much of each pixel lies inside.
///
/// Coverage is the exact area, to the 256th of a pixel that coordinates are rounded to: each edge adds the signed area
/// between itself and the right border to the cells that it crosses, and a running sum along the row is the coverage
/// (the accumulation of Raph Levien's font-rs, 2015, in the whole numbers of David Turner's rasteriser in FreeType, 1999).
///
/// Outlines wind one way (strokes are made so), and the winding is non-zero: a sum above 1 is 1. The sum is taken in 4 by 4
/// cells a pixel, so that of two strokes that meet inside a pixel only what overlaps inside a cell counts twice. Whole numbers
/// make the result independent of the order of edges and of the machine.
struct CoverageRaster {
  struct Edge {
    var x0, y0, x1, y1: Int32
  }

  let width, height: Int
  private(set) var edges: [Edge] = []
  private var rows: CellRows

  /// Coordinates a pixel.
  private static var unit: Double { 256 }

  init(width: Int, height: Int) {
    (self.width, self.height) = (width, height)
    rows = CellRows(width: width, height: height)
  }

  /// Whether there are many: beyond 2^18 a sum of cells, 2^13 a winding, could overflow. No part of a line adds more than
  /// 2^17.
  var isFull: Bool { edges.count > 1 << 16 }

  /// Pixels to coordinates; what lies a million pixels away is drawn no farther.
  private static func coordinate(_ pixel: Double) -> Int32 {
    let near = min(max(pixel, -1e6), 1e6) * unit
    return Int32(near >= 0 ? near + 0.5 : near - 0.5)
  }

  /// - Shape: finite, in pixels, y downwards. An outline's left edges run down.
  mutating func add(_ from: SIMD2<Double>, _ to: SIMD2<Double>) {
    let edge = Edge(
      x0: Self.coordinate(from.x), y0: Self.coordinate(from.y), x1: Self.coordinate(to.x),
      y1: Self.coordinate(to.y))
    clip(edge)
  }

  /// What lies left of the picture counts as lying on its border, what lies right of it as nothing.
  private mutating func clip(_ edge: Edge) {
    let (low, high, right) = (min(edge.y0, edge.y1), max(edge.y0, edge.y1), Int32(width * 256))
    guard low < high, high > 0, low < height * 256 else { return }
    if min(edge.x0, edge.x1) >= 0, max(edge.x0, edge.x1) <= right { return edges.append(edge) }
    if min(edge.x0, edge.x1) >= right { return }
    if max(edge.x0, edge.x1) <= 0 { return edges.append(Edge(x0: 0, y0: edge.y0, x1: 0, y1: edge.y1)) }
    let border: Int32 = min(edge.x0, edge.x1) < 0 ? 0 : right
    let share = Double(border - edge.x0) / Double(edge.x1 - edge.x0)
    let y = edge.y0 + Int32(share * Double(edge.y1 - edge.y0))
    clip(Edge(x0: edge.x0, y0: edge.y0, x1: border, y1: y))
    clip(Edge(x0: border, y0: y, x1: edge.x1, y1: edge.y1))
  }

  /// Hands out the coverage of each row that has some, from above, and forgets the edges.
  ///
  /// - Parameter body: gets the row, its first pixel with coverage, and the coverage of the pixels from there, 0 to 255.
  mutating func sweep(_ body: (_ row: Int, _ first: Int, _ coverage: Span<UInt8>) -> Void) {
    guard !edges.isEmpty else { return }
    var bands = BandQueue(edges, rowsPerBand: rows.rowsPerBand, height: height)
    while let band = bands.next(edges) {
      for i in bands.active.indices { rows.add(edges[Int(bands.active[i])], band) }
      for row in band { rows.take(row, in: band, body) }
    }
    edges.removeAll(keepingCapacity: true)
  }
}

/// Goes down over bands of rows and knows which edges reach into each.
private struct BandQueue {
  /// Places of the edges that reach into the present band.
  private(set) var active: [Int32] = []
  /// Places of all edges by the band that they begin in, and where each band's begin among them.
  private var order: [Int32]
  private var starts: [Int]
  private let rowsPerBand, height: Int
  /// The first band with edges, and how many have gone by since.
  private let first: Int
  private var gone = 0

  init(_ edges: [CoverageRaster.Edge], rowsPerBand: Int, height: Int) {
    (self.rowsPerBand, self.height) = (rowsPerBand, height)
    var (low, high) = (Int.max, 0)
    for edge in edges {
      low = min(low, BandQueue.band(edge.y0, rowsPerBand), BandQueue.band(edge.y1, rowsPerBand))
      high = max(high, BandQueue.band(edge.y0, rowsPerBand), BandQueue.band(edge.y1, rowsPerBand))
    }
    (first, high) = (low, min(high, (height - 1) / rowsPerBand))
    starts = [Int](repeating: 0, count: high - low + 2)
    for edge in edges { starts[BandQueue.band(min(edge.y0, edge.y1), rowsPerBand) - low + 1] += 1 }
    for i in 1..<starts.count { starts[i] += starts[i - 1] }
    order = [Int32](repeating: 0, count: edges.count)
    var next = starts
    for (i, edge) in edges.enumerated() {
      let band = BandQueue.band(min(edge.y0, edge.y1), rowsPerBand) - low
      order[next[band]] = Int32(i)
      next[band] += 1
    }
  }

  private static func band(_ y: Int32, _ rowsPerBand: Int) -> Int { max(Int(y) / 256, 0) / rowsPerBand }

  /// The rows of the next band with edges, nil behind the last.
  mutating func next(_ edges: [CoverageRaster.Edge]) -> Range<Int>? {
    let above = Int32(clamping: (first + gone) * rowsPerBand * 256)
    active.removeAll { max(edges[Int($0)].y0, edges[Int($0)].y1) <= above }
    while gone < starts.count - 1, active.isEmpty, starts[gone] == starts[gone + 1] { gone += 1 }
    guard gone < starts.count - 1 else { return nil }
    active.append(contentsOf: order[starts[gone]..<starts[gone + 1]])
    defer { gone += 1 }
    let top = (first + gone) * rowsPerBand
    return top..<min(top + rowsPerBand, height)
  }
}
