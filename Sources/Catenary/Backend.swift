import CurveKernel
import WasmHost

/// Where curves are fitted and drawn. The bytes are the same.
public enum Backend: String, Sendable, CaseIterable {
  /// This process, with the processor's vector unit.
  case native
  /// The sandboxed kernel in Wasmtime.
  case wasm
  /// WebAssembly when it can be had, else native.
  case auto
}

/// Where compiled code is kept between runs: `CATENARY_CACHE`, `XDG_CACHE_HOME`/catenary or ~/.cache/catenary.
/// `CATENARY_CACHE=none` keeps none.
func cacheDirectory() -> String? {
  if let own = environment("CATENARY_CACHE"), !own.isEmpty { return own == "none" ? nil : own }
  if let shared = environment("XDG_CACHE_HOME"), shared.hasPrefix("/") { return shared + "/catenary" }
  guard let home = environment("HOME"), home.hasPrefix("/") else { return nil }
  return home + "/.cache/catenary"
}
