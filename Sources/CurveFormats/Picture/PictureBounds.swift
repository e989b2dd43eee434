/// The smallest rectangle around points, in the units of the data; around none it is empty.
public struct PictureBounds: Sendable, Equatable {
  public private(set) var low = SIMD2<Double>(.infinity, .infinity)
  public private(set) var high = SIMD2<Double>(-.infinity, -.infinity)

  public init() {}

  public var isEmpty: Bool { !(low.x <= high.x && low.y <= high.y) }

  /// Points that are not finite are passed over.
  mutating func extend(to p: SIMD2<Double>) {
    guard p.x.isFinite, p.y.isFinite else { return }
    low.replace(with: p, where: p .< low)
    high.replace(with: p, where: p .> high)
  }

  mutating func extend(to other: PictureBounds) {
    guard !other.isEmpty else { return }
    extend(to: other.low)
    extend(to: other.high)
  }
}

/// Finds the bounds of what is traced: tight for lines and cubics, for others as tight as a thousandth of their size.
struct BoundsPen: OutlinePen {
  private(set) var bounds = PictureBounds()
  /// How many points and segments were traced.
  private(set) var count = 0
  private var last = SIMD2<Double>.zero

  mutating func move(to p: SIMD2<Double>) { line(to: p) }

  mutating func line(to p: SIMD2<Double>) {
    bounds.extend(to: p)
    last = p
    count += 1
  }

  mutating func cubic(_ first: SIMD2<Double>, _ second: SIMD2<Double>, to end: SIMD2<Double>) {
    let curve = PlaneCubic(last, first, second, end)
    for axis in 0...1 {
      let (low, high) = (min(last[axis], end[axis]), max(last[axis], end[axis]))
      if min(first[axis], second[axis]) >= low, max(first[axis], second[axis]) <= high { continue }
      for u in curve.turns(axis) { bounds.extend(to: curve.point(at: u)) }
    }
    line(to: end)
  }

  mutating func quintic(_ curve: PlaneQuintic) {
    let size = curve.hullSize
    curve.flatten(within: max(size.x, size.y) / 1000) { line(to: $0) }
  }

  mutating func join(_ p: SIMD2<Double>) { line(to: p) }
  mutating func close() {}
  mutating func dot(_ p: SIMD2<Double>) { line(to: p) }
}
