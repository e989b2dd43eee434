/// What a picture is written as.
public enum PictureKind: Sendable {
  case svg, png
}

extension PointFormat {
  /// Nil where the format is no picture.
  public var picture: PictureKind? {
    switch self {
    case .svg: .svg
    case .png: .png
    case .csv, .json, .npy, .f32, .f64: nil
    }
  }
}

extension Picture {
  /// Draws everything into a file.
  ///
  /// - Throws: what the sink throws, what those throw who make the curves' points, and of PNG `.tooManyPixels`.
  public func write(as kind: PictureKind, to sink: some ByteSink) throws {
    switch kind {
    case .svg: try draw(on: SVGCanvas(to: sink))
    case .png: try draw(on: PNGCanvas(to: sink))
    }
  }
}

extension PictureSheet {
  /// Draws all panels into a file.
  ///
  /// - Throws: as for one picture.
  public func write(as kind: PictureKind, to sink: some ByteSink) throws {
    switch kind {
    case .svg: try draw(on: SVGCanvas(to: sink))
    case .png: try draw(on: PNGCanvas(to: sink))
    }
  }
}
