import Catenary
import CurveFormats
import CurveRequests

/// `catenary detect`: prices in, the curve that explains them out, as JSON or CSV.
enum DetectCommand {
  /// What answers are written as.
  enum Format: String, CaseIterable { case json, csv }

  static func run(_ words: [String]) throws(CommandFailure) {
    let arguments = try Arguments(words, of: "detect")
    var settings = try Settings(arguments, of: "detect")
    let path = try arguments.input(of: "detect")
    let (target, format) = try output(settings)
    try checkSource(settings)
    let input = try PriceInput(path, &settings)
    try checkSource(settings)
    let answers = try answers(input)
    let file = try OutputFile(target)
    var sink = OutputSink(file: file)
    do throws(FormatError) {
      switch format {
      case .json: try JSONWriter().write(DetectionReport.json(answers, of: input), to: &sink)
      case .csv:
        do throws(SystemFault) { try file.write(DetectionReport.csv(answers)) } catch {
          throw FormatError.sink(error.description)
        }
      }
    } catch {
      throw file.isReaderGone ? .readerGone : .failed("\(file.name): \(error)")
    }
    try file.finish()
  }

  private static func answers(_ input: PriceInput) throws(CommandFailure) -> [Detection] {
    let engine = Engine(threads: input.series.count > 1 ? nil : 1)
    var answers: [Detection] = []
    for (index, result) in engine.detect(series: input.series).enumerated() {
      do throws(DetectionError) { answers.append(try result.get()) } catch {
        let place = input.isList ? "series \(index): " : ""
        throw .failed("\(input.name): \(place)\(error)")
      }
    }
    return answers
  }

  /// Where the answer goes, and as what.
  private static func output(_ settings: Settings) throws(CommandFailure) -> (String, Format) {
    let path = if case .typed(let text)? = settings[.output] { text } else { "-" }
    if let format = try settings.choice(.format, of: Format.self) { return (path, format) }
    guard path != "-", let named = formatOf(path) else { return (path, .json) }
    guard let format = Format(rawValue: named.name) else {
      throw .usage(
        "\(path): detect writes json and csv, not \(named.name): name such a file, or give --format")
    }
    return (path, format)
  }

  /// The classical detector is the only one yet.
  private static func checkSource(_ settings: Settings) throws(CommandFailure) {
    let words = "no model is part of this version: leave it out, or give --source classical, which works"
    if settings.has(.models) { throw .failed("--models: \(words)") }
    let source = try settings.choice(.source, of: [("classical", true), ("onnx", false)])
    if source == false { throw .failed("--source onnx: \(words)") }
  }
}
