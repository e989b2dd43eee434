import Catenary
import CurveFormats
import CurveRequests

/// `catenary detect`: prices in, the curve that explains them out, as JSON, CSV or a picture.
enum DetectCommand {
  static func run(_ words: [String]) throws(CommandFailure) {
    let arguments = try Arguments(words, of: "detect")
    var settings = try Settings(arguments, of: "detect")
    let path = try arguments.input(of: "detect")
    let (target, format) = try output(settings)
    _ = try settings.picture(format, isEarly: true)
    _ = try DetectorChoice(settings)
    let input = try PriceInput(path, &settings)
    let detector = try DetectorChoice(settings)
    let answers = try answers(input, settings, detector)
    let file = try OutputFile(target)
    if !format.isText, file.isTerminal {
      throw .usage("\(format.name) would not be readable on a terminal: give -o FILE, or send it into a pipe")
    }
    try write(answers, of: input, settings, as: format, to: file)
    try file.finish()
  }

  /// Writes answers in the format.
  static func write(
    _ answers: [Detection], of input: PriceInput, _ settings: Settings, as format: PointFormat,
    to file: OutputFile
  ) throws(CommandFailure) {
    let style = try settings.picture(format, isEarly: false)
    var sink = OutputSink(file: file)
    do {
      if let style, let kind = format.picture {
        try DetectionPicture.draw(answers, of: input, style, as: kind, to: sink)
      } else if format == .csv {
        try file.write(DetectionReport.csv(answers))
      } else {
        try DetectionReport.json(answers, of: input).writeLine(to: &sink)
      }
    } catch {
      throw file.isReaderGone ? .readerGone : .failed("\(file.name): \(error)")
    }
  }

  /// The answers to all series of an input.
  ///
  /// - Parameter engine: whose threads and models are used; nil: some of its own.
  static func answers(
    _ input: PriceInput, _ settings: Settings, _ detector: DetectorChoice, by engine: Engine? = nil
  ) throws(CommandFailure) -> [Detection] {
    let (_, format) = try output(settings)
    if let style = try settings.picture(format, isEarly: false) {
      try DetectionPicture.check(input.series.count, style, of: input.name)
    }
    var answers: [Detection] = []
    for (index, result) in detector.detect(input.series, by: engine).enumerated() {
      do throws(DetectionError) { answers.append(try result.get()) } catch {
        let place = input.isList ? "series \(index): " : ""
        throw .failed("\(input.name): \(place)\(error)")
      }
    }
    return answers
  }

  /// Where the answer goes, and as what.
  static func output(_ settings: Settings) throws(CommandFailure) -> (String, PointFormat) {
    let path = if case .typed(let text)? = settings[.output] { text } else { "-" }
    let written: [PointFormat] = [.json, .csv, .svg, .png]
    let named = try settings.choice(.format, of: written.map { ($0.name, $0) })
    let format = named ?? (path == "-" ? .json : formatOf(path) ?? .json)
    guard written.contains(format) else {
      throw .usage(
        "\(path): detect writes json, csv, svg and png, not \(format.name): name such a file, or give --format"
      )
    }
    return (path, format)
  }
}
