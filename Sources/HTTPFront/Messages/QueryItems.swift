/// Walks over `name=value` items parted by `&` (WHATWG URL section 5.1), without a dictionary.
///
/// Empty items are passed over. Names and values are as sent: `PercentDecoding` with `plusIsSpace` makes text of them.
public struct QueryItems: Sendable {
  private var place = 0

  public init() {}

  /// Where an item's parts lie in the query.
  public struct Item: Sendable, Equatable {
    public let name: Range<Int>
    /// Empty when there is no `=`.
    public let value: Range<Int>
    public let hasValue: Bool
  }

  /// The next item of the same query; nil at its end.
  public mutating func next(in query: Span<UInt8>) -> Item? {
    while place < query.count {
      let start = place
      while place < query.count, query[place] != UInt8(ascii: "&") { place += 1 }
      let end = place
      place += 1
      if start == end { continue }
      var middle = start
      while middle < end, query[middle] != Octets.equals { middle += 1 }
      return Item(name: start..<middle, value: min(middle + 1, end)..<end, hasValue: middle < end)
    }
    return nil
  }
}
