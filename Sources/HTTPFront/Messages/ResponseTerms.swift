/// What an answer must know of its request.
public struct ResponseTerms: Sendable, Equatable {
  /// Whether the request was HEAD: the answer then has no body, whatever its length says.
  public var isHead: Bool
  public var minorVersion: UInt8
  /// False: the answer says `Connection: close`. A server that drains takes it back.
  public var keepsAlive: Bool

  /// After a fault that closes, `keepsAlive` is false already.
  public init(_ head: borrowing RequestHead) {
    isHead = head.method == .head
    (minorVersion, keepsAlive) = (head.minorVersion, head.keepsAlive)
  }

  /// For an answer without a request, such as 408: closes.
  public init() { (isHead, minorVersion, keepsAlive) = (false, 1, false) }
}
