import HTTPFront
import Synchronization

/// A body compressed while it is made.
final class GzipMaker: PieceMaker {
  private struct State: ~Copyable {
    var maker: any PieceMaker
    var stream: GzipStream
  }

  private let state: Mutex<State>

  init(_ maker: any PieceMaker, _ stream: consuming sending GzipStream) {
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
  /// The same, compressed where that is wanted.
  func zipped(_ isWanted: Bool) -> Self {
    guard isWanted, let stream = GzipStream() else { return self }
    var zipped = self
    zipped.maker = GzipMaker(maker, stream)
    zipped.fields.append(("content-encoding", "gzip"))
    return zipped
  }
}
