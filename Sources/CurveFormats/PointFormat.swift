/// The formats that points are read from or written to, by the name that users type.
public enum PointFormat: String, Sendable, CaseIterable {
  case csv, json, npy, f32, f64, svg, png

  public var name: String { rawValue }

  /// The format that a file name ends with, without the dot; upper and lower case alike.
  public init?(fileExtension: String) {
    self.init(rawValue: fileExtension.lowercased())
  }

  public var canBeRead: Bool {
    switch self {
    case .csv, .json, .npy, .f32, .f64: true
    case .svg, .png: false
    }
  }

  /// The scalar that the format itself fixes, nil where there is a choice.
  public var scalar: ScalarType? {
    switch self {
    case .f32: .f32
    case .f64: .f64
    default: nil
    }
  }

  /// Whether a terminal can show it.
  public var isText: Bool {
    switch self {
    case .csv, .json, .svg: true
    case .npy, .f32, .f64, .png: false
    }
  }
}
