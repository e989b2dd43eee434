import Catenary

/// Why a command ended without its result. Words are one line: the file, the place, what is wrong, what to do.
package enum CommandFailure: Error, Equatable {
  /// Wrong usage.
  case usage(String)
  /// It could not be done.
  case failed(String)
  /// A member of a document, or of a query, that is not what it should be.
  case member(String, of: String, words: String)
  /// What was asked for is well said and cannot be; with what the library refused, or a JSON Pointer to it.
  case impossible(String, because: CurveError? = nil, at: String? = nil)
  /// A fault at a place in a document, which a JSON Pointer names.
  case misplaced(String, pointer: String)
  /// Whoever read the output has gone: nobody is left to be told.
  case readerGone

  /// The exit status.
  package var status: Int32 {
    switch self {
    case .usage: 2
    case .failed, .member, .impossible, .misplaced, .readerGone: 1
    }
  }

  /// One line for standard error, whatever file names or values hold; nil where there is nothing to say.
  package var line: String? {
    switch self {
    case .readerGone: nil
    default: "catenary: " + words
    }
  }

  /// One line without the program's name; empty where there is nothing to say.
  package var words: String {
    switch self {
    case .usage(let words), .failed(let words), .impossible(let words, _, _), .misplaced(let words, _):
      oneLine(words)
    case .member(let name, let document, let words): oneLine("\(document): \(name) \(words)")
    case .readerGone: ""
    }
  }
}

/// The text with control characters written as escapes.
private func oneLine(_ text: String) -> String {
  var line = ""
  for scalar in text.unicodeScalars {
    if scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) {
      line += scalar.escaped(asASCII: true)
    } else {
      line.unicodeScalars.append(scalar)
    }
  }
  return line
}
