internal import COnnxRuntime
import Synchronization

/// A loaded model, with its seats. Owns one `OrtSession`, which ONNX Runtime lets any number of threads run at once.
///
/// Sendable: the handle never changes; a seat belongs to one thread from the moment it leaves the pool until it is back.
/// The handle goes with the last reference, so that a run always has it.
@safe final class ModelSession: Sendable {
  /// What messages call the model.
  let name: String
  private nonisolated(unsafe) let handle: OpaquePointer
  private let environment: OnnxEnvironment
  /// What its maker wrote as its version.
  let version: String?
  private let idle = Mutex<[Seat]>([])
  private let made = Atomic<Int>(0)

  /// Seats made so far: as many as threads ever ran at once.
  var seats: Int { made.load(ordering: .relaxed) }

  /// - Parameter model: an ONNX file's bytes, not needed afterwards.
  init(_ model: [UInt8], name: String) throws(ModelError) {
    environment = try OnnxEnvironment.shared()
    self.name = name
    do throws(OnnxFault) {
      let session = try unsafe environment.session(model)
      do throws(OnnxFault) { version = try unsafe environment.metadata("version", of: session) } catch {
        // Without a version there is no object yet whose end would release it.
        unsafe cort_ReleaseSession(session)
        throw error
      }
      unsafe handle = session
    } catch { throw .notLoaded(model: name, reason: error.message) }
    do throws(OnnxFault) { try checkShapes() } catch {
      throw .foreign(model: name, what: error.message)
    }
  }

  deinit { unsafe cort_ReleaseSession(handle) }

  /// Runs the network on this thread: `prepare` fills a seat's input, `read` takes what it needs of the output.
  func run<R>(_ prepare: (inout NetworkInput) -> Void, _ read: (borrowing Seat) -> R) throws(ModelError) -> R
  {
    let seat = try takeSeat()
    defer { idle.withLock { $0.append(seat) } }
    prepare(&seat.input)
    do throws(OnnxFault) { try unsafe seat.run(handle) } catch {
      throw .notRun(model: name, reason: error.message)
    }
    if let output = seat.notFinite { throw .notFinite(model: name, output: output) }
    return read(seat)
  }

  private func takeSeat() throws(ModelError) -> Seat {
    if let seat = idle.withLock({ $0.popLast() }) { return seat }
    do throws(OnnxFault) {
      let seat = try Seat(environment)
      made.add(1, ordering: .relaxed)
      return seat
    } catch { throw .notRun(model: name, reason: error.message) }
  }
}

// MARK: What the model takes and gives

extension ModelSession {
  /// Its inputs and outputs are the detector's, and it was trained on what `NetworkInput` computes.
  private func checkShapes() throws(OnnxFault) {
    var (inputs, outputs) = (0, 0)
    try unsafe check(cort_SessionGetInputCount(handle, &inputs))
    try unsafe check(cort_SessionGetOutputCount(handle, &outputs))
    try match(TensorShape.inputs, "takes", try (0..<min(inputs, 16)).map(input))
    try match(TensorShape.outputs, "gives", try (0..<min(outputs, 16)).map(output))
    let features = try unsafe environment.metadata("feature_version", of: handle)
    guard features == NetworkInput.version else {
      throw OnnxFault(
        message: "its metadata say feature_version \(features ?? "nothing"), not \(NetworkInput.version)")
    }
  }

  /// What a model declares of one tensor; nil for what is no tensor of floats of a known number of dimensions.
  private typealias Declared = (name: String, dimensions: [Int]?)

  private func match(_ wanted: [TensorShape], _ verb: String, _ found: [Declared]) throws(OnnxFault) {
    let fits =
      found.count == wanted.count
      && wanted.allSatisfy { shape in
        found.contains { $0.name == shape.name && $0.dimensions.map(shape.fits) == true }
      }
    guard !fits else { return }
    let list = found.map { tensor in
      tensor.dimensions.map { TensorShape.text(tensor.name, $0) } ?? "\(tensor.name), no tensor of floats"
    }
    throw OnnxFault(
      message: "it \(verb) \(list.joined(separator: ", ")); wanted of floats: "
        + wanted.map(\.description).joined(separator: ", "))
  }

  private func input(_ place: Int) throws(OnnxFault) -> Declared {
    var (name, type): (UnsafeMutablePointer<CChar>?, OpaquePointer?)
    try unsafe check(cort_SessionGetInputName(handle, place, environment.allocator, &name))
    let text = try unsafe environment.take(name) ?? ""
    try unsafe check(cort_SessionGetInputTypeInfo(handle, place, &type))
    return (text, try unsafe dimensions(type))
  }

  private func output(_ place: Int) throws(OnnxFault) -> Declared {
    var (name, type): (UnsafeMutablePointer<CChar>?, OpaquePointer?)
    try unsafe check(cort_SessionGetOutputName(handle, place, environment.allocator, &name))
    let text = try unsafe environment.take(name) ?? ""
    try unsafe check(cort_SessionGetOutputTypeInfo(handle, place, &type))
    return (text, try unsafe dimensions(type))
  }

  /// Takes a type over and tells its dimensions, free ones as −1.
  private func dimensions(_ type: OpaquePointer?) throws(OnnxFault) -> [Int]? {
    guard let type = unsafe type else { return nil }
    defer { unsafe cort_ReleaseTypeInfo(type) }
    var (kind, element, count): (Int32, Int32, Int) = (0, 0, 0)
    try unsafe check(cort_GetOnnxTypeFromTypeInfo(type, &kind))
    guard kind == CORT_TYPE_TENSOR else { return nil }
    var shape: OpaquePointer?
    try unsafe check(cort_CastTypeInfoToTensorInfo(type, &shape))
    guard let shape = unsafe shape else { return nil }
    try unsafe check(cort_GetTensorElementType(shape, &element))
    try unsafe check(cort_GetDimensionsCount(shape, &count))
    guard element == CORT_ELEMENT_FLOAT, count <= 8 else { return nil }
    var lengths = [Int64](repeating: -1, count: count)
    try unsafe check(cort_GetDimensions(shape, &lengths, count))
    return lengths.map { Int($0) }
  }
}
