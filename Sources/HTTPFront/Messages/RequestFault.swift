/// What is wrong with a request, as its sender is told.
public struct RequestFault: Error, Equatable, Sendable {
  /// The status of the answer: 400, 411, 413, 414, 417, 431, 501 or 505.
  public let status: Int
  /// One line: what is wrong and what to send instead. Never echoes the request.
  public let detail: String
  /// Whether the connection must be closed after the answer: what follows cannot be told apart from the request. If
  /// not, the refused request had no body and the parser goes on with the next one.
  public let closes: Bool

  public init(status: Int, detail: String, closes: Bool = true) {
    self.status = status
    self.detail = detail
    self.closes = closes
  }
}
