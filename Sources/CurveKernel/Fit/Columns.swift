/// The columns of one row of numbers in registers, so that a solve carries 1 to 4 of them in one sweep.
///
/// Every operation is one rounding for each column, whatever the type: a column's bytes do not depend on its company.
protocol Columns: BitwiseCopyable {
  static var zero: Self { get }
  static func load(_ from: Span<Double>, _ place: Int) -> Self
  static func load(_ from: borrowing MutableSpan<Double>, _ place: Int) -> Self
  func store(_ to: inout MutableSpan<Double>, _ place: Int)
  func plus(_ other: Self) -> Self
  func minus(_ other: Self) -> Self
  func times(_ factor: Double) -> Self
  func over(_ divisor: Double) -> Self
}

extension Double: Columns {
  @inline(__always) static func load(_ from: Span<Double>, _ place: Int) -> Double { from[place] }
  @inline(__always) static func load(_ from: borrowing MutableSpan<Double>, _ place: Int) -> Double {
    from[place]
  }
  @inline(__always) func store(_ to: inout MutableSpan<Double>, _ place: Int) { to[place] = self }
  @inline(__always) func plus(_ other: Double) -> Double { self + other }
  @inline(__always) func minus(_ other: Double) -> Double { self - other }
  @inline(__always) func times(_ factor: Double) -> Double { self * factor }
  @inline(__always) func over(_ divisor: Double) -> Double { self / divisor }
}

extension SIMD2<Double>: Columns {
  @inline(__always) static func load(_ from: Span<Double>, _ place: Int) -> Self {
    Self(from[place], from[place &+ 1])
  }
  @inline(__always) static func load(_ from: borrowing MutableSpan<Double>, _ place: Int) -> Self {
    Self(from[place], from[place &+ 1])
  }
  @inline(__always) func store(_ to: inout MutableSpan<Double>, _ place: Int) {
    to[place] = x
    to[place &+ 1] = y
  }
  @inline(__always) func plus(_ other: Self) -> Self { self + other }
  @inline(__always) func minus(_ other: Self) -> Self { self - other }
  @inline(__always) func times(_ factor: Double) -> Self { self * factor }
  @inline(__always) func over(_ divisor: Double) -> Self { self / divisor }
}

/// Two lots of columns side by side: three are a pair and one, four are two pairs.
struct ColumnPair<Low: Columns, High: Columns>: Columns {
  var low: Low
  var high: High

  @inline(__always) init(_ low: Low, _ high: High) { (self.low, self.high) = (low, high) }

  @inline(__always) private static var lowCount: Int { MemoryLayout<Low>.size / MemoryLayout<Double>.size }
  @inline(__always) static var zero: Self { Self(.zero, .zero) }
  @inline(__always) static func load(_ from: Span<Double>, _ place: Int) -> Self {
    Self(.load(from, place), .load(from, place &+ lowCount))
  }
  @inline(__always) static func load(_ from: borrowing MutableSpan<Double>, _ place: Int) -> Self {
    Self(.load(from, place), .load(from, place &+ lowCount))
  }
  @inline(__always) func store(_ to: inout MutableSpan<Double>, _ place: Int) {
    low.store(&to, place)
    high.store(&to, place &+ Self.lowCount)
  }
  @inline(__always) func plus(_ other: Self) -> Self { Self(low.plus(other.low), high.plus(other.high)) }
  @inline(__always) func minus(_ other: Self) -> Self { Self(low.minus(other.low), high.minus(other.high)) }
  @inline(__always) func times(_ factor: Double) -> Self { Self(low.times(factor), high.times(factor)) }
  @inline(__always) func over(_ divisor: Double) -> Self { Self(low.over(divisor), high.over(divisor)) }
}
