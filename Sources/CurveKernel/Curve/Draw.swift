/// Another compilation of the evaluators, chosen at run time: same tables, same bytes.
///
/// Tables come as bytes with the kind of their rows: nothing here is generic, so that a call looks no types up.
package protocol TileEvaluator: AnyObject, Sendable {
  func evenly(
    _ kind: BlockKind, table: RawSpan, entries: Int, samples: Int, from: Int, to: Int, basis: Basis,
    into out: consuming MutableRawSpan)
  func anywhere(
    _ kind: BlockKind, table: RawSpan, entries: Int, located: Span<Located>, basis: Basis,
    into out: consuming MutableRawSpan)
}

extension FittedTable {
  /// Draws points `range` of the plan.
  ///
  /// - Shape: `out` holds exactly these points.
  package func draw(
    _ shape: CurveShape, _ plan: SamplePlan, derivative: Int, range: Range<Int>,
    by evaluator: (any TileEvaluator)?,
    into out: inout MutableRawSpan
  ) {
    if let instead = plan.substitute {
      return drawInstead(instead, plan, range: range, by: evaluator, into: &out)
    }
    drawOwn(shape, plan, derivative: derivative, range: range, by: evaluator, into: &out)
  }

  private func drawOwn(
    _ shape: CurveShape, _ plan: SamplePlan, derivative: Int, range: Range<Int>,
    by evaluator: (any TileEvaluator)?, into out: inout MutableRawSpan
  ) {
    let tile = Tile(
      shape: shape, plan: plan, basis: shape.options.basis(derivative: derivative), range: range,
      evaluator: evaluator)
    switch self {
    case .float1(let table): tile.draw(FloatBlock1.self, table.span, &out)
    case .float2(let table): tile.draw(FloatBlock2.self, table.span, &out)
    case .float3(let table): tile.draw(FloatBlock3.self, table.span, &out)
    case .float4(let table): tile.draw(FloatBlock4.self, table.span, &out)
    case .double1(let table): tile.draw(DoubleBlock1.self, table.span, &out)
    case .double2(let table): tile.draw(DoubleBlock2.self, table.span, &out)
    case .double3(let table): tile.draw(DoubleBlock3.self, table.span, &out)
    case .double4(let table): tile.draw(DoubleBlock4.self, table.span, &out)
    }
  }
}

extension FittedTable {
  /// Draws another table in place of this one, positions; where it is of Double and this one of Float, a few hundred
  /// points at a time are drawn and rounded.
  private func drawInstead(
    _ instead: Substitute, _ plan: SamplePlan, range: Range<Int>, by evaluator: (any TileEvaluator)?,
    into out: inout MutableRawSpan
  ) {
    let (table, shape) = (instead.table, instead.shape)
    guard table.block != block else {
      return table.drawOwn(shape, plan, derivative: 0, range: range, by: evaluator, into: &out)
    }
    let lanes = block.lanes
    var wide = [Double](repeating: 0, count: min(range.count, 1024) * lanes)
    var first = range.lowerBound
    while first < range.upperBound {
      let end = min(first + 1024, range.upperBound)
      withMutableBytes(of: &wide) { bytes in
        var some = bytes._mutatingExtracting(0..<(end - first) * lanes * 8)
        table.drawOwn(shape, plan, derivative: 0, range: first..<end, by: evaluator, into: &some)
      }
      let place = (first - range.lowerBound) * lanes * 4
      for i in 0..<(end - first) * lanes {
        out.storeBytes(of: Float(wide[i]), toByteOffset: place + 4 * i, as: Float.self)
      }
      first = end
    }
  }
}

/// A range of output points, about to be drawn.
private struct Tile {
  let shape: CurveShape
  let plan: SamplePlan
  let basis: Basis
  let range: Range<Int>
  let evaluator: (any TileEvaluator)?

  func draw<B: DrawableBlock>(_: B.Type, _ table: Span<Segment<B.Row>>, _ out: inout MutableRawSpan) {
    plan.forEachPart(of: range, shape) { part in
      switch part {
      case .gap(let place): B.kind.writeGap(into: &out, at: place * B.kind.pointBytes)
      case .piece(let index, let piece, let samples, let place):
        if let perSegment = plan.samplesPerPolynomial(of: piece, shape) {
          drawEvenly(B.self, table, piece, samples, perSegment, place, &out)
        } else if case .places(let source) = plan.mode, let flat = source as? FlatPlaces {
          drawFlat(B.self, table, flat, piece, index, samples, place, &out)
        } else {
          drawAnywhere(B.self, table, piece, index, samples, place, &out)
        }
      }
    }
  }

