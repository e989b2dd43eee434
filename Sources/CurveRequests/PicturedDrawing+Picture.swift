import CurveFormats

extension PicturedDrawing {
  /// Draws the lines as a picture, with the names and dates of the columns that its points came from.
  ///
  /// - Throws: what drawing throws, and `FormatError` from the sink.
  package func picture(
    of points: PointTable, _ style: PictureStyle, as kind: PictureKind, to sink: some ByteSink
  ) throws {
    let lines = try lines(points)
    var picture = Picture(lines, style: style)
    if points.dimensions > 1 {
      picture.x = axis(points, 0)
      picture.y = lines.count == 1 ? axis(points, 1) : PictureAxis()
    } else {
      picture.y = axis(points, 0)
    }
    try picture.write(as: kind, to: sink)
  }
}

private func axis(_ points: PointTable, _ column: Int) -> PictureAxis {
  PictureAxis(
    name: points.names.indices.contains(column) ? points.names[column] : "",
    isDate: points.isDate.indices.contains(column) && points.isDate[column])
}
