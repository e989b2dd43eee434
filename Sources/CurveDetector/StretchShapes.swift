import Glibc

/// Shapes over a few bins of a stretch, side by side in lanes: what the search for segments projects stretches on.
///
/// A row holds bin means of a shape, mean-free, of unit norm; the gain of a stretch is corrected for what bins hide.
struct StretchShapes: Sendable {
  static let shared = StretchShapes()

  /// Bins of a stretch for smooth shapes, and for oscillations.
  static let smoothBins = 16
  static let waveBins = 32
  /// Blocks of eight lanes: polynomials and logarithms; exponentials; three of sigmoids.
  static let smoothBlocks = 5
  static let waveBlocks = 3
  static let leastCycles = 1.75
  static let cycleStep = 0.46

  /// `smoothBlocks` blocks for each bin.
  let smooth: [SIMD8<Float>]
  /// Variance of a shape over that of its bin means.
  let smoothScale: [SIMD8<Float>]
  /// Of each of `waveBlocks` blocks of frequencies the first half of the bins: sines and cosines about the middle; the
  /// second half mirrors it.
  let sines, cosines: [SIMD8<Float>]
  let waveScale: [SIMD8<Float>]

  private init() {
    // A line, and what a parabola has beside it; parabolas with the outermost turning points; logarithms.
    var shapes: [@Sendable (Double) -> Double] = [{ $0 }, { ($0 - 0.5) * ($0 - 0.5) }]
    for v in [0.2, 0.8] { shapes.append { ($0 - v) * ($0 - v) } }
    for c in [8.0, 19, 44, 100] { shapes.append { log1p(c * $0) } }
    for k in [-6, -4.2, -2.8, -1.6, 1.6, 2.8, 4.2, 6] { shapes.append { exp(k * $0) } }
    for g in [11.0, 15.5, 22] {
      for j in 0..<8 { shapes.append { [m = 0.29 + 0.06 * Double(j)] in 1 / (1 + exp(-g * ($0 - m))) } }
    }
    let rows = shapes.map { BinnedShape(Self.smoothBins, $0) }
    (smooth, smoothScale) = Self.packed(rows, Self.smoothBins)
    var (sines, cosines): ([BinnedShape], [BinnedShape]) = ([], [])
    for j in 0..<Self.waveBlocks * 8 {
      let m = 2 * Double.pi * (Self.leastCycles + Self.cycleStep * Double(j))
      sines.append(BinnedShape(Self.waveBins) { sin(m * ($0 - 0.5)) })
      cosines.append(BinnedShape(Self.waveBins) { cos(m * ($0 - 0.5)) })
    }
    let (a, aScale) = Self.packed(sines, Self.waveBins)
    let (b, bScale) = Self.packed(cosines, Self.waveBins)
    func half(_ rows: [SIMD8<Float>]) -> [SIMD8<Float>] {
      (0..<Self.waveBlocks).flatMap { block in
        (0..<Self.waveBins / 2).map { rows[$0 * Self.waveBlocks + block] }
      }
    }
    (self.sines, self.cosines) = (half(a), half(b))
    waveScale = zip(aScale, bScale).map { ($0 + $1) * 0.5 }
  }

  /// Lanes of shapes for each bin, and the scales.
  private static func packed(_ rows: [BinnedShape], _ bins: Int) -> ([SIMD8<Float>], [SIMD8<Float>]) {
    let blocks = rows.count / 8
    var packed = [SIMD8<Float>](repeating: .zero, count: blocks * bins)
    var scales = [SIMD8<Float>](repeating: .zero, count: blocks)
    for (i, row) in rows.enumerated() {
      scales[i / 8][i % 8] = Float(row.scale)
      for bin in 0..<bins { packed[bin * blocks + i / 8][i % 8] = Float(row.values[bin]) }
    }
    return (packed, scales)
  }
}

/// Bin means of a shape over 0…1, mean-free and of unit norm.
private struct BinnedShape {
  var values: [Double]
  let scale: Double

  init(_ bins: Int, _ shape: (Double) -> Double) {
    let fine = 16
    let all = (0..<bins * fine).map { shape((Double($0) + 0.5) / Double(bins * fine)) }
    let mean = all.reduce(0, +) / Double(bins * fine)
    let whole = all.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(fine)
    values = (0..<bins).map { bin in
      all[bin * fine..<(bin + 1) * fine].reduce(0) { $0 + $1 - mean } / Double(fine)
    }
    let norm = values.reduce(0) { $0 + $1 * $1 }
    scale = whole / norm
    for i in values.indices { values[i] /= norm.squareRoot() }
  }
}
