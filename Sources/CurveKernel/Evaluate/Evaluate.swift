/// What a segment's coefficients multiply.
///
/// `cubic`: u, q = u·(1 − u)², r = u²·(1 − u). The steps are piecewise constant: u, h, 1 − h, with h = 0 until the curve switches to the
/// segment's last point: right after its first (`stepBefore`) or at its half (`stepMiddle`).
@frozen public enum Basis: Int32, Sendable {
  case cubic = 0
  case stepBefore = 1
  case stepMiddle = 2
  /// Polynomials of degree 4 and 5: `QuinticBasis`.
  case quintic = 3
  /// Rational curves and their derivatives: `RationalBasis`.
  case rational = 4
  case rationalFirst = 5
  case rationalSecond = 6

  /// Entries of the table that make one segment.
  @inline(__always) public var entries: Int {
    switch self {
    case .cubic, .stepBefore, .stepMiddle: 1
    case .quintic: 2
    case .rational, .rationalFirst, .rationalSecond: 3
    }
  }
}

/// What multiplies `c`, `b` and `a` at a few parameters: made once, used for every segment of a pass.
///
/// Each is computed in Double from the parameter itself and rounded once: a segment that swings far between its ends
/// would multiply what rounding the parameter to Float moves.
struct BasisBlock<B: Block>: BitwiseCopyable {
  let p, q, r: B

  @inline(__always) init(at parameter: (Int) -> Double, _ basis: Basis) {
    p = B.splat { B.round(parameter($0)) }
    if basis == .cubic {
      q = B.splat {
        let (u, v) = (parameter($0), 1 - parameter($0))
        return B.round(u * v * v)
      }
      r = B.splat {
        let (u, v) = (parameter($0), 1 - parameter($0))
        return B.round(u * v * u)
      }
    } else {
      q = p.step(over: basis == .stepBefore ? 0 : 0.5, orEqual: basis == .stepMiddle)
      r = B.add(B.splat { _ in B.round(1) }, B.multiply(q, B.splat { _ in B.round(-1) }))
    }
  }

  /// Small terms first, the first point last: the result keeps half an ulp of it, even far from the origin.
  @inline(__always) func point(_ c: B, _ b: B, _ a: B, _ d: B) -> B {
    B.add(B.add(B.add(B.multiply(b, q), B.multiply(a, r)), B.multiply(c, p)), d)
  }
}

/// Evenly spaced samples: points `from..<to` of every segment of `table`, u = point / samples.
///
/// - Shape: segment k's point `from` lies at byte `k · samples · pointBytes` of `out`; what does not fit in `out`
///   is not written, so that a tile may end anywhere.
/// - Order: the last block of a segment may run over into the next one's first points. They are written later:
///   passes go from the last block to the first, segments upwards.
@inline(__always)
func evaluateEvenly<Base: Block>(
  _: Base.Type, table: Span<Segment<Base.Row>>, samples: Int, from: Int, to: Int, basis: Basis,
  out: consuming MutableRawSpan
) {
  switch basis {
  case .cubic, .stepBefore, .stepMiddle: break
  case .quintic:
    return evaluateGroupsEvenly(
      QuinticBasis<Base>.self, table: table, samples: samples, from: from, to: to, basis: basis, out: out)
  case .rational, .rationalFirst, .rationalSecond:
    return evaluateGroupsEvenly(
      RationalBasis<Base>.self, table: table, samples: samples, from: from, to: to, basis: basis, out: out)
  }
  typealias Wide = Pair<Pair<Base>>
  let wides = (to &- from) / Wide.points
  let firstTail = from &+ wides &* Wide.points
  let tails = (to &- firstTail &+ Base.points &- 1) / Base.points
  // The last tail may end beyond what an Int of 32 bits holds: it wraps there and back.
  var point = firstTail &+ tails &* Base.points
  while point != firstTail {
    point &-= Base.points
    evaluatePass(
      Base.self, table: table, samples: samples, at: point, skip: point &- from, basis: basis, out: &out)
  }
  while point > from {
    point &-= Wide.points
    evaluatePass(
      Wide.self, table: table, samples: samples, at: point, skip: point &- from, basis: basis, out: &out)
  }
}

