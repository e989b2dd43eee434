import Synchronization

/// The bytes of a large body, held until they are read: what is made of them needs the memory.
final class Body: Sendable {
  private let bytes: Mutex<[UInt8]>

  init(_ bytes: consuming [UInt8]) { self.bytes = Mutex(bytes) }

  /// The bytes, for who asks first; nobody holds them any longer.
  func take() -> [UInt8] {
    bytes.withLock { bytes in
      defer { bytes = [] }
      return bytes
    }
  }
}
