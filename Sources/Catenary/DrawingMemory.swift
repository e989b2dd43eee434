import Synchronization
import WasmHost

/// Buffers in the memory of an engine's guest: what is drawn to them is drawn in place, and needs no copy.
public final class DrawingMemory: Sendable {
  /// Smaller buffers gain nothing; larger ones could leave a hole that nothing fits into.
  static let bufferBytes = 32 << 10...1 << 20

  private let backend: WasmBackend
  private let limit: Int
  private let taken = Atomic<Int>(0)

  fileprivate init(_ backend: WasmBackend, limit: Int) { (self.backend, self.limit) = (backend, limit) }

  /// A buffer of so many bytes, aligned to 64 of them, with anything in them.
  ///
  /// - Returns: the address of the first in this process: all may be read and written until it is given back; nil where the
  ///   size is none that pays, or the limit or the guest's memory is used up.
  public func take(_ count: Int) -> UInt? {
    guard DrawingMemory.bufferBytes.contains(count) else { return nil }
    let size = DrawingMemory.size(count)
    let isThere = taken.add(size, ordering: .relaxed).newValue <= limit
    guard isThere, let address = try? backend.kernel.allocate(size) else {
      taken.subtract(size, ordering: .relaxed)
      return nil
    }
    return backend.kernel.location(of: address)
  }

  /// Gives back a buffer that was taken. Anything else is the caller's mistake.
  public func giveBack(_ location: UInt) {
    guard let address = backend.kernel.address(at: location) else {
      preconditionFailure("an address that take gave")
    }
    taken.subtract(backend.kernel.free(address), ordering: .relaxed)
  }

  /// Bytes that are taken.
  public var byteCount: Int { taken.load(ordering: .relaxed) }

  /// Multiples of a page, so that what is given back fits what is taken next.
  private static func size(_ count: Int) -> Int { (count + 4095) & ~4095 }
}

extension Engine {
  /// Memory that this engine draws to without a copy.
  ///
  /// - Parameter limit: the bytes of all its buffers together.
  /// - Returns: nil where any memory is that: the engine draws natively.
  public func drawingMemory(limit: Int) -> DrawingMemory? {
    wasm.map { DrawingMemory($0, limit: limit) }
  }
}
