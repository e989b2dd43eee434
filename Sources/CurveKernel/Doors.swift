/// Which concrete doors a table is drawn by: the output's scalar and its numbers a point.
@frozen public enum BlockKind: Int32, Sendable, CaseIterable {
  case float1, float2, float3, float4, double1, double2, double3, double4
}

/// A block whose bodies are compiled for it: the doors of the kernel, one set for each scalar and dimension.
///
/// Generic code may hold any of these; what runs per sample is concrete.
public protocol DrawableBlock: Block {
  static var kind: BlockKind { get }
  /// See `evaluateEvenly`.
  static func evenly(
    _ table: Span<Segment<Row>>, samples: Int, from: Int, to: Int, basis: Basis,
    into out: consuming MutableRawSpan)
  /// See `evaluateAnywhere`.
  static func anywhere(
    _ table: Span<Segment<Row>>, located: Span<Located>, basis: Basis,
    into out: consuming MutableRawSpan)
  /// See `lowerBody`.
  static func lower(
    _ options: FitOptions, points: Span<Double>, dimensions: Int, extra: Span<Double>, scratch: Span<Double>,
    derivative: Int, block: inout MutableSpan<Double>, into table: inout MutableSpan<Segment<Row>>
  ) -> Bool
}

extension FloatBlock1: DrawableBlock {
  public static var kind: BlockKind { .float1 }
  public static func evenly(
    _ table: Span<Segment<Float>>, samples: Int, from: Int, to: Int, basis: Basis,
    into out: consuming MutableRawSpan
  ) {
    evaluateEvenly(
      FloatBlock1.self, table: table, samples: samples, from: from, to: to, basis: basis, out: out)
  }
  public static func anywhere(
    _ table: Span<Segment<Float>>, located: Span<Located>, basis: Basis,
    into out: consuming MutableRawSpan
  ) {
    evaluateAnywhere(
      FloatBlock1.self, table: table, located: located, basis: basis, out: out)
  }
  public static func lower(
    _ options: FitOptions, points: Span<Double>, dimensions: Int, extra: Span<Double>, scratch: Span<Double>,
    derivative: Int, block: inout MutableSpan<Double>, into table: inout MutableSpan<Segment<Float>>
  ) -> Bool {
    lowerBody(
      FloatBlock1.self, options, points: points, dimensions: dimensions, extra: extra, scratch: scratch,
      derivative: derivative, limit: Double(Float.greatestFiniteMagnitude) / 8, block: &block, into: &table)
  }
}

extension FloatBlock2: DrawableBlock {
  public static var kind: BlockKind { .float2 }
  public static func evenly(
    _ table: Span<Segment<Row>>, samples: Int, from: Int, to: Int, basis: Basis,
    into out: consuming MutableRawSpan
  ) {
    evaluateEvenly(
      FloatBlock2.self, table: table, samples: samples, from: from, to: to, basis: basis, out: out)
  }
  public static func anywhere(
    _ table: Span<Segment<Row>>, located: Span<Located>, basis: Basis,
    into out: consuming MutableRawSpan
  ) {
    evaluateAnywhere(
      FloatBlock2.self, table: table, located: located, basis: basis, out: out)
  }
  public static func lower(
    _ options: FitOptions, points: Span<Double>, dimensions: Int, extra: Span<Double>, scratch: Span<Double>,
    derivative: Int, block: inout MutableSpan<Double>, into table: inout MutableSpan<Segment<Row>>
  ) -> Bool {
    lowerBody(
      FloatBlock2.self, options, points: points, dimensions: dimensions, extra: extra, scratch: scratch,
      derivative: derivative, limit: Double(Float.greatestFiniteMagnitude) / 8, block: &block, into: &table)
  }
}

extension FloatBlock3: DrawableBlock {
  public static var kind: BlockKind { .float3 }
  public static func evenly(
    _ table: Span<Segment<SIMD3<Float>>>, samples: Int, from: Int, to: Int, basis: Basis,
    into out: consuming MutableRawSpan
  ) {
    evaluateEvenly(
      FloatBlock3.self, table: table, samples: samples, from: from, to: to, basis: basis, out: out)
  }
  public static func anywhere(
    _ table: Span<Segment<SIMD3<Float>>>, located: Span<Located>, basis: Basis,
    into out: consuming MutableRawSpan
  ) {
    evaluateAnywhere(
      FloatBlock3.self, table: table, located: located, basis: basis, out: out)
  }
  public static func lower(
    _ options: FitOptions, points: Span<Double>, dimensions: Int, extra: Span<Double>, scratch: Span<Double>,
    derivative: Int, block: inout MutableSpan<Double>, into table: inout MutableSpan<Segment<SIMD3<Float>>>
  ) -> Bool {
    lowerBody(
      FloatBlock3.self, options, points: points, dimensions: dimensions, extra: extra, scratch: scratch,
      derivative: derivative, limit: Double(Float.greatestFiniteMagnitude) / 8, block: &block, into: &table)
  }
}

extension FloatBlock4: DrawableBlock {
  public static var kind: BlockKind { .float4 }
  public static func evenly(
    _ table: Span<Segment<SIMD4<Float>>>, samples: Int, from: Int, to: Int, basis: Basis,
    into out: consuming MutableRawSpan
  ) {
    evaluateEvenly(
      FloatBlock4.self, table: table, samples: samples, from: from, to: to, basis: basis, out: out)
  }
  public static func anywhere(
    _ table: Span<Segment<SIMD4<Float>>>, located: Span<Located>, basis: Basis,
    into out: consuming MutableRawSpan
  ) {
    evaluateAnywhere(
      FloatBlock4.self, table: table, located: located, basis: basis, out: out)
  }
  public static func lower(
    _ options: FitOptions, points: Span<Double>, dimensions: Int, extra: Span<Double>, scratch: Span<Double>,
    derivative: Int, block: inout MutableSpan<Double>, into table: inout MutableSpan<Segment<SIMD4<Float>>>
  ) -> Bool {
    lowerBody(
      FloatBlock4.self, options, points: points, dimensions: dimensions, extra: extra, scratch: scratch,
      derivative: derivative, limit: Double(Float.greatestFiniteMagnitude) / 8, block: &block, into: &table)
  }
}

