import Catenary
import CurveFormats
import CurveRequests
import HTTPFront

/// An answer that says what went wrong and what to change (RFC 9457).
struct Problem: Error {
  let status: Int
  let detail: String
  /// JSON Pointer to the fault, for JSON bodies.
  var pointer: String?
  /// Byte of the fault, for raw ones.
  var offset: Int?

  init(_ status: Int, _ detail: String, pointer: String? = nil, offset: Int? = nil) {
    (self.status, self.detail, self.pointer, self.offset) = (status, detail, pointer, offset)
  }

  /// What could not be read.
  init(_ error: FormatError) {
    self.init(
      400, "body: \(error)", pointer: error.pointer, offset: error.pointer == nil ? error.offset : nil)
  }

  /// What could not be meant.
  init(_ failure: CommandFailure) {
    switch failure {
    case .member(let name, let document, _):
      self.init(400, failure.words, pointer: document == "body" ? "/\(name)" : nil)
    case .impossible(_, _, let pointer): self.init(422, failure.words, pointer: pointer)
    case .misplaced(_, let pointer): self.init(400, failure.words, pointer: pointer)
    default: self.init(400, failure.words)
    }
  }

  func write(to answer: inout Answer) {
    answer.status = status
    if status >= 500 { answer.fault = detail }
    answer.field("content-type", "application/problem+json")
    if status == 503 || status == 429 { answer.field("retry-after", 1) }
    var members = [
      JSONMember(name: "type", value: .string("about:blank")),
      JSONMember(name: "title", value: .string(reasonPhrase(status))),
      JSONMember(name: "status", value: .number(Double(status))),
      JSONMember(name: "detail", value: .string(detail)),
      JSONMember(name: "error", value: .string(detail)),
    ]
    if let pointer { members.append(JSONMember(name: "pointer", value: .string(pointer))) }
    if let offset { members.append(JSONMember(name: "offset", value: .number(Double(offset)))) }
    answer.body.clear()
    answer.write(JSONText(.object(members)))
  }
}

/// Where an answer's bytes are gathered.
struct BufferSink: ByteSink {
  let buffer: ByteBuffer
  /// Whose loss ends the writing.
  var interest: Interest?

  mutating func write(_ bytes: RawSpan) throws(FormatError) {
    try interest?.check()
    buffer.append(bytes)
  }
}

extension Answer {
  /// A JSON body.
  mutating func json(_ value: JSONValue) { json(JSONText(value)) }

  /// A JSON body.
  mutating func json(_ text: consuming JSONText) {
    field(.lowerContentType, "application/json")
    write(text)
  }

  fileprivate mutating func write(_ text: consuming JSONText) {
    var sink = BufferSink(buffer: body)
    // Memory takes all bytes: nothing can be thrown.
    try? text.writeLine(to: &sink)
  }
}

extension Problem {
  /// Whatever was thrown on the way to an answer.
  init(any error: any Error) {
    switch error {
    case let problem as Problem: self = problem
    case let error as FormatError: self.init(error)
    case let failure as CommandFailure: self.init(failure)
    case EngineError.curve(let error): self.init(422, "\(error)")
    case let error as CurveError: self.init(422, "\(error)")
    case EngineError.noMemory(let bytes):
      self.init(503, "there is no memory for \(bytes) bytes: ask for less")
    default: self.init(500, "the answer could not be made: \(error)")
    }
  }
}
