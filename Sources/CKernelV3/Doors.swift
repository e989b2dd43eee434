// The doors of the AVX2 build: compiled together with the files of CurveKernel/Evaluate into KernelV3.S by
// scripts/build-kernel-v3, never as Swift by the package.
//
// Proof of the unsafe part: the caller (Machine.swift of Catenary) passes the memory of a Span<Segment<Row>>, a
// Span<Located> and a MutableRawSpan with their counts, and keeps them alive during the call. Spans made from them
// check every access, as in the portable build.

@_cdecl("catenary_v3_evenly_f32x1")
func evenlyF32x1(
  _ table: UnsafeRawPointer, _ entries: Int, _ samples: Int, _ from: Int, _ to: Int, _ basis: Int32,
  _ out: UnsafeMutableRawPointer, _ bytes: Int
) {
  evaluateEvenly(
    FloatBlock1.self, table: Span(_unsafeStart: table.rows(FloatBlock1.self), count: entries),
    samples: samples, from: from, to: to,
    basis: Basis(rawValue: basis) ?? .cubic, out: MutableRawSpan(_unsafeStart: out, byteCount: bytes))
}

@_cdecl("catenary_v3_anywhere_f32x1")
func anywhereF32x1(
  _ table: UnsafeRawPointer, _ entries: Int, _ located: UnsafeRawPointer, _ count: Int, _ basis: Int32,
  _ out: UnsafeMutableRawPointer, _ bytes: Int
) {
  evaluateAnywhere(
    FloatBlock1.self, table: Span(_unsafeStart: table.rows(FloatBlock1.self), count: entries),
    located: Span(_unsafeStart: located.places, count: count),
    basis: Basis(rawValue: basis) ?? .cubic, out: MutableRawSpan(_unsafeStart: out, byteCount: bytes))
}

@_cdecl("catenary_v3_evenly_f32x2")
func evenlyF32x2(
  _ table: UnsafeRawPointer, _ entries: Int, _ samples: Int, _ from: Int, _ to: Int, _ basis: Int32,
  _ out: UnsafeMutableRawPointer, _ bytes: Int
) {
  evaluateEvenly(
    FloatBlock2.self, table: Span(_unsafeStart: table.rows(FloatBlock2.self), count: entries),
    samples: samples, from: from, to: to,
    basis: Basis(rawValue: basis) ?? .cubic, out: MutableRawSpan(_unsafeStart: out, byteCount: bytes))
}

@_cdecl("catenary_v3_anywhere_f32x2")
func anywhereF32x2(
  _ table: UnsafeRawPointer, _ entries: Int, _ located: UnsafeRawPointer, _ count: Int, _ basis: Int32,
  _ out: UnsafeMutableRawPointer, _ bytes: Int
) {
  evaluateAnywhere(
    FloatBlock2.self, table: Span(_unsafeStart: table.rows(FloatBlock2.self), count: entries),
    located: Span(_unsafeStart: located.places, count: count),
    basis: Basis(rawValue: basis) ?? .cubic, out: MutableRawSpan(_unsafeStart: out, byteCount: bytes))
}

@_cdecl("catenary_v3_evenly_f32x3")
func evenlyF32x3(
  _ table: UnsafeRawPointer, _ entries: Int, _ samples: Int, _ from: Int, _ to: Int, _ basis: Int32,
  _ out: UnsafeMutableRawPointer, _ bytes: Int
) {
  evaluateEvenly(
    FloatBlock3.self, table: Span(_unsafeStart: table.rows(FloatBlock3.self), count: entries),
    samples: samples, from: from, to: to,
    basis: Basis(rawValue: basis) ?? .cubic, out: MutableRawSpan(_unsafeStart: out, byteCount: bytes))
}

@_cdecl("catenary_v3_anywhere_f32x3")
func anywhereF32x3(
  _ table: UnsafeRawPointer, _ entries: Int, _ located: UnsafeRawPointer, _ count: Int, _ basis: Int32,
  _ out: UnsafeMutableRawPointer, _ bytes: Int
) {
  evaluateAnywhere(
    FloatBlock3.self, table: Span(_unsafeStart: table.rows(FloatBlock3.self), count: entries),
    located: Span(_unsafeStart: located.places, count: count),
    basis: Basis(rawValue: basis) ?? .cubic, out: MutableRawSpan(_unsafeStart: out, byteCount: bytes))
}

@_cdecl("catenary_v3_evenly_f32x4")
func evenlyF32x4(
  _ table: UnsafeRawPointer, _ entries: Int, _ samples: Int, _ from: Int, _ to: Int, _ basis: Int32,
  _ out: UnsafeMutableRawPointer, _ bytes: Int
) {
  evaluateEvenly(
    FloatBlock4.self, table: Span(_unsafeStart: table.rows(FloatBlock4.self), count: entries),
    samples: samples, from: from, to: to,
    basis: Basis(rawValue: basis) ?? .cubic, out: MutableRawSpan(_unsafeStart: out, byteCount: bytes))
}

@_cdecl("catenary_v3_anywhere_f32x4")
func anywhereF32x4(
  _ table: UnsafeRawPointer, _ entries: Int, _ located: UnsafeRawPointer, _ count: Int, _ basis: Int32,
  _ out: UnsafeMutableRawPointer, _ bytes: Int
) {
  evaluateAnywhere(
    FloatBlock4.self, table: Span(_unsafeStart: table.rows(FloatBlock4.self), count: entries),
    located: Span(_unsafeStart: located.places, count: count),
    basis: Basis(rawValue: basis) ?? .cubic, out: MutableRawSpan(_unsafeStart: out, byteCount: bytes))
}

