// Coverage-guided fuzzing of the request parser: built and run by scripts/test-extra, never by the package.
//
// The first byte seeds the places where the message is cut, the rest is a connection's bytes. A trap, or events that
// depend on the cuts, is a defect; so is a head whose parts cannot be asked for.

/// What a parser made of the bytes, the cuts of body pieces removed.
private struct Heard: Equatable {
  var events: [UInt8] = []
  var body: [UInt8] = []
  var fault: RequestFault?

  init(_ bytes: [UInt8], cuts: [Int]) {
    var limits = RequestLimits()
    (limits.targetBytes, limits.headerBytes, limits.fieldCount) = (64, 256, 8)
    (limits.bodyBytes, limits.chunkLineBytes, limits.chunkOverheadBytes, limits.trailerBytes) = (
      300, 32, 64, 64
    )
    var (parser, start) = (RequestParser(limits: limits), 0)
    for end in cuts + [bytes.count] where fault?.closes != true {
      feed(Array(bytes[start..<end]), to: &parser)
      start = end
    }
    events.append(parser.isBetweenRequests ? 1 : 0)
  }

  private mutating func feed(_ piece: [UInt8], to parser: inout RequestParser) {
    var place = 0
    while true {
      switch parser.next(piece.span, from: &place) {
      case .needsMore:
        precondition(place == piece.count, "bytes are left")
        return
      case .head:
        events.append(2)
        note(parser.head)
      case .body(let range):
        precondition(!range.isEmpty && range.upperBound == place)
        body += piece[range]
      case .end: events.append(3)
      case .failed(let fault):
        events.append(4)
        self.fault = fault
        if fault.closes { return }
      }
    }
  }

  /// Asks a head for all it has.
  private mutating func note(_ head: RequestHead) {
    events += [
      head.method.rawValue, head.minorVersion, head.keepsAlive ? 1 : 0, head.expectsContinue ? 1 : 0,
    ]
    add(head.target)
    add(head.path)
    add(head.query)
    add(head.authority)
    for i in 0..<head.fieldCount {
      add(head.name(i))
      add(head.value(i))
    }
    events.append(UInt8(truncatingIfNeeded: head.preferred(of: ["text/csv", "image/png"]) ?? 9))
    events += [head.prefersGzip ? 1 : 0, head.ifNoneMatch(names: "\"a\"") ? 1 : 0]
    if case .one = head.contentType(of: ["text/csv"]) { events.append(7) }
    if let token = head.bearerToken { add(token) }
    var items = QueryItems()
    while let item = items.next(in: head.query) {
      // The parser lets no bad escape through.
      do { try PercentDecoding.append(item.value, of: head.query, plusIsSpace: true, to: &events) } catch {
        fatalError("\(error)")
      }
    }
    var segments = PathSegments()
    while let segment = segments.next(in: head.path) {
      events.append(UInt8(truncatingIfNeeded: segment.count))
    }
  }

  private mutating func add(_ span: Span<UInt8>) {
    for i in span.indices { events.append(span[i]) }
  }
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzHTTP(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count > 0 else { return 0 }
  let bytes = [UInt8](UnsafeBufferPointer(start: start + 1, count: count - 1))
  var (state, cuts) = (UInt64(start[0]), [Int]())
  for place in bytes.indices {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    if state >> 60 < 3 { cuts.append(place) }
  }
  let whole = Heard(bytes, cuts: [])
  guard whole == Heard(bytes, cuts: cuts), whole == Heard(bytes, cuts: Array(bytes.indices)) else {
    fatalError("the events depend on the cuts")
  }
  return 0
}
