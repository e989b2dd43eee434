/// SHA-256 of bytes that come piece by piece, computed on a thread of its own, so that who makes them goes on meanwhile.
///
/// What waits to be hashed is copied, 2 MiB at most.
public final class TrailingHash: Sendable {
  private let queue: Monitor<HashQueue>

  /// - Parameter hash: that of the bytes before.
  ///
  /// nil when the machine gives no thread.
  public init?(after hash: ByteHash) {
    let queue = Monitor(HashQueue())
    self.queue = queue
    let isStarted = startThread {
      var hash = hash
      while let piece = queue.wait({ $0.next() }) {
        withBytes(of: piece.bytes) { hash.update($0.extracting(first: piece.count)) }
        // Its writer goes on when half of the pieces are free: to wake it for each would take longer than to fill one.
        if queue.access(wake: false, { $0.give(piece) }) { queue.access { _ in } }
      }
      queue.access { [hash] in $0.result = hash }
    }
    guard isStarted else { return nil }
  }

  deinit { queue.access { $0.end(abandoning: true) } }

  /// Takes a copy of the bytes; waits while too many are unhashed.
  public func update(_ bytes: RawSpan) {
    var done = 0
    while done < bytes.byteCount {
      var piece = queue.wait { $0.take() }
      piece.count = min(HashPiece.room, bytes.byteCount - done)
      copy(bytes.extracting(done..<done + piece.count), to: &piece.bytes)
      done += piece.count
      queue.access { $0.add(piece) }
    }
  }

  /// The hash of all bytes; waits for it. No more may follow.
  public func finish() -> ByteHash {
    queue.access { $0.end(abandoning: false) }
    return queue.wait { $0.result }
  }
}

/// A stretch of memory and how much of it is filled.
private struct HashPiece {
  static let room = 1 << 18
  var bytes = [UInt8](repeating: 0, count: room)
  var count = 0
}

/// Pieces on their way from the writer to the hash and back. A piece is in one place at a time, so that none is copied.
private struct HashQueue {
  private static let most = 8
  /// The oldest last.
  private var full: [HashPiece] = []
  private var free: [HashPiece] = []
  private var made = 0
  private var isEnded = false
  var result: ByteHash?

  /// A piece to fill; nil: all are unhashed yet.
  mutating func take() -> HashPiece? {
    if let piece = free.popLast() { return piece }
    guard made < HashQueue.most else { return nil }
    made += 1
    return HashPiece()
  }

  mutating func add(_ piece: HashPiece) { full.insert(piece, at: 0) }

  /// A piece to hash; `.some(nil)`: no more come; nil: none yet.
  mutating func next() -> HashPiece?? {
    if let piece = full.popLast() { return .some(piece) }
    return isEnded ? .some(nil) : nil
  }

  /// Takes a hashed piece back; whether it is time to wake the writer.
  mutating func give(_ piece: HashPiece) -> Bool {
    free.append(piece)
    return free.count == HashQueue.most / 2 || full.isEmpty
  }

  mutating func end(abandoning: Bool) {
    isEnded = true
    if abandoning { full = [] }
  }
}
