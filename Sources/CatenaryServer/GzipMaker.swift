import HTTPFront
import Synchronization
import ZlibStreams

/// A body compressed while it is made.
final class GzipMaker: PieceMaker {
  private struct State: ~Copyable {
    var maker: any PieceMaker
    var stream: DeflateStream
  }

  private let state: Mutex<State>

  init(_ maker: any PieceMaker, _ stream: consuming sending DeflateStream) {
    state = Mutex(State(maker: maker, stream: stream))
  }

  var length: Answer.Length { .streamed }

  func next(_ piece: ByteBuffer) throws -> Bool {
    let plain = ByteBuffer()
    return try state.withLock { state in
      let hasMore = try state.maker.next(plain)
      var out: [UInt8] = []
      plain.withSpan { state.stream.write($0, into: &out) }
      if !hasMore { state.stream.finish(into: &out) }
      piece.append(out)
      return hasMore
    }
  }
}

extension PiecewiseAnswer.Beginning {
  /// The fields of JSON that may be compressed.
  static let json: [(FieldName, String)] = [
    (.lowerContentType, "application/json"), (.vary, "Accept-Encoding"),
  ]

  /// The same, compressed where that is wanted.
  func zipped(_ isWanted: Bool) -> Self {
    guard isWanted, let stream = DeflateStream(.gzip) else { return self }
    var zipped = self
    zipped.maker = GzipMaker(maker, stream)
    zipped.fields.append(("content-encoding", "gzip"))
    return zipped
  }
}

extension Answer {
  /// Shorter bodies are sent as they are: they fit in a packet, and a stream costs more than it saves.
  private static let zippedFrom = 1400

  /// Compresses a whole answer of text where that pays and is wanted, and says that it depends on who asks. One that
  /// chose its coding itself, or has a tag that names its bytes, stays as it is.
  mutating func zip(for head: borrowing RequestHead) {
    guard status == 200, length == .whole, body.count >= Answer.zippedFrom, isText, !holds("vary"),
      !holds("etag")
    else { return }
    field(.vary, "Accept-Encoding")
    guard head.prefersGzip, var stream = DeflateStream(.gzip) else { return }
    var bytes: [UInt8] = []
    body.withSpan { stream.write($0, into: &bytes) }
    stream.finish(into: &bytes)
    body.clear()
    body.append(bytes)
    field("content-encoding", "gzip")
  }

  private var isText: Bool {
    holds("content-type", "application/json") || holds("content-type", "text/")
      || holds("content-type", "image/svg+xml")
  }
}
