import Catenary
import CurveFormats
import CurveRequests

extension Windows {
  /// Looks through an input that is too large for memory: how many points it has, and whether all of them can be read.
  ///
  /// - Parameters:
  ///   - budget: bytes that there are for it.
  ///   - perNumber: bytes that each number of a window takes.
  init(
    _ item: BatchItem, _ format: PointFormat, _ settings: Settings, budget: Int, perNumber: Int,
    by lane: BatchLane
  ) throws(CommandFailure) {
    (path, self.format) = (item.input, format)
    try PointInput.checkOptions(format, settings)
    csv = CSVOptions(columns: try PointInput.columns(settings))
    let kind = try settings.kindName()
    step = kind == .bezier ? 3 : kind == .quadraticBezier ? 2 : 1
    samples = try settings.integer(.samplesPerSegment, in: 1...1 << 31) ?? 16
    let alpha = try settings.number(.alpha) ?? 0
    skipsEqual = kind == .catmullRom && alpha > 0
    margin = skipsEqual ? 64 : 3
    let raw = try settings.integer(.dimensions, in: 1...4) ?? 2
    do throws(FormatError) {
      (count, dimensions) = try Windows.size(item, format, csv, raw, by: lane)
    } catch {
      guard case .source(let words) = error else { throw PointInput.failure(error, item.input, settings) }
      throw .failed("\(item.input): \(words)")
    }
    rows = max(1024, min(1 << 14, budget / (4 * perNumber * dimensions)))
    guard (count - 1) % step == 0 else {
      let error = CurveError.wrongPointCount(kind: kind.rawValue, count: count, rule: "\(step)k + 1", from: 0)
      throw settings.failure(error, input: item.input)
    }
    let (points, overflows) = segments.multipliedReportingOverflow(by: samples)
    guard !overflows, points < 1 << 31 else {
      throw settings.failure(.tooManyPoints(overflows ? nil : points + 1), input: item.input)
    }
  }

  /// Points, and the numbers of each.
  private static func size(
    _ item: BatchItem, _ format: PointFormat, _ csv: CSVOptions, _ raw: Int, by lane: BatchLane
  ) throws(FormatError) -> (Int, Int) {
    let source: FileSource
    do throws(CommandFailure) { source = try FileSource(item.input, by: lane) } catch {
      throw .source(error.words)
    }
    switch format {
    case .csv:
      var rows = try CSVRows(csv, from: source)
      var (values, count) = ([Double](), 0)
      while true {
        values.removeAll(keepingCapacity: true)
        let come = try rows.read(atMost: 1, into: &values)
        if come == 0 { return (count, rows.dimensions) }
        count += come
      }
    case .npy:
      let rows = try BinaryRows(npy: source)
      guard !rows.isColumnMajor else {
        throw .source(
          "its columns lie one after the other, and it is too large for memory: save it in C order")
      }
      return (rows.count ?? 0, rows.dimensions)
    default:
      let (bytes, rowBytes) = (source.bytesLeft ?? 0, raw * (format.scalar?.size ?? 4))
      guard bytes.isMultiple(of: rowBytes) else {
        throw .partialRow(bytes: bytes % rowBytes, rowBytes: rowBytes, offset: bytes / rowBytes * rowBytes)
      }
      return (bytes / rowBytes, raw)
    }
  }
}
