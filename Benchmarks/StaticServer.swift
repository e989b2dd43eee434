import HTTPFront
import Synchronization

/// `catenary-bench --serve-static PORT` answers `/N` with N bytes that never change, through the front that the product has: what
/// a drawn answer of that size is compared with. `server.py` starts it.
final class StaticServer: RequestHandler {
  /// As much as the product answers where the request came.
  private static let bytesAtOnce = 512 << 10
  private static let pieceBytes = 256 << 10
  /// By their count; made when they are first asked for.
  private let bodies = Mutex<[Int: [UInt8]]>([:])

  static func run(port: Int) throws {
    var options = ServerOptions()
    options.port = UInt16(clamping: port)
    try HTTPServer(options, StaticServer()).waitUntilFinished()
  }

  func answer(
    _ head: borrowing RequestHead, _ body: consuming [UInt8], _ answer: inout Answer
  ) -> (any AnswerSource)? {
    var count = 0
    let path = head.path
    for i in path.indices where path[i] &- 48 < 10 && count < 1 << 40 {
      count = 10 * count + Int(path[i] &- 48)
    }
    answer.field("content-type", "application/octet-stream")
    answer.field("access-control-allow-origin", "*")
    guard count > StaticServer.bytesAtOnce else {
      answer.body.append(bytes(count))
      return nil
    }
    return StaticPieces(count: count, bytes: bytes(StaticServer.pieceBytes))
  }

  private func bytes(_ count: Int) -> [UInt8] {
    bodies.withLock { bodies in
      if let found = bodies[count] { return found }
      bodies[count] = [UInt8](repeating: 0x55, count: count)
      return bodies[count] ?? []
    }
  }

  func requestStarted() {}
  func requestEnded(_ record: RequestRecord, _ head: borrowing RequestHead) {}
  func admits(_ head: borrowing RequestHead, _ answer: inout Answer) -> Bool { true }
  func refuse(_ status: Int, _ detail: String, _ answer: inout Answer) { answer.status = status }
}

/// A body of many pieces, all alike.
private final class StaticPieces: AnswerSource {
  private let count: Int
  private let bytes: [UInt8]
  private let left: Mutex<Int>

  init(count: Int, bytes: [UInt8]) {
    (self.count, self.bytes) = (count, bytes)
    left = Mutex(count)
  }

  func begin(_ answer: inout Answer) -> Bool {
    answer.field("content-type", "application/octet-stream")
    answer.field("access-control-allow-origin", "*")
    answer.length = .sized(count)
    return add(to: answer.body)
  }

  func next(_ piece: ByteBuffer) -> Bool { add(to: piece) }

  private func add(to piece: ByteBuffer) -> Bool {
    left.withLock { left in
      piece.append(left < bytes.count ? Array(bytes[0..<left]) : bytes)
      left -= min(left, bytes.count)
      return left > 0
    }
  }
}
