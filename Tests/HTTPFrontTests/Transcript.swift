import HTTPFront

/// What a parser made of a connection's bytes, cuts of the body removed.
struct Transcript: Equatable, CustomStringConvertible {
  var requests: [Request] = []
  /// Whether the connection stands between requests at the end.
  var isClean = false

  struct Request: Equatable {
    var method = Method.get
    var target = "", path = "", query = "", authority = ""
    var fields: [String] = []
    var minorVersion: UInt8 = 1
    var framing = RequestHead.BodyFraming.none
    var keepsAlive = false, expectsContinue = false, isComplete = false
    var body: [UInt8] = []
    var fault: RequestFault?
  }

  var description: String {
    requests.map { "\($0)" }.joined(separator: "\n") + (isClean ? "\nclean" : "\namid a request")
  }

  /// - Parameter pieces: the connection's bytes as they arrive.
  init(_ pieces: [[UInt8]], limits: RequestLimits = RequestLimits()) {
    var parser = RequestParser(limits: limits)
    for piece in pieces {
      if requests.last?.fault?.closes == true { break }
      feed(piece, to: &parser)
    }
    isClean = parser.isBetweenRequests
  }

  private mutating func feed(_ piece: [UInt8], to parser: inout RequestParser) {
    var place = 0
    while true {
      switch parser.next(piece.span, from: &place) {
      case .needsMore: return
      case .head: requests.append(Request(parser.head))
      case .body(let range): requests[requests.count - 1].body += piece[range]
      case .end: requests[requests.count - 1].isComplete = true
      case .failed(let fault):
        if let last = requests.last, !last.isComplete, last.fault == nil {
          requests[requests.count - 1].fault = fault
        } else {
          requests.append(Request(fault: fault))
        }
        if fault.closes { return }
      }
    }
  }
}

extension Transcript.Request {
  init(_ head: RequestHead) {
    method = head.method
    (target, path, query) = (text(head.target), text(head.path), head.hasQuery ? "?" + text(head.query) : "")
    authority = text(head.authority)
    fields = (0..<head.fieldCount).map { "\(text(head.name($0)))=\(text(head.value($0)))" }
    (minorVersion, framing) = (head.minorVersion, head.body)
    (keepsAlive, expectsContinue) = (head.keepsAlive, head.expectsContinue)
  }
}

func text(_ span: Span<UInt8>) -> String { String(decoding: span.indices.map { span[$0] }, as: UTF8.self) }

/// Latin-1: one byte a character, so that a message can hold any byte.
func octets(_ text: String) -> [UInt8] { text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } }

/// The bytes whole, byte by byte, and cut in two at every place.
func splits(_ bytes: [UInt8]) -> [[[UInt8]]] {
  [[bytes], bytes.map { [$0] }]
    + bytes.indices.dropFirst().map { [Array(bytes[..<$0]), Array(bytes[$0...])] }
}
