import Catenary
import CurveFormats

/// Samples that a picture can be made of.
package protocol PicturedDrawing: Drawing {
  /// What a picture shows; the points have the columns' names.
  func lines(_ points: PointTable) throws -> [PictureCurve]
}

extension CurveDrawing: PicturedDrawing {
  package func lines(_ points: PointTable) throws -> [PictureCurve] {
    guard isSampled else {
      return try PictureCurve.lines(of: curve, derivative: derivative, names: points.names)
    }
    return try PictureCurve.lines(
      through: DrawnSamples(drawing: self), of: curve, sampling, derivative: derivative, names: points.names)
  }
}

/// A drawing's samples, drawn anew each time that a picture goes over them.
package struct DrawnSamples<D: Drawing>: PictureSamples {
  package let drawing: D

  package init(drawing: D) { self.drawing = drawing }

  package var dimensions: Int { drawing.dimensions }

  package func visit(_ body: (Span<Double>) throws -> Void) throws {
    try drawing.draw { tile in try D.Scalar.widen(tile.elements, body) }
  }
}
