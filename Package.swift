// swift-tools-version: 6.2
import PackageDescription

/// Every Swift room is held to the same rules: Swift 6 mode, strict memory safety, no warning left standing.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "Catenary",
  products: [
    .executable(name: "catenary", targets: ["CatenaryCLI"]),
    .library(name: "Catenary", targets: ["Catenary"]),
    .library(name: "CurveKernel", targets: ["CurveKernel"]),
    .library(name: "CurveFormats", targets: ["CurveFormats"]),
  ],
  targets: [
    .target(name: "CurveKernel", swiftSettings: strict),
    .target(name: "CKernelV3", exclude: ["Doors.swift"]),
    .target(name: "CData"),
    .target(name: "CurveFormats", dependencies: ["CurveKernel", "ZlibStreams"], swiftSettings: strict),
    .target(name: "CWasmtime", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
    .target(name: "COnnxRuntime", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
    .systemLibrary(name: "CZlib"),
    .target(name: "ZlibStreams", dependencies: ["CZlib"], swiftSettings: strict),
    .target(name: "CLinux"),
    .target(name: "CHash"),
    .target(
      name: "HTTPFront", dependencies: ["CLinux", "ZlibStreams"],
      swiftSettings: strict + [.enableExperimentalFeature("Lifetimes")]),
    .target(name: "WorkerRegistry", dependencies: ["CLinux"], swiftSettings: strict),
    .target(name: "WasmHost", dependencies: ["CHash", "CWasmtime", "CurveKernel"], swiftSettings: strict),
    .target(
      name: "CurveDetector", dependencies: ["COnnxRuntime", "CurveKernel"],
      swiftSettings: strict + [.enableExperimentalFeature("Lifetimes")]),
    .target(
      name: "Catenary",
      dependencies: ["CData", "CKernelV3", "CurveDetector", "CurveKernel", "WasmHost"],
      swiftSettings: strict + [.enableExperimentalFeature("Lifetimes")]),
    .executableTarget(
      name: "catenary-bench",
      dependencies: [
        "Catenary", "CatenaryServer", "CurveDetector", "CurveFormats", "HTTPFront", "WorkerRegistry",
      ],
      path: "Benchmarks",
      exclude: [
        "README.md", "batch.py", "batch_peer.py", "end-to-end.py", "peers-server.ts", "peers.py", "report.py",
        "requirements.txt", "run", "server.py", "sockets.py",
      ],
      swiftSettings: strict),
    .target(name: "CurveRequests", dependencies: ["Catenary", "CurveFormats"], swiftSettings: strict),
    .target(
      name: "CatenaryServer",
      dependencies: [
        "CData", "Catenary", "CurveFormats", "CurveRequests", "HTTPFront", "WorkerRegistry", "ZlibStreams",
      ],
      // The dashboard's page: CData holds it.
      exclude: ["Dashboard/Web"], swiftSettings: strict),
    .executableTarget(
      name: "CatenaryCLI",
      dependencies: [
        "CLinux", "Catenary", "CatenaryServer", "CurveFormats", "CurveRequests", "HTTPFront",
        "WorkerRegistry",
      ],
      swiftSettings: strict),
    .target(name: "SocketClients", path: "Tests/SocketClients", swiftSettings: strict),
    .testTarget(
      name: "CatenaryServerTests",
      dependencies: [
        "Catenary", "CatenaryServer", "CurveFormats", "HTTPFront", "SocketClients", "WorkerRegistry",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CatenaryTests", dependencies: ["Catenary", "CurveKernel", "WasmHost"], swiftSettings: strict),
    .testTarget(
      name: "CurveDetectorTests", dependencies: ["Catenary", "CurveDetector", "CurveKernel"],
      exclude: ["Data"], swiftSettings: strict),
    .testTarget(name: "CurveKernelTests", dependencies: ["CurveKernel"], swiftSettings: strict),
    .testTarget(
      name: "CurveFormatsTests", dependencies: ["CurveFormats", "CurveKernel"], swiftSettings: strict),
    .testTarget(
      name: "HTTPFrontTests", dependencies: ["HTTPFront", "SocketClients", "ZlibStreams"],
      swiftSettings: strict),
    .testTarget(
      name: "JourneyTests", dependencies: ["CatenaryCLI", "CurveRequests", "SocketClients"],
      exclude: ["Pictures"],
      swiftSettings: strict),
    .testTarget(name: "RoomTests", swiftSettings: strict),
    .testTarget(
      name: "WorkerRegistryTests", dependencies: ["WorkerRegistry", "registry-probe"], swiftSettings: strict),
    // Another process for the tests: it reads a registry while they write it.
    .executableTarget(
      name: "registry-probe", dependencies: ["WorkerRegistry"], path: "Tests/RegistryProbe",
      swiftSettings: strict),
    .testTarget(name: "WasmHostTests", dependencies: ["WasmHost"], swiftSettings: strict),
    .testTarget(name: "ZlibStreamsTests", dependencies: ["ZlibStreams"], swiftSettings: strict),
  ]
)
