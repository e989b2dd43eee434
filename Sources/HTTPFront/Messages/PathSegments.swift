/// Walks over what stands between the slashes of a path (RFC 3986 section 3.3): `/a//b` has `a`, an empty one and `b`;
/// `/` has one empty segment.
///
/// Segments are as sent: `PercentDecoding` without `plusIsSpace` makes text of them. An escaped slash parts none.
public struct PathSegments: Sendable {
  private var place = 1

  public init() {}

  /// The place of the next segment of the same path, which begins with `/`; nil at its end.
  public mutating func next(in path: Span<UInt8>) -> Range<Int>? {
    guard place <= path.count, !path.isEmpty else { return nil }
    let start = place
    while place < path.count, path[place] != Octets.slash { place += 1 }
    defer { place += 1 }
    return start..<place
  }
}
