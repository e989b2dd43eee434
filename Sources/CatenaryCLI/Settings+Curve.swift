import Catenary
import CurveFormats

/// Options as the library's own types.
extension Settings {
  /// The type of curve, by default `catmull-rom`.
  func kindName() throws(CommandFailure) -> KindName {
    if case .typed(let name)? = self[.type], let instead = KindName.later[name] {
      throw fault(.type, "\(name) comes with a later version: use \(instead)")
    }
    if case .member(.string(let name))? = self[.type], let instead = KindName.later[name] {
      throw fault(.type, "\(name) comes with a later version: use \(instead)")
    }
    return try choice(.type, of: KindName.self) ?? .catmullRom
  }

  /// - Parameter tangents: those of a Hermite curve, flat, as many numbers each as a point has coordinates.
  func kind(dimensions: Int, tangents: [Double]) throws(CommandFailure) -> CurveKind {
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

  /// The sampling, by default 16 samples a segment.
  func sampling() throws(CommandFailure) -> Sampling {
    if let count = try integer(.count, in: 2...1 << 31) { return .count(count) }
    if let parameters = try list(.at) { return .at(parameters) }
    return .samplesPerSegment(try integer(.samplesPerSegment, in: 1...1 << 31) ?? 16)
  }

  /// What the library refused, as wrong usage where it lies in a typed option, else as bad data.
  func failure(_ error: CurveError, input: String) -> CommandFailure {
    for option in options(behind: error) where isTyped(option) {
      return .usage("\(option.flag): \(error)")
    }
    return .failed("\(input): \(error)")
  }

  /// The options that may be the cause.
  private func options(behind error: CurveError) -> [RenderOption] {
    switch error {
    case .optionOutOfRange(let name, _, _): [RenderOption(rawValue: name)].compactMap { $0 }
    case .optionMismatch(let name, _):
      switch name {
      case "boundary": [.boundary]
      case "gaps break": [.gaps, .closed]
      default: [.parameterization, .closed]
      }
    case .wrongTangents: [.tangents]
    case .wrongSlopes: [.slopes]
    case .wrongSampling, .tooManyPoints: [.samplesPerSegment, .count]
    case .outside: [.at]
    default: []
    }
  }
}

/// An enumeration's cases by the names that users know.
private func names<Value: CaseIterable>(of _: Value.Type) -> [(String, Value)] {
  Value.allCases.map { ("\($0)", $0) }
}
