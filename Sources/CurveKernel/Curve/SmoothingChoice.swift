/// λ by generalised cross-validation: where n·RSS/(n − tr A)² is least, one λ for all columns and pieces of a curve.
///
/// RSS is the plain sum over the columns, as for distances in space: a column of larger numbers counts for more, and a turn
/// of the axes changes nothing. log₂ λ is scanned in steps of 4 from where the curve is a line down to where it
/// interpolates, and the best place is refined by Brent's method; of equal values the largest λ is
/// taken. So is the largest that leaves no more than the points' own rounding: points on a line get a line.
/// - Source: Craven & Wahba, "Smoothing noisy data with spline functions" (1979); Brent, "Algorithms for minimization
///   without derivatives" (1973), chapter 5.
struct SmoothingChoice {
  private let options: FitOptions
  private let points: [Double]
  private let dimensions: Int
  private let pieces: [CurvePiece]
  /// A power of two that brings the largest ordinate's deviation near to 1, and mean squares below which all is rounding.
  private let scale, floor: Double
  private var scratch: [Double]

  init(_ options: FitOptions, points: [Double], dimensions: Int, pieces: [CurvePiece]) {
    (self.options, self.points) = (options, points)
    (self.dimensions, self.pieces) = (dimensions, pieces)
    let longest = pieces.reduce(0) { max($0, $1.points.count) }
    let count = Fit.scratchCount(options, pointCount: longest, dimensions: dimensions)
    scratch = [Double](repeating: 0, count: count)
    let (height, deviation) = SmoothingChoice.extent(options, points, dimensions, pieces)
    guard deviation > 0, deviation < .infinity else {
      (scale, floor) = (1, 0)
      return
    }
    scale = scaled(1, by: min(1000, 0 - Int(deviation.exponent)))
    let (coarse, fine) = (height * scale * 0x1p-51, deviation * scale * 0x1p-49)
    floor = coarse * coarse + fine * fine
  }

  /// - Returns: 0 where nothing can be told: without three points of different parameters the curve is a line anyway.
  ///
  /// - Throws: `optionMismatch` where x runs so far that λ, which counts its cube, leaves the range of Double.
  mutating func lambda() throws(CurveError) -> Double {
    guard let (low, high) = bounds() else { return 0 }
    guard high >= -1000, high <= 1020 else {
      throw .optionMismatch(
        name: "lambda",
        reason:
          "cannot be chosen for points so far apart, or so near: scale their parameter, or give a number")
    }
    var best = (at: high, value: score(high))
    var at = high
    while at > low {
      at = max(low, at - 4)
      let value = score(at)
      if value < best.value || !best.value.isFinite { best = (at, value) }
    }
    guard best.value.isFinite, best.value > floor else { return SmoothingChoice.power2(best.at) }
    let refined = refine(max(low, best.at - 4), min(high, best.at + 4), from: best)
    return SmoothingChoice.power2(refined)
  }

  /// The criterion at log₂ λ, in units of `scale`; never below `floor`.
  mutating func score(_ exponent: Double) -> Double {
    let rest = rest(SmoothingChoice.power2(exponent))
    let mean = Double(rest.points) * rest.squares / (rest.freedom * rest.freedom)
    return mean < floor ? floor : mean
  }

  /// What the curve with a λ leaves over, all pieces together.
  mutating func rest(_ lambda: Double) -> SmoothingRest {
    var (rest, options) = (SmoothingRest(), options)
    options.lambda = lambda
    var memory: [Double] = []
    swap(&memory, &scratch)
    defer { swap(&memory, &scratch) }
    var room = memory.mutableSpan
    for piece in pieces {
      let (ring, own) = (ring(piece), range(piece))
      let places = SmoothingMemory(options, pointCount: ring.count, dimensions: dimensions)
      let (knots, noise) = Smoothing.solve(options, ring, places, points.span.extracting(own), &room)
      rest.add(places, knots: knots, noise, scale: scale, &room)
    }
    return rest
  }

  private func ring(_ piece: CurvePiece) -> Ring {
    Ring(dimensions: dimensions, count: piece.points.count, isClosed: false)
  }

