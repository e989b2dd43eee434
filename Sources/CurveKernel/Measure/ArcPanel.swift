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
/// The first guess is the cubic that has the panel's ends and speeds; where the speed nearly vanishes at an end (a cusp)
/// u as if the speed ran linearly, which is right to the first order there, too. Then Newton with the next term
/// (Chebyshev 1838): with n = (S(u) − s)/v the step is −n − n²·v′/2v. S and v′ come from one pass of Radau's formula from the
/// panel's begin; later S is continued over the short step that was taken. Whatever leaves the bracket is halved instead.
struct ArcWalk<Speed: ArcSpeed> {
  let arc: Speed
  let panel: ArcPanel
  private let h, startSpeed, endSpeed: Double
  /// du/ds at both ends, in units of the panel; 0: they are too large for a cubic that only rises.
  private let startSlope, endSlope: Double
  private let isEven: Bool

  init(_ arc: Speed, _ panel: ArcPanel) {
    (self.arc, self.panel, h) = (arc, panel, panel.to - panel.from)
    isEven = arc.isEven
    let speeds = arc.speeds(SIMD4(panel.from, panel.to, panel.to, panel.to))
    (startSpeed, endSpeed) = (speeds.x, speeds.y)
    let mean = panel.length / h
    let rises = 2 * startSpeed > mean && 2 * endSpeed > mean
    (startSlope, endSlope) = rises ? (mean / startSpeed, mean / endSpeed) : (0, 0)
  }

  /// u where the arc is so far from the piece's begin; the panel's ends for distances beyond them.
  @inline(__always)
  func parameter(at whole: Double) -> Double {
    let distance = whole - panel.start
    guard distance > 0 else { return panel.from }
    guard distance < panel.length else { return panel.to }
    if isEven { return panel.from + h * (distance / panel.length) }
    var (low, high) = (panel.from, panel.to)
    var u = guess(distance / panel.length)
    let found = arc.jet8(panel.from, u)
    var (length, speed) = (found.length, found.speed)
    // v′ where the guess is: it hardly changes over the steps to come.
    let bend = 0.5 * found.rise / (u - panel.from)
    // How far back v′ was taken; at the guess itself the step to come counts.
    var last = 0.0
    for _ in 0..<60 {
      let miss = length - distance
      if miss > 0 { high = u } else { low = u }
      let newton = miss / speed
      let turn = newton * bend / speed
      let isNear = turn.magnitude < 0.25
      let next = isNear ? u - newton * (1 + turn) : u - newton
      let size = (next - u).magnitude
      if !(next > low && next < high) {
        let middle = low + 0.5 * (high - low)
        if middle == low || middle == high || next == u { return u }
        (length, speed) = arc.length8(panel.from, middle)
        (u, last) = (middle, h)
        continue
      }
      // What the step leaves is n²·m·(v′²/2 − v·v″/6)/v², m the way from where v′ was taken, n at least; v″/v is at most
      // some 1/h² on a panel.
      if isNear, max(last, size) * (turn * turn + (size / h) * (size / h)) <= 0x1p-50 * h {
        return next
      }
      // A short step is measured by itself.
      if size < 0.125 * h {
        let more = arc.length4(u, next)
        (length, speed) = (length + more.length, more.speed)
      } else {
        (length, speed) = arc.length8(panel.from, next)
      }
      u = next
      last = max(last, size)
    }
    return u
  }

  /// u at a share of the panel's length.
  @inline(__always)
  private func guess(_ s: Double) -> Double {
    if startSlope > 0 {
      let rest = 1 - s
      let t = s * (s * (3 - 2 * s) + rest * (startSlope * rest - endSlope * s))
      return panel.from + h * t
    }
    // s = (v0·t + (v1 − v0)·t²/2) / mean, t in 0…1.
    let mean = 0.5 * (startSpeed + endSpeed)
    guard mean > 0 else { return panel.from + h * s }
    let wanted = mean * s
    let root = (startSpeed * startSpeed + 2 * (endSpeed - startSpeed) * wanted).squareRoot()
    return panel.from + h * min(1, 2 * wanted / (startSpeed + root))
  }
}
