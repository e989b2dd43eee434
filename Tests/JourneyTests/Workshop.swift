import Foundation
import Testing

/// A folder of one test's own, in which the built program runs on real files. It goes when the test ends.
final class Workshop {
  let folder: URL

  /// What the runs themselves need, out of sight of the tests.
  private let backstage: URL

  init() throws {
    backstage = FileManager.default.temporaryDirectory
      .appendingPathComponent("catenary-journey-\(UUID().uuidString)")
    folder = backstage.appendingPathComponent("folder")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: backstage) }

  /// The program, beside the tests in the build folder.
  static let program: URL = {
    let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    let arguments = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let places = [own, arguments].map { $0.appendingPathComponent("catenary") }
    return places.first { FileManager.default.isExecutableFile(atPath: $0.path) } ?? places[0]
  }()

  /// What a run left.
  struct Outcome {
    let status: Int32
    let endedBySignal: Bool
    let output: Data
    let errors: String
    var text: String { String(decoding: output, as: UTF8.self) }
    var rows: [Substring] { text.split(separator: "\n") }
  }

  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: folder.appendingPathComponent(name))
  }

  func write(_ name: String, _ data: Data) throws {
    try data.write(to: folder.appendingPathComponent(name))
  }

  func read(_ name: String) throws -> Data { try Data(contentsOf: folder.appendingPathComponent(name)) }

  /// All names in the folder, hidden ones too.
  var names: Set<String> {
    Set((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
  }

  /// The program, ready to start in this folder.
  func process(_ arguments: [String]) -> Process {
    let process = Process()
    process.executableURL = Workshop.program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    return process
  }

  /// Runs the program to its end.
  func run(_ arguments: [String], input: String? = nil) throws -> Outcome {
    let process = process(arguments)
    if let input {
      let file = hidden("in")
      try Data(input.utf8).write(to: file)
      process.standardInput = try FileHandle(forReadingFrom: file)
    }
    return try finish(process)
  }

  /// Runs a shell's line, in which `$catenary` is the program.
  func shell(_ line: String) throws -> Outcome {
    let process = process(["-c", line])
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.environment = ProcessInfo.processInfo.environment
      .merging(["catenary": Workshop.program.path]) { $1 }
    return try finish(process)
  }

  private func finish(_ process: Process) throws -> Outcome {
    let (output, errors) = (hidden("out"), hidden("err"))
    for file in [output, errors] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, endedBySignal: process.terminationReason == .uncaughtSignal,
      output: try Data(contentsOf: output),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }

  private func hidden(_ name: String) -> URL {
    backstage.appendingPathComponent("\(name)-\(UUID().uuidString)")
  }
}

extension Workshop {
  /// Runs what must fail: with this status, one line of these words, nothing on standard output, no new file.
  func refuse(
    _ arguments: [String], status: Int32, saying words: [String], input: String? = nil,
    at location: SourceLocation = #_sourceLocation
  ) throws {
    let before = names
    let outcome = try run(arguments, input: input)
    #expect(outcome.status == status, "\(arguments): \(outcome.errors)", sourceLocation: location)
    #expect(!outcome.endedBySignal, "\(arguments)", sourceLocation: location)
    #expect(outcome.output.isEmpty, "\(arguments)", sourceLocation: location)
    #expect(outcome.errors.hasPrefix("catenary: "), "\(outcome.errors)", sourceLocation: location)
    #expect(outcome.errors.hasSuffix("\n"), "\(arguments)", sourceLocation: location)
    #expect(outcome.errors.filter { $0 == "\n" }.count == 1, "\(outcome.errors)", sourceLocation: location)
    for word in words {
      #expect(outcome.errors.contains(word), "\(arguments): \(outcome.errors)", sourceLocation: location)
    }
    #expect(names == before, "\(arguments)", sourceLocation: location)
  }
}

/// Numbers of a binary result.
func floats(_ data: Data) -> [Float] {
  stride(from: 0, to: data.count, by: 4).map { start in
    Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(data[data.startIndex + start + $1]) << UInt32(8 * $1) })
  }
}

func doubles(_ data: Data) -> [Double] {
  stride(from: 0, to: data.count, by: 8).map { start in
    Double(
      bitPattern: (0..<8).reduce(0) { $0 | UInt64(data[data.startIndex + start + $1]) << UInt64(8 * $1) })
  }
}

/// Numbers as bytes, lowest first.
func bytes(_ values: [Float]) -> Data {
  Data(
    values.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> UInt32(8 * $0)) } })
}
