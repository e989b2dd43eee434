import CurveFormats
import CurveRequests

extension RenderOutput {
  /// Sends samples to the file as they are drawn, or their picture.
  ///
  /// - Parameter points: what the input held.
  /// - Throws: what drawing throws, and `FormatError` from the file.
  func write(_ drawing: some PicturedDrawing, of points: PointTable, to file: OutputFile) throws {
    guard let picture, let kind = format.picture else { return try write(drawing, to: file) }
    try drawing.picture(of: points, picture, as: kind, to: OutputSink(file: file))
  }
}
