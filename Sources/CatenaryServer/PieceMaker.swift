import Catenary
import CurveFormats
import CurveRequests
import HTTPFront
import Synchronization

/// A body that is made piece by piece.
protocol PieceMaker: Sendable {
  var length: Answer.Length { get }
  /// Puts the next piece behind what the buffer holds.
  ///
  /// - Returns: whether there is more.
  mutating func next(_ piece: ByteBuffer) throws -> Bool
}

/// A body of so many points.
protocol CountedMaker: PieceMaker {
  var count: Int { get }
}

/// Samples as plain numbers, after a header that may be empty.
struct BinaryMaker: PieceMaker {
  let render: PreparedRender
  let header: [UInt8]
  let isShared: Bool
  /// Told how many points were drawn.
  let drawn: @Sendable (Int) -> Void
  private var done = 0

  init(
    _ render: PreparedRender, header: [UInt8], isShared: Bool, drawn: @escaping @Sendable (Int) -> Void
  ) {
    (self.render, self.header, self.isShared, self.drawn) = (render, header, isShared, drawn)
  }

  var length: Answer.Length { .sized(header.count + render.count * render.pointBytes) }

  mutating func next(_ piece: ByteBuffer) throws -> Bool {
    if done == 0 { piece.append(header) }
    let atOnce = render.pointsAtOnce * (isShared ? 3 : 1)
    let points = done..<min(done + atOnce, render.count)
    try piece.extend(by: points.count * render.pointBytes) { (out) throws(EngineError) in
      try render.draw(points, into: &out, isShared: isShared)
    }
    drawn(points.count)
    done = points.upperBound
    return done < render.count
  }
}

/// Points as text.
struct TextMaker<Scalar: OutputScalar>: CountedMaker {
  /// Some 200 kB of text.
  private static var atOnce: Int { 4096 }

  let count, dimensions: Int
  private let draw: @Sendable (Range<Int>, inout MutableSpan<Scalar>) throws -> Void
  private let text: any TextOutput
  private var done = 0

  init(
    count: Int, dimensions: Int, as text: any TextOutput,
    draw: @escaping @Sendable (Range<Int>, inout MutableSpan<Scalar>) throws -> Void
  ) {
    (self.count, self.dimensions, self.text, self.draw) = (count, dimensions, text, draw)
  }

  var length: Answer.Length { .streamed }

  mutating func next(_ piece: ByteBuffer) throws -> Bool {
    text.buffer.clear()
    if done == 0 { try text.begin(count, dimensions) }
    let points = done..<min(done + Self.atOnce, count)
    var numbers = [Scalar](repeating: 0, count: points.count * dimensions)
    var room = numbers.mutableSpan
    try draw(points, &room)
    try text.write(numbers)
    done = points.upperBound
    if done == count { try text.finish() }
    text.buffer.withBytes { piece.append($0) }
    return done < count
  }
}

/// A writer of text, whatever its type.
protocol TextOutput: Sendable {
  var buffer: ByteBuffer { get }
  func begin(_ count: Int, _ dimensions: Int) throws
  func write<Scalar: OutputScalar>(_ numbers: [Scalar]) throws
  func finish() throws
}

func jsonOutput(_ form: JSONPointForm, facts: [(name: String, value: Double)]) -> any TextOutput {
  let buffer = ByteBuffer()
  return WriterOutput(JSONPointWriter(to: BufferSink(buffer: buffer), as: form, facts: facts), buffer)
}

func csvOutput() -> any TextOutput {
  let buffer = ByteBuffer()
  return WriterOutput(CSVWriter(to: BufferSink(buffer: buffer)), buffer)
}

private final class WriterOutput<Writer: PointWriter & ~Copyable>: TextOutput {
  private let writer: Mutex<Writer>
  let buffer: ByteBuffer

  init(_ writer: consuming sending Writer, _ buffer: ByteBuffer) {
    self.writer = Mutex(writer)
    self.buffer = buffer
  }

  func begin(_ count: Int, _ dimensions: Int) throws {
    try writer.withLock { try $0.begin(count: count, dimensions: dimensions) }
  }
  func write<Scalar: OutputScalar>(_ numbers: [Scalar]) throws {
    try writer.withLock { try Scalar.send(numbers.span, to: &$0) }
  }
  func finish() throws { try writer.withLock { try $0.finish() } }
}

/// A picture of so many points, or pixels, drawn at once.
struct PictureMaker: CountedMaker {
  let count: Int
  let draw: @Sendable (ByteBuffer) throws -> Void
  var length: Answer.Length { .whole }

  mutating func next(_ piece: ByteBuffer) throws -> Bool {
    try draw(piece)
    return false
  }
}

/// A body that was made at once.
struct WholeMaker: PieceMaker {
  let bytes: ByteBuffer
  var length: Answer.Length { .whole }
  mutating func next(_ piece: ByteBuffer) -> Bool {
    bytes.withBytes { piece.append($0) }
    return false
  }
}
