import Catenary
import CurveFormats
import CurveRequests

/// What an inference answers, one row a series.
enum InferenceTensor: String, CaseIterable {
  case pattern, confidence, metrics, curves

  var datatype: String {
    switch self {
    case .pattern, .curves: "BYTES"
    case .confidence, .metrics: "FP64"
    }
  }

  /// The shape for so many series; -1 stands for any number.
  func shape(_ series: Int) -> [Int] { self == .metrics ? [series, 6] : [series] }

  /// One series' values.
  func row(_ answer: Detection) -> [JSONValue] {
    let m = answer.metrics
    switch self {
    case .pattern: return [.string(answer.pattern.rawValue)]
    case .confidence: return [.number(answer.confidence)]
    case .metrics:
      return [m.conflict, m.entropy, m.tension, m.curvature, m.drift, m.decay].map { .number($0) }
    case .curves: return [.string(InferenceTensor.text(DetectionReport.curves(answer)))]
    }
  }

  /// Values as the binary tensor data extension has them: little-endian numbers, text behind its length in four bytes.
  static func bytes(_ values: [JSONValue]) -> [UInt8] {
    var bytes: [UInt8] = []
    for value in values {
      switch value {
      case .number(let number):
        for i in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: number.bitPattern >> UInt64(8 * i))) }
      case .string(let text):
        for i in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: text.utf8.count >> (8 * i))) }
        bytes += Array(text.utf8)
      default: break
      }
    }
    return bytes
  }

  private static func text(_ json: consuming JSONText) -> String {
    var sink = ArraySink()
    // Memory takes all bytes: nothing can be thrown.
    try? json.writeLine(to: &sink)
    return String(decoding: sink.bytes.dropLast(), as: UTF8.self)
  }
}
