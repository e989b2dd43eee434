/// `field-name ":" OWS field-value OWS` (RFC 9112 section 5).
enum FieldLine {
  /// - Parameter end: behind the line's last byte, its CR LF left out.
  static func read(_ bytes: Span<UInt8>, from start: Int, to end: Int) throws(RequestFault)
    -> RequestHead.Field
  {
    if Octets.isBlank(bytes[start]) { throw .fold }
    let nameEnd = OctetSet.token.run(in: bytes, from: start, to: end)
    guard nameEnd > start, nameEnd < end, bytes[nameEnd] == Octets.colon else { throw .fieldName }
    guard OctetSet.fieldValue.run(in: bytes, from: nameEnd + 1, to: end) == end else { throw .fieldValue }
    let value = bytes.trimmed(nameEnd + 1..<end)
    return RequestHead.Field(
      nameStart: UInt32(start), nameEnd: UInt32(nameEnd),
      valueStart: UInt32(value.lowerBound), valueEnd: UInt32(value.upperBound))
  }
}
