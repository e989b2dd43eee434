/// The part of the input that is in memory, and where it lies in the whole.
///
/// A parser reads `storage[position..<end]`. When it needs more it calls `refill`, which drops what was consumed, keeps
/// the rest and reads until the storage is full; a token larger than the storage makes it grow, up to `limit`.
struct ByteWindow: ~Copyable {
  private(set) var storage: [UInt8]
  var position = 0
  private(set) var end = 0
  /// The source has said that there is no more.
  private(set) var isLast = false
  /// How far the storage may grow for one token.
  let limit: Int
  /// Whether lines and columns are counted.
  private let isText: Bool
  /// The place of `storage[0]` in the input, if it is a text.
  private var origin = TextPlace(offset: 0, line: 1, column: 1)
  /// The byte before `storage[0]` was a carriage return: a line feed now belongs to it.
  private var followsReturn = false

  init(bytes: Int, limit: Int = 1 << 24, isText: Bool = true) {
    self.isText = isText
    storage = [UInt8](repeating: 0, count: max(16, bytes))
    self.limit = max(limit, storage.count)
  }

  /// The whole input, which is in memory already and stays where it is.
  init(whole bytes: [UInt8], isText: Bool = true) {
    (storage, end, isLast, self.isText) = (bytes, bytes.count, true, isText)
    limit = bytes.count
  }

  /// Brings more bytes behind those not yet consumed. Indices into the storage change: `position` becomes 0.
  ///
  /// - Returns: false when there was nothing more to bring: the input has ended, or one token has reached the limit.
  mutating func refill(from source: inout some ByteSource & ~Copyable) throws(FormatError) -> Bool {
    guard !isLast else { return false }
    drop()
    if end == storage.count {
      guard storage.count < limit else { return false }
      storage.append(contentsOf: repeatElement(0, count: min(storage.count, limit - storage.count)))
    }
    let before = end
    while end < storage.count, !isLast {
      let count = try readOnce(from: &source)
      isLast = count == 0
      end += count
    }
    return end > before
  }

  private mutating func readOnce(from source: inout some ByteSource & ~Copyable) throws(FormatError) -> Int {
    let from = end
    var whole = storage.mutableSpan
    var free = whole._mutatingExtracting(from...)
    let count = try source.read(into: &free)
    guard count >= 0, count <= free.count else {
      throw .source("the source counted bytes that it did not write")
    }
    return count
  }

  /// The next byte without consuming it; nil at the end of the input.
  @inline(__always)
  mutating func peek(from source: inout some ByteSource & ~Copyable) throws(FormatError) -> UInt8? {
    if position < end { return storage[position] }
    return try refill(from: &source) ? storage[position] : nil
  }

  /// The place of the byte at `index` of the storage.
  func place(at index: Int) -> TextPlace {
    let bytes = storage.span
    let lines = countLineEnds(bytes, 0..<index, followsReturn: followsReturn)
    var lineStart = index
    while lineStart > 0, !isLineEnd(bytes[lineStart - 1]) { lineStart -= 1 }
    let characters = countCharacters(bytes, lineStart..<index)
    return TextPlace(
      offset: origin.offset + index, line: origin.line + lines,
      column: (lineStart == 0 ? origin.column : 1) + characters)
  }

  var place: TextPlace { place(at: position) }

  /// Lets go of what was consumed and moves the rest to the front.
  private mutating func drop() {
    guard position > 0 else { return }
    if isText {
      origin = place(at: position)
      followsReturn = storage[position - 1] == UInt8(ascii: "\r")
    }
    let kept = end - position
    for i in 0..<kept { storage[i] = storage[position + i] }
    end = kept
    position = 0
  }
}
