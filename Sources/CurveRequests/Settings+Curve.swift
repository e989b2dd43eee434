import Catenary
import CurveFormats

/// Options as the library's own types.
extension Settings {
  /// The type of curve, by default `catmull-rom`.
  package func kindName() throws(CommandFailure) -> KindName {
    return try choice(.type, of: KindName.self) ?? .catmullRom
  }

  /// - Parameter tangents: those of a Hermite curve, flat, as many numbers each as a point has coordinates.
  package func kind(dimensions: Int, tangents: [Double]) throws(CommandFailure) -> CurveKind {
    let tension = try number(.tension) ?? 0
    let ends = try choice(.ends, of: names(of: Ends.self)) ?? .duplicate
    let parameterization = try choice(.parameterization, of: names(of: Parameterization.self))
    switch try kindName() {
    case .linear: return .linear(parameterization: parameterization)
    case .step:
      let placement = try choice(.step, of: names(of: StepPlacement.self)) ?? .after
      return .step(placement, parameterization: parameterization)
    case .catmullRom: return .catmullRom(alpha: try number(.alpha) ?? 0, tension: tension, ends: ends)
    case .cardinal: return .cardinal(tension: tension, ends: ends)
    case .kochanekBartels:
      let (continuity, bias) = (try number(.continuity) ?? 0, try number(.bias) ?? 0)
      return .kochanekBartels(tension: tension, continuity: continuity, bias: bias, ends: ends)
    case .hermite:
      let rows = stride(from: 0, to: tangents.count, by: dimensions)
      let given = try self.rows(.tangents)
      return .hermite(tangents: given ?? rows.map { Array(tangents[$0..<$0 + dimensions]) })
    case .bezier: return .bezier
    case .quadraticBezier: return .quadraticBezier
    case .cubic: return .cubic(boundary: try boundary(), parameterization: parameterization)
    case .monotone:
      let method = try choice(.method, of: names(of: MonotoneMethod.self)) ?? .pchip
      return .monotone(method, parameterization: parameterization)
    case .akima: return .akima(parameterization: parameterization)
    case .makima: return .makima(parameterization: parameterization)
    case .bSpline: return .bSpline(degree: try degree(), knots: try knots())
    case .nurbs: return .nurbs(degree: try degree(), weights: try list(.weights) ?? [], knots: try knots())
    case .interpolatingBSpline:
      return .interpolatingBSpline(degree: try degree(), parameterization: parameterization)
    case .smoothing: return .smoothing(lambda: try lambda(), parameterization: parameterization)
    }
  }

  private func degree() throws(CommandFailure) -> Int { try integer(.degree, in: 1...5) ?? 3 }

  /// One of two names, or the numbers.
  private func knots() throws(CommandFailure) -> KnotVector {
    let given = try knotVector()
    guard try flag(.closed) == true, has(.knots), given == .clampedUniform else { return given }
    throw fault(.knots, "of a closed curve are uniform: leave them out, or leave closed out")
  }

  private func knotVector() throws(CommandFailure) -> KnotVector {
    switch self[.knots] {
    case nil, .typed("clamped-uniform"), .member(.string("clamped-uniform")): return .clampedUniform
    case .typed("uniform"), .member(.string("uniform")): return .uniform
    case .member(.string(let name)):
      throw fault(.knots, "is \"\(name)\": choose clamped-uniform, uniform, or send an array of numbers")
    case .typed(let text) where text.first?.isLetter ?? true:
      throw fault(
        .knots, "is \"\(text)\": choose clamped-uniform, uniform, or give numbers such as 0,0,0,0,1,1,1,1")
    default: return .given(try list(.knots) ?? [])
    }
  }

  /// The number; nil: by generalised cross-validation.
  private func lambda() throws(CommandFailure) -> Double? {
    switch self[.lambda] {
    case nil, .typed("auto"), .member(.string("auto")): nil
    default: try number(.lambda)
    }
  }

  private func boundary() throws(CommandFailure) -> CubicBoundary? {
    let names: [(String, CubicBoundary)] = [
      ("natural", .natural), ("clamped", .clamped()), ("not-a-knot", .notAKnot), ("periodic", .periodic),
    ]
    let boundary = try choice(.boundary, of: names)
    guard let slopes = try rows(.slopes) else { return boundary }
    guard boundary == .clamped() else {
      throw fault(.slopes, "belongs to boundary clamped: give that, too, or leave it out")
    }
    guard slopes.count == 2 else {
      throw fault(
        .slopes, "has \(slopes.count) rows: give two, the slope at the start and the one at the end")
    }
    return .clamped(start: slopes[0], end: slopes[1])
  }

