import CurveKernel

extension Engine {
  /// The points beyond the curve's last, `horizon` of them, each one step after the one before, the first one step after
  /// the last given point. It continues a shape and forecasts nothing.
  ///
  /// It is computed in Double on the caller's thread, whatever the backend, and rounded once.
  ///
  /// - Units: one step is the last segment's: see `Curve.predicted`, which this is with the engine's errors.
  /// - Parameters:
  ///   - curve: what is continued.
  ///   - horizon: 1 to 1,000,000.
  ///   - extrapolation: how it goes on: `curve`, the kind's own mathematics, or `linear`, `spline`, `damped`.
  /// - Throws: a wrong horizon, a last piece of one point, or the first predicted point that leaves the range of `Element`.
  public func predict<E: CurveElement & BitwiseCopyable>(
    _ curve: Curve<E>, horizon: Int = 100, extrapolation: Extrapolation = .curve
  ) throws(EngineError) -> [E] {
    do throws(CurveError) {
      return try curve.predicted(horizon: horizon, extrapolation: extrapolation)
    } catch { throw .curve(error) }
  }

  /// The same points, some thousand at a time, in order, on the caller's thread.
  ///
  /// - Throws: `EngineError` before anything is drawn, or what `sink` throws; nothing is drawn after that.
  public func predict<E: CurveElement & BitwiseCopyable>(
    _ curve: Curve<E>, horizon: Int = 100, extrapolation: Extrapolation = .curve,
    to sink: (borrowing Tile<E>) throws -> Void
  ) throws {
    var prediction: Prediction
    do throws(CurveError) {
      prediction = try curve.prediction(horizon: horizon, extrapolation: extrapolation)
    } catch { throw EngineError.curve(error) }
    while prediction.done < horizon {
      let first = prediction.done * (curve.dimensions / E.coordinates)
      let elements = curve.elements(try prediction.next(Engine.predictedAtOnce))
      try sink(Tile(first: first, elements: elements.span))
    }
  }

  /// Points that are predicted between two calls of a sink: their numbers stay in the second-level cache.
  private static let predictedAtOnce = 4096
}
