/// Curves that are cubic Hermite once a slope is known at every point: cubic splines, monotone, Akima, makima.
///
/// Scratch layout and the slopes themselves: see below.
enum Slopes {
  static func scratchCount(_ options: FitOptions, pointCount: Int, dimensions: Int) -> Int { 0 }

  static func prepare(
    _ options: FitOptions, points: Span<Double>, dimensions: Int, extra: Span<Double>,
    scratch: inout MutableSpan<Double>
  ) {}

  static func coefficients(
    _ ring: Ring, _ points: Span<Double>, _ options: FitOptions, scratch: Span<Double>,
    _ segments: Range<Int>,
    _ out: inout MutableSpan<Double>
  ) {}
}
