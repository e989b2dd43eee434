/// What the client wants of the answer, and what its body is (RFC 9110 sections 8.3 and 12.5).
extension RequestHead {
  /// The offered type that the client likes best; the first of equals, and the first without `Accept`.
  ///
  /// For each type the most specific range that names it counts. Ranges with parameters other than `charset=utf-8` name
  /// none of these types; malformed ones are passed over.
  ///
  /// - Returns: an index of `offered`; nil when none is acceptable.
  public func preferred(of offered: [MediaType]) -> Int? {
    guard index(of: .accept) != nil else { return offered.isEmpty ? nil : 0 }
    var best: (index: Int, weight: Int)?
    for (index, type) in offered.enumerated() {
      let weight = weight(of: type)
      if weight > best?.weight ?? 0 { best = (index, weight) }
    }
    return best?.index
  }

  /// In thousandths; 0 when the type is not acceptable.
  private func weight(of type: borrowing MediaType) -> Int {
    let bytes = bytes.span
    var (weight, specificity) = (0, 0)
    var line = index(of: .accept)
    while let i = line {
      var elements = ListElements(fields[i].value)
      while let element = elements.next(in: bytes) {
        guard var range = MediaRange(bytes, element), let closeness = range.specificity(for: type, in: bytes),
          closeness > specificity, let found = Self.weight(&range.parameters, in: bytes)
        else { continue }
        (weight, specificity) = (found, closeness)
      }
      line = index(of: .accept, from: i + 1)
    }
    return weight
  }

  /// - Returns: 1000 without a weight; nil when a parameter makes it another type or is malformed.
  private static func weight(_ parameters: inout Parameters, in bytes: Span<UInt8>) -> Int? {
    var weight = 1000
    while let (name, value) = parameters.next(in: bytes) {
      if bytes.matches(.weight, in: name) {
        guard let read = Weight.read(bytes, value) else { return nil }
        weight = read
      } else if !bytes.matches(.charset, in: name) || !bytes.matches(.utf8, in: value) {
        return nil
      }
    }
    return parameters.isMalformed ? nil : weight
  }

  /// Whether the client takes gzip and does not like the body as it is better (RFC 9110 section 12.5.3).
  public var prefersGzip: Bool {
    let bytes = bytes.span
    var gzip: Int?
    var identity: Int?
    var any: Int?
    var line = index(of: .acceptEncoding)
    while let i = line {
      var elements = ListElements(fields[i].value)
      while let element = elements.next(in: bytes) {
        let end = OctetSet.token.run(in: bytes, from: element.lowerBound, to: element.upperBound)
        let name = element.lowerBound..<end
        var parameters = Parameters(end..<element.upperBound)
        guard let weight = Self.weight(&parameters, in: bytes) else { continue }
        if bytes.matches(.gzip, in: name) || bytes.matches(.xGzip, in: name) { gzip = weight }
        if bytes.matches(.identity, in: name) { identity = weight }
        if bytes.matches(.any, in: name) { any = weight }
      }
      line = index(of: .acceptEncoding, from: i + 1)
    }
    let weight = gzip ?? any ?? 0
    return weight > 0 && weight >= identity ?? 0
  }

  /// What `Content-Type` says of the body.
  public enum ContentType: Sendable, Equatable {
    /// There is no such field.
    case missing
    /// It is this one of the types asked for, whatever its parameters.
    case one(Int)
    /// Another, or malformed, or given twice.
    case other
  }

  /// Which of `types` the body is.
  public func contentType(of types: [MediaType]) -> ContentType {
    guard let line = index(of: .contentType) else { return .missing }
    guard index(of: .contentType, from: line + 1) == nil,
      var media = MediaRange(bytes.span, fields[line].value)
    else {
      return .other
    }
    while media.parameters.next(in: bytes.span) != nil {}
    guard !media.parameters.isMalformed else { return .other }
    for (index, type) in types.enumerated() where media.specificity(for: type, in: bytes.span) == 3 {
      return .one(index)
    }
    return .other
  }
}
