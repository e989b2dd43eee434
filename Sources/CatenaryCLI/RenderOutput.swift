import Catenary
import CurveFormats
import CurveRequests

/// How a result is to be written.
struct RenderOutput {
  let path: String
  let format: PointFormat
  /// What the numbers are computed and, in binary formats, written in.
  let scalar: ScalarType
  /// How a picture looks; nil where none is drawn.
  let picture: PictureStyle?

  /// The format by `--format`, else by extension; standard output is CSV, of all but `render` JSON. Binary formats fix the
  /// numbers.
  ///
  /// - Parameter isEarly: whether the input, which may say more, is still to be read.
  init(_ settings: Settings, isEarly: Bool = false) throws(CommandFailure) {
    path = if case .typed(let text)? = settings[.output] { text } else { "-" }
    format = try RenderOutput.format(path, settings)
    picture = try settings.picture(format, isEarly: isEarly)
    let wanted = try settings.choice(.dtype, of: ScalarType.self)
    guard let fixed = format.scalar else {
      scalar = wanted ?? (format == .npy ? .f32 : .f64)
      return
    }
    if let wanted, wanted != fixed, settings.isTyped(.dtype) {
      throw .usage("--dtype \(wanted.rawValue) cannot be written as \(fixed.rawValue): leave one of them out")
    }
    scalar = fixed
  }

  private static func format(_ path: String, _ settings: Settings) throws(CommandFailure) -> PointFormat {
    let named = try settings.choice(.format, of: PointFormat.allCases.map { ($0.name, $0) })
    let unnamed: PointFormat = settings.command == "render" ? .csv : .json
    guard let format = named ?? (path == "-" ? unnamed : formatOf(path)) else {
      if OutputFile.isFolder(path) { throw .failed("\(path): this is a folder: name a file in it") }
      throw .usage("\(path): its extension is none of f32, f64, npy, csv, json, svg, png: give --format")
    }
    return format
  }

  /// Opens the file or stream; a terminal gets text only.
  func open() throws(CommandFailure) -> OutputFile {
    let file = try OutputFile(path)
    if !format.isText, file.isTerminal {
      throw .usage("\(format.name) would not be readable on a terminal: give -o FILE, or send it into a pipe")
    }
    return file
  }

  /// Sends samples to the file as they are drawn.
  ///
  /// - Throws: what drawing throws, and `FormatError` from the file.
  func write(_ drawing: some Drawing, to file: OutputFile) throws {
    let sink = OutputSink(file: file)
    switch format {
    case .json: try stream(drawing, to: JSONPointWriter(to: sink, as: drawing.form, facts: drawing.facts))
    case .npy: try stream(drawing, to: NPYWriter(to: sink, scalar: scalar))
    case .f32, .f64: try stream(drawing, to: RawWriter(to: sink, scalar: scalar))
    default: try stream(drawing, to: CSVWriter(to: sink))
    }
  }

  private func stream<D: Drawing, Writer: PointWriter & ~Copyable>(
    _ drawing: D, to writer: consuming Writer
  ) throws {
    var isBegun = false
    try drawing.draw { tile in
      // Nothing is written before drawing has begun: a refusal leaves even a pipe empty.
      if !isBegun { try writer.begin(count: drawing.count, dimensions: drawing.dimensions) }
      isBegun = true
      try D.Scalar.send(tile.elements, to: &writer)
    }
    try writer.finish()
  }
}
