import Foundation
import Testing

/// Who may import whom, and where the unsafe doors are. Code that breaks a rule is moved, or the table here is changed
/// with a reason.
@Suite struct RoomTests {
  /// Each room's imports; `Synchronization` is free to all but the kernel.
  static let table: [String: Set<String>] = [
    "CurveKernel": [],
    "CKernelV3": [],
    "CData": [],
    "CurveFormats": ["CurveKernel", "Glibc", "ZlibStreams"],
    "CurveDetector": ["COnnxRuntime", "CurveKernel", "Glibc"],
    "WasmHost": ["CHash", "CWasmtime", "CurveKernel", "Glibc"],
    "CHash": [],
    "Catenary": [
      "CKernelV3", "CData", "CurveDetector", "CurveFormats", "CurveKernel", "Glibc", "WasmHost",
    ],
    "CLinux": [],
    "CurveRequests": ["Catenary", "CurveFormats"],
    "WorkerRegistry": ["CLinux", "Glibc"],
    "CatenaryServer": [
      "CData", "Catenary", "CurveFormats", "CurveRequests", "HTTPFront", "WorkerRegistry", "ZlibStreams",
    ],
    "CatenaryCLI": [
      "CLinux", "Catenary", "CatenaryServer", "CurveFormats", "CurveRequests", "Glibc", "HTTPFront",
      "WorkerRegistry",
    ],
    "HTTPFront": ["CLinux", "Glibc", "ZlibStreams"],
    "ZlibStreams": ["CZlib"],
  ]

  /// The files that hold a room's unsafe code; `WasmHost` is one door throughout.
  static let unsafeFiles: [String: Set<String>] = [
    "CurveKernel": ["Sources/CurveKernel/Curve/UnsafeBytes.swift"],
    "CKernelV3": ["Sources/CKernelV3/Doors.swift"],
    "CurveFormats": ["Sources/CurveFormats/UnsafeBytes.swift"],
    "CurveDetector": [
      "Sources/CurveDetector/Model/OnnxRuntime.swift", "Sources/CurveDetector/Model/OnnxEnvironment.swift",
      "Sources/CurveDetector/Model/ModelSession.swift", "Sources/CurveDetector/Model/Seat.swift",
      "Sources/CurveDetector/Model/ReadFile.swift",
    ],
    "Catenary": ["Sources/Catenary/Machine.swift"],
    "CatenaryServer": ["Sources/CatenaryServer/Dashboard/PageBytes.swift"],
    "CatenaryCLI": ["Sources/CatenaryCLI/Files.swift", "Sources/CatenaryCLI/Terminal.swift"],
    "HTTPFront": [
      "Sources/HTTPFront/ByteBuffer.swift", "Sources/HTTPFront/System.swift",
    ],
    "WorkerRegistry": [
      "Sources/WorkerRegistry/SharedName.swift", "Sources/WorkerRegistry/SharedWords.swift",
    ],
    "ZlibStreams": [
      "Sources/ZlibStreams/DeflateStream.swift", "Sources/ZlibStreams/MessageExpander.swift",
    ],
    "Exports.swift": ["wasm/Exports.swift"],
    "ExportsPlaces.swift": ["wasm/ExportsPlaces.swift"],
  ]

  static let sources = SourceFile.all(under: "Sources")

  @Test func `the reader sees code, not comments and quotes`() {
    let text = """
      @_exported public import Outside  // import Comment
      internal import struct Inside.Thing
      /// unsafe in words
      let quoted = "unsafe and try! in quotes"
      let isunsafe = unsafe pointer.pointee
      let forced = try! run(), cast = value as! Int
      """
    let file = SourceFile(path: "Sources/Room/File.swift", text: text)
    #expect(file.room == "Room")
    #expect(file.imports == ["Outside", "Inside"])
    #expect(file.lines(with: "unsafe") == [5])
    #expect(file.lines(with: "try!") == [6])
    #expect(file.lines(with: "as!") == [6])
  }

  @Test func `every room is in the table`() {
    #expect(Self.sources.count > 30)
    for file in Self.sources { #expect(Self.table[file.room] != nil, "\(file.path)") }
  }

  @Test func `rooms import what the table lets them`() {
    for file in Self.sources {
      var allowed = Self.table[file.room] ?? []
      if file.room != "CurveKernel" { allowed.insert("Synchronization") }
      for module in file.imports { #expect(allowed.contains(module), "\(file.path) imports \(module)") }
    }
  }

  @Test func `unsafe code stands in the listed files only`() {
    for file in Self.sources + SourceFile.all(under: "wasm") where !file.path.hasPrefix("wasm/example/") {
      if file.room == "WasmHost" || Self.unsafeFiles[file.room]?.contains(file.path) ?? false { continue }
      for word in ["unsafe", "@unchecked", "nonisolated(unsafe)", "@safe"] {
        #expect(file.lines(with: word).isEmpty, "\(file.path):\(file.lines(with: word)) has \(word)")
      }
    }
  }

  @Test(arguments: ["fatalError(", "try!", "as!"]) func `nothing ends the program on purpose`(word: String) {
    for file in Self.sources {
      #expect(file.lines(with: word).isEmpty, "\(file.path):\(file.lines(with: word)) has \(word)")
    }
  }

  @Test func `the package depends on none and hides no flag`() throws {
    let manifest = SourceFile.root.appendingPathComponent("Package.swift")
    let text = try String(contentsOf: manifest, encoding: .utf8)
    #expect(!text.contains(".package("))
    #expect(!text.contains("unsafeFlags"))
  }

  @Test func `the top of the package holds what belongs there`() throws {
    let allowed: Set<String> = [
      "Package.swift", "Sources", "Tests", "wasm", "models", "Benchmarks", "README.md", "Makefile", "scripts",
      "deploy", "Examples", "LICENSE", "ARCHITECTURE.md",
    ]
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "-C", SourceFile.root.path, "ls-files"]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    // Outside a checkout nobody can tell sources from what builds left.
    for path in text.split(separator: "\n") {
      let top = String(path.split(separator: "/")[0])
      #expect(top.hasPrefix(".") || allowed.contains(top), "\(path)")
    }
  }
}
