import Testing

@testable import CurveDetector

@Suite struct DecimalGridTests {
  /// A value, a range, and what becomes of the value.
  static let rounded: [(Double, Double, Double)] = [
    (100.123456789, 1.0, 100.123457), (100.123456789, 0.5, 100.1234568), (100.123456789, 20.0, 100.12346),
    (-3.00000000049, 1.0, -3.0), (12345.678, 1e6, 12346.0), (12345.678, 1e300, 12346.0),
    (1.23456789012e-10, 2e-10, 1.234568e-10), (1_000_000_000.123456, 1e3, 1_000_000_000.123),
  ]

  @Test(arguments: rounded.indices)
  func `a number is rounded to decimals a millionth of the range apart, or a tenth of that`(index: Int) {
    let (value, range, expected) = Self.rounded[index]
    #expect(DecimalGrid(range: range).rounded(value) == expected)
  }

  static let kept: [SIMD2<Double>] = [
    [100.123456789, 0], [3.3333333333333333e299, 1e300], [3.3333333333333333e-301, 1e-300],
    [333333333333333.3, 1e-3], [333333333.33333333, 1e-9], [0.1, 1e-15],
    [.leastNonzeroMagnitude, .leastNonzeroMagnitude],
    [1.7e308, .infinity], [0.1, .nan],
  ]

  @Test(arguments: kept.indices)
  func `a number that needs all its digits keeps them`(index: Int) {
    let value = Self.kept[index].x
    #expect(DecimalGrid(range: Self.kept[index].y).rounded(value) == value)
  }

  @Test func `no zero is negative`() {
    #expect(DecimalGrid(range: 1).rounded(-1e-9).sign == .plus)
  }
}
