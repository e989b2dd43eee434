// A kernel of one's own, as an example: from point to point with a soft start and a soft landing.
//
// Between P and Q the curve is P + (Q - P) * s(u) with s(u) = u * u * (3 - 2 * u), the smoothstep, which has no
// slope at either end; close to cosine interpolation, and it needs no cosine. KERNEL-ABI.md explains the calls.
// Embedded Swift: no allocation, no library. `build` beside this file makes SmoothstepKernel.wasm.

@_cdecl("catenary_kernel_abi") @_expose(wasm, "catenary_kernel_abi")
public func abi() -> Int32 { 1 }

@_cdecl("catenary_kernel_draw_f32") @_expose(wasm, "catenary_kernel_draw_f32")
public func drawFloat(
  _ points: UnsafePointer<Float>, _ pointCount: Int32, _ dimensions: Int32, _ closed: Int32,
  _ samplesPerSegment: Int32, _ first: Int32, _ count: Int32, _ out: UnsafeMutablePointer<Float>
) -> Int32 {
  draw(points, pointCount, dimensions, closed, samplesPerSegment, first, count, out)
}

@_cdecl("catenary_kernel_draw_f64") @_expose(wasm, "catenary_kernel_draw_f64")
public func drawDouble(
  _ points: UnsafePointer<Double>, _ pointCount: Int32, _ dimensions: Int32, _ closed: Int32,
  _ samplesPerSegment: Int32, _ first: Int32, _ count: Int32, _ out: UnsafeMutablePointer<Double>
) -> Int32 {
  draw(points, pointCount, dimensions, closed, samplesPerSegment, first, count, out)
}

/// Writes samples `first ..< first + count`. Each depends on its own number alone, so that any range in any
/// order gives the same bytes.
@inline(__always)
func draw<Scalar: BinaryFloatingPoint>(
  _ points: UnsafePointer<Scalar>, _ pointCount: Int32, _ dimensions: Int32, _ closed: Int32,
  _ samplesPerSegment: Int32, _ first: Int32, _ count: Int32, _ out: UnsafeMutablePointer<Scalar>
) -> Int32 {
  guard pointCount >= 2, dimensions >= 1, samplesPerSegment >= 1 else { return 1 }
  let n = Int(pointCount)
  let d = Int(dimensions)
  let s = Int(samplesPerSegment)
  let segments = closed != 0 ? n : n - 1
  var target = out
  for sample in Int(first)..<Int(first) &+ Int(count) {
    // The last sample ends the last segment, at u = 1.
    let segment = sample / s < segments ? sample / s : segments &- 1
    let u = Scalar(sample &- segment &* s) / Scalar(s)
    let soft = u * u * (3 - 2 * u)
    let p = points + segment &* d
    let q = points + (segment &+ 1 == n ? 0 : segment &+ 1) &* d
    for k in 0..<d { target[k] = p[k] + (q[k] - p[k]) * soft }
    target += d
  }
  return 0
}
