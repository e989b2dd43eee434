import Catenary
import CurveFormats

/// How a result is to be written.
struct RenderOutput {
  let path: String
  let format: PointFormat
  /// What the numbers are computed and, in binary formats, written in.
  let scalar: ScalarType

  /// The format by `--format`, else by extension; standard output is CSV. Binary formats fix the numbers.
  init(_ settings: Settings) throws(CommandFailure) {
    path = if case .typed(let text)? = settings[.output] { text } else { "-" }
    format = try RenderOutput.format(path, settings)
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
    guard let format = named ?? (path == "-" ? .csv : formatOf(path)) else {
      if OutputFile.isFolder(path) { throw .failed("\(path): this is a folder: name a file in it") }
      throw .usage("\(path): its extension is none of f32, f64, npy, csv, json: give --format")
    }
    guard format.canBeWritten else {
      throw .usage("\(format.name) is not written by this version: choose f32, f64, npy, csv or json")
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

  /// Sends a curve's samples to the file as they are drawn.
  ///
  /// - Throws: `EngineError` and `FormatError`.
  func write<Scalar: OutputScalar>(
    _ curve: Curve<Scalar>, _ job: RenderJob, by engine: Engine, to file: OutputFile
  ) throws {
    let sink = OutputSink(file: file)
    switch format {
    case .json: try stream(curve, job, by: engine, to: JSONPointWriter(to: sink))
    case .npy: try stream(curve, job, by: engine, to: NPYWriter(to: sink, scalar: scalar))
    case .f32, .f64: try stream(curve, job, by: engine, to: RawWriter(to: sink, scalar: scalar))
    default: try stream(curve, job, by: engine, to: CSVWriter(to: sink))
    }
  }

  private func stream<Scalar: OutputScalar, Writer: PointWriter & ~Copyable>(
    _ curve: Curve<Scalar>, _ job: RenderJob, by engine: Engine, to writer: consuming Writer
  ) throws {
    let count = try engine.elementCount(curve, job.sampling)
    try writer.begin(count: count / curve.dimensions, dimensions: curve.dimensions)
    try engine.render(curve, job.sampling, derivative: job.derivative) { tile in
      try Scalar.send(tile.elements, to: &writer)
    }
    try writer.finish()
  }
}

/// What is asked of a curve.
struct RenderJob {
  let sampling: Sampling
  let derivative: Int
}

/// A number that results are computed in.
protocol OutputScalar: CurveScalar, BitwiseCopyable {
  static func send(_ rows: Span<Self>, to writer: inout some PointWriter & ~Copyable) throws(FormatError)
}

extension Float: OutputScalar {
  static func send(_ rows: Span<Float>, to writer: inout some PointWriter & ~Copyable) throws(FormatError) {
    try writer.write(rows)
  }
}

extension Double: OutputScalar {
  static func send(_ rows: Span<Double>, to writer: inout some PointWriter & ~Copyable) throws(FormatError) {
    try writer.write(rows)
  }
}
