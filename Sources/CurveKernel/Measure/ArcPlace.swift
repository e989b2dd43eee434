/// A stretch of one arc on which `Arc.length8` is right: what positions at a distance are found by.
@frozen public struct ArcPanel: BitwiseCopyable, Sendable {
  /// The piece's length before it, and its own.
  public var start, length: Double
  /// u at its begin and end.
  public var from, to: Double
  /// The arc that it lies on, counted through the table's arcs.
  public var arc: Int32

  public init(start: Double, length: Double, from: Double, to: Double, arc: Int) {
    (self.start, self.length, self.from, self.to) = (start, length, from, to)
    self.arc = Int32(truncatingIfNeeded: arc)
  }
}

/// Finds the panel that a distance lies on; those of consecutive samples lie side by side.
public enum ArcPanels {
  /// The last panel that begins at or before `distance`; `near` is one to look at first.
  @inline(__always)
  public static func index(of distance: Double, in panels: Span<ArcPanel>, near: Int) -> Int {
    var (low, high) = (0, panels.count)
    if near >= 0, near < high, panels[near].start <= distance {
      // Forward in growing steps.
      (low, high) = (near, near &+ 1)
      var step = 1
      while high < panels.count, panels[high].start <= distance {
        low = high
        step &*= 2
        high = min(panels.count, high &+ step)
      }
    }
    while high &- low > 1 {
      let middle = low &+ (high &- low) / 2
      if panels[middle].start <= distance { low = middle } else { high = middle }
    }
    return low
  }
}

/// An arc with one of its panels: finds u where the length from the panel's begin is given.
///
/// The first guess takes the speed to run linearly over the panel, which is right to the first order also where the
/// speed is 0 at an end (a cusp). Then Newton: S(u) − s over the speed, S by one pass of Radau's formula from the panel's
/// begin, later only over the short step that was taken. Whatever leaves the bracket is halved instead.
public struct ArcWalk {
  @usableFromInline let arc: Arc
  let panel: ArcPanel
  private let startSpeed, endSpeed: Double

  public init(_ arc: Arc, _ panel: ArcPanel) {
    (self.arc, self.panel) = (arc, panel)
    let speeds = arc.speeds(SIMD4(panel.from, panel.to, panel.to, panel.to))
    (startSpeed, endSpeed) = (speeds.x, speeds.y)
  }

  /// Whether a distance from the piece's begin lies on the panel.
  @inline(__always)
  public func holds(_ whole: Double) -> Bool {
    whole >= panel.start && whole < panel.start + panel.length
  }

  /// u where the arc is so far from the piece's begin; the panel's ends for distances beyond them.
  @inline(__always)
  public func parameter(at whole: Double) -> Double {
    let distance = whole - panel.start
    guard distance > 0 else { return panel.from }
    guard distance < panel.length else { return panel.to }
    let h = panel.to - panel.from
    var (low, high) = (panel.from, panel.to)
    var u = guess(distance, h)
    var (length, speed) = arc.length8(panel.from, u)
    for _ in 0..<60 {
      let miss = length - distance
      if miss > 0 { high = u } else { low = u }
      let step = miss / speed
      var next = u - step
      if !(next > low && next < high) {
        next = low + 0.5 * (high - low)
        if next == u || next == low || next == high { return next }
      } else if step * step * ((endSpeed - startSpeed).magnitude + speed) <= 0x1p-46 * h * h * speed {
        // What Newton leaves is step²·|v′|/2v, v′ at most some |Δv|/h.
        return next
      }
      // A short step is measured by itself.
      if (next - u).magnitude < 0.125 * h {
        let more = arc.length4(u, next)
        (length, speed) = (length + more.length, more.speed)
      } else {
        (length, speed) = arc.length8(panel.from, next)
      }
      u = next
    }
    return u
  }

  /// Where a speed that runs linearly, but makes the panel's length, has come to `distance`.
  @inline(__always)
  private func guess(_ distance: Double, _ h: Double) -> Double {
    let mean = 0.5 * (startSpeed + endSpeed)
    guard mean > 0 else { return panel.from + h * (distance / panel.length) }
    // s/L = (v0·t + (v1 − v0)·t²/2) / mean, t in 0…1.
    let wanted = mean * (distance / panel.length)
    let root = (startSpeed * startSpeed + 2 * (endSpeed - startSpeed) * wanted).squareRoot()
    return panel.from + h * min(1, 2 * wanted / (startSpeed + root))
  }
}
