import Glibc
import Testing

@testable import CurveKernel

/// The kernel's own power function.
@Suite struct PowerTests {
  @Test func `a power is within four roundings of the C library's`() {
    var random = Random(seed: 7)
    var worst = 0.0
    for _ in 0..<100_000 {
      // Every exponent is as likely; those of subnormal numbers, too.
      let bits = random.next() >> 1
      let base = Double(bitPattern: bits % Double.infinity.bitPattern)
      guard base > 0 else { continue }
      let exponent = Double(random.next() >> 11) * 0x1p-53
      let expected = pow(base, exponent)
      worst = max(worst, abs(power(base, exponent) - expected) / expected)
    }
    // pow itself is within 0.52 ulp.
    #expect(worst <= 4 * 0x1p-53)
  }

  @Test(arguments: [0, 0x1p-1074, 0x1p-60, 0.25, 0.5, 1 - 0x1p-53, 1])
  func `the ends of the ranges are as exact`(exponent: Double) {
    let bases = [
      Double.leastNonzeroMagnitude, .leastNormalMagnitude, 1 - 0x1p-53, 1, 1 + 0x1p-52, 2.0.squareRoot(),
      0.5.squareRoot(), 1e-300, 1e300, .greatestFiniteMagnitude,
    ]
    for base in bases {
      let expected = pow(base, exponent)
      #expect(abs(power(base, exponent) - expected) <= 4 * 0x1p-53 * expected)
    }
  }

  @Test func `powers rise with their base`() {
    for exponent in [0.1, 0.37, 0.75, 0.9] {
      var last = 0.0
      for i in -2000...2000 {
        let next = power(1 + Double(i) * 0x1p-11, exponent)
        #expect(next > last)
        last = next
      }
    }
  }
}

/// Numbers that are the same in every run: SplitMix64.
struct Random: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
