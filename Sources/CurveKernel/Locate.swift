/// From a sample's number or parameter to its place on the curve, in Double.
///
/// - Shape: `points` and `dimensions` as fitted; only the first coordinate is read, and only when it is the parameter.
///   Given knots run a curve like a first coordinate: their breaks are the points, of one dimension.
public enum Locate {
  /// Samples that are located before they are drawn: 4 KiB of places.
  public static let atOnce = 256

  /// Sample `index` of `steps + 1` evenly spaced ones: exact rational arithmetic where each segment is one long.
  public static func even(
    _ index: Int, steps: Int, segments: Int, points: Span<Double>, dimensions: Int, byX: Bool, near: Int
  ) -> Located {
    if byX {
      let (first, last) = (points[0], points[segments &* dimensions])
      if index >= steps { return Located(segments, 0) }
      let x = first + (last - first) * (Double(index) / Double(steps))
      return at(x, segments: segments, points: points, dimensions: dimensions, byX: true, near: near)
    }
    let whole = Int64(index) &* Int64(segments)  // below 2⁶²
    return Located(Int(whole / Int64(steps)), Double(whole % Int64(steps)) / Double(steps))
  }

  /// The sample at parameter `t`, which lies on the curve; `near` is a segment to look at first.
  public static func at(
    _ t: Double, segments: Int, points: Span<Double>, dimensions: Int, byX: Bool, near: Int
  ) -> Located {
    if !byX {
      let segment = t >= Double(segments) ? segments : max(0, Int(t))
      return Located(segment, segment == segments ? 0 : t - Double(segment))
    }
    if t >= points[segments &* dimensions] { return Located(segments, 0) }
    var (low, high) = (0, segments)
    let guess = min(max(near, 0), segments - 1)
    if points[guess &* dimensions] <= t {
      low = guess
      if t < points[(guess + 1) &* dimensions] { high = guess + 1 }
    } else {
      high = guess
    }
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if points[middle &* dimensions] <= t { low = middle } else { high = middle }
    }
    let (from, to) = (points[low &* dimensions], points[(low + 1) &* dimensions])
    return Located(low, max(0, (t - from) / (to - from)))
  }

  /// Places of consecutive samples of one fitted piece: `steps + 1` evenly spaced ones, or those of `parameters`.
  ///
  /// - Shape: as many places as `located` has; `parameters` is empty for evenly spaced samples.
  /// - Units: `origin` is the parameter of the piece's begin where segments are counted, over several pieces, too.
  ///   `halves` is 2 where each segment is two polynomials.
  @inline(never)
  public static func fill(
    _ located: inout MutableSpan<Located>, first: Int, steps: Int, parameters: Span<Double>, origin: Double,
    segments: Int, points: Span<Double>, dimensions: Int, byX: Bool, halves: Int
  ) {
    if parameters.isEmpty, !byX {
      // Counted in polynomials: twice the fraction of a segment would be rounded twice.
      for i in located.indices {
        located[i] = even(
          first &+ i, steps: steps, segments: segments &* halves, points: points, dimensions: dimensions,
          byX: false, near: 0)
      }
      return
    }
    var near = 0
    for i in located.indices {
      let place =
        parameters.isEmpty
        ? even(
          first &+ i, steps: steps, segments: segments, points: points, dimensions: dimensions, byX: byX,
          near: near)
        : at(
          byX ? parameters[first &+ i] : parameters[first &+ i] - origin, segments: segments, points: points,
          dimensions: dimensions, byX: byX, near: near)
      near = Int(place.segment)
      located[i] = halves == 2 ? place.halved : place
    }
  }
}

/// A range of evenly sampled points as at most three passes of `DrawableBlock.evenly`: the rest of a begun segment,
/// whole segments, the beginning of the last.
public struct EvenPasses: Sequence, IteratorProtocol, Sendable {
  public struct Pass: Equatable, Sendable {
    /// Segments of the table, the points of each, and where in the range the first one goes.
    public var segments: Range<Int>
    public var from, to, offset: Int
  }

  private let samples: Int
  private var first, offset, left: Int

  /// - Precondition: `samples` is positive; `first` and `count` lie on the curve.
  public init(first: Int, count: Int, samples: Int) {
    (self.samples, self.first, offset, left) = (samples, first, 0, count)
  }

  @inline(never)
  public mutating func next() -> Pass? {
    guard left > 0 else { return nil }
    let segment = first / samples
    let from = first - segment * samples
    let whole = from == 0 ? left / samples : 0
    let pass: Pass
    let taken: Int
    if whole > 0 {
      pass = Pass(segments: segment..<(segment + whole), from: 0, to: samples, offset: offset)
      taken = whole * samples
    } else {
      taken = Swift.min(left, samples - from)
      pass = Pass(segments: segment..<(segment + 1), from: from, to: from + taken, offset: offset)
    }
    // Behind the last of 2³¹ points an Int of 32 bits ends; nothing is left then.
    (first, offset, left) = (first &+ taken, offset + taken, left - taken)
    return pass
  }
}
