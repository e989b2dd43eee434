import Glibc

/// What each shape leaves of each stretch between two knots.
///
/// - Shape: cells as `Likelihoods` takes them; knots every few cells; the lanes of an entry are in the order of
///   `Pattern`, with the stretch's own variation in the place of `step` and the steps of a walk in that of `none`.
struct StretchTable {
  let cells: Int
  /// Places of knots in cells, 0 and `cells` included.
  let knots: [Int]
  /// The fewest cells of a stretch.
  let least: Int
  /// Sums of squares left, for the stretch from knot a to knot b at [a · knots.count + b].
  private(set) var rest: [SIMD8<Float>]
  /// The variance of the noise in cells.
  private(set) var noise: Float = 1e-7
  private let samplesPerCell: Double

  /// Running sums of values and of squares.
  private var sums: [Double] = [0]
  private var squares: [Double] = [0]
  /// Running sums of squared one-step errors of walks under some noise.
  private var steps: [SIMD4<Double>] = [.zero]
  private static let gains: SIMD4<Double> = [1.268, 1, 0.6, 0.3]

  /// - Parameter values: cells of a series of `count` samples.
  init(_ values: [Double], count: Int, knots: [Int], least: Int) {
    (cells, self.knots, self.least) = (values.count, knots, least)
    samplesPerCell = Double(count) / Double(values.count)
    rest = [SIMD8<Float>](repeating: SIMD8(repeating: .infinity), count: knots.count * knots.count)
    accumulate(values)
    let shapes = StretchShapes.shared
    for a in 0..<knots.count - 1 {
      for b in (a + 1)..<knots.count where knots[b] - knots[a] >= least {
        rest[a * knots.count + b] = left(from: knots[a], to: knots[b], shapes)
      }
    }
    noise = leastNoise()
    // An oscillation is looked for where nothing smooth explains what is not noise.
    for a in 0..<knots.count - 1 {
      for b in (a + 1)..<knots.count where knots[b] - knots[a] >= least {
        let place = a * knots.count + b
        let (total, best) = (rest[place][6], rest[place].min())
        guard best > 0.15 * total, best > 1.5 * noise * Float(knots[b] - knots[a]) else { continue }
        let gain = waveGain(from: knots[a], to: knots[b], shapes)
        rest[place][4] = max(
          3e-4 * total, total - gain * Float(knots[b] - knots[a]) / Float(StretchShapes.waveBins))
      }
    }
  }

  /// The variance of noise in cells: what short stretches leave, at the lower third of them.
  private func leastNoise() -> Float {
    var left: [Float] = []
    for a in 0..<knots.count - 1 {
      for b in (a + 1)..<knots.count {
        let length = knots[b] - knots[a]
        guard length >= least, 2 * length <= 3 * least + 4 else { continue }
        left.append(rest[a * knots.count + b].min() / Float(length - 4))
      }
    }
    left.sort()
    return max(left.isEmpty ? 0 : left[left.count / 3], 1e-7)
  }

  private mutating func accumulate(_ values: [Double]) {
    sums.reserveCapacity(values.count + 1)
    squares.reserveCapacity(values.count + 1)
    steps.reserveCapacity(values.count + 1)
    var level = SIMD4<Double>(repeating: values[0])
    var (sum, square, step) = (0.0, 0.0, SIMD4<Double>.zero)
    for value in values {
      let error = SIMD4(repeating: value) - level
      level += Self.gains * error
      sum += value
      square += value * value
      step += error * error
      sums.append(sum)
      squares.append(square)
      steps.append(step)
    }
  }

  private func left(from a: Int, to b: Int, _ shapes: StretchShapes) -> SIMD8<Float> {
    let length = Double(b - a)
    let sum = sums[b] - sums[a]
    let total = max(squares[b] - squares[a] - sum * sum / length, 0)
    let gains = smoothGains(from: a, to: b, shapes) * Float(length / Double(StretchShapes.smoothBins))
    var left = SIMD8(repeating: Float(total)) - gains
    left[6] = Float(total)
    // The first step belongs to the stretch before.
    let walk = (steps[b] - steps[a + 1]) * (length / (length - 1))
    left[7] = Float(walk.min())
    return left.clamped(
      lowerBound: SIMD8(repeating: Float(total) * 1e-3), upperBound: SIMD8(repeating: .infinity))
  }

