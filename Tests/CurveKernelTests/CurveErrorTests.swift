import CurveKernel
import Testing

/// Every fault there is, provoked: what it carries and what it says.
@Suite struct CurveErrorTests {
  struct Fault: Sendable, CustomTestStringConvertible {
    let error: CurveError
    let text: String
    let provoke: @Sendable () throws -> Void
    var testDescription: String { text }
    init(_ error: CurveError, _ text: String, _ provoke: @escaping @Sendable () throws -> Void) {
      (self.error, self.text, self.provoke) = (error, text, provoke)
    }
  }

  static let three: [SIMD2<Double>] = [[0, 1], [1, 3], [2, 2]]

  static func draw(
    _ kind: CurveKind, _ points: [SIMD2<Double>] = three, closed: Bool = false, gaps: Gaps = .error,
    at sampling: Sampling = .samplesPerSegment(2), derivative: Int = 0
  ) throws {
    _ = try Curve(kind, points: points, closed: closed, gaps: gaps).points(sampling, derivative: derivative)
  }

  static let faults: [Fault] = [
    Fault(.noPoints, "there is no point: send at least 2") { try draw(.linear(), []) },
    Fault(.noPoints, "there is no point: send at least 2") {
      try draw(.linear(), [[.nan, 0], [0, .nan]], gaps: .break)
    },
    Fault(
      .tooFewPoints(kind: "linear", count: 1, needed: 2, from: 0),
      "linear needs at least 2 points, got 1: add points or choose another type"
    ) { try draw(.linear(), [[1, 1]]) },
    Fault(
      .tooFewPoints(kind: "cubic", count: 2, needed: 3, from: 0),
      "cubic needs at least 3 points, got 2: add points or choose another type"
    ) { try draw(.cubic(boundary: .periodic), [[1, 1], [1, 1]]) },
    Fault(
      .tooFewPoints(kind: "bezier", count: 2, needed: 4, from: 2),
      "bezier needs at least 4 points, got 2 in the piece that begins at point 2: add points or choose another type"
    ) { try draw(.bezier, [[0, 0], [.nan, 0], [1, 1], [2, 2]], gaps: .break) },
    Fault(
      .wrongPointCount(kind: "quadratic-bezier", count: 3, rule: "2k", from: 0),
      "quadratic-bezier needs 2k points, got 3: add or drop control points"
    ) { try draw(.quadraticBezier, closed: true) },
    Fault(.wrongDimensions(5), "points of 5 dimensions: send 1 to 4 coordinates a point") {
      _ = try Curve(.linear(), coordinates: [1, 2, 3, 4, 5] as [Float], dimensions: 5)
    },
    Fault(.wrongDimensions(0), "points of 0 dimensions: send 1 to 4 coordinates a point") {
      _ = try Curve(.linear(), coordinates: [1, 2, 3, 4, 5] as [Float], dimensions: 0)
    },
    Fault(
      .ragged(numbers: 5, dimensions: 2),
      "5 numbers are no whole points of 2 coordinates: check the dimensions"
    ) { _ = try Curve(.linear(), coordinates: [1, 2, 3, 4, 5] as [Double], dimensions: 2) },
    Fault(.notFinite(index: 1), "point 1 has an infinite coordinate: drop it or replace it") {
      try draw(.linear(), [[0, 0], [1, .infinity], [.nan, 2]], gaps: .break)
    },
    Fault(.gap(index: 2), "point 2 has a NaN coordinate: drop it, or set gaps to break") {
      try draw(.linear(), [[0, 0], [1, 1], [2, .nan]])
    },
    Fault(.notRising(index: 2), "x at point 2 does not increase: sort by x and merge points of equal x") {
      try draw(.akima(), [[0, 0], [1, 1], [1, 2]])
    },
    Fault(
      .notPeriodic(index: 2, isX: false),
      "point 2 does not repeat the first point, as periodic asks: repeat it, or close the curve"
    ) { try draw(.cubic(boundary: .periodic)) },
    Fault(
      .notPeriodic(index: 2, isX: true),
      "point 2 does not repeat the first ordinate, as periodic asks: repeat it, or close the curve"
    ) { try draw(.cubic(boundary: .periodic, parameterization: .x)) },
    Fault(
      .optionOutOfRange(name: "alpha", value: 1.5, range: "0 (uniform) to 1 (chordal)"),
      "alpha is 1.5: give 0 (uniform) to 1 (chordal)"
    ) { try draw(.catmullRom(alpha: 1.5)) },
    Fault(
      .optionOutOfRange(name: "bias", value: .infinity, range: "a finite number"),
      "bias is inf: give a finite number"
    ) { try draw(.kochanekBartels(bias: .infinity)) },
    Fault(
      .optionOutOfRange(name: "slopes", value: -.infinity, range: "finite numbers"),
      "slopes is -inf: give finite numbers"
    ) { try draw(.cubic(boundary: .clamped(start: [0, -.infinity]))) },
    Fault(
      .tangentNotFinite(index: 1),
      "the tangent of point 1 is missing or infinite: give finite numbers"
    ) { try draw(.hermite(tangents: [[0, 0], [0, .infinity], [0, 0]])) },
    Fault(
      .optionMismatch(
        name: "parameterization x",
        reason: "cannot be closed, since x must increase: choose uniform or chordal"),
      "parameterization x cannot be closed, since x must increase: choose uniform or chordal"
    ) { try draw(.makima(parameterization: .x), closed: true) },
    Fault(
      .optionMismatch(
        name: "parameterization x", reason: "needs points of 2 to 4 coordinates: 1-D points run by uniform"),
      "parameterization x needs points of 2 to 4 coordinates: 1-D points run by uniform"
    ) { _ = try Curve(.linear(parameterization: .x), points: [1, 2] as [Double]) },
    Fault(
      .optionMismatch(name: "boundary", reason: "of a closed curve is periodic: leave it out"),
      "boundary of a closed curve is periodic: leave it out"
    ) { try draw(.cubic(boundary: .natural), closed: true) },
    Fault(
      .optionMismatch(name: "gaps break", reason: "cannot be closed: point 1 is a gap; leave closed out"),
      "gaps break cannot be closed: point 1 is a gap; leave closed out"
    ) { try draw(.linear(), [[0, 0], [.nan, 1], [1, 1], [2, 2]], closed: true, gaps: .break) },
    Fault(.wrongTangents(index: nil, count: 2, needed: 3), "2 tangents for 3 points: give one a point") {
      try draw(.hermite(tangents: [[0, 0], [0, 0]]))
    },
    Fault(
      .wrongTangents(index: 1, count: 3, needed: 2),
      "the tangent of point 1 has 3 numbers: give 2, one a coordinate"
    ) { try draw(.hermite(tangents: [[0, 0], [0, 0, 0], [0, 0]])) },
    Fault(
      .wrongSlopes(count: 3, needed: 2), "an end slope has 3 numbers: give 2, one a coordinate, at both ends"
    ) { try draw(.cubic(boundary: .clamped(end: [1, 2, 3]))) },
    Fault(.tooLarge(isFloat: false), "the curve leaves the range of f64: scale the points down") {
      try draw(.cardinal(), [[0, 1e308], [1, -1e308], [2, 1e308]])
    },
    Fault(
      .tooLarge(isFloat: true), "the curve leaves the range of f32: ask for f64, or scale the points down"
    ) { _ = try Curve(.cardinal(), points: [3e38, -3e38, 3e38] as [Float]) },
    Fault(
      .wrongSampling(name: "samplesPerSegment", value: 0, smallest: 1),
      "samplesPerSegment is 0: give 1 to 2147483648"
    ) { try draw(.linear(), at: .samplesPerSegment(0)) },
    Fault(.wrongDerivative(3), "derivative is 3: give 0 (positions), 1 or 2") {
      try draw(.linear(), derivative: 3)
    },
    Fault(
      .tooManyPoints(2_147_483_649),
      "2147483649 points asked for: at most 2147483648 (2^31), take fewer samples"
    ) { try draw(.linear(), at: .samplesPerSegment(1 << 30)) },
    Fault(
      .outside(index: 1, value: 2.5, first: 0, last: 2),
      "parameter 1 (2.5) is outside the curve: give 0 to 2"
    ) { try draw(.linear(), at: .at([2, 2.5])) },
  ]

  @Test(arguments: faults)
  func `a fault says what is wrong, where, and what to do`(fault: Fault) {
    #expect(throws: fault.error) { try fault.provoke() }
    #expect(fault.error.description == fault.text)
  }

  @Test func `a NaN option is refused by name`() {
    for kind in [CurveKind.catmullRom(alpha: .nan), .cardinal(tension: .nan)] {
      let error = #expect(throws: CurveError.self) { try Curve(kind, points: Self.three) }
      #expect(error?.description.contains(" is nan: give ") == true)
    }
  }
}
