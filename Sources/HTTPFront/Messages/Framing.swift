/// What the fields say about where a request ends and what its connection does then (RFC 9112 sections 6 and 9).
///
/// Anything that two readers could take differently is refused: that is what request smuggling lives on.
struct Framing: Sendable {
  var isKnownMethod = true
  var headerBytes = 0
  /// The index of the `Host` field.
  private(set) var host: Int?
  private(set) var saysClose = false
  private(set) var saysKeepAlive = false
  private(set) var expectsContinue = false
  private(set) var hasUnknownExpectation = false
  private var length: Int?
  private var codings = 0
  private var hasOtherCoding = false

  /// Takes note of a field that frames; others are passed over.
  mutating func note(_ field: RequestHead.Field, in bytes: Span<UInt8>, index: Int) throws(RequestFault) {
    let (name, value) = (field.name, field.value)
    // The length tells most fields apart without a comparison.
    switch name.count {
    case 4 where bytes.matches(.host, in: name): try noteHost(value, in: bytes, index: index)
    case 6 where bytes.matches(.expect, in: name): noteExpectation(value, in: bytes)
    case 10 where bytes.matches(.connection, in: name): noteConnection(value, in: bytes)
    case 14 where bytes.matches(.contentLength, in: name): try noteLength(value, in: bytes)
    case 17 where bytes.matches(.transferEncoding, in: name): try noteCodings(value, in: bytes)
    default: break
    }
  }

  /// How the body is framed, all fields noted.
  ///
  /// - Parameter isOld: whether the request is one of HTTP/1.0.
  func body(isOld: Bool) throws(RequestFault) -> RequestHead.BodyFraming {
    guard codings > 0 else { return length.map { .sized($0) } ?? .none }
    if length != nil { throw .bothLengths }
    if isOld { throw .oldTransferCoding }
    if hasOtherCoding { throw .transferCoding }
    if codings > 1 { throw .transferCodingList }
    return .chunked
  }

  private mutating func noteHost(_ value: Range<Int>, in bytes: Span<UInt8>, index: Int) throws(RequestFault)
  {
    if host != nil { throw .secondHost }
    guard Authority.isValid(bytes, value, needsPort: false) else { throw .host }
    host = index
  }

  private mutating func noteExpectation(_ value: Range<Int>, in bytes: Span<UInt8>) {
    var elements = ListElements(value)
    while let element = elements.next(in: bytes) {
      if bytes.matches(.continue100, in: element) {
        expectsContinue = true
      } else {
        hasUnknownExpectation = true
      }
    }
  }

  private mutating func noteConnection(_ value: Range<Int>, in bytes: Span<UInt8>) {
    var elements = ListElements(value)
    while let element = elements.next(in: bytes) {
      if bytes.matches(.close, in: element) { saysClose = true }
      if bytes.matches(.keepAlive, in: element) { saysKeepAlive = true }
    }
  }

  private mutating func noteLength(_ value: Range<Int>, in bytes: Span<UInt8>) throws(RequestFault) {
    if length != nil { throw .secondLength }
    guard !value.isEmpty,
      OctetSet.decimal.run(in: bytes, from: value.lowerBound, to: value.upperBound) == value.upperBound
    else { throw .contentLength }
    length = value.reduce(0) { saturating($0, 10, bytes[$1] &- 48) }
  }

  private mutating func noteCodings(_ value: Range<Int>, in bytes: Span<UInt8>) throws(RequestFault) {
    var elements = ListElements(value)
    var count = 0
    while let element = elements.next(in: bytes) {
      count += 1
      guard OctetSet.token.contains(bytes[element.lowerBound]) else { throw .transferCodingList }
      if !bytes.matches(.chunked, in: element) { hasOtherCoding = true }
    }
    if count == 0 { throw .transferCodingList }
    codings += count
  }
}

/// `value · base + digit`, at most `Int.max`.
func saturating(_ value: Int, _ base: Int, _ digit: UInt8) -> Int {
  let (product, isTooLarge) = value.multipliedReportingOverflow(by: base)
  let (sum, isAbove) = product.addingReportingOverflow(Int(digit))
  return isTooLarge || isAbove ? .max : sum
}
