/// A place in a text: byte offset from 0; line and column from 1, the column counted in characters.
///
/// Lines end with LF, CR LF or a lone CR.
public struct TextPlace: Sendable, Equatable, CustomStringConvertible {
  public var offset, line, column: Int

  public init(offset: Int, line: Int, column: Int) {
    (self.offset, self.line, self.column) = (offset, line, column)
  }

  public var description: String { "line \(line), column \(column)" }

  /// Moves over one byte of UTF-8.
  mutating func step(over byte: UInt8, afterReturn: Bool) {
    offset += 1
    switch byte {
    case UInt8(ascii: "\n") where afterReturn: break
    case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
      line += 1
      column = 1
    default: column += isContinuation(byte) ? 0 : 1
    }
  }
}

/// Whether `byte` only continues a character of UTF-8.
@inline(__always)
func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

@inline(__always)
func isLineEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
