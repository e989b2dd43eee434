import Synchronization

/// What other threads tell a reactor.
final class Mailbox: Sendable {
  enum Message: Sendable {
    /// Pieces are ready for the connection with this key.
    case pieces(UInt64)
    /// No new connections; end what is in hand.
    case drain
    /// Drop everything.
    case stop
  }

  let bell: Bell
  private let messages = Mutex<[Message]>([])

  init() throws(SystemError) { bell = try Bell() }

  func send(_ message: Message) {
    let isFirst = messages.withLock { list in
      list.append(message)
      return list.count == 1
    }
    if isFirst { bell.ring() }
  }

  func takeAll() -> [Message] {
    bell.silence()
    return messages.withLock { list in
      defer { list = [] }
      return list
    }
  }
}
