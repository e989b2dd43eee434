/// Points of a curve that can be made again and again, in order.
public protocol PictureSamples {
  /// Numbers a row.
  var dimensions: Int { get }
  /// Hands out whole rows, flat and interleaved; a row that is all NaN is a gap.
  func visit(_ body: (Span<Double>) throws -> Void) throws
}

/// Straight lines from sample to sample.
struct SampleOutline: PictureOutline {
  let samples: any PictureSamples
  /// Nil where the parameter is x.
  let xLane: Int?
  let yLane: Int
  /// The parameters of samples, where they are x.
  let parameters: (Range<Int>) -> [Double]

  func trace(_ pen: inout some OutlinePen) throws {
    var walk = SampleWalk()
    var count = 0
    try samples.visit { rows in
      let d = samples.dimensions
      let own = rows.count / d
      let xs = xLane == nil ? parameters(count..<count + own) : []
      for i in 0..<own {
        let x = xLane.map { rows[i * d + $0] } ?? xs[i]
        try walk.take(SIMD2(x, rows[i * d + yLane]), &pen)
      }
      count += own
    }
    try walk.finish(&pen)
  }
}

/// Goes from point to point; one between two gaps is a dot.
///
/// Plain numbers: a closure that captures a vector in an optional reads it misaligned (Swift 6.3, unoptimised).
private struct SampleWalk {
  private var waitingX = 0.0, waitingY = 0.0
  private var isWaiting = false
  private var isDown = false

  mutating func take(_ p: SIMD2<Double>, _ pen: inout some OutlinePen) throws(FormatError) {
    guard p.x.isFinite, p.y.isFinite else { return try finish(&pen) }
    if isDown { return try pen.line(to: p) }
    guard isWaiting else {
      (waitingX, waitingY, isWaiting) = (p.x, p.y, true)
      return
    }
    try pen.move(to: SIMD2(waitingX, waitingY))
    try pen.line(to: p)
    (isWaiting, isDown) = (false, true)
  }

  mutating func finish(_ pen: inout some OutlinePen) throws(FormatError) {
    if isWaiting { try pen.dot(SIMD2(waitingX, waitingY)) }
    (isWaiting, isDown) = (false, false)
  }
}
