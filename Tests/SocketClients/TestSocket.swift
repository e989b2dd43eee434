import Foundation

/// A client that sends and receives bytes, blocking, for at most ten seconds a call.
package final class TestSocket: Sendable {
  package let number: Int32

  package init(port: UInt16, receiveBuffer: Int32? = nil) throws {
    number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var ten = timeval(tv_sec: 10, tv_usec: 0)
    _ = unsafe setsockopt(number, SOL_SOCKET, SO_RCVTIMEO, &ten, socklen_t(MemoryLayout<timeval>.size))
    _ = unsafe setsockopt(number, SOL_SOCKET, SO_SNDTIMEO, &ten, socklen_t(MemoryLayout<timeval>.size))
    if var size = receiveBuffer { _ = unsafe setsockopt(number, SOL_SOCKET, SO_RCVBUF, &size, 4) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let result = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
  }

  deinit { close(number) }

  @discardableResult
  package func send(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Foundation.send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  @discardableResult
  package func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  /// The next bytes; empty at the end, nil when the connection was cut or nothing came in time.
  package func receive(_ most: Int = 65536) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: most)
    let count = unsafe buffer.withUnsafeMutableBytes { unsafe recv(number, $0.baseAddress, $0.count, 0) }
    return count < 0 ? nil : Array(buffer.prefix(count))
  }

  /// Whether bytes are there that were not received yet; with `waiting` they have ten seconds to come.
  package func hasBytes(waiting: Bool) -> Bool {
    var byte: UInt8 = 0
    let flags = Int(MSG_PEEK) | (waiting ? 0 : Int(MSG_DONTWAIT))
    return unsafe recv(number, &byte, 1, Int32(flags)) > 0
  }

  /// All until the end.
  package func receiveAll() -> String {
    var all: [UInt8] = []
    while let some = receive(), !some.isEmpty { all += some }
    return String(decoding: all, as: UTF8.self)
  }

  /// Until `text` has come so many times; what came.
  package func receive(until text: String, times: Int = 1) -> String {
    var all = ""
    while all.components(separatedBy: text).count - 1 < times {
      guard let some = receive(), !some.isEmpty else { break }
      all += String(decoding: some, as: UTF8.self)
    }
    return all
  }

  package func finishSending() { shutdown(number, Int32(SHUT_WR)) }

  /// Goes away with a reset.
  package func vanish() {
    var none = linger(l_onoff: 1, l_linger: 0)
    _ = unsafe setsockopt(number, SOL_SOCKET, SO_LINGER, &none, socklen_t(MemoryLayout<linger>.size))
    shutdown(number, Int32(SHUT_RDWR))
  }
}
