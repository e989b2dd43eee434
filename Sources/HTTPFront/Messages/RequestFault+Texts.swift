/// The faults that the parser finds.
extension RequestFault {
  private static func malformed(_ detail: String) -> RequestFault {
    RequestFault(status: 400, detail: detail)
  }

  static var notHTTP: RequestFault {
    malformed("The first byte begins no HTTP request: speak plain HTTP/1.1 to this port, not TLS.")
  }
  static var emptyLines: RequestFault {
    malformed("Empty lines precede the request line: send the request line first.")
  }
  static var bareLineFeed: RequestFault { malformed("A line ends with LF alone: end each line with CR LF.") }
  static var requestLine: RequestFault {
    malformed("The request line is not 'METHOD TARGET HTTP/1.1' with single spaces.")
  }
  static var method: RequestFault { malformed("The method is no token: letters and digits without spaces.") }
  static var noVersion: RequestFault {
    malformed("The request line names no version: end it with ' HTTP/1.1'. HTTP/0.9 is not spoken here.")
  }
  static var version: RequestFault {
    RequestFault(status: 505, detail: "The HTTP version is not supported: send HTTP/1.1 or HTTP/1.0.")
  }
  static var target: RequestFault {
    malformed(
      "The request target is malformed: send a path that begins with '/', other characters as %XX escapes, no '#'."
    )
  }
  static var absoluteTarget: RequestFault {
    malformed("The absolute target is malformed: send http://HOST[:PORT]/PATH without user information.")
  }
  static var connectTarget: RequestFault { malformed("CONNECT takes HOST:PORT as its target.") }
  static var asteriskTarget: RequestFault { malformed("The target '*' belongs to OPTIONS only.") }
  static var targetLength: RequestFault {
    RequestFault(
      status: 414, detail: "The request target is longer than this server takes: send the data in a body.")
  }

  static var headerLength: RequestFault {
    RequestFault(
      status: 431, detail: "The header fields are larger than this server takes: send fewer or shorter ones.")
  }
  static var fieldCount: RequestFault {
    RequestFault(status: 431, detail: "There are more header fields than this server takes: send fewer.")
  }
  static var fold: RequestFault {
    malformed("A header line begins with white space: put each field on one line, folding is not allowed.")
  }
  static var fieldName: RequestFault {
    malformed("A header line is not 'Name: value': the name must be a token, with no space before the colon.")
  }
  static var fieldValue: RequestFault {
    malformed(
      "A header value holds a control character (CR, NUL or another): send visible text, spaces and tabs.")
  }

  static var noHost: RequestFault { malformed("The Host field is missing: HTTP/1.1 asks for exactly one.") }
  static var secondHost: RequestFault { malformed("There are two Host fields: send exactly one.") }
  static var host: RequestFault { malformed("The Host field is not HOST or HOST:PORT.") }
  static var contentLength: RequestFault {
    malformed("Content-Length is not one decimal number of bytes.")
  }
  static var secondLength: RequestFault { malformed("Content-Length is given twice: send it once.") }
  static var bothLengths: RequestFault {
    malformed("Both Content-Length and Transfer-Encoding are given: send one of them.")
  }
  static var oldTransferCoding: RequestFault {
    malformed("Transfer-Encoding does not belong to HTTP/1.0: send Content-Length.")
  }
  static var transferCodingList: RequestFault {
    malformed("Transfer-Encoding is malformed: send 'chunked', once.")
  }
  static var transferCoding: RequestFault {
    RequestFault(
      status: 501, detail: "The transfer coding is not known here: send 'chunked' or Content-Length.")
  }
  static var bodyLength: RequestFault {
    RequestFault(
      status: 413, detail: "The body is larger than this server takes: send less, or raise --max-body.")
  }

  static var chunkSize: RequestFault {
    malformed("A chunk's size line is not hexadecimal digits, then optional ;name=value extensions.")
  }
  static var chunkLineLength: RequestFault {
    malformed("The chunks' extensions are longer than this server takes: leave them out.")
  }
  static var chunkEnd: RequestFault { malformed("A chunk is longer or shorter than its size line says.") }
  static var trailerLength: RequestFault {
    RequestFault(status: 431, detail: "The trailer fields are larger than this server takes: leave them out.")
  }

  /// These two leave the framing in no doubt: only a body that nobody will read forces the connection closed.
  static func unknownMethod(closes: Bool) -> RequestFault {
    RequestFault(
      status: 501, detail: "The method is not known here: send GET, HEAD, POST or OPTIONS.", closes: closes)
  }
  static func expectation(closes: Bool) -> RequestFault {
    RequestFault(
      status: 417, detail: "The expectation is not known here: send 'Expect: 100-continue' or none.",
      closes: closes)
  }
}
