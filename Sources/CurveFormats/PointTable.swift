/// Rows of numbers, flat and interleaved; a row with NaN is a gap, for whoever uses it to judge.
///
/// - Shape: `values.count` is a multiple of `dimensions`; row i is `values[i * dimensions ..< (i + 1) * dimensions]`.
public struct PointTable: Sendable, Equatable {
  /// Numbers a row, 1 or more.
  public var dimensions: Int
  public var values: [Double]
  /// The columns' names where the input has them, otherwise empty.
  public var names: [String]
  /// For each column whether it was dates, which are seconds since 1970-01-01 UTC now; empty where none was.
  public var isDate: [Bool]
  /// A time for each row, in seconds since 1970-01-01 UTC, where such were asked for and are there; NaN where one is
  /// no date.
  public var times: [Double]

  public init(
    dimensions: Int, values: [Double], names: [String] = [], isDate: [Bool] = [], times: [Double] = []
  ) {
    precondition(dimensions > 0 && values.count.isMultiple(of: dimensions), "whole rows")
    (self.dimensions, self.values, self.names) = (dimensions, values, names)
    (self.isDate, self.times) = (isDate, times)
  }

  /// How many rows there are.
  public var count: Int { values.count / dimensions }

  /// Takes rows of "the point, then its tangent" apart.
  ///
  /// - Throws: `.oddColumns` when the columns do not come in two halves.
  public func splitTangents() throws(FormatError) -> (points: PointTable, tangents: [Double]) {
    guard dimensions.isMultiple(of: 2) else { throw .oddColumns(dimensions) }
    let half = dimensions / 2
    var points: [Double] = []
    var tangents: [Double] = []
    points.reserveCapacity(values.count / 2)
    tangents.reserveCapacity(values.count / 2)
    for row in stride(from: 0, to: values.count, by: dimensions) {
      points.append(contentsOf: values[row..<row + half])
      tangents.append(contentsOf: values[row + half..<row + dimensions])
    }
    let table = PointTable(
      dimensions: half, values: points, names: Array(names.prefix(half)), isDate: Array(isDate.prefix(half)))
    return (table, tangents)
  }
}

/// Two tables are equal when they hold the same bits, so that gaps compare as equal.
extension PointTable {
  public static func == (a: PointTable, b: PointTable) -> Bool {
    a.dimensions == b.dimensions && a.names == b.names && a.isDate == b.isDate
      && a.values.elementsEqual(b.values) { $0.bitPattern == $1.bitPattern }
      && a.times.elementsEqual(b.times) { $0.bitPattern == $1.bitPattern }
  }
}

/// The width of a binary number: IEEE 754, little-endian where this package writes it.
public enum ScalarType: String, Sendable, CaseIterable {
  case f32, f64

  /// Bytes of one number.
  public var size: Int { self == .f32 ? 4 : 8 }
}
