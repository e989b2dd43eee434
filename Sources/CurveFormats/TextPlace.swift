/// A place in a text: byte offset from 0; line and column from 1, the column counted in characters.
///
/// Lines end with LF, CR LF or a lone CR.
public struct TextPlace: Sendable, Equatable, CustomStringConvertible {
  public var offset, line, column: Int

  public init(offset: Int, line: Int, column: Int) {
    (self.offset, self.line, self.column) = (offset, line, column)
  }

  public var description: String { "line \(line), column \(column)" }
}

/// Whether `byte` only continues a character of UTF-8.
@inline(__always)
func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

@inline(__always)
func isLineEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
