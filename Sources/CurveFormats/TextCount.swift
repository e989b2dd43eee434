/// How much a CSV or JSON text holds at most, before it is read: its lines and what stands between its fields.
public struct TextCount: Sendable {
  /// Line ends; CR LF counts twice.
  public private(set) var lines = 0
  /// Commas, semicolons and tabs, wherever they stand.
  public private(set) var separators = 0

  public init() {}

  /// Counts the next bytes.
  public mutating func add(_ bytes: Span<UInt8>) {
    let all = 0..<bytes.count
    for end in [UInt8(ascii: "\n"), UInt8(ascii: "\r")] { lines += count(end, in: bytes, all) }
    for separator in [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")] {
      separators += count(separator, in: bytes, all)
    }
  }
}
