/// A cubic segment in scaled Doubles, about to be cut into chords.
///
/// With Q linear from B at s = 0 to A at s = 1, the stretch from u₀ to u₁ is P + C·s + s(1 − s)·Q(s): the chord and its
/// deviation e(s) (`Segment`'s form, restricted). From e″ = h²·y″, h = u₁ − u₀, and y″ running linearly from 2a − 4b to
/// 2b − 4a: B = −h²/6·(2y″(u₀) + y″(u₁)), A = −h²/6·(y″(u₀) + 2y″(u₁)), and C = h·y′(u₀) − B. No positions, no
/// cancellation: short chords are as accurate as long ones.
struct CubicArc<V: SIMD>: ChordArc where V.Scalar == Double {
  let c, b, a: V
  /// The second derivative: `bend` + `turn`·u.
  let bend, turn: V

  @inline(__always) init(c: V, b: V, a: V) {
    (self.c, self.b, self.a) = (c, b, a)
    bend = 2 * a - 4 * b
    turn = 6 * (b - a)
  }

  /// Bounds the distance of the stretch from its chord.
  ///
  /// Across the chord: in 2-D n(s) is a number, s(1 − s)(B(1 − s) + A·s) with B and A across C, and its largest magnitude
  /// is exact (`largest`). In more dimensions B and A across C span a plane: in it the axis w = B ± A (the longer one)
  /// leaves B₂ = ∓A₂ = r, and √(max n₁² + max n₂²) holds, with max n₂ = r·√3/18 (opposite) or r/4 (equal).
  /// Along the chord: τ(s) has the Bernstein coefficients 0, (|C| + β)/3, (2|C| + α)/3, |C|; where they stay within
  /// 0…|C| so does τ, else its two extremes are looked at.
  @inline(__always) func deviation(_ u0: Double, _ u1: Double) -> Double {
    let h = u1 - u0
    let (p, q) = (bend + turn * u0, bend + turn * u1)
    let f = h * h * (-1.0 / 6)
    let (B, A) = ((2 * p + q) * f, (p + 2 * q) * f)
    let rest = 1 - u0
    let chord = (c + b * (rest * (1 - 3 * u0)) + a * (u0 * (2 - 3 * u0))) * h - B
    let square = (chord * chord).sum()
    let (bb, aa) = ((B * B).sum(), (A * A).sum())
    // Every chord: |e| ≤ max(|B|, |A|)/4. It is all there is to say of one without a direction.
    guard square > 1e-60, square < 1e200 else { return 0.25 * Swift.max(bb, aa).squareRoot() }
    let (bc, ac) = ((B * chord).sum(), (A * chord).sum())
    var across: Double
    if V.scalarCount == 2 {
      let n = largest(chord[0] * B[1] - chord[1] * B[0], chord[0] * A[1] - chord[1] * A[0])
      across = n * n / square
    } else {
      let (b1, a1) = (B - chord * (bc / square), A - chord * (ac / square))
      across = largestSquare(b1, a1)
    }
    if bc < -square || bc > 2 * square || ac < -2 * square || ac > square {
      let o = overshoot(bc / square, ac / square)
      across += o * o * square
    }
    return across.squareRoot() * (1 + 0x1p-30)
  }

  /// Second derivatives at both ends: the larger square of their lengths.
  var largestBendSquare: Double {
    let end = bend + turn
    return Swift.max((bend * bend).sum(), (end * end).sum())
  }

  var firstGuess: Double { (bend * bend).sum().squareRoot() }

  /// |y″ across y′| at a place.
  func bendAcross(_ u: Double) -> Double {
    let rest = 1 - u
    let t = c + b * (rest * (1 - 3 * u)) + a * (u * (2 - 3 * u))
    let k = bend + turn * u
    let (tt, tk, kk) = ((t * t).sum(), (t * k).sum(), (k * k).sum())
    return Swift.max(0, kk - tk * tk / tt).squareRoot()
  }
}

/// max over 0…1 of |s(1 − s)(B(1 − s) + A·s)|.
///
/// With |B| ≥ |A| (else turn s round) and r = A/B, it lies at the zero s = 1/(2 − r + √(1 − r + r²)) of the derivative
/// 1 + s(2r − 4) + 3s²(1 − r): with r < 0 the lobe at B's end is the larger one. No difference cancels; an error δ of s
/// costs δ² of the value.
@inline(__always) func largest(_ b: Double, _ a: Double) -> Double {
  let (mb, ma) = (b < 0 ? -b : b, a < 0 ? -a : a)
  let (big, small) = mb >= ma ? (b, a) : (a, b)
  guard big != 0 else { return 0 }
  let r = small / big
  let s = 1 / (2 - r + (1 - r + r * r).squareRoot())
  let t = 1 - s
  return Swift.max(mb, ma) * (s * t * (t + r * s))
}

/// The square of a bound of |s(1 − s)(B(1 − s) + A·s)|, B and A vectors. See `CubicArc.deviation`.
@inline(__always) func largestSquare<V: SIMD>(_ b: V, _ a: V) -> Double where V.Scalar == Double {
  let (sum, difference) = (b + a, b - a)
  let (ss, dd) = ((sum * sum).sum(), (difference * difference).sum())
  let isSum = ss >= dd
  let length = Swift.max(ss, dd)
  guard length > 0 else { return 0 }
  let w = isSum ? sum : difference
  let (bw, aw) = ((b * w).sum(), (a * w).sum())
  let n = largest(bw, aw)
  let off = b - w * (bw / length)
  let r = (off * off).sum()
  // 1/108 = (√3/18)².
  return n * n / length + r * (isSum ? 0.0093 : 0.0625)
}

/// How far τ(s) = s + s(1 − s)(β(1 − s) + α·s) leaves 0…1.
///
/// It is 0 and 1 at the ends, so it leaves only at an extreme: a zero of τ′ = (1 + β) + 2s(α − 2β) + 3s²(β − α).
@inline(__always) func overshoot(_ beta: Double, _ alpha: Double) -> Double {
  let (lead, half, last) = (3 * (beta - alpha), alpha - 2 * beta, 1 + beta)
  let radicand = half * half - lead * last
  guard radicand > 0 else { return 0 }
  let root = radicand.squareRoot()
  let q = half > 0 ? -half - root : root - half
  return Swift.max(outside(q / lead, beta, alpha), outside(last / q, beta, alpha))
}

@inline(__always) private func outside(_ s: Double, _ beta: Double, _ alpha: Double) -> Double {
  guard s > 0, s < 1 else { return 0 }
  let t = 1 - s
  let value = s + s * t * (beta * t + alpha * s)
  return Swift.max(0, -value, value - 1)
}
