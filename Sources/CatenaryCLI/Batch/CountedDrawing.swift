import Catenary
import CurveFormats
import CurveRequests

/// A drawing whose points are told as they are drawn.
struct CountedDrawing<Inner: Drawing>: Drawing {
  let inner: Inner
  let progress: BatchProgress

  var count: Int { inner.count }
  var dimensions: Int { inner.dimensions }
  var form: JSONPointForm { inner.form }
  var facts: [(name: String, value: Double)] { inner.facts }

  func draw(to sink: (borrowing Tile<Inner.Scalar>) throws -> Void) throws {
    try inner.draw { tile in
      try sink(tile)
      progress.drew(tile.elements.count / inner.dimensions)
    }
  }
}
