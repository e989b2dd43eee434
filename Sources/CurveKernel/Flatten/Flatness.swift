/// How near the polyline of a flattened curve must stay, and what of that the output's rounding takes.
///
/// **What is promised.** No point of the curve is farther than the tolerance from the polyline that joins the points as
/// they are written. The curve is the one that the table of segments describes.
///
/// **Proof.** Let p(s), s in 0…1, be the stretch of one segment between two vertices at u₀ and u₁, P and P + C its ends.
/// 1. *The chord, exactly.* `ChordArc.deviation` bounds the distance of every p(s) from the closed segment P, P + C. Split
///    p(s) − P into a part along C, τ(s), and the rest, n(s). The nearest point of the closed segment is no farther than
///    √(|n(s)|² + o(s)²), o = max(−τ, τ − |C|, 0): how far p runs past an end. Nothing is assumed of the curve's shape:
///    a cusp or a turn on a straight line shows as o, a loop as n and o, collinear control points as n = 0. A chord without
///    length (or too short to have a direction) is a point, and |p(s) − (P + sC)| ≤ max|e| bounds the distance from it and
///    from any chord; a degenerate segment has e = 0. How n and o are bounded: `CubicArc`, `HullArc`.
/// 2. *The vertices, rounded.* Every vertex is written no farther than ε from its place on the curve. A point of the chord
///    is a mean of its ends, so it moves by no more than ε, too. So deviation + ε ≤ tolerance is enough.
/// 3. *The arithmetic of the bound.* It is done in Double, on differences that are taken from c, b and a, never from
///    positions: its error is a few 2⁻⁵³ of |c| + |b| + |a|, whatever the distance from the origin and however short the
///    chord. It is part of ε.
/// 4. *It ends.* Places are whole multiples of a grid (2⁻²⁴ of a segment for Float, so that its rational evaluators see the
///    planned u and 1 − u to the bit; 2⁻⁴⁰ for Double), so a segment has finitely many chords. On a cubic or quintic a chord
///    one step long deviates by less than 2⁻⁴⁸ of |b| + |a| (2⁻⁴⁰: 2⁻⁸⁰), which is below ε; interior vertices are only
///    set where the tolerance exceeds ε by a margin. A rational segment of very unlike weights may run further in one
///    step: such a chord is not accepted but refused (`FlatCursor.isForced`).
///
/// ε of a segment is `base` + `point`·|d| + `size`·S, |·| the sum over coordinates, S its size (cubic: |c| + |b| + |a|), with
/// two sets of factors: for its ends, where u = 0 gives d itself, and for vertices inside. In units of r = 2⁻²⁴ (2⁻⁵³):
/// - *Float table.* Whatever is rounded to Float is off by r of itself at most: the coefficients, the blends p, q and r of
///   `BasisBlock` (computed in Double), every product and sum. Of the chord's term that is 3 (c, p, c·p), of the others 4
///   at 4/27 of their size, 1 for the inner sums, all below S; the last sum is r of the position, |d| + S at most.
///   Ends: 1·|d| + 2·S; inside: 2·|d| + 5·S.
/// - *Double table, written as Double.* The table is the curve. Ends: 1·|d| (the contract's half ulp) + 32·S (the bound's
///   arithmetic); inside: 1·|d| + 40·S.
/// - *Double table, rounded to Float at the end.* The same and `base`: half an ulp of Float of every coordinate's largest.
/// - *Quintic and rational segments.* S is |c| + Σ|eᵢ|, or the largest |nᵢ|/wᵢ: of the positive weights all sums are right
///   to 12 r, of the numerators to 12 r·S·W, so the point to 27 r·S; restricted by de Casteljau, divided and multiplied by 5
///   at most (`HullArc`), the bound to 320 r·S. S counts 12 times here: 24 and 60, 384 and 480.
@frozen public struct Flatness: BitwiseCopyable, Sendable {
  /// How vertices are drawn.
  @frozen public enum Drawing: Int32, Sendable { case float, double, doubleRoundedToFloat }

  /// A power of two that brings the tolerance near 1, so that squares neither overflow nor vanish.
  let scale: Double
  /// Everything here is scaled.
  let tolerance: Double
  /// Adding and subtracting it rounds a number of 0…1 to the grid; `step` is the grid.
  let gridding, step: Double
  let base: Double
  let endPoint, endSize, innerPoint, innerSize: Double
  /// What of the tolerance rounding may take at most where vertices lie inside a segment.
  let mostLost: Double
  /// Of curves whose rounding costs next to nothing, and of those far from the origin.
  let quick, quickFar: QuickLimits

