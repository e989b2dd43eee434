import Catenary
import CurveFormats
import CurveRequests

extension PriceInput {
  /// The most series of one table.
  private static let mostColumns = 1024

  /// Reads the input; what a JSON document says beside its prices is added to `settings`.
  ///
  /// - Parameter lane: that of the batch in which it is read.
  init(
    _ path: String, _ settings: inout Settings, by lane: BatchLane? = nil
  ) throws(CommandFailure) {
    var source = try FileSource(path, by: lane)
    let name = source.name
    let format = try PointInput.format(path, settings)
    try PointInput.checkOptions(format, settings)
    let csv = try PriceInput.options(settings)
    let dimensions = try settings.integer(.dimensions, in: 1...PriceInput.mostColumns) ?? 1
    let document: JSONDocument
    do throws(FormatError) {
      switch format {
      case .json: document = try JSONReader().read(from: &source)
      case .csv:
        self.init(try CSVReader(options: csv).read(from: &source), name)
        return
      case .npy:
        self.init(try NPYReader(maximumDimensions: PriceInput.mostColumns).read(from: &source).table, name)
        return
      default:
        self.init(
          try RawReader(scalar: format.scalar ?? .f32, dimensions: dimensions).read(from: &source), name)
        return
      }
    } catch {
      throw PointInput.failure(error, name, settings)
    }
    try self.init(document, name, &settings)
  }

  private static func options(_ settings: Settings) throws(CommandFailure) -> CSVOptions {
    let isPicture = try DetectCommand.output(settings).1.picture != nil
    if case .typed("all")? = settings[.columns] {
      return CSVOptions(maximumColumns: mostColumns, wantsTimes: isPicture)
    }
    return CSVOptions(
      columns: try PointInput.columns(settings), maximumColumns: mostColumns, purpose: .prices,
      wantsTimes: isPicture)
  }
}
