internal import COnnxRuntime

/// What one run of the network needs for itself: the input, and tensors over memory that stays where it is.
///
/// Proof of `@unchecked Sendable`: the pool of `ModelSession` hands a seat to one thread at a time. Tensors know the
/// addresses of `memory`, which lives as long as they, and whose parts they share out without overlap.
@safe final class Seat: @unchecked Sendable {
  var input = NetworkInput()

  /// All tensors in a row: inputs, then outputs, each from a multiple of 16 floats on.
  private let memory: UnsafeMutablePointer<Float>
  private let values: UnsafeMutablePointer<OpaquePointer?>
  private static let shapes = TensorShape.inputs + TensorShape.outputs
  private static let starts: [Int] = shapes.reduce(into: [0]) { starts, shape in
    starts.append(starts[starts.count - 1] + (shape.count + 15) / 16 * 16)
  }

  init(_ environment: OnnxEnvironment) throws(OnnxFault) {
    let floats = Self.starts[Self.shapes.count]
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: floats * 4, alignment: 64)
    unsafe memory = bytes.bindMemory(to: Float.self, capacity: floats)
    unsafe memory.initialize(repeating: 0, count: floats)
    unsafe values = .allocate(capacity: Self.shapes.count)
    unsafe values.initialize(repeating: nil, count: Self.shapes.count)
    for (i, shape) in Self.shapes.enumerated() {
      let lengths = shape.batchOfOne
      try unsafe check(
        cort_CreateTensorWithDataAsOrtValue(
          environment.memory, memory + Self.starts[i], shape.count * 4, lengths, lengths.count,
          Int32(CORT_ELEMENT_FLOAT), values + i))
    }
  }

  deinit {
    for i in Self.shapes.indices { unsafe cort_ReleaseValue(values[i]) }
    unsafe values.deallocate()
    unsafe memory.deallocate()
  }

  /// Proof: names and values are as many as told, and stay; outputs are written into our own memory.
  func run(_ session: OpaquePointer) throws(OnnxFault) {
    copy(input.grid, to: 0)
    copy(input.side, to: 1)
    let (inputs, outputs) = (TensorShape.inputs.count, TensorShape.outputs.count)
    let names = unsafe TensorNames.all
    try unsafe check(
      cort_Run(session, nil, names, values, inputs, names + inputs, outputs, values + inputs))
  }

  private func copy(_ floats: [Float], to tensor: Int) {
    precondition(floats.count == Self.shapes[tensor].count, "an input of the declared shape")
    unsafe (memory + Self.starts[tensor]).update(from: floats, count: floats.count)
  }

  /// Logits of the whole series' pattern.
  var window: Span<Float> { @_lifetime(borrow self) get { output(0) } }
  /// Logits of the pattern in each cell: eight rows of 128.
  var steps: Span<Float> { @_lifetime(borrow self) get { output(1) } }
  /// Logits of a segment beginning in each cell.
  var boundary: Span<Float> { @_lifetime(borrow self) get { output(2) } }

  /// The first output that is not finite throughout.
  var notFinite: String? {
    for (i, shape) in TensorShape.outputs.enumerated() {
      let floats = output(i)
      var sum: Float = 0
      // Zero, but for infinities and NaN.
      for j in floats.indices { sum += floats[j] * 0 }
      if sum != 0 { return shape.name }
    }
    return nil
  }

  @_lifetime(borrow self)
  private func output(_ i: Int) -> Span<Float> {
    let place = TensorShape.inputs.count + i
    let span = unsafe Span(_unsafeStart: memory + Self.starts[place], count: Self.shapes[place].count)
    return unsafe _overrideLifetime(span, borrowing: self)
  }
}

/// The tensors' names as C wants them.
///
/// Proof: made once under the lock of a static, never changed, never freed.
private enum TensorNames {
  nonisolated(unsafe) static let all: UnsafePointer<UnsafePointer<CChar>?> = {
    let names = (TensorShape.inputs + TensorShape.outputs).map(\.name)
    let list = UnsafeMutablePointer<UnsafePointer<CChar>?>.allocate(capacity: names.count)
    for (i, name) in names.enumerated() {
      let text = UnsafeMutablePointer<CChar>.allocate(capacity: name.utf8.count + 1)
      for (j, byte) in name.utf8.enumerated() { unsafe text[j] = CChar(bitPattern: byte) }
      unsafe text[name.utf8.count] = 0
      unsafe (list + i).initialize(to: UnsafePointer(text))
    }
    return unsafe UnsafePointer(list)
  }()
}
