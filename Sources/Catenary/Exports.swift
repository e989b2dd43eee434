/// `import Catenary` brings curves, kinds, samplings, their errors, and the detector's answers along.
@_exported public import CurveDetector
@_exported public import CurveKernel
public import WasmHost

/// The linear memory of an engine's WebAssembly, for those who look after a server.
public typealias GuestMemory = WasmHost.GuestMemory
