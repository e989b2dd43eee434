import Catenary
import CurveFormats

/// The series of a request, out of whatever format they came in; NaN is a missing price.
package struct PriceInput: Sendable {
  package private(set) var series: [[Double]] = []
  /// Whether the answer is a list even of one.
  package private(set) var isList = false
  /// What the series are called, where the input says it.
  package private(set) var names: [String] = []
  /// A time for each price, as it came.
  package private(set) var timestamps: [JSONValue]?
  /// What pictures count prices in: their numbers, or the times.
  package private(set) var axis = PictureAxis()
  /// What messages call the input.
  package let name: String
  /// Where in a document the prices stand: a JSON Pointer; nil for what is no document.
  private var root: String?
  /// The bytes of a price where they came one after the other.
  private var priceBytes: Int?

  /// Each column is a series; pictures count it in the table's times.
  package init(_ table: PointTable, _ name: String, priceBytes: Int? = nil) {
    (self.name, self.priceBytes) = (name, priceBytes)
    let width = table.dimensions
    series =
      width == 1
      ? [table.values]
      : (0..<width).map { column in
        stride(from: column, to: table.values.count, by: width).map { table.values[$0] }
      }
    isList = width > 1
    names = table.names
    // Times that do not rise tell no place: prices are counted then.
    if !table.times.isEmpty, zip(table.times, table.times.dropFirst()).allSatisfy({ $0 < $1 }),
      table.times.allSatisfy(\.isFinite)
    {
      axis.values = table.times
      axis.isDate = true
    }
  }

  /// What a document holds; what it says beside its prices is added to `settings`.
  package init(_ document: JSONDocument, _ name: String, _ settings: inout Settings) throws(CommandFailure) {
    self.name = name
    switch (document.prices, document.series, document.points) {
    case (let prices?, nil, nil): (series, root) = ([prices], "/prices")
    case (nil, let list?, nil):
      guard !list.isEmpty else {
        throw .impossible("\(name): there is no series: send {\"series\":[[…],…]}", at: "/series")
      }
      (series, isList, root) = (list, true, "/series")
    case (nil, nil, let points?):
      guard points.dimensions == 1 else {
        throw .misplaced(
          "\(name): these are points: send {\"prices\":[…]} or {\"series\":[[…],…]}",
          pointer: document.pointsPointer)
      }
      (series, root) = ([points.values], document.pointsPointer)
    case (nil, nil, nil):
      throw .misplaced(
        "\(name): there is no member \"prices\": send {\"prices\":[…]} or {\"series\":[[…],…]}", pointer: "")
    default:
      throw .misplaced("\(name): prices, series and points are the same thing: send one of them", pointer: "")
    }
    var members = document.options
    if let times = document["timestamps"] {
      members.removeAll { $0.name == "timestamps" }
      (timestamps, axis.values) = try PriceInput.checked(times, counts: series.map(\.count), name)
      if case .string? = timestamps?.first { axis.isDate = true }
    }
    try settings.add(members, of: name)
  }

  /// Where in a document a fault of a series lies: a JSON Pointer; nil for what came in no document.
  package func pointer(to fault: DetectionError, series index: Int) -> String? {
    root.map { $0 + (isList ? "/\(index)" : "") + (fault.index.map { "/\($0)" } ?? "") }
  }

  /// The byte where the fault of a raw series lies; nil for what came in no raw body.
  package func offset(to fault: DetectionError) -> Int? {
    priceBytes.map { $0 * (fault.index ?? 0) }
  }

  /// Numbers or dates, rising, one for each price.
  private static func checked(
    _ times: JSONValue, counts: [Int], _ name: String
  ) throws(CommandFailure) -> ([JSONValue], seconds: [Double]) {
    guard case .array(let list) = times else {
      throw .misplaced("\(name): timestamps: send a list of them", pointer: "/timestamps")
    }
    for count in counts where count != list.count {
      throw .misplaced(
        "\(name): there are \(list.count) timestamps for \(count) prices: send one each",
        pointer: "/timestamps")
    }
    var all: [Double] = []
    for (index, time) in list.enumerated() {
      let place = "\(name): timestamps[\(index)]"
      guard let seconds = seconds(time) else {
        throw .misplaced(
          "\(place): it is neither a number nor a date such as 2026-01-31T12:00:00Z",
          pointer: "/timestamps/\(index)")
      }
      guard seconds > all.last ?? -.infinity else {
        throw .misplaced(
          "\(place): it does not come after the one before: sort them", pointer: "/timestamps/\(index)")
      }
      all.append(seconds)
    }
    return (list, all)
  }

  private static func seconds(_ time: JSONValue) -> Double? {
    switch time {
    case .number(let number): number
    case .string(let text): CalendarDate.secondsSince1970(text)
    default: nil
    }
  }
}
