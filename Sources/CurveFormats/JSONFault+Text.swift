extension JSONFault: CustomStringConvertible {
  public var description: String {
    switch self {
    case .truncated: "the text ends in the middle: send the whole document"
    case .expected(let what): "expected \(what)"
    case .number(let fault): "\(fault)"
    case .tooLarge: "the number is larger than a Double can hold: send a finite number"
    case .tokenTooLong(let limit): "the number has more than \(limit) characters: send fewer digits"
    case .badEscape: "the escape is not one of JSON: use \\\\ for a backslash"
    case .badUnicode: "the text is not UTF-8, or half a surrogate pair: send valid Unicode"
    case .controlCharacter: "a control character stands in the string: escape it, such as \\n"
    case .duplicateKey(let key): "the member \"\(key)\" appears twice: send it once"
    case .tooDeep(let limit): "values are nested deeper than \(limit): send a flatter document"
    case .trailingText: "text follows the document: send one JSON value only"
    case .notADocument: "expected an object with \"points\", or an array of points"
    case .alias(let name, let other): "\"\(name)\" is another name of \"\(other)\": send one of them"
    default: coordinates
    }
  }

  /// The faults of points.
  private var coordinates: String {
    switch self {
    case .pointDimensions(let count, let expected):
      "the point has \(count) \(count == 1 ? "coordinate" : "coordinates"), the ones before have \(expected): "
        + "send the same number for all"
    case .noCoordinates: "the point has no coordinate: send 1 to 4, or null for a gap"
    case .tooManyCoordinates(let limit): "the point has more than \(limit) coordinates: send at most \(limit)"
    case .unknownCoordinate(let name): "\"\(name)\" is no coordinate: use x, y, z and w"
    case .missingCoordinate(let name): "the point has no \"\(name)\": send it, or null for a gap"
    default: ""
    }
  }
}

extension JSONFault.NumberFault: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noDigits: "a digit must follow the minus sign (for a gap send null)"
    case .leadingZero: "a number does not begin with 0 before other digits: leave the 0 out"
    case .noFraction: "a digit must follow the decimal point: leave the point out or add one"
    case .noExponent: "a digit must follow the exponent's e: leave the e out or add one"
    }
  }
}
