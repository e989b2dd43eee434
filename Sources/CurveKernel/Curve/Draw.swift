/// Another compilation of the evaluators, chosen at run time: same tables, same bytes.
package protocol TileEvaluator: Sendable {
  func evenly<B: DrawableBlock>(
    _: B.Type, table: Span<Segment<B.Row>>, samples: Int, from: Int, to: Int, basis: Basis,
    into out: consuming MutableRawSpan)
  func anywhere<B: DrawableBlock>(
    _: B.Type, table: Span<Segment<B.Row>>, located: Span<Located>, basis: Basis,
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
    let tile = Tile(
      shape: shape, plan: plan, basis: derivative == 0 ? shape.basis : .powers, range: range,
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

/// A range of output points, about to be drawn.
private struct Tile {
  let shape: CurveShape
  let plan: SamplePlan
  let basis: Basis
  let range: Range<Int>
  let evaluator: (any TileEvaluator)?

  func draw<B: DrawableBlock>(_: B.Type, _ table: Span<Segment<B.Row>>, _ out: inout MutableRawSpan) {
    guard case .even(let samples) = plan.mode else { return drawLocated(B.self, table, &out) }
    plan.forEachPart(of: range, shape) { part in
      switch part {
      case .gap(let place): writeGap(B.self, at: place, &out)
      case .piece(let piece, let points, let place):
        for pass in EvenPasses(first: points.lowerBound, count: points.count, samples: samples) {
          let first = piece.firstEntry + pass.segments.lowerBound
          let entries = table.extracting(first..<(first + pass.segments.count))
          let bytes = (place + pass.offset) * B.kind.pointBytes..<out.byteCount
          let target = out._mutatingExtracting(bytes)
          if let evaluator {
            evaluator.evenly(
              B.self, table: entries, samples: samples, from: pass.from, to: pass.to, basis: basis,
              into: target)
          } else {
            B.evenly(entries, samples: samples, from: pass.from, to: pass.to, basis: basis, into: target)
          }
        }
      }
    }
  }

  /// `count` and `at`: a few hundred samples are located, then drawn.
  private func drawLocated<B: DrawableBlock>(
    _: B.Type, _ table: Span<Segment<B.Row>>, _ out: inout MutableRawSpan
  ) {
    var located: [Located] = []
    located.reserveCapacity(min(range.count, locatedAtOnce))
    var place = 0
    while place < range.count {
      let end = min(place + locatedAtOnce, range.count)
      located.removeAll(keepingCapacity: true)
      plan.locate(range.lowerBound + place..<range.lowerBound + end, shape, into: &located)
      let target = out._mutatingExtracting(place * B.kind.pointBytes..<end * B.kind.pointBytes)
      if let evaluator {
        evaluator.anywhere(B.self, table: table, located: located.span, basis: basis, into: target)
      } else {
        B.anywhere(table, located: located.span, basis: basis, into: target)
      }
      for i in located.indices where located[i].u.isNaN { writeGap(B.self, at: place + i, &out) }
      place = end
    }
  }

  /// The bit patterns of contract: 0x7FC00000, 0x7FF8000000000000.
  private func writeGap<B: DrawableBlock>(_: B.Type, at place: Int, _ out: inout MutableRawSpan) {
    let start = place * B.kind.pointBytes
    for lane in 0..<B.kind.lanes {
      if B.kind.isDouble {
        out.storeBytes(of: Double.nan, toByteOffset: start + lane * 8, as: Double.self)
      } else {
        out.storeBytes(of: Float.nan, toByteOffset: start + lane * 4, as: Float.self)
      }
    }
  }
}

/// Samples located before they are drawn: 4 KiB of places.
private let locatedAtOnce = 256

extension Curve where Element: BitwiseCopyable {
  /// The curve's samples, drawn on this thread by the portable build of the kernel. `Engine` of the module
  /// `Catenary` is faster: vector units, threads, pooled memory.
  ///
  /// - Parameter derivative: 0 for positions, 1 or 2 for derivatives per unit of what `at` counts.
  /// - Throws: what is wrong with the sampling.
  public func points(_ sampling: Sampling, derivative: Int = 0) throws(CurveError) -> [Element] {
    let plan = try SamplePlan(sampling, shape)
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
      throw .optionOutOfRange(name: "derivative", value: Double(derivative), range: "0, 1 or 2")
    }
  }
}
