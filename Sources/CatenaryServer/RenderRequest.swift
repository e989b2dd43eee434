import Catenary
import CurveFormats
import CurveRequests
import HTTPFront

/// A render as it came: its points still in bytes, its options in a query or among them.
struct RenderRequest: Sendable {
  enum Points: Sendable {
    case json(Body)
    case raw(Body)
    /// None came: those of the demonstration curve.
    case demonstration
  }

  /// What answers can be, the first by default.
  static let formats: [PointFormat] = [.f32, .json, .csv, .svg, .png, .npy]
  static let types = [
    "application/octet-stream", "application/json", "text/csv", "image/svg+xml", "image/png",
    "application/x-npy",
  ]

  static let offered: [MediaType] = [
    "application/octet-stream", "application/json", "text/csv", "image/svg+xml", "image/png",
    "application/x-npy",
  ]

  let points: Points
  let query: Query
  /// Place in `types`.
  let type: Int
  let engines: Engines
  let metrics: RequestMetrics
  /// Points of an answer.
  let mostPoints: Int
  /// Of the client that asked.
  let interest: Interest

  /// The points and options of a request.
  fileprivate struct Input: Sendable {
    var points: PointInput
    var settings: Settings
    var isPortable: Bool
  }

  /// A request whose points are read and whose options are known.
  struct Decoded: Sendable {
    fileprivate let request: RenderRequest
    fileprivate let input: Input
    fileprivate let start, decoded: ContinuousClock.Instant

    /// Whether working it out may keep a connection's thread longer than other clients should wait: many points, or ones
    /// that are looked at again and again.
    var isHeavy: Bool {
      let (count, settings) = (input.points.points.count, input.settings)
      let isSearched =
        settings.has(.tolerance) || settings.has(.spacing) || (try? settings.kindName()) == .smoothing
      return count > (isSearched ? 256 : 4096)
    }

    /// Checks, fits and plans.
    func prepare() throws(Problem) -> PiecewiseAnswer.Beginning {
      do {
        let format = RenderRequest.formats[request.type]
        let dtype = try input.settings.choice(.dtype, of: ScalarType.self)
        let isDouble = format.isText || format.picture != nil
        switch dtype ?? (isDouble ? .f64 : .f32) {
        case .f32: return try request.prepare(input, format, start, decoded, as: Float.self)
        case .f64: return try request.prepare(input, format, start, decoded, as: Double.self)
        }
      } catch { throw Problem(any: error, in: input.points, input.settings) }
    }
  }

  func decode() throws(Problem) -> Decoded {
    do {
      let clock = ContinuousClock()
      let start = clock.now
      return Decoded(request: self, input: try input(), start: start, decoded: clock.now)
    } catch { throw Problem(any: error) }
  }

  private func input() throws -> Input {
    var query = query
    let simd = query.take("simd")
    let inputType = query.take("inputDtype")
    let count = points.isDemonstration ? query.take("points") : nil
    var values = try query.options(
      of: "render", { ($0.isInDocument || ($0 == .dimensions && points.isRaw)) && $0.belongs(to: "render") },
      extra: ["simd", "inputDtype"])
    if points.isDemonstration, !RenderOption.samplings.contains(where: { values[$0] != nil }) {
      if let count, Int(count).map({ (2...1 << 31).contains($0) }) != true {
        throw Problem(400, "query: points is \"\(count)\": give a whole number from 2 to 2147483648")
      }
      values[.count] = .typed(count ?? "1000")
    } else if count != nil {
      throw Problem(400, "query: points and another sampling are two samplings: send one")
    }
    var settings = try Settings(values, of: "render", isQuery: true)
    var isPortable = try RenderRequest.isPortable(simd.map { .string($0) })
    switch points {
    case .demonstration:
      guard inputType == nil else {
        throw Problem(400, "query: inputDtype belongs to raw points, here are none: leave it out")
      }
      try settings.checkKind()
      let points = try PointInput.demonstration(settings)
      return Input(points: points, settings: settings, isPortable: isPortable)
    case .raw(let body):
      try settings.checkKind()
      let input = try RenderRequest.raw(body.take(), settings, inputType)
      return Input(points: input, settings: settings, isPortable: isPortable)
    case .json(let body):
      guard inputType == nil else {
        throw Problem(400, "query: inputDtype belongs to raw points, these are JSON: leave it out")
      }
      var document = try JSONReader.read(body.take())
      if let value = document["simd"] { isPortable = try RenderRequest.isPortable(value) }
      document.options.removeAll { $0.name == "simd" }
      let input = try PointInput(document, "body", &settings)
      return Input(points: input, settings: settings, isPortable: isPortable)
    }
  }

  private static func isPortable(_ simd: JSONValue?) throws(Problem) -> Bool {
    switch simd {
    case nil, .bool(true), .string("true"): false
    case .bool(false), .string("false"): true
    default: throw Problem(400, "simd is neither true nor false: send one of them")
    }
  }

  private static func raw(_ bytes: [UInt8], _ settings: Settings, _ inputType: String?) throws -> PointInput {
    let dimensions = try settings.integer(.dimensions, in: 1...4) ?? 2
    let scalar: ScalarType
    if let inputType {
      guard let named = ScalarType(rawValue: inputType) else {
        throw Problem(400, "query: inputDtype is \"\(inputType)\": choose f32, f64")
      }
      scalar = named
    } else {
      scalar = try settings.choice(.dtype, of: ScalarType.self) ?? .f32
    }
    let wantsTangents = try settings.kindName() == .hermite && !settings.has(.tangents)
    let reader = RawReader(scalar: scalar, dimensions: wantsTangents ? 2 * dimensions : dimensions)
    let table = try reader.read(bytes)
    let (points, tangents) = wantsTangents ? try table.splitTangents() : (table, [])
    let pointBytes = (wantsTangents ? 2 : 1) * dimensions * (scalar == .f32 ? 4 : 8)
    return PointInput(
      points: points, tangents: tangents, name: "body", origin: .raw(pointBytes: pointBytes))
  }

