import Catenary
import CurveFormats

/// Answers of the detector as text.
package enum DetectionReport {
  /// One object, or `results` of many.
  package static func json(_ answers: [Detection], of input: PriceInput) -> JSONText {
    var text = JSONText()
    if !input.isList, let first = answers.first {
      add(first, input.timestamps, to: &text)
    } else {
      text.addObject { text in
        text.name("results")
        text.addArray { text in for answer in answers { add(answer, input.timestamps, to: &text) } }
      }
    }
    return text
  }

  /// The curves of one answer, as they stand in it.
  package static func curves(_ answer: Detection) -> JSONText {
    var text = JSONText()
    text.addArray { text in for curve in answer.curves { add(curve, nil, to: &text) } }
    return text
  }

  private static func add(_ answer: Detection, _ times: [JSONValue]?, to text: inout JSONText) {
    let m = answer.metrics
    text.addObject { text in
      add("pattern", answer.pattern.rawValue, to: &text)
      add("confidence", answer.confidence, to: &text)
      add("conflict", m.conflict, to: &text)
      add("entropy", m.entropy, to: &text)
      add("tension", m.tension, to: &text)
      add("curvature", m.curvature, to: &text)
      add("drift", m.drift, to: &text)
      add("decay", m.decay, to: &text)
      text.name("curves")
      text.addArray { text in for curve in answer.curves { add(curve, times, to: &text) } }
      add("source", answer.source.rawValue, to: &text)
      if let model = answer.model { add("model", model, to: &text) }
      add("count", Double(answer.count), to: &text)
    }
  }

  private static func add(_ curve: DetectedCurve, _ times: [JSONValue]?, to text: inout JSONText) {
    text.addObject { text in
      add("start", Double(curve.start), to: &text)
      add("end", Double(curve.end), to: &text)
      if let times {
        text.name("startTime")
        text.add(times[curve.start])
        text.name("endTime")
        text.add(times[curve.end - 1])
      }
      add("pattern", curve.pattern.rawValue, to: &text)
      add("confidence", curve.confidence, to: &text)
      text.name("parameters")
      text.addObject { text in
        for parameter in curve.parameters { add(parameter.name, parameter.value, to: &text) }
      }
      add("r2", curve.r2, to: &text)
      add("rmse", curve.rmse, to: &text)
      add("noiseStd", curve.noiseStd, to: &text)
      text.name("controlPoints")
      text.add(points: curve.controlPoints)
    }
  }

  private static func add(_ name: String, _ number: Double, to text: inout JSONText) {
    text.name(name)
    text.add(number)
  }

  private static func add(_ name: String, _ string: String, to text: inout JSONText) {
    text.name(name)
    text.add(string)
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
