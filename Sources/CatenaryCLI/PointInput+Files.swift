import Catenary
import CurveFormats
import CurveRequests

extension PointInput {
  /// Reads the input; what a JSON document says beside its points is added to `settings`.
  ///
  /// - Parameter lane: that of the batch in which it is read.
  init(
    _ path: String, _ settings: inout Settings, by lane: BatchLane? = nil
  ) throws(CommandFailure) {
    var source = try FileSource(path, by: lane)
    let format = try PointInput.format(path, settings)
    try PointInput.checkOptions(format, settings)
    let columns = try PointInput.columns(settings)
    let dimensions = try settings.integer(.dimensions, in: 1...4) ?? 2
    if format != .json { try settings.checkKind() }
    let kind = format == .json ? nil : try settings.kindName()
    let wantsTangents = kind == .hermite && !settings.has(.tangents)
    let name = source.name
    let document: JSONDocument
    do throws(FormatError) {
      if format != .json {
        let csv = CSVOptions(columns: columns, wantsTangents: wantsTangents)
        let table = try PointInput.table(format, csv, dimensions: dimensions, from: &source)
        let (points, tangents) = wantsTangents ? try table.splitTangents() : (table, [])
        self.init(points: points, tangents: tangents, name: name)
        return
      }
      document = try JSONReader().read(from: &source)
    } catch {
      throw PointInput.failure(error, source.name, settings)
    }
    try self.init(document, name, &settings)
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
