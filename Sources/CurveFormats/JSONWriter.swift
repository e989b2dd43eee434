/// Writes one JSON value and a line feed: no spaces, the shortest digits that read back, strings as UTF-8.
///
/// - Shape: a number that is not finite is `null`, as JSON has none.
/// - Memory: the whole text, which takes less than the value.
public struct JSONWriter: Sendable {
  public init() {}

  /// - Throws: what the sink throws.
  public func write(_ value: JSONValue, to sink: inout some ByteSink & ~Copyable) throws(FormatError) {
    try JSONText(value).writeLine(to: &sink)
  }
}
