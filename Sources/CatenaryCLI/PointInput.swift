import CurveFormats

/// The points of a request, out of whatever format they came in.
struct PointInput {
  let points: PointTable
  /// The tangents of a Hermite curve that came with the points, flat.
  let tangents: [Double]
  /// What messages call the input.
  let name: String

  /// Reads the input; what a JSON document says beside its points is added to `settings`.
  init(_ path: String, _ settings: inout Settings) throws(CommandFailure) {
    var source = try FileSource(path)
    let format = try PointInput.format(path, settings)
    try PointInput.checkOptions(format, settings)
    let columns = try PointInput.columns(settings)
    let dimensions = try settings.integer(.dimensions, in: 1...4) ?? 2
    if format != .json { try settings.checkKind() }
    let kind = format == .json ? nil : try settings.kindName()
    let wantsTangents = kind == .hermite && !settings.has(.tangents)
    name = source.name
    let document: JSONDocument
    do throws(FormatError) {
      if format != .json {
        let csv = CSVOptions(columns: columns, wantsTangents: wantsTangents)
        let table = try PointInput.table(format, csv, dimensions: dimensions, from: &source)
        (points, tangents) = wantsTangents ? try table.splitTangents() : (table, [])
        return
      }
      document = try JSONReader().read(from: &source)
    } catch {
      throw PointInput.failure(error, source.name, settings)
    }
    (points, tangents) = try PointInput.take(document, source.name, &settings)
  }

  private static func table(
    _ format: PointFormat, _ csv: CSVOptions, dimensions: Int, from source: inout FileSource
  ) throws(FormatError) -> PointTable {
    let factor = csv.wantsTangents ? 2 : 1
    switch format {
    case .csv: return try CSVReader(options: csv).read(from: &source)
    case .npy: return try NPYReader(maximumDimensions: 4 * factor).read(from: &source).table
    default:
      return try RawReader(scalar: format.scalar ?? .f32, dimensions: dimensions * factor).read(from: &source)
    }
  }

  private static func take(
    _ document: JSONDocument, _ name: String, _ settings: inout Settings
  ) throws(CommandFailure) -> (PointTable, [Double]) {
    if document.prices != nil || document.series != nil {
      throw .failed(
        "\(name): prices and series are not for \(settings.command): send them as points, such as [1,2,3]")
    }
    guard let points = document.points else {
      throw .failed("\(name): there is no member \"points\": send points such as [[0,0],[1,2]]")
    }
    var members = document.options
    // A result that is read again says this of its points.
    if let stated = document["dimensions"] {
      guard stated == .number(Double(points.dimensions)) else {
        throw .failed("\(name): dimensions is not the points' \(points.dimensions): leave it out")
      }
      let isCount = document["count"] == .number(Double(points.count)) && settings.command != "render"
      members.removeAll { $0.name == "dimensions" || (isCount && $0.name == "count") }
    }
    if document.tangents != nil { members.append(JSONMember(name: "tangents", value: .null)) }
    try settings.add(members, of: name)
    guard try settings.kindName() == .hermite, !settings.isTyped(.tangents) else { return (points, []) }
    guard let tangents = document.tangents else {
      throw .failed("\(name): hermite needs tangents: send the member \"tangents\", or give --tangents")
    }
    settings.drop(.tangents)
    guard tangents.dimensions == points.dimensions || tangents.count == 0 else {
      throw .failed(
        "\(name): tangents have \(tangents.dimensions) numbers, points \(points.dimensions): send as many")
    }
    return (points, tangents.values)
  }
}

extension PointInput {
  /// By `--input-format`, else by extension; standard input is CSV.
  static func format(_ path: String, _ settings: Settings) throws(CommandFailure) -> PointFormat {
    let readable = PointFormat.allCases.filter(\.canBeRead).map { ($0.name, $0) }
    if let format = try settings.choice(.inputFormat, of: readable) { return format }
    if path == "-" { return .csv }
    guard let format = formatOf(path), format.canBeRead else {
      let list = readable.map(\.0).joined(separator: ", ")
      throw .usage("\(path): its extension is none of \(list): give --input-format")
    }
    return format
  }

  /// Refuses options that the format has no use for.
  static func checkOptions(_ format: PointFormat, _ settings: Settings) throws(CommandFailure) {
    if settings.has(.columns), format != .csv {
      throw settings.fault(.columns, "belongs to csv input, this is \(format.name): leave it out")
    }
    if settings.has(.dimensions), format.scalar == nil {
      throw settings.fault(
        .dimensions, "belongs to raw input (f32, f64), this is \(format.name): leave it out")
    }
  }

  static func columns(_ settings: Settings) throws(CommandFailure) -> [CSVColumn]? {
    guard case .typed(let list)? = settings[.columns] else { return nil }
    do throws(FormatError) { return try CSVColumn.parse(list) } catch {
      throw settings.fault(.columns, "\(error)")
    }
  }

  /// Wrong usage where the columns asked for are not there, else bad data.
  static func failure(_ error: FormatError, _ name: String, _ settings: Settings) -> CommandFailure {
    if settings.has(.columns), case .columns = error { return .usage("\(name): \(error)") }
    return .failed("\(name): \(error)")
  }
}

/// The format that the path's extension names.
func formatOf(_ path: String) -> PointFormat? {
  let file = path.split(separator: "/").last ?? ""
  guard let dot = file.lastIndex(of: ".") else { return nil }
  return PointFormat(fileExtension: String(file[file.index(after: dot)...]))
}
