/// A column of a CSV text, by name or by number.
public enum CSVColumn: Sendable, Equatable {
  case name(String)
  /// From 1. A header column whose name is just these digits comes first.
  case number(Int)

  /// Reads a list such as `date,price` or `1,3`; parts of digits only are numbers.
  ///
  /// - Throws: `ColumnFault.badList` when a part is empty or 0.
  public static func parse(_ list: String) throws(FormatError) -> [CSVColumn] {
    var columns: [CSVColumn] = []
    for part in list.split(separator: ",", omittingEmptySubsequences: false) {
      let name = trimmed(part)
      guard !name.isEmpty else { throw .columns(.badList(list)) }
      guard name.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) else {
        columns.append(.name(name))
        continue
      }
      guard let number = Int(name), number > 0 else { throw .columns(.badList(list)) }
      columns.append(.number(number))
    }
    return columns
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

/// How a CSV text is to be understood.
public struct CSVOptions: Sendable, Equatable {
  /// What the rows are for, which decides the columns taken when none are chosen.
  public enum Purpose: Sendable { case points, prices }

  /// The columns wanted, in this order; nil takes the numeric ones in order (of prices the last one).
  public var columns: [CSVColumn]?
  /// The most point columns, chosen or taken.
  public var maximumColumns: Int
  public var purpose: Purpose
  /// Brings the header's columns `tx`, `ty`, `tz`, `tw` behind the point's; without such names twice as many columns
  /// are taken.
  public var wantsTangents: Bool
  /// Brings the first column of dates as `PointTable.times`, where there is one that is not chosen.
  public var wantsTimes: Bool

  public init(
    columns: [CSVColumn]? = nil, maximumColumns: Int = 4, purpose: Purpose = .points,
    wantsTangents: Bool = false, wantsTimes: Bool = false
  ) {
    self.columns = columns
    self.maximumColumns = maximumColumns
    self.purpose = purpose
    self.wantsTangents = wantsTangents
    self.wantsTimes = wantsTimes
  }
}