  /// The mean of values in bins of a stretch, edges inside cells shared.
  @inline(__always)
  private func mean(_ a: Double, _ width: Double, _ scale: Double, _ bin: Int, _ before: inout Double)
    -> Float
  {
    let edge = a + width * Double(bin + 1)
    let i = min(Int(edge), cells - 1)
    let running = sums[i] + (sums[i + 1] - sums[i]) * (edge - Double(i))
    defer { before = running }
    return Float((running - before) * scale)
  }

  /// The largest gain of each smooth pattern, per bin.
  private func smoothGains(from a: Int, to b: Int, _ shapes: StretchShapes) -> SIMD8<Float> {
    let (width, scale) = (
      Double(b - a) / Double(StretchShapes.smoothBins), Double(StretchShapes.smoothBins) / Double(b - a)
    )
    var before = sums[a]
    var (p0, p1, p2) = (SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD8<Float>.zero)
    var (p3, p4) = (p0, p0)
    for bin in 0..<StretchShapes.smoothBins {
      let y = mean(Double(a), width, scale, bin, &before)
      let row = bin * StretchShapes.smoothBlocks
      p0 += shapes.smooth[row] * y
      p1 += shapes.smooth[row + 1] * y
      p2 += shapes.smooth[row + 2] * y
      p3 += shapes.smooth[row + 3] * y
      p4 += shapes.smooth[row + 4] * y
    }
    let corrections = shapes.smoothScale
    let first = p0 * p0 * corrections[0]
    // The turning point is at ½ − 0.129·(line/bend).
    let isInside = abs(p0[0]) * 0.129 <= 0.33 * abs(p0[1])
    let parabola = isInside ? first[0] + first[1] : max(first[2], first[3])
    let logs = SIMD4(first[4], first[5], first[6], first[7])
    let sigmoids = larger(
      p2 * p2 * corrections[2], larger(p3 * p3 * corrections[3], p4 * p4 * corrections[4]))
    return [
      first[0], parabola, largest(p1 * p1 * corrections[1]), logs.max(), 0, largest(sigmoids), 0, 0,
    ]
  }

  /// The largest gain of an oscillation, between the cycles of the rows.
  private func waveGain(from a: Int, to b: Int, _ shapes: StretchShapes) -> Float {
    // Cycles of eight samples or more, of two cells or more.
    let most = min(12.6, samplesPerCell * Double(b - a) / 8 + 0.2, Double(b - a) / 2.2)
    let last = min(Int((most - StretchShapes.leastCycles) / StretchShapes.cycleStep), 23)
    guard last >= 1 else { return 0 }
    let bins = StretchShapes.waveBins
    let (width, scale) = (Double(b - a) / Double(bins), Double(bins) / Double(b - a))
    // Sines about the middle take differences of mirrored bins, cosines sums.
    var odd = InlineArray<16, Float>(repeating: 0)
    var even = odd
    var (before, behind) = (sums[a], sums[b])
    for bin in 0..<bins / 2 {
      let left = mean(Double(a), width, scale, bin, &before)
      let right = mean(Double(b), -width, -scale, bin, &behind)
      (odd[bin], even[bin]) = (left - right, left + right)
    }
    var gains = InlineArray<3, SIMD8<Float>>(repeating: .zero)
    for block in 0...last / 8 {
      var (s, c) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
      for bin in 0..<bins / 2 {
        s += shapes.sines[block * bins / 2 + bin] * odd[bin]
        c += shapes.cosines[block * bins / 2 + bin] * even[bin]
      }
      gains[block] = (s * s + c * c) * shapes.waveScale[block]
    }
    func gain(_ j: Int) -> Float { gains[j / 8][j % 8] }
    var best = 0
    for j in 1...last where gain(j) > gain(best) { best = j }
    guard best > 0, best < last else { return gain(best) }
    // The peak of the parabola through three rows.
    return peak(gain(best - 1), gain(best), gain(best + 1))
  }
}

/// The peak of the parabola through three gains if the middle is the largest, else the largest.
@inline(__always)
private func peak(_ l: Float, _ m: Float, _ r: Float) -> Float {
  let bend = l - 2 * m + r
  return m >= l && m >= r && bend < 0 ? m - (l - r) * (l - r) / (8 * bend) : max(l, max(m, r))
}

@inline(__always)
private func larger(_ a: SIMD8<Float>, _ b: SIMD8<Float>) -> SIMD8<Float> {
  a.replacing(with: b, where: b .> a)
}

@inline(__always)
private func largest(_ a: SIMD8<Float>) -> Float {
  let four = a.lowHalf.replacing(with: a.highHalf, where: a.highHalf .> a.lowHalf)
  return max(max(four[0], four[1]), max(four[2], four[3]))
}
