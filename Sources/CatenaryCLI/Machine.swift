import Catenary
import Glibc
import WorkerRegistry

/// What doctor looks at, and how each thing found is told.
enum Machine {
  static func findings() -> [Finding] {
    let report = MachineReport()
    let unit =
      report.vectorUnit == "baseline" && report.hasAVX2
      ? "baseline (CATENARY_CPU asks for it)" : report.vectorUnit
    return [
      Finding(key: "version", name: "catenary", value: Program.version),
      Finding(key: "cpu", name: "processor", value: report.architecture),
      Finding(key: "simd", name: "evaluators", value: unit),
      Finding(key: "threads", name: "threads", value: "\(report.cores)"),
      library("wasmtime", "Wasmtime", report.wasmtime),
      module(report),
      Finding(key: "cache", name: "compiled code", value: report.cache ?? "not kept"),
      library("onnxruntime", "ONNX Runtime", report.onnxRuntime),
      model(report),
      sharedMemory(),
    ]
  }

  private static func library(_ key: String, _ name: String, _ library: MachineReport.Library) -> Finding {
    switch library {
    case .found(let path, let version): Finding(key: key, name: name, value: "\(version), \(path)")
    case .missing(let reason): Finding(key: key, name: name, value: "not used", advice: reason)
    }
  }

  private static func module(_ report: MachineReport) -> Finding {
    let module = "\(report.moduleBytes) bytes, SHA-256 \(report.moduleHash)"
    return Finding(key: "module", name: "WebAssembly kernel", value: module, advice: report.wasmFault)
  }

  private static func model(_ report: MachineReport) -> Finding {
    let version = report.model.version.map { ", version \($0)" } ?? ""
    let use = report.model.isWarm ? "" : ", not used: detection is classical"
    return Finding(
      key: "model", name: "detection model",
      value: "\(report.model.path), \(report.modelBytes) bytes\(version)\(use)", advice: report.model.reason)
  }

  /// Named memory that programs share: tried out.
  private static func sharedMemory() -> Finding {
    var finding = Finding(key: "sharedMemory", name: "shared memory", value: "/dev/shm works")
    do throws(RegistryError) { try WorkerRegistry.checkSharedMemory() } catch {
      finding = Finding(
        key: "sharedMemory", name: "shared memory", value: "none: catenary top will see no server",
        advice: "\(error.words): let this user write to a tmpfs at /dev/shm")
    }
    return finding
  }
}
