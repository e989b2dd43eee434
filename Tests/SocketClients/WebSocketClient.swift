/// A WebSocket's client that writes its frames by hand, right ones and wrong ones.
package final class WebSocketClient {
  /// A frame of the server's.
  package struct Frame: Equatable, CustomStringConvertible {
    /// Final bit, reserved bits and opcode.
    package let first: UInt8
    package let payload: [UInt8]

    package init(_ first: UInt8, _ payload: [UInt8]) { (self.first, self.payload) = (first, payload) }

    package static func text(_ text: String) -> Frame { Frame(0x81, Array(text.utf8)) }
    package static func close(_ code: Int) -> Frame { Frame(0x88, [UInt8(code >> 8), UInt8(code & 0xFF)]) }
    package var text: String { String(decoding: payload, as: UTF8.self) }
    /// The code of a close frame.
    package var code: Int? {
      first == 0x88 && payload.count > 1 ? Int(payload[0]) << 8 | Int(payload[1]) : nil
    }
    package var description: String { "\(first) \(payload.count): \(payload.prefix(40))" }
  }

  package let socket: TestSocket
  /// The head of the answer to the handshake.
  package let head: String
  private var pending: [UInt8] = []

  package static let fields = [
    "Host: a", "Connection: keep-alive, Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  ]
  package static let deflate =
    "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits; server_max_window_bits=15"

  package static func request(_ path: String, _ fields: [String]) -> String {
    "GET \(path) HTTP/1.1\r\n" + fields.joined(separator: "\r\n") + "\r\n\r\n"
  }

  /// - Parameter sending: bytes that are sent behind the request without waiting for its answer.
  package init(
    port: UInt16, _ path: String, _ more: [String] = [], receiveBuffer: Int32? = nil, sending: [UInt8] = []
  ) throws {
    socket = try TestSocket(port: port, receiveBuffer: receiveBuffer)
    socket.send(Array(WebSocketClient.request(path, WebSocketClient.fields + more).utf8) + sending)
    var bytes: [UInt8] = []
    while !bytes.suffix(4).elementsEqual("\r\n\r\n".utf8), let byte = socket.receive(1), !byte.isEmpty {
      bytes += byte
    }
    head = String(decoding: bytes, as: UTF8.self)
  }

  package var isOpen: Bool { head.hasPrefix("HTTP/1.1 101 ") }

  /// A frame, masked; `first` is final bit, reserved bits and opcode.
  package static func frame(_ first: UInt8, _ payload: [UInt8], mask: [UInt8] = [0x37, 0xFA, 0x21, 0x3D])
    -> [UInt8]
  {
    let lengthBytes = payload.count < 126 ? 0 : payload.count < 65536 ? 2 : 8
    let length = lengthBytes == 0 ? UInt8(payload.count) : lengthBytes == 2 ? 126 : 127
    let more = (0..<lengthBytes).reversed().map { UInt8(truncatingIfNeeded: payload.count >> (8 * $0)) }
    return [first, 0x80 | length] + more + mask + payload.enumerated().map { $1 ^ mask[$0 & 3] }
  }

  package func send(_ first: UInt8, _ payload: [UInt8]) { socket.send(WebSocketClient.frame(first, payload)) }
  package func send(text: String) { send(0x81, Array(text.utf8)) }

  /// The next frame; nil when the connection has ended, or nothing came in time.
  package func receive() -> Frame? {
    guard let head = take(2) else { return nil }
    var length = Int(head[1])
    if length > 125 {
      guard let bytes = take(length == 126 ? 2 : 8) else { return nil }
      length = bytes.reduce(0) { $0 << 8 | Int($1) }
    }
    return take(length).map { Frame(head[0], $0) }
  }

  private func take(_ count: Int) -> [UInt8]? {
    while pending.count < count {
      guard let some = socket.receive(), !some.isEmpty else { return nil }
      pending += some
    }
    defer { pending.removeFirst(count) }
    return Array(pending.prefix(count))
  }
}