  /// - Parameter base: what rounding to Float at the very end loses; see `doubleRoundedToFloat`.
  public init(tolerance: Double, drawing: Drawing, base: Double = 0) {
    let exponent = Swift.min(1000, Swift.max(-1000, Flatness.exponent(tolerance)))
    scale = Flatness.power(-exponent)
    self.tolerance = tolerance * scale
    self.base = base * scale
    let isFloat = drawing == .float
    let bits = isFloat ? 24 : 40
    step = Flatness.power(-bits)
    gridding = 1.5 * Flatness.power(52 - bits)
    let r = isFloat ? 1.01 * Flatness.power(-24) : 1.01 * Flatness.power(-53)
    (endPoint, endSize) = (r, (isFloat ? 2 : 32) * r)
    (innerPoint, innerSize) = ((isFloat ? 2 : 1) * r, (isFloat ? 5 : 40) * r)
    mostLost = self.tolerance * (isFloat ? 0.0625 : 0.9990234375)
    let isOrdinary = tolerance > 1e-120 && tolerance < 1e120 && base == 0
    quick = QuickLimits(0.98, 0.01, 0.01, of: isOrdinary ? tolerance : 0, endPoint, endSize)
    quickFar = QuickLimits(0.35, 0.62, 0.03, of: isOrdinary ? tolerance : 0, endPoint, endSize)
  }

  /// What rounding takes at a segment's ends and inside, for the sums of coordinates |d| and S.
  @inline(__always)
  func lost(_ d: Double, _ size: Double, isGroup: Bool = false) -> (end: Double, inner: Double) {
    let s = isGroup ? 12 * size : size
    return (base + endPoint * d + endSize * s, base + innerPoint * d + innerSize * s)
  }

  /// ⌊log₂⌋ of a positive number; subnormal ones count as the smallest normal.
  static func exponent(_ x: Double) -> Int { Int((x.bitPattern >> 52) & 0x7FF) - 1023 }
  /// 2ⁿ, n in −1022…1023.
  static func power(_ n: Int) -> Double { Double(bitPattern: UInt64(n + 1023) << 52) }

  /// Half the distance from one Float to the next at a magnitude.
  public static func halfUlpOfFloat(_ x: Double) -> Double { power(Swift.max(exponent(x), -126) - 24) }
}

/// A cubic within these limits is one chord: squares of max(‖b‖, ‖a‖), of ‖d‖, and ‖c‖² + ‖b‖² + ‖a‖². See `countCubics`.
@usableFromInline struct QuickLimits: BitwiseCopyable, Sendable {
  private let bend, point, size: Double

  /// Shares of the tolerance, 1 in sum; a tolerance of 0: nothing is within.
  init(
    _ bend: Double, _ point: Double, _ size: Double, of tolerance: Double, _ endPoint: Double,
    _ endSize: Double
  ) {
    func square(_ x: Double) -> Double { tolerance > 0 ? x * x : -1 }
    self.bend = square(4 * bend * tolerance)
    self.point = square(point * tolerance / endPoint)
    self.size = square(size * tolerance / (1.7320509 * endSize))
  }

  @inline(__always) func hold(_ bend: Double, _ point: Double, _ size: Double) -> Bool {
    bend <= self.bend && point <= self.point && size <= self.size
  }
}

/// Where the next chord of a segment begins, and how long it may be: all that the rest of the segment depends on.
@frozen public struct FlatCursor: BitwiseCopyable, Sendable, Equatable {
  public var u: Double
  /// A guess, not a bound; 0: none yet.
  public var length: Double

  @inline(__always) public init(u: Double = 0, length: Double = 0) { (self.u, self.length) = (u, length) }

  /// The last chord, as short as there are any, deviates by more than it may.
  @inline(__always) public var isForced: Bool { length == .infinity }
}

/// How a segment is flattened, in one byte.
///
/// 1…100: so many chords, equal in u. 101…254: 1…154 chords that `ChordArc.advance` finds again. 255: more of them.
/// 0: rounding takes too much of the tolerance.
@frozen public struct FlatCode: BitwiseCopyable, Sendable, Equatable {
  public static let mostEven = 100
  public static let mostFound = 154
  public static let many: UInt8 = 255

  /// Chords of a segment; of those with more than a byte tells: 0.
  @inline(__always) public static func chords(_ code: UInt8) -> Int {
    code <= 100 ? Int(code) : code == many ? 0 : Int(code) - mostEven
  }
}