  /// Finds what is wrong with the typed options of a curve before any input is read.
  package func checkTypedCurve() throws(CommandFailure) {
    // A document may still bring the boundary that typed slopes belong to.
    if has(.boundary) || !has(.slopes) { _ = try kind(dimensions: 1, tangents: []) }
    _ = try choice(.gaps, of: Gaps.self)
    _ = try flag(.closed)
  }

  /// The curve of an input's points.
  package func curve<Scalar: CurveScalar>(_ input: PointInput, as _: Scalar.Type) throws(CommandFailure)
    -> Curve<
      Scalar
    >
  {
    let (kind, closed, gaps) = try what(input)
    do throws(CurveError) {
      return try Curve(
        kind, flat: input.points.values, dimensions: input.points.dimensions, closed: closed, gaps: gaps)
    } catch { throw failure(error, input: input.name) }
  }

  /// The same, checked and not yet fitted.
  package func shape(_ input: PointInput) throws(CommandFailure) -> CurveShape {
    let (kind, closed, gaps) = try what(input)
    do throws(CurveError) {
      return try CurveShape(
        kind, points: input.points.values, dimensions: input.points.dimensions, closed: closed, gaps: gaps)
    } catch { throw failure(error, input: input.name) }
  }

  private func what(_ input: PointInput) throws(CommandFailure) -> (CurveKind, closed: Bool, gaps: Gaps) {
    let kind = try kind(dimensions: input.points.dimensions, tangents: input.tangents)
    return (kind, try flag(.closed) ?? false, try choice(.gaps, of: Gaps.self) ?? .error)
  }

  /// The sampling, by default 16 samples a segment.
  package func sampling() throws(CommandFailure) -> Sampling {
    let spacing = try choice(.spacing, of: Spacing.self)
    if let count = try integer(.count, in: 2...1 << 31) {
      return .count(count, spacing: spacing ?? .parameter)
    }
    guard spacing == nil else {
      let count = isTyped(.spacing) && !isQuery ? RenderOption.count.flag : "count"
      throw fault(.spacing, "belongs to count: give \(count), too, or leave it out")
    }
    if let tolerance = try number(.tolerance) { return .tolerance(tolerance) }
    if let parameters = try list(.at) { return .at(parameters) }
    return .samplesPerSegment(try integer(.samplesPerSegment, in: 1...1 << 31) ?? 16)
  }

  /// What the library refused, as wrong usage where it lies in a typed option, else as bad data.
  package func failure(_ error: CurveError, input: String) -> CommandFailure {
    for option in options(behind: error) where isTyped(option) && !isQuery {
      return .usage("\(option.flag): \(error)")
    }
    return .impossible("\(input): \(error)", because: error)
  }

  /// The option of the document that is the cause.
  package func member(behind error: CurveError) -> RenderOption? {
    options(behind: error).first { has($0) && !isTyped($0) }
  }

  /// The options that may be the cause.
  private func options(behind error: CurveError) -> [RenderOption] {
    switch error {
    case .optionOutOfRange(let name, _, _): [RenderOption(rawValue: name)].compactMap { $0 }
    case .optionMismatch(let name, _):
      switch name {
      case "boundary": [.boundary]
      case "gaps break": [.gaps, .closed]
      case "knots": [.knots]
      case "lambda": [.lambda]
      case "closed": [.closed]
      case "spacing": [.spacing]
      default: [.parameterization, .closed]
      }
    case .wrongTangents, .tangentNotFinite: [.tangents]
    case .wrongSlopes: [.slopes]
    case .wrongWeights, .badWeight, .weightsTooFar: [.weights]
    case .wrongKnots, .badKnot, .repeatedKnot, .emptyKnots: [.knots]
    case .wrongSampling: [.samplesPerSegment, .count, .at]
    case .tooManyPoints: [.samplesPerSegment, .count, .tolerance]
    case .toleranceTooFine: [.tolerance]
    case .outside, .inGap: [.at]
    case .wrongHorizon: [.horizon]
    case .tooFar(let point, _): point > 1 ? [.horizon] : []
    default: []
    }
  }
}

/// An enumeration's cases by the names that users know.
private func names<Value: CaseIterable>(of _: Value.Type) -> [(String, Value)] {
  Value.allCases.map { ("\($0)", $0) }
}
