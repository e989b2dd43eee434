import Synchronization

/// A message at regular times for many clients: made once for all of them, encoded once, sent from where it lies.
///
/// Every thread that serves connections has a timer for it while one of its clients listens. The first whose timer rings
/// has the message made; the others send the same bytes.
public final class Channel: Sendable {
  /// What was made for one time.
  struct Frames {
    let tick: Int64
    let plain: ByteBuffer
    /// The same compressed, once a client was there to whom it can be sent.
    var compressed: ByteBuffer?
  }

  private let interval: Int64
  private let phase: Int64
  private let isText: Bool
  private let make: @Sendable () -> [UInt8]
  private let last = Mutex<Frames?>(nil)

  /// - Parameters:
  ///   - seconds: between two messages.
  ///   - phaseSeconds: what its times are counted from, by the clock of `milliseconds`.
  ///   - make: the next message.
  public init(
    every seconds: Double, phaseSeconds: Double = 0, isText: Bool,
    _ make: @escaping @Sendable () -> [UInt8]
  ) {
    precondition(seconds > 0, "time goes on")
    (interval, phase) = (Int64(seconds * 1e9), Int64(phaseSeconds * 1e9))
    (self.isText, self.make) = (isText, make)
  }

  /// The time that channels go by, which only rises.
  public static var milliseconds: Int { Int(Clock.now / 1_000_000) }

  /// The number of the last message that was due.
  func tick(at now: Int64) -> Int64 { (now - phase) / interval }

  /// When the message after that one is due.
  func time(after tick: Int64) -> Int64 { phase + (tick + 1) * interval }

  /// The frame of message `tick`, which nobody writes to.
  ///
  /// - Parameter compressed: whether it is for a client who takes it so.
  func frame(_ tick: Int64, compressed: Bool) -> ByteBuffer {
    last.withLock { last in
      // A thread that is late sends what there is.
      let frames = last.flatMap { $0.tick >= tick ? $0 : nil } ?? made(tick)
      last = frames
      guard compressed else { return frames.plain }
      let buffer = frames.compressed ?? self.compressed(frames.plain)
      last?.compressed = buffer
      return buffer
    }
  }

  private func made(_ tick: Int64) -> Frames {
    let message = make()
    let plain = ByteBuffer(capacity: message.count + 10)
    write(message, isCompressed: false, to: plain)
    return Frames(tick: tick, plain: plain)
  }

  /// As it was where compression does not help.
  private func compressed(_ plain: ByteBuffer) -> ByteBuffer {
    plain.withSpan { bytes in
      let head = bytes[1] == 127 ? 10 : bytes[1] == 126 ? 4 : 2
      guard let stream = MessageCompressor(windowBits: DeflateTerms.ownWindowBits), bytes.count > head else {
        return plain
      }
      let message = stream.compress(bytes.extracting(head..<bytes.count), keepsContext: false)
      guard message.count < bytes.count - head else { return plain }
      let buffer = ByteBuffer(capacity: message.count + 10)
      write(message, isCompressed: true, to: buffer)
      return buffer
    }
  }

  private func write(_ message: [UInt8], isCompressed: Bool, to buffer: ByteBuffer) {
    var head: [UInt8] = []
    FrameWriter.head(isText ? .text : .binary, isCompressed: isCompressed, count: message.count, into: &head)
    buffer.append(head)
    buffer.append(message)
  }
}
