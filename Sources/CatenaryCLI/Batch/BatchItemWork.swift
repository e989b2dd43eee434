import Catenary
import CurveFormats
import CurveRequests

/// One item, from its input to its output.
struct BatchItemWork {
  let item: BatchItem
  let options: BatchOptions
  let folder, temporary: String
  let engine: Engine
  let lane: BatchLane
  let progress: BatchProgress
  let memory: BatchMemory
  /// Bytes that items in hand may take.
  let budget: Int

  /// - Parameter line: gets what is to be told of the output.
  func perform(
    _ line: inout ManifestLine, _ makeFolder: (String) throws(SystemFault) -> Void
  ) throws(CommandFailure) {
    let isTooLarge = try weigh() > budget
    let target = "\(folder)/\(item.output)"
    let watcher = HashedOutput(lane: lane, progress: progress)
    func open() throws(CommandFailure) -> OutputFile {
      if let slash = item.output.lastIndex(of: "/") {
        do throws(SystemFault) { try makeFolder("\(folder)/\(item.output[..<slash])") } catch {
          throw .failed("\(target): \(error)")
        }
      }
      return try OutputFile(target, temporary: temporary, place: lane.number + 1, watcher: watcher)
    }
    if options.settings.command == "detect" {
      line.points = try detect(open)
    } else if isTooLarge {
      line.points = try renderWindowed(open)
    } else {
      (line.points, line.lambda) = try render(open)
    }
    (line.bytes, line.sha256) = (watcher.bytes, watcher.finish())
  }

  /// Waits until there is room for the item: what it weighs. It is refused when there can be none.
  private func weigh() throws(CommandFailure) -> Int {
    let bytes = item.bytes ?? 0
    var weight = memory.weight(item)
    if item.isRegular, item.format == .csv || item.format == .json, bytes > BatchMemory.countedFrom {
      weight = memory.weight(numbers: try numbers(), isJSON: item.format == .json)
      lane.weigh(weight)
    }
    guard weight > budget, !item.isRegular || !Windows.canDraw(options, item.format) else { return weight }
    throw .failed(
      "\(item.input): it needs about \(weight >> 20) MiB of memory, and \(budget >> 20) are for items in hand: "
        + "raise --memory or cut it up; points in csv, npy, f32 or f64 are read in parts for kinds that are local "
        + "(catmull-rom, akima, …) sampled by --samples-per-segment")
  }

  /// Numbers that a text holds at most.
  private func numbers() throws(CommandFailure) -> Int {
    var source = try FileSource(item.input, by: lane)
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var count = TextCount()
    do throws(FormatError) {
      while true {
        var room = chunk.mutableSpan
        let bytes = try source.read(into: &room)
        if bytes == 0 { break }
        count.add(chunk.span.extracting(first: bytes))
      }
    } catch {
      throw .failed("\(item.input): \(error)")
    }
    let all = count.separators + count.lines + 1
    guard item.format == .csv, let columns = options.columns else { return all }
    return min(all, (count.lines + 1) * columns)
  }

  private func render(
    _ open: () throws(CommandFailure) -> OutputFile
  ) throws(CommandFailure) -> (points: Int, lambda: Double?) {
    var settings = options.settings
    let input = try PointInput(item.input, &settings, by: lane)
    let output = try RenderOutput(settings)
    switch output.scalar {
    case .f32: return try render(input, settings, output, open, as: Float.self)
    case .f64: return try render(input, settings, output, open, as: Double.self)
    }
  }

  private func render<Scalar: OutputScalar>(
    _ input: PointInput, _ settings: Settings, _ output: RenderOutput,
    _ open: () throws(CommandFailure) -> OutputFile, as _: Scalar.Type
  ) throws(CommandFailure) -> (points: Int, lambda: Double?) {
    let drawing = try RenderCommand.drawing(input, settings, to: output, by: engine, as: Scalar.self)
    let file = try open()
    do {
      if output.picture != nil {
        try output.write(drawing, of: input.points, to: file)
        progress.drew(drawing.count)
      } else {
        try output.write(CountedDrawing(inner: drawing, progress: progress), to: file)
      }
    } catch {
      throw RenderCommand.failure(error, settings, input: input.name, file)
    }
    lane.rest()
    defer { lane.resume() }
    try file.finish()
    guard case .smoothing(nil, _) = drawing.curve.kind else { return (drawing.count, nil) }
    return (drawing.count, drawing.curve.lambda)
  }

  private func renderWindowed(
    _ open: () throws(CommandFailure) -> OutputFile
  ) throws(CommandFailure) -> Int {
    let settings = options.settings
    let windows = try Windows(
      item, item.format ?? .csv, settings, budget: budget, perNumber: memory.perNumber, by: lane)
    lane.weigh(memory.weight(numbers: windows.numbersAtOnce))
    let output = try RenderOutput(settings)
    switch output.scalar {
    case .f32: return try renderWindowed(windows, settings, output, open, as: Float.self)
    case .f64: return try renderWindowed(windows, settings, output, open, as: Double.self)
    }
  }

  private func renderWindowed<Scalar: OutputScalar>(
    _ windows: Windows, _ settings: Settings, _ output: RenderOutput,
    _ open: () throws(CommandFailure) -> OutputFile, as _: Scalar.Type
  ) throws(CommandFailure) -> Int {
    let drawing = WindowedDrawing<Scalar>(
      windows: windows, settings: settings, engine: engine, lane: lane,
      derivative: try RenderCommand.derivative(settings))
    let file = try open()
    do { try output.write(CountedDrawing(inner: drawing, progress: progress), to: file) } catch {
      throw RenderCommand.failure(error, settings, input: item.input, file)
    }
    lane.rest()
    defer { lane.resume() }
    try file.finish()
    return drawing.count
  }

  private func detect(_ open: () throws(CommandFailure) -> OutputFile) throws(CommandFailure) -> Int {
    var settings = options.settings
    let input = try PriceInput(item.input, &settings, by: lane)
    let answers = try DetectCommand.answers(input, settings, try DetectorChoice(settings), by: engine)
    let file = try open()
    try DetectCommand.write(answers, of: input, settings, as: options.format, to: file)
    lane.rest()
    defer { lane.resume() }
    try file.finish()
    let count = input.series.reduce(0) { $0 + $1.count }
    progress.drew(count)
    return count
  }
}

/// An output's bytes, counted and hashed on their way to the file.
final class HashedOutput: OutputWatcher {
  private(set) var bytes = 0
  private var hash = ByteHash()
  /// Takes the hash over from the second piece on where threads are idle: a copy and a thread are worth it then.
  private var trailing: TrailingHash?
  private let lane: BatchLane
  private let progress: BatchProgress

  init(lane: BatchLane, progress: BatchProgress) { (self.lane, self.progress) = (lane, progress) }

  func write(_ bytes: RawSpan, to descriptor: Int32) throws(SystemFault) {
    if trailing == nil, self.bytes > 0, lane.hasHelp { trailing = TrailingHash(after: hash) }
    self.bytes += bytes.byteCount
    progress.wrote(bytes.byteCount)
    if trailing == nil { hash.update(bytes) }
    lane.rest()
    defer { lane.resume() }
    // It may have to wait for what is unhashed yet: others compute meanwhile.
    trailing?.update(bytes)
    try Files.write(descriptor, bytes)
  }

  /// SHA-256 of all bytes in hexadecimal digits.
  func finish() -> String { (trailing?.finish() ?? hash).finish() }
}
