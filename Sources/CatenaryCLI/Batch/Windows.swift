import Catenary
import CurveFormats
import CurveRequests

/// A curve that is too large for memory, drawn through a window that moves over its points: each segment of the kinds that
/// can be drawn so depends on a few points around it, and the bytes are those of the whole.
struct WindowedDrawing<Scalar: OutputScalar>: Drawing {
  let windows: Windows
  let settings: Settings
  let engine: Engine
  let lane: BatchLane
  let derivative: Int

  var count: Int { windows.segments * windows.samples + 1 }
  var dimensions: Int { windows.dimensions }

  func draw(to sink: (borrowing Tile<Scalar>) throws -> Void) throws {
    switch windows.format {
    case .csv: try draw(try CSVRows(windows.csv, from: try open()), sink)
    case .npy: try draw(try BinaryRows(npy: try open()), sink)
    default:
      try draw(
        BinaryRows(raw: windows.format.scalar ?? .f32, dimensions: dimensions, from: try open()), sink)
    }
  }

  private func open() throws(CommandFailure) -> FileSource { try FileSource(windows.path, by: lane) }

  private func draw(
    _ rows: consuming some PointRows & ~Copyable, _ sink: (borrowing Tile<Scalar>) throws -> Void
  ) throws {
    let d = dimensions
    var values: [Double] = []
    // The first point in the window, and the segments that were drawn.
    var (first, drawn) = (0, 0)
    while drawn < windows.segments {
      let come: Int
      do throws(FormatError) { come = try rows.read(atMost: windows.rows, into: &values) } catch {
        throw CommandFailure.failed("\(windows.path): \(error)")
      }
      let points = values.count / d
      guard come > 0 || first + points >= windows.count else {
        throw CommandFailure.failed("\(windows.path): it became shorter while it was read: read it again")
      }
      let range = windows.segments(from: first, count: points)
      let isLast = range.upperBound == windows.segments
      let end = isLast ? windows.segments : range.upperBound - windows.margin
      guard end > drawn else { continue }
      try windows.check(values, first: first, drawing: drawn..<end)
      let used = (range.count * windows.step + 1) * d
      let curve = try curve(used == values.count ? values : Array(values[..<used]), from: first)
      try draw(curve, first: range.lowerBound, drawn..<end, isLast: isLast, sink)
      drawn = end
      let kept = max(0, drawn - windows.margin) * windows.step
      values.removeFirst((kept - first) * d)
      first = kept
    }
  }

  private func curve(_ values: [Double], from first: Int) throws -> Curve<Scalar> {
    let kind = try settings.kind(dimensions: dimensions, tangents: [])
    do throws(CurveError) {
      return try Curve(kind, flat: values, dimensions: dimensions, closed: false, gaps: .error)
    } catch {
      throw EngineError.curve(error.moved(by: first))
    }
  }

  /// Sends the samples of some segments, out of a curve that has more.
  private func draw(
    _ curve: Curve<Scalar>, first: Int, _ segments: Range<Int>, isLast: Bool,
    _ sink: (borrowing Tile<Scalar>) throws -> Void
  ) throws {
    let a = (segments.lowerBound - first) * windows.samples * dimensions
    let b = ((segments.upperBound - first) * windows.samples + (isLast ? 1 : 0)) * dimensions
    let place = segments.lowerBound * windows.samples * dimensions
    try engine.render(curve, .samplesPerSegment(windows.samples), derivative: derivative) { tile in
      let range = max(a, tile.first)..<min(b, tile.first + tile.elements.count)
      if range.lowerBound < range.upperBound {
        try sink(tile.part(range, movedTo: place + range.lowerBound - a))
      }
    }
  }
}

/// How a window moves over an input.
struct Windows {
  let path: String
  let format: PointFormat
  let csv: CSVOptions
  let dimensions: Int
  /// Control points of the whole.
  let count: Int
  /// Control points a segment.
  let step: Int
  let samples: Int
  /// Segments on each side that a window holds and leaves to others: what is drawn sees all points that matter to it.
  let margin: Int
  /// Whether equal points next to each other count as one, so that it sees further.
  let skipsEqual: Bool
  /// Points that come at a time.
  let rows: Int

  /// Whether a curve can be drawn through a window: its kind is local, its samples are counted by segments, and nothing
  /// is asked for that needs the whole.
  static func canDraw(_ options: BatchOptions, _ format: PointFormat?) -> Bool {
    let settings = options.settings
    guard settings.command == "render", let format, format != .json, options.format.picture == nil,
      ![.count, .tolerance, .at, .spacing, .closed, .gaps].contains(where: settings.has)
    else { return false }
    let parameterization = try? settings.text(.parameterization)
    guard [nil, "uniform", "x"].contains(parameterization) else { return false }
    return switch try? settings.kindName() {
    case .linear, .step, .catmullRom, .cardinal, .kochanekBartels, .bezier, .quadraticBezier, .monotone,
      .akima,
      .makima:
      true
    default: false
    }
  }

  var segments: Int { (count - 1) / step }
  /// Numbers in a window at most; texts bring what lies in the reader's buffer, too.
  var numbersAtOnce: Int {
    min(count, rows + 2 * margin * step) * dimensions + (format == .csv ? 1 << 17 : 0)
  }

  /// The segments that points of the window make.
  func segments(from first: Int, count: Int) -> Range<Int> { first / step..<(first + count - 1) / step }

  /// Refuses so many equal points that what lies behind them is out of sight.
  func check(_ values: [Double], first: Int, drawing segments: Range<Int>) throws(CommandFailure) {
    guard skipsEqual else { return }
    let (a, b) = (segments.lowerBound - first, segments.upperBound - first)
    let last = values.count / dimensions - 1
    func isAlone(_ point: Int, _ others: Range<Int>) -> Bool {
      others.allSatisfy { other in
        (0..<dimensions).allSatisfy { values[point * dimensions + $0] == values[other * dimensions + $0] }
      }
    }
    if first > 0, isAlone(a, 0..<a) { throw tooManyEqual(first + a) }
    if first + last + 1 < count, isAlone(b, b + 1..<last + 1) { throw tooManyEqual(first + b) }
  }

  private func tooManyEqual(_ point: Int) -> CommandFailure {
    .failed(
      "\(path): too many equal points next to each other at point \(point) for an input that is read in parts: "
        + "drop repeated points, or raise --memory")
  }
}

extension CurveError {
  /// The same of points that are counted from elsewhere.
  func moved(by first: Int) -> CurveError {
    switch self {
    case .notFinite(let i): .notFinite(index: i + first)
    case .gap(let i): .gap(index: i + first)
    case .notRising(let i): .notRising(index: i + first)
    default: self
    }
  }
}