  private func range(_ piece: CurvePiece) -> Range<Int> {
    piece.points.lowerBound * dimensions..<piece.points.upperBound * dimensions
  }

  /// log₂ λ where the longest piece is a line to 1 part in 8 million of its least bend, and where the shortest step
  /// interpolates; nil when no piece has three knots.
  private func bounds() -> (low: Double, high: Double)? {
    var (low, high) = (Double.infinity, -Double.infinity)
    for piece in pieces where piece.points.count > 2 {
      let own = points.span.extracting(range(piece))
      var (count, smallest, total) = (1, Double.infinity, 0.0)
      for i in 1..<piece.points.count {
        let step = parameterStep(ring(piece), own, options.parameterization, i - 1)
        guard step > 0 else { continue }
        (count, smallest, total) = (count + 1, min(smallest, step), total + step)
      }
      guard count > 2, total < .infinity else { continue }
      let length = Double(Int(total.exponent)) + 1
      high = max(high, 3 * length + Double(Int(Double(count).exponent)) + 14)
      low = min(low, 3 * Double(Int(smallest.exponent)) - 24)
    }
    guard low < high else { return nil }
    return (max(low, -1020), high)
  }

  /// The largest ordinate, and the largest deviation from a piece's first point.
  private static func extent(
    _ options: FitOptions, _ points: [Double], _ dimensions: Int, _ pieces: [CurvePiece]
  ) -> (height: Double, deviation: Double) {
    var (height, deviation) = (0.0, 0.0)
    let first = options.parameterization == .x ? 1 : 0
    for piece in pieces {
      let origin = piece.points.lowerBound * dimensions
      for i in piece.points {
        for k in first..<dimensions {
          let value = points[i * dimensions + k]
          height = max(height, abs(value))
          deviation = max(deviation, abs(value - points[origin + k]))
        }
      }
    }
    return (height, deviation)
  }

  /// 2ˣ: the four operations alone, so that every machine chooses the same λ.
  static func power2(_ x: Double) -> Double {
    let whole = x.rounded(.down)
    return scaled(power(2, x - whole), by: Int(whole))
  }
}

extension SmoothingChoice {
  /// Brent's search between `low` and `high`, begun at the best place known.
  private mutating func refine(
    _ low: Double, _ high: Double, from start: (at: Double, value: Double)
  ) -> Double {
    let golden = 0.3819660112501051
    let tolerance = 0x1p-18
    var (low, high) = (low, high)
    // The three best places, and the last two strides.
    var (x, w, v) = (start, start, start)
    var (stride, before) = (0.0, 0.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if abs(x.at - middle) <= 2 * tolerance - (high - low) / 2 { break }
      let parabola = SmoothingChoice.vertex(x, w, v)
      let next = x.at + (parabola ?? .infinity)
      if let parabola, abs(parabola) < abs(before) / 2, next > low, next < high {
        before = stride
        stride =
          next - low < 2 * tolerance || high - next < 2 * tolerance
          ? (x.at < middle ? tolerance : -tolerance) : parabola
      } else {
        before = x.at < middle ? high - x.at : low - x.at
        stride = golden * before
      }
      let at = x.at + (abs(stride) >= tolerance ? stride : stride > 0 ? tolerance : -tolerance)
      let tried = (at: at, value: score(at))
      if tried.value <= x.value {
        if at < x.at { high = x.at } else { low = x.at }
        (v, w, x) = (w, x, tried)
      } else {
        if at < x.at { low = at } else { high = at }
        if tried.value <= w.value || w.at == x.at {
          (v, w) = (w, tried)
        } else if tried.value <= v.value || v.at == x.at || v.at == w.at {
          v = tried
        }
      }
    }
    return x.at
  }

  /// The way from x to the vertex of the parabola through three places; nil where they lie on none.
  private static func vertex(
    _ x: (at: Double, value: Double), _ w: (at: Double, value: Double), _ v: (at: Double, value: Double)
  ) -> Double? {
    let r = (x.at - w.at) * (x.value - v.value)
    let q = (x.at - v.at) * (x.value - w.value)
    let below = 2 * (q - r)
    guard below != 0 else { return nil }
    return -((x.at - v.at) * q - (x.at - w.at) * r) / below
  }
}