/// One block of parameters over all segments: its powers stay in registers.
@inline(__always)
func evaluatePass<B: Block>(
  _: B.Type, table: Span<Segment<B.Row>>, samples: Int, at point: Int, skip: Int, basis: Basis,
  out: inout MutableRawSpan
) {
  let block = BasisBlock<B>(at: { Double(point &+ $0) / Double(samples) }, basis)
  let pointBytes = B.dimensions &* MemoryLayout<B.Scalar>.size
  let stride = samples &* pointBytes
  let last = out.byteCount &- MemoryLayout<B>.size
  var offset = skip &* pointBytes
  for k in table.indices {
    let s = table[k]
    let y = block.point(B.tile(s.c), B.tile(s.b), B.tile(s.a), B.tile(s.d))
    if offset <= last {
      out.storeBytes(of: y, toByteOffset: offset, as: B.self)
    } else {
      storePartly(y, at: offset, out: &out)
    }
    offset &+= stride
  }
}

/// As many scalars of a block as still fit.
@inline(__always)
func storePartly<B: Block>(_ y: B, at offset: Int, out: inout MutableRawSpan) {
  let size = MemoryLayout<B.Scalar>.size
  var place = offset
  for i in 0..<(B.points &* B.dimensions) {
    guard place <= out.byteCount &- size else { return }
    out.storeBytes(of: y.scalar(i), toByteOffset: place, as: B.Scalar.self)
    place &+= size
  }
}

/// Where a sample lies: a segment of the table and u in 0…1.
///
/// The end of a curve is (segmentCount, 0), the table's last entry; at a joint the right-hand segment counts.
@frozen public struct Located: BitwiseCopyable, Sendable, Equatable {
  public var segment: Int32
  public var u: Double

  @inline(__always) public init(_ segment: Int, _ u: Double) {
    (self.segment, self.u) = (Int32(truncatingIfNeeded: segment), u)
  }
}

extension Located {
  /// The same place where each segment is two polynomials, halves of it.
  @inline(__always) var halved: Located {
    u < 0.5 ? Located(2 &* Int(segment), 2 * u) : Located(2 &* Int(segment) &+ 1, 2 * u - 1)
  }
}

/// Samples anywhere on the curve.
///
/// - Shape: `out` holds as many packed points as `located` has entries.
/// - Order: a run of samples on one segment shares its coefficients; blocks may run over into later samples,
///   which are written after them.
@inline(__always)
func evaluateAnywhere<B: Block>(
  _: B.Type, table: Span<Segment<B.Row>>, located: Span<Located>, basis: Basis, out: consuming MutableRawSpan
) {
  switch basis {
  case .cubic, .stepBefore, .stepMiddle: break
  case .quintic:
    return evaluateGroupsAnywhere(
      QuinticBasis<B>.self, table: table, located: located, basis: basis, out: out)
  case .rational, .rationalFirst, .rationalSecond:
    return evaluateGroupsAnywhere(
      RationalBasis<B>.self, table: table, located: located, basis: basis, out: out)
  }
  let pointBytes = B.dimensions &* MemoryLayout<B.Scalar>.size
  let last = out.byteCount &- MemoryLayout<B>.size
  let count = located.count
  var i = 0
  while i < count {
    let index = located[i].segment
    let s = table[Int(index)]
    let (c, b, a, d) = (B.tile(s.c), B.tile(s.b), B.tile(s.a), B.tile(s.d))
    repeat {
      let block = BasisBlock<B>(at: { located[min(i &+ $0, count &- 1)].u }, basis)
      let y = block.point(c, b, a, d)
      let offset = i &* pointBytes
      if offset <= last {
        out.storeBytes(of: y, toByteOffset: offset, as: B.self)
      } else {
        storePartly(y, at: offset, out: &out)
      }
      var used = 1
      while used < B.points, i &+ used < count, located[i &+ used].segment == index { used &+= 1 }
      i &+= used
    } while i < count && located[i].segment == index
  }
}
