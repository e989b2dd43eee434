import Catenary
import CurveFormats
import CurveRequests

/// Series and the curves found in them as a picture: a panel for each series, the prices thin and grey, the fitted curves
/// over them, pattern and confidence above each; stretches without a curve stay plain.
enum DetectionPicture {
  /// - Throws: that there are more series than the picture has room for.
  static func check(_ count: Int, _ style: PictureStyle, of input: String) throws(CommandFailure) {
    guard !PictureSheet.hasRoom(for: max(count, 1), style) else { return }
    throw .failed(
      "\(input): \(count) series have no room in \(style.width) by \(style.height) pixels: "
        + "draw fewer of them, or give a larger --width and --height")
  }

  /// - Throws: `FormatError` from the sink.
  static func draw(
    _ answers: [Detection], of input: PriceInput, _ style: PictureStyle, as kind: PictureKind,
    to sink: OutputSink
  ) throws {
    let panels = try answers.indices.map { try panel(answers[$0], $0, of: input, style) }
    try PictureSheet(panels, style: style).write(as: kind, to: sink)
  }

  private static func panel(
    _ answer: Detection, _ index: Int, of input: PriceInput, _ style: PictureStyle
  ) throws(CurveError) -> Picture {
    let name = input.names.indices.contains(index) ? input.names[index] : ""
    var series = PictureCurve.series(input.series[index], name: name.isEmpty ? "prices" : name)
    (series.colour, series.strokeWidth) = (PictureStyle.ink, style.strokeWidth / 2)
    var picture = Picture([series], style: style)
    var number = 0
    for curve in answer.curves where curve.pattern != .none {
      let colour = colour(curve.pattern, number, style)
      number += 1
      var line = try PictureCurve.fitted(fitted(curve), name: label(curve.pattern, curve.confidence))
      line.colour = colour
      picture.curves.append(line)
      picture.spans.append(span(curve, colour, count: answer.count))
    }
    if number == 0 {
      let whole = PictureSpan(
        0, Double(max(answer.count - 1, 0)), label: label(.none, answer.confidence), colour: PictureStyle.ink,
        isMarked: false)
      picture.spans = [whole]
    }
    picture.x = input.axis
    if input.isList {
      picture.heading = name.isEmpty ? "series \(index)" : name
    } else {
      picture.y.name = name
    }
    return picture
  }

  /// The line through the control points, as the answer says that they are to be drawn.
  private static func fitted(_ curve: DetectedCurve) throws(CurveError) -> Curve<SIMD2<Double>> {
    let kind: CurveKind =
      curve.pattern == .step
      ? .step(.after, parameterization: .x) : .cubic(boundary: .notAKnot, parameterization: .x)
    return try Curve(kind, points: curve.controlPoints)
  }

  /// From half-way to the price before to half-way to the price behind.
  private static func span(_ curve: DetectedCurve, _ colour: PictureColour, count: Int) -> PictureSpan {
    PictureSpan(
      max(Double(curve.start) - 0.5, 0), min(Double(curve.end) - 0.5, Double(count - 1)),
      label: label(curve.pattern, curve.confidence), colour: colour)
  }

  /// Each pattern has a colour of its own, unless there are colours to take in turn.
  private static func colour(_ pattern: Pattern, _ number: Int, _ style: PictureStyle) -> PictureColour {
    style.strokes.isEmpty
      ? style.stroke(Pattern.allCases.firstIndex(of: pattern) ?? 0) : style.stroke(number)
  }

  /// `linear 0.97`: two digits, and no more than 0.99 of what is not certain.
  private static func label(_ pattern: Pattern, _ confidence: Double) -> String {
    let hundredths = confidence >= 1 ? 100 : min(Int((confidence * 100).rounded()), 99)
    let digits = hundredths % 100
    return "\(pattern.rawValue) \(hundredths / 100).\(digits < 10 ? "0" : "")\(digits)"
  }
}
