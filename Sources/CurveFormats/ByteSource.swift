/// Where bytes come from: a file, a socket, an array. The reader owns the buffer, so memory stays bounded.
public protocol ByteSource: ~Copyable {
  /// Fills `buffer` from its start.
  ///
  /// - Returns: how many bytes were written, 0 only at the end (or for an empty buffer).
  /// - Throws: `FormatError.source` when the bytes cannot be had.
  mutating func read(into buffer: inout MutableSpan<UInt8>) throws(FormatError) -> Int

  /// How many bytes are still to come, where the source knows it (a regular file, a body with a length).
  ///
  /// Readers use it to reserve memory once; they stay right when it is nil or wrong.
  var bytesLeft: Int? { get }
}

extension ByteSource where Self: ~Copyable {
  public var bytesLeft: Int? { nil }
}

/// Where bytes go.
public protocol ByteSink: ~Copyable {
  /// Takes all of `bytes`.
  ///
  /// - Throws: `FormatError.sink` when they cannot be delivered.
  mutating func write(_ bytes: RawSpan) throws(FormatError)
}

/// Bytes that are already in memory, handed out in pieces of at most `chunk` bytes.
public struct ArraySource: ByteSource, Sendable {
  private let bytes: [UInt8]
  private let chunk: Int
  private var position = 0

  public init(_ bytes: [UInt8], chunk: Int = .max) {
    self.bytes = bytes
    self.chunk = max(1, chunk)
  }

  public var bytesLeft: Int? { bytes.count - position }

  public mutating func read(into buffer: inout MutableSpan<UInt8>) throws(FormatError) -> Int {
    let count = min(chunk, buffer.count, bytes.count - position)
    copy(bytes, position..<position + count, into: &buffer)
    position += count
    return count
  }
}

/// Bytes gathered in memory.
public struct ArraySink: ByteSink, Sendable {
  public private(set) var bytes: [UInt8] = []

  public init() {}

  public mutating func write(_ bytes: RawSpan) throws(FormatError) {
    append(bytes, to: &self.bytes)
  }
}
