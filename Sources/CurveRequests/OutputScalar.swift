import Catenary
import CurveFormats

/// A number that results are computed in.
package protocol OutputScalar: CurveScalar, BitwiseCopyable, FloatingPoint {
  static func narrow(_ value: Double) -> Self
  static func widen(_ rows: Span<Self>, _ body: (Span<Double>) throws -> Void) throws
  static func send(_ rows: Span<Self>, to writer: inout some PointWriter & ~Copyable) throws(FormatError)
}

extension Float: OutputScalar {
  package static func narrow(_ value: Double) -> Float { Float(value) }

  package static func widen(_ rows: Span<Float>, _ body: (Span<Double>) throws -> Void) throws {
    var wide: [Double] = []
    wide.reserveCapacity(rows.count)
    for i in rows.indices { wide.append(Double(rows[i])) }
    try body(wide.span)
  }

  package static func send(_ rows: Span<Float>, to writer: inout some PointWriter & ~Copyable)
    throws(FormatError)
  {
    try writer.write(rows)
  }
}

extension Double: OutputScalar {
  package static func narrow(_ value: Double) -> Double { value }

  package static func widen(_ rows: Span<Double>, _ body: (Span<Double>) throws -> Void) throws {
    try body(rows)
  }

  package static func send(_ rows: Span<Double>, to writer: inout some PointWriter & ~Copyable)
    throws(FormatError)
  {
    try writer.write(rows)
  }
}
