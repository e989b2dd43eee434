import Catenary
import CurveFormats
import CurveRequests

/// `catenary measure`: what a curve's length, box, tangents, curvature and nearest point are, as JSON.
enum MeasureCommand {
  static func run(_ words: [String]) throws(CommandFailure) {
    let arguments = try Arguments(words, of: "measure")
    var settings = try Settings(arguments, of: "measure")
    let path = try arguments.input(of: "measure")
    let target = try output(settings)
    try checkTyped(settings)
    let input = try PointInput(path, &settings)
    let report = try report(input, settings)
    try write(report, to: target)
  }

  /// Where the JSON goes; another format is refused.
  private static func output(_ settings: Settings) throws(CommandFailure) -> String {
    let path = if case .typed(let text)? = settings[.output] { text } else { "-" }
    let named = try settings.choice(.format, of: PointFormat.allCases.map { ($0.name, $0) })
    guard named == nil || named == .json else {
      throw settings.fault(.format, "is \(named?.name ?? ""): measure writes json, leave it out")
    }
    if path != "-", named == nil, let format = formatOf(path), format != .json {
      throw .usage(
        "\(path): measure writes json, not \(format.name): name a .json file, or give --format json")
    }
    return path
  }

  /// Finds what is wrong with typed options before any input is read.
  private static func checkTyped(_ settings: Settings) throws(CommandFailure) {
    try settings.checkTypedCurve()
    _ = try settings.list(.at)
    _ = try settings.list(.nearest)
  }

  private static func report(_ input: PointInput, _ settings: Settings) throws(CommandFailure) -> JSONValue {
    let points = input.points
    let (parameters, query) = (try settings.list(.at), try settings.list(.nearest))
    if let query, query.count != points.dimensions {
      throw settings.fault(
        .nearest, "has \(query.count) numbers: give \(points.dimensions), as the points of \(input.name) have"
      )
    }
    let curve = try settings.curve(input, as: Double.self)
    do throws(CurveError) {
      let measure = try CurveMeasure(curve)
      var members = whole(measure)
      if let parameters { members += try places(measure, parameters) }
      if let query { members += nearest(try measure.nearest(to: query)) }
      return .object(members)
    } catch {
      throw settings.failure(error, input: input.name)
    }
  }

  private static func whole(_ measure: CurveMeasure) -> [JSONMember] {
    let box = measure.boundingBox
    return [
      JSONMember(name: "length", value: .number(measure.length)),
      JSONMember(
        name: "boundingBox",
        value: .object([
          JSONMember(name: "min", value: array(box.min)), JSONMember(name: "max", value: array(box.max)),
        ])),
      JSONMember(name: "segments", value: .number(Double(measure.segments))),
    ]
  }

  /// Of each parameter, in their order.
  private static func places(
    _ measure: CurveMeasure, _ parameters: [Double]
  ) throws(CurveError) -> [JSONMember] {
    var (positions, tangents, curvatures): ([JSONValue], [JSONValue], [JSONValue]) = ([], [], [])
    for (index, parameter) in parameters.enumerated() {
      do throws(CurveError) {
        positions.append(array(try measure.position(at: parameter)))
        tangents.append(array(try measure.tangent(at: parameter)))
        curvatures.append(try measure.curvature(at: parameter).map { .number($0) } ?? .null)
      } catch {
        switch error {
        case .inGap:
          positions.append(.null)
          tangents.append(.null)
          curvatures.append(.null)
        case .outside(_, let value, let first, let last):
          throw .outside(index: index, value: value, first: first, last: last)
        default: throw error
        }
      }
    }
    return [
      JSONMember(name: "position", value: .array(positions)),
      JSONMember(name: "tangent", value: .array(tangents)),
      JSONMember(name: "curvature", value: .array(curvatures)),
    ]
  }

  private static func nearest(_ found: NearestPoint) -> [JSONMember] {
    [
      JSONMember(name: "point", value: array(found.point)),
      JSONMember(name: "parameter", value: .number(found.parameter)),
      JSONMember(name: "distance", value: .number(found.distance)),
    ]
  }

  private static func array(_ numbers: [Double]) -> JSONValue { .array(numbers.map { .number($0) }) }

  private static func write(_ report: JSONValue, to path: String) throws(CommandFailure) {
    let file = try OutputFile(path)
    var sink = OutputSink(file: file)
    do throws(FormatError) { try JSONWriter().write(report, to: &sink) } catch {
      throw file.isReaderGone ? .readerGone : .failed("\(file.name): \(error)")
    }
    try file.finish()
  }
}
