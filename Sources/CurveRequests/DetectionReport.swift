import Catenary
import CurveFormats

/// Answers of the detector as text.
package enum DetectionReport {
  /// One object, or `results` of many.
  package static func json(_ answers: [Detection], of input: PriceInput) -> JSONValue {
    let values = answers.map { value($0, input.timestamps) }
    guard !input.isList, let first = values.first else {
      return .object([JSONMember(name: "results", value: .array(values))])
    }
    return first
  }

  /// The curves of one answer, as they stand in it.
  package static func curves(_ answer: Detection) -> JSONValue {
    .array(answer.curves.map { value($0, nil) })
  }

  private static func value(_ answer: Detection, _ times: [JSONValue]?) -> JSONValue {
    let m = answer.metrics
    let numbers: [(String, Double)] = [
      ("confidence", answer.confidence), ("conflict", m.conflict), ("entropy", m.entropy),
      ("tension", m.tension), ("curvature", m.curvature), ("drift", m.drift), ("decay", m.decay),
    ]
    return .object(
      [JSONMember(name: "pattern", value: .string(answer.pattern.rawValue))] + numbers.map(number) + [
        JSONMember(name: "curves", value: .array(answer.curves.map { value($0, times) })),
        JSONMember(name: "source", value: .string(answer.source.rawValue)),
      ] + (answer.model.map { [JSONMember(name: "model", value: .string($0))] } ?? [])
        + [number(("count", Double(answer.count)))])
  }

  private static func value(_ curve: DetectedCurve, _ times: [JSONValue]?) -> JSONValue {
    var members = [number(("start", Double(curve.start))), number(("end", Double(curve.end)))]
    if let times {
      members.append(JSONMember(name: "startTime", value: times[curve.start]))
      members.append(JSONMember(name: "endTime", value: times[curve.end - 1]))
    }
    members.append(JSONMember(name: "pattern", value: .string(curve.pattern.rawValue)))
    members.append(number(("confidence", curve.confidence)))
    let parameters = curve.parameters.map { number(($0.name, $0.value)) }
    members.append(JSONMember(name: "parameters", value: .object(parameters)))
    members += [("r2", curve.r2), ("rmse", curve.rmse), ("noiseStd", curve.noiseStd)].map(number)
    let points = curve.controlPoints.map { JSONValue.array([.number($0.x), .number($0.y)]) }
    members.append(JSONMember(name: "controlPoints", value: .array(points)))
    return .object(members)
  }

  private static func number(_ pair: (name: String, value: Double)) -> JSONMember {
    JSONMember(name: pair.name, value: .number(pair.value))
  }

  /// One row a curve; the parameters as `name=value`, semicolons between them.
  package static func csv(_ answers: [Detection]) -> String {
    var text = "series,start,end,pattern,confidence,r2,rmse,noiseStd,parameters\n"
    for (index, answer) in answers.enumerated() {
      for curve in answer.curves {
        let parameters = curve.parameters.map { "\($0.name)=\($0.value)" }.joined(separator: ";")
        text += "\(index),\(curve.start),\(curve.end),\(curve.pattern.rawValue),\(curve.confidence),"
        text += "\(curve.r2),\(curve.rmse),\(curve.noiseStd),\(parameters)\n"
      }
    }
    return text
  }
}
