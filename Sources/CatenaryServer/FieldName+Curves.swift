import HTTPFront

/// Names that are written at each render: made once.
extension FieldName {
  static let vary: FieldName = "vary"
  static let pointCount: FieldName = "x-point-count"
  static let dimensions: FieldName = "x-dimensions"
  static let dtype: FieldName = "x-dtype"
  static let backend: FieldName = "x-backend"
  static let threads: FieldName = "x-threads"
  static let lambda: FieldName = "x-lambda"
  static let serverTiming: FieldName = "server-timing"
  static let inferenceTime: FieldName = "x-inference-time"
  static let lowerContentType: FieldName = "content-type"
}
