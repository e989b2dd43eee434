/// Eight bytes that are all `byte`.
@inline(__always)
private func repeated(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }

/// The highest bit of each of eight bytes that are zero; no other bit.
@inline(__always)
private func zeroBytes(_ eight: UInt64) -> UInt64 {
  ~(((eight & repeated(0x7F)) &+ repeated(0x7F)) | eight | repeated(0x7F))
}

/// How often `byte` stands in `bytes[range]`, eight at a time.
func count(_ byte: UInt8, in bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
  let wanted = repeated(UInt64(byte))
  var found = 0
  var i = range.lowerBound
  while range.upperBound - i >= 8 {
    let matches = zeroBytes(loadEight(bytes, at: i) ^ wanted)
    if matches != 0 { found &+= matches.nonzeroBitCount }
    i += 8
  }
  while i < range.upperBound {
    found &+= bytes[i] == byte ? 1 : 0
    i += 1
  }
  return found
}

/// How many characters of UTF-8 begin in `bytes[range]`, eight bytes at a time.
func countCharacters(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
  var continuations = 0
  var i = range.lowerBound
  while range.upperBound - i >= 8 {
    let eight = loadEight(bytes, at: i)
    // The highest bit set and the one below it not: the shift brings each byte's second bit under its first.
    let high = eight & repeated(0x80)
    if high != 0 { continuations &+= (high & ~(eight << 1)).nonzeroBitCount }
    i += 8
  }
  while i < range.upperBound {
    continuations &+= isContinuation(bytes[i]) ? 1 : 0
    i += 1
  }
  return range.count - continuations
}

/// How many lines end in `bytes[range]`, CR LF counting once; `followsReturn` when a CR stands before the range.
func countLineEnds(_ bytes: Span<UInt8>, _ range: Range<Int>, followsReturn: Bool) -> Int {
  let returns = count(UInt8(ascii: "\r"), in: bytes, range)
  var ends = returns &+ count(UInt8(ascii: "\n"), in: bytes, range)
  var isAfterReturn = followsReturn
  guard returns > 0 || followsReturn else { return ends }
  for i in range {
    if isAfterReturn, bytes[i] == UInt8(ascii: "\n") { ends -= 1 }
    isAfterReturn = bytes[i] == UInt8(ascii: "\r")
  }
  return ends
}
