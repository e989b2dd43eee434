/// What can be wrong with bytes that should be points. Cases carry data; words are made when asked for.
public enum FormatError: Error, Equatable, Sendable {
  /// A fault in CSV text.
  case csv(CSVFault, at: TextPlace)
  /// A column was asked for that cannot be had, or none can be had.
  case columns(ColumnFault)
  /// A fault in JSON text; `pointer` is a JSON Pointer (RFC 6901), empty for the whole document.
  case json(JSONFault, pointer: String, at: TextPlace)
  /// A fault in an NPY file, `offset` bytes from its start.
  case npy(NPYFault, offset: Int)
  /// Raw numbers that end within a row, `offset` bytes from their start.
  case partialRow(bytes: Int, rowBytes: Int, offset: Int)
  /// An odd number of columns where each row should be a point and its tangent.
  case oddColumns(Int)
  /// Rows handed to a writer that do not fit what it was told to begin with.
  case unexpectedRows(UnexpectedRows)
  /// A picture made of pixels that has more than there can be.
  case tooManyPixels(width: Int, height: Int, most: Int)
  /// The caller's source could not give bytes.
  case source(String)
  /// The caller's sink could not take bytes.
  case sink(String)

  /// Where in the input it is, in bytes, if it has a place there.
  public var offset: Int? {
    switch self {
    case .csv(_, let place), .json(_, _, let place): place.offset
    case .npy(_, let offset), .partialRow(_, _, let offset): offset
    case .columns, .oddColumns, .unexpectedRows, .tooManyPixels, .source, .sink: nil
    }
  }

  /// The JSON Pointer to it, if the input is JSON.
  public var pointer: String? {
    if case .json(_, let pointer, _) = self { pointer } else { nil }
  }
}

/// What is wrong at a place of a CSV text. `column` is the column's name, or its number where it has no name.
public enum CSVFault: Equatable, Sendable {
  case empty
  case noRows
  case notANumber(String, column: String)
  case notADate(String, column: String)
  case notFinite(String, column: String)
  case fieldCount(Int, expected: Int)
  case openQuote
  case textAfterQuote
  case rowTooLong(Int)
}

/// Why the columns asked for cannot be had.
public enum ColumnFault: Equatable, Sendable {
  case noNumericColumn(names: [String])
  case unknownName(String, nearest: String?, known: [String])
  case noHeader(name: String)
  case outOfRange(Int, count: Int)
  case chosenTwice(String)
  case tooMany(Int, maximum: Int)
  /// `tx, ty, …` must be as many as the point's columns.
  case tangentCount(Int, expected: Int)
  /// A list of columns as typed on a command line with an empty or zero part.
  case badList(String)
}

/// What is wrong at a place of a JSON text.
public enum JSONFault: Equatable, Sendable {
  case truncated
  case expected(String)
  case number(NumberFault)
  case tooLarge
  case tokenTooLong(Int)
  case badEscape
  case badUnicode
  case controlCharacter
  case duplicateKey(String)
  case tooDeep(Int)
  case trailingText
  /// A document that is neither an object nor an array of points.
  case notADocument
  /// Both a member and its other name.
  case alias(String, of: String)
  case pointDimensions(Int, expected: Int)
  case noCoordinates
  case tooManyCoordinates(Int)
  case unknownCoordinate(String)
  case missingCoordinate(String)

  public enum NumberFault: Equatable, Sendable {
    case noDigits, leadingZero, noFraction, noExponent
  }
}

/// What is wrong in an NPY file.
public enum NPYFault: Equatable, Sendable {
  case notNPY
  case version(major: Int, minor: Int)
  case headerTooLong(Int)
  case header(String)
  case dtype(String)
  case shape([Int])
  case dimensions(Int, maximum: Int)
  case tooLarge([Int])
  case truncatedHeader
  case truncated(bytes: Int, expected: Int)
  case trailingBytes(expected: Int)
}

/// How a caller broke a writer's order of calls.
public enum UnexpectedRows: Equatable, Sendable {
  case notBegun
  case begunTwice
  case dimensions(Int)
  case partialRow(values: Int, dimensions: Int)
  case count(Int, announced: Int)
}