  private func drawEvenly<B: DrawableBlock>(
    _: B.Type, _ table: Span<Segment<B.Row>>, _ piece: CurvePiece, _ points: Range<Int>, _ samples: Int,
    _ place: Int, _ out: inout MutableRawSpan
  ) {
    for pass in EvenPasses(first: points.lowerBound, count: points.count, samples: samples) {
      let first = (piece.firstEntry + pass.segments.lowerBound) * basis.entries
      let entries = table.extracting(first..<(first + pass.segments.count * basis.entries))
      let bytes = (place + pass.offset) * B.kind.pointBytes..<(place + points.count) * B.kind.pointBytes
      if let evaluator {
        withBytes(of: entries) { raw in
          evaluator.evenly(
            B.kind, table: raw, entries: entries.count, samples: samples, from: pass.from, to: pass.to,
            basis: basis, into: out._mutatingExtracting(bytes))
        }
      } else {
        B.evenly(
          entries, samples: samples, from: pass.from, to: pass.to, basis: basis,
          into: out._mutatingExtracting(bytes))
      }
    }
  }

  /// Segments of as many equal chords as their neighbours are drawn as even samples.
  private func drawFlat<B: DrawableBlock>(
    _: B.Type, _ table: Span<Segment<B.Row>>, _ flat: FlatPlaces, _ piece: CurvePiece, _ index: Int,
    _ vertices: Range<Int>, _ place: Int, _ out: inout MutableRawSpan
  ) {
    var position = flat.position(of: vertices.lowerBound, piece: index)
    var next = vertices.lowerBound
    while next < vertices.upperBound {
      let at = place + next - vertices.lowerBound
      switch flat.run(piece: index, from: &position, most: vertices.upperBound - next) {
      case .even(let samples, let perSegment):
        drawEvenly(B.self, table, piece, samples, perSegment, at, &out)
        next += samples.count
      case .found(let count):
        drawAnywhere(B.self, table, piece, index, next..<next + count, at, &out)
        next += count
      }
    }
  }

  /// A few hundred samples are located, then drawn.
  private func drawAnywhere<B: DrawableBlock>(
    _: B.Type, _ table: Span<Segment<B.Row>>, _ piece: CurvePiece, _ index: Int, _ samples: Range<Int>,
    _ place: Int, _ out: inout MutableRawSpan
  ) {
    var located = [Located](repeating: Located(0, 0), count: min(samples.count, Locate.atOnce))
    var next = samples.lowerBound
    while next < samples.upperBound {
      let left = samples.upperBound - next
      if left < located.count { located = [Located](repeating: Located(0, 0), count: left) }
      let count = located.count
      var places = located.mutableSpan
      plan.locate(&places, shape, piece: index, first: next)
      if piece.firstEntry > 0 {
        for i in places.indices { places[i].segment += Int32(truncatingIfNeeded: piece.firstEntry) }
      }
      let start = place + next - samples.lowerBound
      let bytes = start * B.kind.pointBytes..<(start + count) * B.kind.pointBytes
      if let evaluator {
        withBytes(of: table) { raw in
          evaluator.anywhere(
            B.kind, table: raw, entries: table.count, located: places.span, basis: basis,
            into: out._mutatingExtracting(bytes))
        }
      } else {
        B.anywhere(table, located: places.span, basis: basis, into: out._mutatingExtracting(bytes))
      }
      next += count
    }
  }
}

extension BlockKind {
  /// One point of NaN: 0x7FC00000 or 0x7FF8000000000000 in every coordinate.
  package func writeGap(into out: inout MutableRawSpan, at start: Int = 0) {
    for lane in 0..<lanes {
      if isDouble {
        out.storeBytes(of: Double.nan, toByteOffset: start + lane * 8, as: Double.self)
      } else {
        out.storeBytes(of: Float.nan, toByteOffset: start + lane * 4, as: Float.self)
      }
    }
  }
}

extension Curve where Element: BitwiseCopyable {
  /// The curve's samples, drawn on this thread by the portable build of the kernel. `Engine` of the module
  /// `Catenary` is faster: vector units, threads, pooled memory.
  ///
  /// - Parameter derivative: 0 for positions, 1 or 2 for derivatives per unit of what `at` counts.
  /// - Throws: what is wrong with the sampling.
  public func points(_ sampling: Sampling, derivative: Int = 0) throws(CurveError) -> [Element] {
    let plan = try SamplePlan(sampling, shape, fitted, derivative: derivative)
    let table = try fitted(derivative: derivative)
    let flat = dimensions / Element.coordinates
    var result = [Element](repeating: Element.origin, count: plan.count * flat)
    withMutableBytes(of: &result) { bytes in
      table.draw(shape, plan, derivative: derivative, range: 0..<plan.count, by: nil, into: &bytes)
    }
    return result
  }
}

extension Curve {
  /// The table of a derivative; that of positions was made with the curve.
  package func fitted(derivative: Int) throws(CurveError) -> FittedTable {
    switch derivative {
    case 0: return fitted
    case 1, 2:
      return try FittedTable(shape, derivative: derivative, block: Element.block(dimensions: dimensions))
    default:
      throw .wrongDerivative(derivative)
    }
  }
}
