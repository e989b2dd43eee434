public import CurveDetector
import CurveKernel
import WasmHost

/// What this machine offers the engine, for `catenary doctor`.
public struct MachineReport: Sendable {
  /// A shared library that is loaded at run time.
  public enum Library: Sendable, Equatable {
    case found(path: String, version: String)
    /// Why it is not used, and how to mend that.
    case missing(reason: String)
  }

  /// The processor's architecture.
  public let architecture: String
  public let cores: Int
  /// The evaluators in use: `avx2` or `baseline`.
  public let vectorUnit: String
  /// The processor has AVX2, whether it is used or not.
  public let hasAVX2: Bool
  public let wasmtime, onnxRuntime: Library
  /// The built-in network: its size, and how it stands after a first run.
  public let modelBytes: Int
  public let model: ModelStatus
  /// The built-in kernel: size and SHA-256.
  public let moduleBytes: Int
  public let moduleHash: String
  /// Why the built-in kernel does not run in WebAssembly; nil when it does.
  public let wasmFault: String?
  /// Where compiled code is kept; nil when nothing is.
  public let cache: String?

  /// Looks at everything anew.
  public init() {
    architecture = machineArchitecture
    cores = coreCount()
    hasAVX2 = VectorEvaluator() != nil
    vectorUnit = Engine.vectorUnit == nil ? "baseline" : "avx2"
    do throws(WasmHostError) {
      let runtime = try WasmRuntime.load()
      wasmtime = .found(path: runtime.path, version: runtime.version)
    } catch {
      wasmtime = .missing(reason: error.description)
    }
    do throws(ModelError) {
      let runtime = try OnnxRuntime.load()
      onnxRuntime = .found(path: runtime.path, version: runtime.version)
    } catch {
      onnxRuntime = .missing(reason: error.description)
    }
    modelBytes = curveModel().count
    model = Engine(threads: 1).warmModels()
    let module = splineModule()
    moduleBytes = module.count
    moduleHash = SHA256.hash(module).description
    do throws(EngineError) {
      _ = try Engine(backend: .wasm, threads: 1)
      wasmFault = nil
    } catch { wasmFault = error.description }
    cache = cacheDirectory()
  }
}

#if arch(x86_64)
  private let machineArchitecture = "x86-64"
#elseif arch(arm64)
  private let machineArchitecture = "aarch64"
#else
  private let machineArchitecture = "other"
#endif
