internal import COnnxRuntime

/// ONNX Runtime's environment, one for the process, with what all sessions share.
///
/// Sendable: the handles never change, and ONNX Runtime lets any number of threads use them at once. They live as long
/// as the process: releasing an environment while it ends would race with whoever still runs.
@safe final class OnnxEnvironment: Sendable {
  nonisolated(unsafe) let handle: OpaquePointer
  /// Where tensors over our own memory lie.
  nonisolated(unsafe) let memory: OpaquePointer
  /// Who allocated the names that a session tells.
  nonisolated(unsafe) let allocator: OpaquePointer

  static func shared() throws(ModelError) -> OnnxEnvironment { try made.get() }

  private static let made: Result<OnnxEnvironment, ModelError> = {
    do throws(ModelError) {
      let runtime = try OnnxRuntime.load()
      do throws(OnnxFault) { return .success(try OnnxEnvironment()) } catch {
        return .failure(.noLibrary(reason: "\(runtime.path): \(error.message)"))
      }
    } catch { return .failure(error) }
  }()

  /// Messages come back as status: what it writes to standard error itself would say them twice.
  private init() throws(OnnxFault) {
    var (environment, memory, allocator): (OpaquePointer?, OpaquePointer?, OpaquePointer?)
    try unsafe check(cort_CreateEnv(Int32(CORT_LOG_FATAL), "catenary", &environment))
    try unsafe check(cort_DisableTelemetryEvents(environment))
    try unsafe check(
      cort_CreateCpuMemoryInfo(Int32(CORT_ARENA_ALLOCATOR), Int32(CORT_MEMORY_DEFAULT), &memory))
    try unsafe check(cort_GetAllocatorWithDefaultOptions(&allocator))
    guard let environment = unsafe environment, let memory = unsafe memory,
      let allocator = unsafe allocator
    else { throw OnnxFault(message: "it makes no environment") }
    unsafe (self.handle, self.memory, self.allocator) = (environment, memory, allocator)
  }

  /// A session of these bytes, which need not outlive the call: one thread, the caller's own, which never spins.
  func session(_ model: [UInt8]) throws(OnnxFault) -> OpaquePointer {
    var made: OpaquePointer?
    try unsafe check(cort_CreateSessionOptions(&made))
    guard let options = unsafe made else { throw OnnxFault(message: "it makes no options") }
    defer { unsafe cort_ReleaseSessionOptions(options) }
    try unsafe check(cort_SetIntraOpNumThreads(options, 1))
    try unsafe check(cort_SetInterOpNumThreads(options, 1))
    try unsafe check(cort_SetSessionExecutionMode(options, Int32(CORT_SEQUENTIAL)))
    try unsafe check(cort_SetSessionGraphOptimizationLevel(options, Int32(CORT_OPTIMIZE_ALL)))
    for pool in ["intra_op", "inter_op"] {
      try unsafe check(cort_AddSessionConfigEntry(options, "session.\(pool).allow_spinning", "0"))
    }
    var session: OpaquePointer?
    try unsafe check(cort_CreateSessionFromArray(handle, model, model.count, options, &session))
    guard let session = unsafe session else { throw OnnxFault(message: "it makes no session") }
    return unsafe session
  }

  /// Copies a text that ONNX Runtime allocated and frees it.
  func take(_ text: UnsafeMutablePointer<CChar>?) throws(OnnxFault) -> String? {
    guard let text = unsafe text else { return nil }
    let copy = unsafe String(cString: text)
    try unsafe check(cort_AllocatorFree(allocator, text))
    return copy
  }

  /// What a model's maker wrote under a key; nil where nothing is.
  func metadata(_ key: String, of session: OpaquePointer) throws(OnnxFault) -> String? {
    var (metadata, text): (OpaquePointer?, UnsafeMutablePointer<CChar>?)
    try unsafe check(cort_SessionGetModelMetadata(session, &metadata))
    defer { unsafe cort_ReleaseModelMetadata(metadata) }
    try unsafe check(cort_ModelMetadataLookupCustomMetadataMap(metadata, allocator, key, &text))
    return try unsafe take(text)
  }
}
