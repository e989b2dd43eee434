import Catenary
import CurveFormats

/// Samples that a picture can be made of.
protocol PicturedDrawing: Drawing {
  /// What a picture shows; the points have the columns' names.
  func lines(_ points: PointTable) throws -> [PictureCurve]
}

extension RenderOutput {
  /// Sends samples to the file as they are drawn, or their picture.
  ///
  /// - Parameter points: what the input held.
  /// - Throws: what drawing throws, and `FormatError` from the file.
  func write(_ drawing: some PicturedDrawing, of points: PointTable, to file: OutputFile) throws {
    guard let picture else { return try write(drawing, to: file) }
    try draw(drawing, of: points, picture, to: OutputSink(file: file))
  }

  /// Draws the lines of a drawing, with the names and dates of the columns that its points came from.
  ///
  /// - Throws: what drawing throws, and `FormatError` from the file.
  private func draw(
    _ drawing: some PicturedDrawing, of points: PointTable, _ style: PictureStyle, to sink: OutputSink
  ) throws {
    let lines = try drawing.lines(points)
    var picture = Picture(lines, style: style)
    if points.dimensions > 1 {
      picture.x = RenderOutput.axis(points, 0)
      picture.y = lines.count == 1 ? RenderOutput.axis(points, 1) : PictureAxis()
    } else {
      picture.y = RenderOutput.axis(points, 0)
    }
    try picture.draw(on: SVGCanvas(to: sink))
  }

  private static func axis(_ points: PointTable, _ column: Int) -> PictureAxis {
    PictureAxis(
      name: points.names.indices.contains(column) ? points.names[column] : "",
      isDate: points.isDate.indices.contains(column) && points.isDate[column])
  }
}

extension CurveDrawing: PicturedDrawing {
  func lines(_ points: PointTable) throws -> [PictureCurve] {
    guard isSampled else {
      return try PictureCurve.lines(of: curve, derivative: derivative, names: points.names)
    }
    return try PictureCurve.lines(
      through: DrawnSamples(drawing: self), of: curve, sampling, derivative: derivative, names: points.names)
  }
}

/// A drawing's samples, drawn anew each time that a picture goes over them.
struct DrawnSamples<D: Drawing>: PictureSamples {
  let drawing: D

  var dimensions: Int { drawing.dimensions }

  func visit(_ body: (Span<Double>) throws -> Void) throws {
    try drawing.draw { tile in try D.Scalar.widen(tile.elements, body) }
  }
}
