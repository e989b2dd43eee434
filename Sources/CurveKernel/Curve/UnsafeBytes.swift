// The one unsafe file of this room: seeing numbers as bytes.
//
// Proof for all of it: `CurveElement` types are Float, Double and SIMD vectors of them. Every bit pattern is a value
// of theirs and the vectors' padding lane is plain memory, so bytes written by an evaluator make valid elements,
// and the views below live no longer than the exclusive access to the array they are made from.

/// Lends the memory of an array of numbers as bytes.
func withMutableBytes<Element: CurveElement & BitwiseCopyable>(
  of elements: inout [Element], _ body: (inout MutableRawSpan) -> Void
) {
  var span = elements.mutableSpan
  var bytes = unsafe span.mutableBytes
  body(&bytes)
}

/// Lends numbers as bytes.
@inline(__always)
func withBytes<Element: BitwiseCopyable>(of elements: Span<Element>, _ body: (RawSpan) -> Void) {
  body(unsafe elements.bytes)
}
