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

  /// Each column is a series.
  package init(_ table: PointTable, _ name: String) {
    self.name = name
    let width = table.dimensions
    series =
      width == 1
      ? [table.values]
      : (0..<width).map { column in
        stride(from: column, to: table.values.count, by: width).map { table.values[$0] }
      }
    isList = width > 1
    names = table.names
  }

  /// What a document holds; what it says beside its prices is added to `settings`.
  package init(_ document: JSONDocument, _ name: String, _ settings: inout Settings) throws(CommandFailure) {
    self.name = name
    switch (document.prices, document.series, document.points) {
    case (let prices?, nil, nil): series = [prices]
    case (nil, let list?, nil):
      guard !list.isEmpty else { throw .failed("\(name): there is no series: send {\"series\":[[…],…]}") }
      (series, isList) = (list, true)
    case (nil, nil, let points?):
      guard points.dimensions == 1 else {
        throw .failed("\(name): these are points: send {\"prices\":[…]} or {\"series\":[[…],…]}")
      }
      series = [points.values]
    case (nil, nil, nil):
      throw .failed("\(name): there is no member \"prices\": send {\"prices\":[…]} or {\"series\":[[…],…]}")
    default: throw .failed("\(name): prices, series and points are the same thing: send one of them")
    }
    var members = document.options
    if let times = document["timestamps"] {
      members.removeAll { $0.name == "timestamps" }
      (timestamps, axis.values) = try PriceInput.checked(times, counts: series.map(\.count), name)
      if case .string? = timestamps?.first { axis.isDate = true }
    }
    try settings.add(members, of: name)
  }

  /// Numbers or dates, rising, one for each price.
  private static func checked(
    _ times: JSONValue, counts: [Int], _ name: String
  ) throws(CommandFailure) -> ([JSONValue], seconds: [Double]) {
    guard case .array(let list) = times else { throw .failed("\(name): timestamps: send a list of them") }
    for count in counts where count != list.count {
      throw .failed("\(name): there are \(list.count) timestamps for \(count) prices: send one each")
    }
    var all: [Double] = []
    for (index, time) in list.enumerated() {
      let place = "\(name): timestamps[\(index)]"
      guard let seconds = seconds(time) else {
        throw .failed("\(place): it is neither a number nor a date such as 2026-01-31T12:00:00Z")
      }
      guard seconds > all.last ?? -.infinity else {
        throw .failed("\(place): it does not come after the one before: sort them")
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
