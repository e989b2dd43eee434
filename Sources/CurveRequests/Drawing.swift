import Catenary
import CurveFormats

/// Samples that can be drawn tile by tile.
package protocol Drawing {
  associatedtype Scalar: OutputScalar
  /// Points of the whole result.
  var count: Int { get }
  /// Numbers a point.
  var dimensions: Int { get }
  /// What JSON calls the points.
  var form: JSONPointForm { get }
  /// Numbers told about the curve, in JSON beside its points.
  var facts: [(name: String, value: Double)] { get }
  func draw(to sink: (borrowing Tile<Scalar>) throws -> Void) throws
}

extension Drawing {
  package var form: JSONPointForm { .points }
  package var facts: [(name: String, value: Double)] { [] }
}

/// A curve and what is asked of it.
package struct CurveDrawing<Scalar: OutputScalar>: Drawing {
  package let engine: Engine
  package let curve: Curve<Scalar>
  package let sampling: Sampling
  package let derivative: Int
  /// Whether somebody asked for these samples; a picture shows the curve itself where nobody did.
  package let isSampled: Bool
  package let count: Int
  /// Asked before each tile: what it throws ends the drawing.
  package var mayGoOn: (@Sendable () throws -> Void)?

  package init(
    _ curve: Curve<Scalar>, _ sampling: Sampling, isSampled: Bool, derivative: Int, by engine: Engine
  ) throws(CurveError) {
    (self.engine, self.curve, self.sampling, self.derivative) = (engine, curve, sampling, derivative)
    self.isSampled = isSampled
    count = try engine.elementCount(curve, sampling) / curve.dimensions
  }

  package var dimensions: Int { curve.dimensions }
  package var facts: [(name: String, value: Double)] { curve.lambda.map { [("lambda", $0)] } ?? [] }

  package func draw(to sink: (borrowing Tile<Scalar>) throws -> Void) throws {
    try engine.render(curve, sampling, derivative: derivative) { tile in
      try mayGoOn?()
      try sink(tile)
    }
  }
}