extension DoubleBlock1: DrawableBlock {
  public static var kind: BlockKind { .double1 }
  public static func evenly(
    _ table: Span<Segment<Double>>, samples: Int, from: Int, to: Int, basis: Basis,
    into out: consuming MutableRawSpan
  ) {
    evaluateEvenly(
      DoubleBlock1.self, table: table, samples: samples, from: from, to: to, basis: basis, out: out)
  }
  public static func anywhere(
    _ table: Span<Segment<Double>>, located: Span<Located>, basis: Basis,
    into out: consuming MutableRawSpan
  ) {
    evaluateAnywhere(
      DoubleBlock1.self, table: table, located: located, basis: basis, out: out)
  }
  public static func lower(
    _ options: FitOptions, points: Span<Double>, dimensions: Int, extra: Span<Double>, scratch: Span<Double>,
    derivative: Int, block: inout MutableSpan<Double>, into table: inout MutableSpan<Segment<Double>>
  ) -> Bool {
    lowerBody(
      DoubleBlock1.self, options, points: points, dimensions: dimensions, extra: extra, scratch: scratch,
      derivative: derivative, limit: Double(Double.greatestFiniteMagnitude) / 8, block: &block, into: &table)
  }
}

extension DoubleBlock2: DrawableBlock {
  public static var kind: BlockKind { .double2 }
  public static func evenly(
    _ table: Span<Segment<SIMD2<Double>>>, samples: Int, from: Int, to: Int, basis: Basis,
    into out: consuming MutableRawSpan
  ) {
    evaluateEvenly(
      DoubleBlock2.self, table: table, samples: samples, from: from, to: to, basis: basis, out: out)
  }
  public static func anywhere(
    _ table: Span<Segment<SIMD2<Double>>>, located: Span<Located>, basis: Basis,
    into out: consuming MutableRawSpan
  ) {
    evaluateAnywhere(
      DoubleBlock2.self, table: table, located: located, basis: basis, out: out)
  }
  public static func lower(
    _ options: FitOptions, points: Span<Double>, dimensions: Int, extra: Span<Double>, scratch: Span<Double>,
    derivative: Int, block: inout MutableSpan<Double>, into table: inout MutableSpan<Segment<SIMD2<Double>>>
  ) -> Bool {
    lowerBody(
      DoubleBlock2.self, options, points: points, dimensions: dimensions, extra: extra, scratch: scratch,
      derivative: derivative, limit: Double(Double.greatestFiniteMagnitude) / 8, block: &block, into: &table)
  }
}

extension DoubleBlock3: DrawableBlock {
  public static var kind: BlockKind { .double3 }
  public static func evenly(
    _ table: Span<Segment<SIMD3<Double>>>, samples: Int, from: Int, to: Int, basis: Basis,
    into out: consuming MutableRawSpan
  ) {
    evaluateEvenly(
      DoubleBlock3.self, table: table, samples: samples, from: from, to: to, basis: basis, out: out)
  }
  public static func anywhere(
    _ table: Span<Segment<SIMD3<Double>>>, located: Span<Located>, basis: Basis,
    into out: consuming MutableRawSpan
  ) {
    evaluateAnywhere(
      DoubleBlock3.self, table: table, located: located, basis: basis, out: out)
  }
  public static func lower(
    _ options: FitOptions, points: Span<Double>, dimensions: Int, extra: Span<Double>, scratch: Span<Double>,
    derivative: Int, block: inout MutableSpan<Double>, into table: inout MutableSpan<Segment<SIMD3<Double>>>
  ) -> Bool {
    lowerBody(
      DoubleBlock3.self, options, points: points, dimensions: dimensions, extra: extra, scratch: scratch,
      derivative: derivative, limit: Double(Double.greatestFiniteMagnitude) / 8, block: &block, into: &table)
  }
}

extension DoubleBlock4: DrawableBlock {
  public static var kind: BlockKind { .double4 }
  public static func evenly(
    _ table: Span<Segment<SIMD4<Double>>>, samples: Int, from: Int, to: Int, basis: Basis,
    into out: consuming MutableRawSpan
  ) {
    evaluateEvenly(
      DoubleBlock4.self, table: table, samples: samples, from: from, to: to, basis: basis, out: out)
  }
  public static func anywhere(
    _ table: Span<Segment<SIMD4<Double>>>, located: Span<Located>, basis: Basis,
    into out: consuming MutableRawSpan
  ) {
    evaluateAnywhere(
      DoubleBlock4.self, table: table, located: located, basis: basis, out: out)
  }
  public static func lower(
    _ options: FitOptions, points: Span<Double>, dimensions: Int, extra: Span<Double>, scratch: Span<Double>,
    derivative: Int, block: inout MutableSpan<Double>, into table: inout MutableSpan<Segment<SIMD4<Double>>>
  ) -> Bool {
    lowerBody(
      DoubleBlock4.self, options, points: points, dimensions: dimensions, extra: extra, scratch: scratch,
      derivative: derivative, limit: Double(Double.greatestFiniteMagnitude) / 8, block: &block, into: &table)
  }
}
