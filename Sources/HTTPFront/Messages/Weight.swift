/// `weight` (RFC 9110 section 12.4.2) in thousandths: 0…1000.
enum Weight {
  /// - Returns: nil when the range holds no `0[.ddd]` or `1[.000]`.
  static func read(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
    guard 1...5 ~= range.count, range.count != 2 || bytes[range.upperBound - 1] == UInt8(ascii: ".") else {
      return nil
    }
    var value = 0
    for i in 0..<5 where i != 1 {
      let place = range.lowerBound + i
      let digit = place < range.upperBound ? bytes[place] &- 48 : 0
      guard digit < 10 else { return nil }
      value = value * 10 + Int(digit)
    }
    if range.count > 1, bytes[range.lowerBound + 1] != UInt8(ascii: ".") { return nil }
    return value <= 1000 ? value : nil
  }
}
