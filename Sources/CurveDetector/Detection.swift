/// What was found in a series of prices.
///
/// A pattern describes the prices that were sent; it says nothing of those to come.
public struct Detection: Sendable, Equatable {
  /// The verdict on the series taken as one curve, and the probability that it is right.
  public var pattern: Pattern
  public var confidence: Double
  public var metrics: SeriesMetrics
  /// In order, covering the series.
  public var curves: [DetectedCurve]
  public var source: Source
  /// Prices, the missing ones included.
  public var count: Int

  /// The model that judged; nil where the statistics alone did.
  public var model: String? { source == .onnx ? NetworkDetector.modelName : nil }

  /// Who judged: a network together with the statistics, or these alone.
  public enum Source: String, Sendable { case onnx, classical }
}

/// A stretch of the series and the curve through it.
public struct DetectedCurve: Sendable, Equatable {
  /// Its first price, and the one after its last.
  public var start, end: Int
  public var pattern: Pattern
  public var confidence: Double
  /// By name, in price units and in u = (i − start)/(end − start − 1); empty for `none`.
  public var parameters: [Parameter]
  /// Share of the variance that the curve explains.
  public var r2: Double
  /// Root of the mean squared residual, in price units.
  public var rmse: Double
  /// Standard deviation of the noise left over, in price units, the parameters counted.
  public var noiseStd: Double
  /// Index and price, at most 256: drawn as a cubic spline over x, not-a-knot, they give the curve back; for `step` its
  /// two levels, drawn as a staircase. Rounded to decimals a millionth of its length and of its range apart, or less. Empty
  /// for `none`.
  public var controlPoints: [SIMD2<Double>]

  public struct Parameter: Sendable, Equatable {
    public var name: String
    public var value: Double
  }

  /// The parameter called `name`.
  public subscript(name: String) -> Double? { parameters.first { $0.name == name }?.value }
}
