/// A quintic or rational segment, scaled: Bernstein coefficients of degree 5 in homogeneous form, N(u)/W(u) from its first
/// point, weights positive (quintic: 1).
///
/// Restricted to a stretch by de Casteljau (N₀…N₅, W₀…W₅, weights stay positive), with P = N₀/W₀ its begin and C its
/// chord: G = N − P·W vanishes at the begin and lies along C at the end, so across the chord G = s(1 − s)·Q(s), Q of
/// degree 3 with the coefficients 5G₁, 10/3·G₂, 10/3·G₃, 5G₄. A point's distance from the chord's line is
/// |G across C|/W ≤ max|Q|/(4·min W), and ≤ max Gᵢ/Wᵢ since weights are positive: the smaller one holds. The coordinate
/// along C is a mean of the Gᵢ·C/(Wᵢ|C|): none outside 0…|C|, no overshoot.
struct HullArc<V: SIMD>: ChordArc where V.Scalar == Double {
  private var n: InlineArray<6, V>
  private var w: InlineArray<6, Double>

  @inline(__always) init(_ n: InlineArray<6, V>, _ w: InlineArray<6, Double>) { (self.n, self.w) = (n, w) }

  /// A quintic from its entries' rows, scaled.
  init(c: V, e0: V, e1: V, e2: V, e3: V) {
    n = [
      V(repeating: 0), c * 0.2 + e0 * 0.2, c * 0.4 + e1 * 0.1, c * 0.6 + e2 * 0.1, c * 0.8 + e3 * 0.2, c,
    ]
    w = InlineArray(repeating: 1)
  }

  func deviation(_ u0: Double, _ u1: Double) -> Double {
    var arc = self
    arc.cutEnd(at: u1)
    if u0 > 0 { arc.cutBegin(at: u0 / u1) }
    return arc.deviation
  }

  /// Of the whole arc from its chord.
  private var deviation: Double {
    let p = n[0] * (1 / w[0])
    let chord = n[5] * (1 / w[5]) - p
    let square = (chord * chord).sum()
    let hasDirection = square > 1e-60 && square < 1e200
    var (q, hull, over, least, most) = (0.0, 0.0, 0.0, w[0], w[0])
    for i in 1..<6 {
      least = Swift.min(least, w[i])
      most = Swift.max(most, w[i])
      if i == 5 { break }
      let g = n[i] - p * w[i]
      let along = hasDirection ? (g * chord).sum() / square : 0
      let off = g - chord * along
      let length = (off * off).sum()
      let scaled = length * (i == 1 || i == 4 ? 25 : 100.0 / 9)
      q = Swift.max(q, scaled)
      hull = Swift.max(hull, length / (w[i] * w[i]))
      let t = along / w[i]
      over = Swift.max(over, -t, t - 1)
    }
    // Beyond a factor of 2 the error of Q would count too much.
    if hasDirection, most <= 2 * least { hull = Swift.min(hull, q / (16 * least * least)) }
    return (hull + over * over * square).squareRoot() * (1 + 0x1p-30)
  }

  /// Keeps 0…t.
  private mutating func cutEnd(at t: Double) {
    let r = 1 - t
    for level in 1..<6 {
      for i in stride(from: 5, through: level, by: -1) {
        n[i] = n[i] * t + n[i - 1] * r
        w[i] = w[i] * t + w[i - 1] * r
      }
    }
  }

  /// Keeps t…1.
  private mutating func cutBegin(at t: Double) {
    let r = 1 - t
    for level in 1..<6 {
      for i in 0..<(6 - level) {
        n[i] = n[i] * r + n[i + 1] * t
        w[i] = w[i] * r + w[i + 1] * t
      }
    }
  }

  /// No coordinate is farther from the first point: the largest of the control points.
  var reach: V {
    var most = V(repeating: 0)
    for i in 1..<6 { most = larger(most, magnitude(n[i] * (1 / w[i]))) }
    return most
  }

  /// From the second differences at the begin, weights aside.
  var firstGuess: Double {
    let k = (n[2] - 2 * n[1] + n[0]) * (20 / w[0])
    return (k * k).sum().squareRoot()
  }
}