@_cdecl("catenary_v3_evenly_f64x1")
func evenlyF64x1(
  _ table: UnsafeRawPointer, _ entries: Int, _ samples: Int, _ from: Int, _ to: Int, _ basis: Int32,
  _ out: UnsafeMutableRawPointer, _ bytes: Int
) {
  evaluateEvenly(
    DoubleBlock1.self, table: Span(_unsafeStart: table.rows(DoubleBlock1.self), count: entries),
    samples: samples, from: from, to: to,
    basis: Basis(rawValue: basis) ?? .cubic, out: MutableRawSpan(_unsafeStart: out, byteCount: bytes))
}

@_cdecl("catenary_v3_anywhere_f64x1")
func anywhereF64x1(
  _ table: UnsafeRawPointer, _ entries: Int, _ located: UnsafeRawPointer, _ count: Int, _ basis: Int32,
  _ out: UnsafeMutableRawPointer, _ bytes: Int
) {
  evaluateAnywhere(
    DoubleBlock1.self, table: Span(_unsafeStart: table.rows(DoubleBlock1.self), count: entries),
    located: Span(_unsafeStart: located.places, count: count),
    basis: Basis(rawValue: basis) ?? .cubic, out: MutableRawSpan(_unsafeStart: out, byteCount: bytes))
}

@_cdecl("catenary_v3_evenly_f64x2")
func evenlyF64x2(
  _ table: UnsafeRawPointer, _ entries: Int, _ samples: Int, _ from: Int, _ to: Int, _ basis: Int32,
  _ out: UnsafeMutableRawPointer, _ bytes: Int
) {
  evaluateEvenly(
    DoubleBlock2.self, table: Span(_unsafeStart: table.rows(DoubleBlock2.self), count: entries),
    samples: samples, from: from, to: to,
    basis: Basis(rawValue: basis) ?? .cubic, out: MutableRawSpan(_unsafeStart: out, byteCount: bytes))
}

@_cdecl("catenary_v3_anywhere_f64x2")
func anywhereF64x2(
  _ table: UnsafeRawPointer, _ entries: Int, _ located: UnsafeRawPointer, _ count: Int, _ basis: Int32,
  _ out: UnsafeMutableRawPointer, _ bytes: Int
) {
  evaluateAnywhere(
    DoubleBlock2.self, table: Span(_unsafeStart: table.rows(DoubleBlock2.self), count: entries),
    located: Span(_unsafeStart: located.places, count: count),
    basis: Basis(rawValue: basis) ?? .cubic, out: MutableRawSpan(_unsafeStart: out, byteCount: bytes))
}

@_cdecl("catenary_v3_evenly_f64x3")
func evenlyF64x3(
  _ table: UnsafeRawPointer, _ entries: Int, _ samples: Int, _ from: Int, _ to: Int, _ basis: Int32,
  _ out: UnsafeMutableRawPointer, _ bytes: Int
) {
  evaluateEvenly(
    DoubleBlock3.self, table: Span(_unsafeStart: table.rows(DoubleBlock3.self), count: entries),
    samples: samples, from: from, to: to,
    basis: Basis(rawValue: basis) ?? .cubic, out: MutableRawSpan(_unsafeStart: out, byteCount: bytes))
}

@_cdecl("catenary_v3_anywhere_f64x3")
func anywhereF64x3(
  _ table: UnsafeRawPointer, _ entries: Int, _ located: UnsafeRawPointer, _ count: Int, _ basis: Int32,
  _ out: UnsafeMutableRawPointer, _ bytes: Int
) {
  evaluateAnywhere(
    DoubleBlock3.self, table: Span(_unsafeStart: table.rows(DoubleBlock3.self), count: entries),
    located: Span(_unsafeStart: located.places, count: count),
    basis: Basis(rawValue: basis) ?? .cubic, out: MutableRawSpan(_unsafeStart: out, byteCount: bytes))
}

@_cdecl("catenary_v3_evenly_f64x4")
func evenlyF64x4(
  _ table: UnsafeRawPointer, _ entries: Int, _ samples: Int, _ from: Int, _ to: Int, _ basis: Int32,
  _ out: UnsafeMutableRawPointer, _ bytes: Int
) {
  evaluateEvenly(
    DoubleBlock4.self, table: Span(_unsafeStart: table.rows(DoubleBlock4.self), count: entries),
    samples: samples, from: from, to: to,
    basis: Basis(rawValue: basis) ?? .cubic, out: MutableRawSpan(_unsafeStart: out, byteCount: bytes))
}

@_cdecl("catenary_v3_anywhere_f64x4")
func anywhereF64x4(
  _ table: UnsafeRawPointer, _ entries: Int, _ located: UnsafeRawPointer, _ count: Int, _ basis: Int32,
  _ out: UnsafeMutableRawPointer, _ bytes: Int
) {
  evaluateAnywhere(
    DoubleBlock4.self, table: Span(_unsafeStart: table.rows(DoubleBlock4.self), count: entries),
    located: Span(_unsafeStart: located.places, count: count),
    basis: Basis(rawValue: basis) ?? .cubic, out: MutableRawSpan(_unsafeStart: out, byteCount: bytes))
}

extension UnsafeRawPointer {
  @inline(__always) func rows<B: Block>(_: B.Type) -> UnsafePointer<Segment<B.Row>> {
    assumingMemoryBound(to: Segment<B.Row>.self)
  }
  @inline(__always) var places: UnsafePointer<Located> { assumingMemoryBound(to: Located.self) }
}
