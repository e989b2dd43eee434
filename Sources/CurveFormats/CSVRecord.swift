/// One field of a record, as indices into the window.
struct CSVField {
  /// Where the field begins, its quote included.
  var start: Int
  /// What it holds, without the quotes around it.
  var content: Range<Int>
  var isQuoted = false
  /// A quote inside is written as two.
  var hasDoubledQuotes = false
}

/// How far a record could be read.
enum CSVRecordScan {
  /// The index behind the record's line end.
  case record(next: Int)
  /// It goes on behind the window.
  case needsMore
  case fault(CSVFault, at: Int)
}

/// Takes one record apart (RFC 4180; line ends LF, CR LF or CR) into `fields`.
///
/// - Shape: `isLast` says that the text ends at `end`, which then ends the record too.
func scanRecord(
  _ bytes: Span<UInt8>, from start: Int, to end: Int, isLast: Bool, delimiter: UInt8,
  into fields: inout [CSVField]
) -> CSVRecordScan {
  fields.removeAll(keepingCapacity: true)
  var p = start
  while true {
    var field = CSVField(start: p, content: p..<p)
    if p < end, bytes[p] == UInt8(ascii: "\"") {
      guard let close = scanQuoted(bytes, from: p + 1, to: end, &field) else {
        return isLast ? .fault(.openQuote, at: p) : .needsMore
      }
      p = close + 1
      while p < end, bytes[p] == UInt8(ascii: " ") { p += 1 }
      if p < end, bytes[p] != delimiter, !isLineEnd(bytes[p]) { return .fault(.textAfterQuote, at: p) }
    } else {
      while p < end, bytes[p] != delimiter, !isLineEnd(bytes[p]) { p += 1 }
      field.content = field.start..<p
    }
    if p == end, !isLast { return .needsMore }
    fields.append(field)
    if p < end, bytes[p] == delimiter {
      p += 1
      continue
    }
    guard let next = lineEnd(bytes, at: p, to: end, isLast: isLast) else { return .needsMore }
    return .record(next: next)
  }
}

/// The index of the closing quote, nil when there is none before `end` or a doubled one might begin there.
private func scanQuoted(_ bytes: Span<UInt8>, from start: Int, to end: Int, _ field: inout CSVField) -> Int? {
  field.isQuoted = true
  var p = start
  while p < end {
    if bytes[p] == UInt8(ascii: "\"") {
      guard p + 1 < end, bytes[p + 1] == UInt8(ascii: "\"") else {
        field.content = start..<p
        return p
      }
      field.hasDoubledQuotes = true
      p += 1
    }
    p += 1
  }
  return nil
}

/// The index behind the line end at `p`; nil when the next byte might belong to it.
private func lineEnd(_ bytes: Span<UInt8>, at p: Int, to end: Int, isLast: Bool) -> Int? {
  guard p < end, bytes[p] == UInt8(ascii: "\r") else { return min(p + 1, end) }
  guard p + 1 < end else { return isLast ? end : nil }
  return bytes[p + 1] == UInt8(ascii: "\n") ? p + 2 : p + 1
}

/// What a field looks like.
enum CSVFieldKind {
  case empty, number, date, text
}

/// The part of `range` without spaces and tabs around it.
func trimmed(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
  var (low, high) = (range.lowerBound, range.upperBound)
  while low < high, isBlank(bytes[low]) { low += 1 }
  while high > low, isBlank(bytes[high - 1]) { high -= 1 }
  return low..<high
}

@inline(__always)
private func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

/// A field read as a number: NaN for an empty one and for `nan`.
enum CSVNumber {
  case value(Double)
  case notFinite
  case notANumber
}

func csvNumber(_ bytes: Span<UInt8>, _ range: Range<Int>) -> CSVNumber {
  let range = trimmed(bytes, range)
  guard !range.isEmpty else { return .value(.nan) }
  let scan = scanDecimal(bytes, from: range.lowerBound, to: range.upperBound, strict: false)
  if scan.next == range.upperBound, scan.fault == nil || scan.fault == .tooLarge {
    return scan.fault == nil ? .value(scan.value) : .notFinite
  }
  return csvWord(bytes, range)
}

/// The words for what is not finite, in upper or lower case.
private func csvWord(_ bytes: Span<UInt8>, _ range: Range<Int>) -> CSVNumber {
  var word = ""
  guard range.count <= 9 else { return .notANumber }
  for i in range { word.unicodeScalars.append(Unicode.Scalar(bytes[i] | 0x20)) }
  if word.hasPrefix("-") || word.hasPrefix("+") { word.removeFirst() }
  switch word {
  case "nan": return .value(.nan)
  case "inf", "infinity": return .notFinite
  default: return .notANumber
  }
}

func csvKind(_ bytes: Span<UInt8>, _ field: CSVField) -> CSVFieldKind {
  let range = trimmed(bytes, field.content)
  if range.isEmpty { return .empty }
  if case .notANumber = csvNumber(bytes, range) {
    return CalendarDate.secondsSince1970(bytes.extracting(range)) == nil ? .text : .date
  }
  return .number
}
