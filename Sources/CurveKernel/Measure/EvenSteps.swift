/// Points at even distances along a measured piece, ends included.
///
/// A point's place depends on its own number alone. A piece of length 0 has all its points at its begin; the last point of
/// any other is its end itself, whatever the lengths sum up to.
struct EvenSteps {
  let length: Double
  let steps: Int
  let end: Located

  /// - Parameter speed: that of an arc, by the number that its panels have.
  @inline(__always)
  func fill<Speed: ArcSpeed>(
    _ located: inout MutableSpan<Located>, first: Int, _ panels: Span<ArcPanel>, _ speed: (Int) -> Speed
  ) {
    var run = ArcRun<Speed>(length: length)
    for i in located.indices {
      let number = first &+ i
      guard length > 0 else {
        located[i] = Located(0, 0)
        continue
      }
      guard number < steps else {
        located[i] = end
        continue
      }
      let place = run.place(length * (Double(number) / Double(steps)), panels, speed)
      located[i] = place.map { Located($0.arc, $0.u) } ?? end
    }
  }
}

/// Places at distances along a piece, one after the other: a panel that holds several is made ready once.
struct ArcRun<Speed: ArcSpeed> {
  private let length: Double
  private var walk: ArcWalk<Speed>?
  /// The panel that was made ready, and where the next one begins.
  private var (near, end) = (-1, 0.0)

  init(length: Double) { self.length = length }

  /// The arc and its u; nil at the piece's end and beyond.
  @inline(__always)
  mutating func place(
    _ distance: Double, _ panels: Span<ArcPanel>, _ speed: (Int) -> Speed
  ) -> (arc: Int, u: Double)? {
    guard distance < length, !panels.isEmpty else { return nil }
    if let walk, distance >= walk.panel.start, distance < end {
      return (Int(walk.panel.arc), walk.parameter(at: distance))
    }
    near = ArcPanels.index(of: distance, in: panels, near: near)
    let panel = panels[near]
    end = near &+ 1 < panels.count ? panels[near &+ 1].start : .infinity
    let own = ArcWalk(speed(Int(panel.arc)), panel)
    walk = own
    return (Int(panel.arc), own.parameter(at: distance))
  }
}
