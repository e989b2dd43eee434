/// A route's path. It may end with a name for anything, such as `/:id`.
struct PathPattern: Sendable {
  /// What comes before the name.
  private let start: [UInt8]
  private let hasName: Bool

  init(_ path: String) {
    start = Array(path.utf8.prefix { $0 != UInt8(ascii: ":") })
    hasName = start.count < path.utf8.count
  }

  /// Whether a path is one of these: the length tells most apart.
  func matches(_ path: Span<UInt8>) -> Bool {
    guard hasName ? path.count > start.count : path.count == start.count, begins(path) else { return false }
    for i in start.count..<path.count where path[i] == UInt8(ascii: "/") { return false }
    return true
  }

  /// Whether a path goes on as these begin, whatever comes then.
  func begins(_ path: Span<UInt8>) -> Bool {
    guard path.count >= start.count, path.count > start.count || !hasName else { return false }
    // From the end: beginnings are alike.
    for i in start.indices.reversed() where path[i] != start[i] { return false }
    return true
  }
}
