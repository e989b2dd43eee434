/// Six numbers about the z-scored series (population standard deviation); all zero when it is constant.
public struct SeriesMetrics: Sendable, Equatable {
  /// min(1, 2·|drift|).
  public var conflict = 0.0
  /// min(1, decay).
  public var entropy = 0.0
  /// min(1, curvature).
  public var tension = 0.0
  /// Mean |z[i+1] − 2·z[i] + z[i−1]|.
  public var curvature = 0.0
  /// Last z − first z.
  public var drift = 0.0
  /// Mean |z|.
  public var decay = 0.0

  /// - Parameter z: z-scored, or all zero.
  init(zScored z: [Double]) {
    guard let first = z.first, let last = z.last else { return }
    drift = last - first
    for value in z { decay += abs(value) }
    decay /= Double(z.count)
    if z.count > 2 {
      for i in 1..<z.count - 1 { curvature += abs(z[i + 1] - 2 * z[i] + z[i - 1]) }
      curvature /= Double(z.count - 2)
    }
    (conflict, entropy, tension) = (min(1, 2 * abs(drift)), min(1, decay), min(1, curvature))
  }
}
