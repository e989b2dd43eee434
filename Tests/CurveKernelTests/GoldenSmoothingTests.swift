import CurveKernel
import Testing

/// Smoothing splines against exact arithmetic.
@Suite struct GoldenSmoothingTests {
  static let cases = Golden.splines.cases("smoothing")

  @Test func `the golden file has smoothing splines`() { #expect(Self.cases.count == 18) }

  @Test(arguments: cases)
  func `a smoothing spline is exact within 64 roundings, or as near as its peer`(golden: GoldenCase) {
    var options = FitOptions(.smoothing)
    options.lambda = golden.params["lambda"]?.numbers.first ?? .nan
    options.parameterization = golden.mode == .function ? .x : .uniform
    let curve = FittedCurve(options, Golden.splines.points(golden))
    GoldenSlopesTests.check(golden, curve, roundings: 64)
  }
}