  fileprivate func prepare<Scalar: OutputScalar>(
    _ input: Input, _ format: PointFormat, _ start: ContinuousClock.Instant,
    _ decoded: ContinuousClock.Instant, as _: Scalar.Type
  ) throws -> PiecewiseAnswer.Beginning {
    let settings = input.settings
    let style = try settings.picture(format, isEarly: false)
    let derivative = try settings.integer(.derivative, in: 0...2) ?? 0
    let isShared = try settings.integer(.threads, in: 1...1024) ?? 1 > 1
    let engine = try engines.choose(settings, isPortable: input.isPortable)
    let isSampled = style == nil || (RenderOption.samplings + [.spacing]).contains(where: settings.has)
    let sampling = isSampled ? try settings.sampling() : .samplesPerSegment(1)
    let shape = try settings.shape(input.points)
    let lambda = shape.options.family == .smoothing ? shape.options.lambda : nil
    let render: PreparedRender
    do throws(EngineError) {
      render = try engine.prepare(shape, as: Scalar.self, sampling, derivative: derivative)
    } catch {
      // What no option can be blamed for lies in the points.
      if case .curve(let fault) = error, case .tooLarge = fault {
        throw settings.failure(fault, input: input.points.name)
      }
      throw error
    }
    guard render.count <= mostPoints else {
      throw Problem(422, "these are \(render.count) points, this server gives \(mostPoints): ask for fewer")
    }
    let fitted = ContinuousClock().now
    let backend = render.backend
    let maker: any PieceMaker
    switch format {
    case .json, .csv:
      let facts = lambda.map { [(name: "lambda", value: $0)] } ?? []
      maker = TextMaker<Scalar>(
        count: render.count, dimensions: render.dimensions,
        as: format == .csv ? csvOutput() : jsonOutput(.points, facts: facts)
      ) { [metrics] points, out in
        try render.draw(points, into: &out)
        metrics.rendered(points.count, by: backend)
      }
    case .svg, .png:
      let curve = try settings.curve(input.points, as: Scalar.self)
      let (style, kind) = (style ?? PictureStyle(), format.picture ?? .svg)
      // Pixels are work, too.
      let count = kind == .png ? max(render.count, style.width * style.height) : render.count
      maker = PictureMaker(count: count) { [metrics, interest] piece in
        var drawing = try CurveDrawing(
          curve, sampling, isSampled: isSampled, derivative: derivative, by: engine)
        drawing.mayGoOn = { try interest.check() }
        try drawing.picture(
          of: input.points.points, style, as: kind, to: BufferSink(buffer: piece, interest: interest))
        metrics.rendered(render.count, by: backend)
      }
    default:
      let scalar: ScalarType = render.pointBytes == 4 * render.dimensions ? .f32 : .f64
      let header = format == .npy ? try RenderRequest.header(render, scalar) : []
      maker = BinaryMaker(render, header: header, isShared: isShared) { [metrics] in
        metrics.rendered($0, by: backend)
      }
    }
    let isSingle = render.pointBytes == 4 * render.dimensions
    var fields: [(FieldName, String)] = [
      (.lowerContentType, RenderRequest.types[type]), (.vary, "Accept, Accept-Encoding"),
      (.pointCount, "\(render.count)"), (.dimensions, "\(render.dimensions)"),
      (.dtype, isSingle ? "f32" : "f64"), (.backend, render.backend.rawValue),
      (.threads, "\(isShared ? engine.threads : 1)"),
    ]
    if let lambda { fields.append((.lambda, "\(lambda)")) }
    let times = (milliseconds(decoded - start), milliseconds(fitted - decoded))
    return PiecewiseAnswer.Beginning(maker: maker, fields: fields) { render in
      (.serverTiming, "decode;dur=\(times.0), fit;dur=\(times.1), render;dur=\(rounded(render))")
    }
  }

  private static func header(_ render: PreparedRender, _ scalar: ScalarType) throws -> [UInt8] {
    var writer = NPYWriter(to: ArraySink(), scalar: scalar)
    try writer.begin(count: render.count, dimensions: render.dimensions)
    return writer.intoSink().bytes
  }
}

extension RenderRequest.Points {
  var isDemonstration: Bool { if case .demonstration = self { true } else { false } }
  var isRaw: Bool { if case .raw = self { true } else { false } }
}

extension PointInput {
  /// Thirteen points that every kind can draw: x rises, the last ordinate is the first, there are 3·4 + 1 = 2·6 + 1.
  static func demonstration(
    _ settings: Settings, y: [Double] = [0, 3, 4, 2, -1, -3, -2, 1, 5, 4, 1, -1, 0]
  ) throws -> PointInput {
    let needsTangents = try settings.kindName() == .hermite && !settings.has(.tangents)
    var (values, slopes): ([Double], [Double]) = ([], [])
    for i in y.indices {
      values += [Double(i), y[i]]
      if needsTangents { slopes += [1, (y[min(i + 1, y.count - 1)] - y[max(i - 1, 0)]) / 2] }
    }
    let points = PointTable(dimensions: 2, values: values)
    return PointInput(points: points, tangents: slopes, name: "demonstration")
  }
}

private func milliseconds(_ time: Duration) -> Double { rounded(time / .milliseconds(1)) }
private func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
