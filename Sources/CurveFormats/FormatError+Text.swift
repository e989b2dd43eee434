extension FormatError: CustomStringConvertible {
  /// One line: the place, what is wrong, what to do. The file's name is the caller's to put before it.
  ///
  /// - Shape: at most about 400 characters, whatever the input's names and fields hold.
  public var description: String {
    var line = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(400) {
      line.append(scalar.properties.generalCategory == .control ? " " : scalar)
    }
    if text.unicodeScalars.count > 400 { line.append("…") }
    return String(line)
  }

  private var text: String {
    switch self {
    case .csv(let fault, let place): "\(place): \(fault)"
    case .columns(let fault): "\(fault)"
    case .json(let fault, let pointer, let place):
      "\(place) (byte \(place.offset)\(pointer.isEmpty ? "" : ", \(pointer)")): \(fault)"
    case .npy(let fault, let offset): "byte \(offset): \(fault)"
    case .partialRow(let bytes, let rowBytes, let offset):
      "byte \(offset): \(bytes) bytes are left over, a row has \(rowBytes): check dimensions and f32 or f64"
    case .oddColumns(let count):
      "rows have \(count) numbers: a point and its tangent need an even number"
    case .unexpectedRows(let fault): "\(fault)"
    case .tooManyPixels(let width, let height, let most):
      "\(width) by \(height) pixels are more than the \(most) of a png: draw it smaller, or as svg"
    case .source(let reason), .sink(let reason): reason
    }
  }
}

extension CSVFault: CustomStringConvertible {
  public var description: String {
    switch self {
    case .empty: "there is no text: send rows of numbers"
    case .noRows: "there is a header but no row: send rows of numbers"
    case .notANumber(let text, let column):
      "column \(column): \"\(text)\" is not a number: \(Self.advice(text))"
    case .notADate(let text, let column):
      "column \(column): \"\(text)\" is not a date: write it as 2000-01-31 or 2000-01-31T12:00:00Z"
    case .notFinite(let text, let column):
      "column \(column): \(text) is not a finite number: leave the field empty for a gap"
    case .fieldCount(let count, let expected):
      "the row has \(count) \(count == 1 ? "field" : "fields"), the first one has \(expected): "
        + (count < expected
          ? "add the missing fields, empty for a gap" : "quote fields that hold the delimiter")
    case .openQuote: "the quote opened here is never closed: add the closing quote"
    case .textAfterQuote: "text follows a closing quote: double a quote inside a quoted field"
    case .rowTooLong(let limit): "the row is longer than \(limit) bytes: is a closing quote missing?"
    }
  }

  private static func advice(_ text: String) -> String {
    text.utf8.contains(UInt8(ascii: ","))
      ? "write decimals with a point, and no separator between thousands"
      : "correct it, leave it empty for a gap, or choose other columns"
  }
}

extension ColumnFault: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noNumericColumn(let names):
      "no column holds numbers\(names.isEmpty ? "" : " (columns: \(list(names)))"): "
        + "send one, or choose a date column by name"
    case .unknownName(let name, let nearest, let known):
      "there is no column \"\(name)\"\(nearest.map { ": did you mean \"\($0)\"?" } ?? ":")"
        + " the columns are \(list(known))"
    case .noHeader(let name):
      "column \"\(name)\" was asked for, but the first row is not a header: choose columns by number, from 1"
    case .outOfRange(let number, let count):
      "there is no column \(number): choose from 1 to \(count)"
    case .chosenTwice(let name): "column \(name) is chosen twice: name it once"
    case .tooMany(let count, let maximum):
      "\(count) columns are chosen, at most \(maximum) can be used: choose fewer"
    case .tangentCount(let count, let expected):
      "\(count) tangent columns for points of \(expected): name as many (tx,ty,tz,tw) as the point has"
    case .badList(let text):
      "\"\(text)\" is no list of columns: write names, or numbers from 1, with commas between"
    }
  }

  private func list(_ names: [String]) -> String {
    names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", …" : "")
  }
}

extension NPYFault: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notNPY: "this is not an NPY file: write it with numpy.save"
    case .version(let major, let minor): "NPY version \(major).\(minor) is not known: save as 1.0, 2.0 or 3.0"
    case .headerTooLong(let count): "the header claims \(count) bytes: save the array again with numpy.save"
    case .header(let expected): "the header is malformed, expected \(expected): save the array again"
    case .dtype(let name): "dtype \(name) is not supported: save as float32 or float64"
    case .shape(let shape):
      "the shape \(text(shape)) is not points: reshape to (points, dimensions) or (points,)"
    case .dimensions(let count, let maximum): "rows have \(count) numbers: send 1 to \(maximum)"
    case .tooLarge(let shape): "the shape \(text(shape)) is larger than any memory: save the array again"
    case .truncatedHeader: "the file ends within its header: send the whole file"
    case .truncated(let bytes, let expected):
      "the file ends after \(bytes) of \(expected) bytes of numbers: send the whole file"
    case .trailingBytes(let expected):
      "more bytes follow the \(expected) bytes of numbers: send one array only"
    }
  }

  private func text(_ shape: [Int]) -> String {
    "(\(shape.map(String.init).joined(separator: ", "))\(shape.count == 1 ? "," : ""))"
  }
}

extension UnexpectedRows: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notBegun: "rows came before begin: call begin first"
    case .begunTwice: "begin was called twice: make a new writer"
    case .dimensions(let count): "\(count) dimensions cannot be written: give 1 or more, CSV 1 to 4"
    case .partialRow(let values, let dimensions):
      "\(values) values are not whole rows of \(dimensions): write whole rows"
    case .count(let count, let announced):
      "\(count) rows were written, \(announced) announced: write as many as announced"
    }
  }
}
