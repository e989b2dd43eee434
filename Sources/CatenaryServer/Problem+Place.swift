import Catenary
import CurveFormats
import CurveRequests

/// Where in a body that was read the fault lies that the library found in what it says.
extension Problem {
  /// - Parameters:
  ///   - error: What was thrown when the curve was made or drawn.
  ///   - input: The points it was made of.
  ///   - settings: The options, those of the body among them.
  init(any error: any Error, in input: PointInput, _ settings: Settings) {
    self.init(any: error)
    guard status == 422, let fault = Problem.fault(error) else { return }
    if let option = settings.member(behind: fault) {
      pointer = "/\(option)" + (fault.index.map { "/\($0)" } ?? "")
    } else if fault.isOfTangents, case .document = input.origin {
      // They were taken out of the options together with the points.
      pointer = "/tangents" + (fault.index.map { "/\($0)" } ?? "")
    } else if fault.isOfPoints {
      switch input.origin {
      case .document(let root): pointer = root + (fault.index.map { "/\($0)" } ?? "")
      case .raw(let pointBytes): offset = pointBytes * (fault.index ?? 0)
      case .other: break
      }
    }
  }

  /// The same, where what is pointed at is missing with a pointer to the place where it is missed.
  func pointing(into document: JSONValue) -> Problem {
    var problem = self
    guard let pointer else { return self }
    var (place, path) = (document, "")
    // Tokens of names that this server knows: none has an escape in it.
    for token in pointer.split(separator: "/") {
      let next: JSONValue?
      if case .array(let list) = place {
        next = Int(token).flatMap { list.indices.contains($0) ? list[$0] : nil }
      } else {
        next = place[String(token)]
      }
      guard let next else { break }
      place = next
      path += "/\(token)"
    }
    problem.pointer = path
    return problem
  }

  private static func fault(_ error: any Error) -> CurveError? {
    switch error {
    case CommandFailure.impossible(_, let fault, _): fault
    case EngineError.curve(let fault): fault
    default: error as? CurveError
    }
  }
}

extension CurveError {
  /// Which one of a list is the cause, counted from 0; nil where it is the list.
  fileprivate var index: Int? {
    switch self {
    case .notFinite(let i), .gap(let i), .notRising(let i), .notPeriodic(let i, _), .lonePoint(let i),
      .tangentNotFinite(let i), .badWeight(let i, _), .badKnot(let i, _, _), .repeatedKnot(let i, _, _),
      .outside(let i, _, _, _), .inGap(let i, _):
      i
    case .wrongTangents(let i, _, _): i
    case .tooFewPoints(_, _, _, let from), .wrongPointCount(_, _, _, let from): from > 0 ? from : nil
    default: nil
    }
  }

  fileprivate var isOfTangents: Bool {
    switch self {
    case .wrongTangents, .tangentNotFinite: true
    default: false
    }
  }

  /// Whether the points are the cause where no option is.
  fileprivate var isOfPoints: Bool {
    switch self {
    case .noPoints, .tooFewPoints, .wrongPointCount, .wrongDimensions, .ragged, .notFinite, .gap, .notRising,
      .notPeriodic, .tooLarge, .lonePoint:
      true
    default: false
    }
  }
}
