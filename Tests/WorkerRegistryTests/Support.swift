import Foundation
import Synchronization
import Testing
import WorkerRegistry

/// Ports that no server of a test listens on, each given once: they are parts of names here.
enum Ports {
  private static let next = Atomic<UInt16>(UInt16.random(in: 1...500))
  static func new() -> UInt16 { next.add(1, ordering: .relaxed).newValue }
}

func file(_ port: UInt16) -> String { "/dev/shm/catenary-\(getuid())-\(port)" }

/// A registry that others find.
func publish(port: UInt16, slots: Int = 4) throws -> WorkerRegistry {
  let registry = try WorkerRegistry(port: port, slots: slots)
  try registry.publish()
  return registry
}

/// Keeps what is left from whoever sweeps, such as the servers of tests that run beside this one.
final class Keeper {
  private let handle: FileHandle

  init(_ port: UInt16) throws {
    handle = try #require(FileHandle(forReadingAtPath: file(port)))
    #expect(flock(handle.fileDescriptor, LOCK_SH) == 0)
  }

  func letGo() throws { try handle.close() }
}

/// A process of `registry-probe`, whose first line, `ready`, has been read.
final class Probe {
  let process = Process()
  private let output = Pipe()
  private let input = Pipe()

  init(_ arguments: [String]) throws {
    let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let places = [own, beside].map { $0.appendingPathComponent("registry-probe") }
    let found = places.first { FileManager.default.isExecutableFile(atPath: $0.path) }
    process.executableURL = found ?? places[0]
    process.arguments = arguments
    (process.standardInput, process.standardOutput) = (input, output)
    try process.run()
    try #require(line() == "ready")
  }

  deinit { if process.isRunning { process.terminate() } }

  func line() throws -> String {
    var bytes: [UInt8] = []
    while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") {
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Ends it as a crash would.
  func kill() {
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// Lets it end by itself.
  func finish() throws {
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}

/// Runs a Python program, which gets `input`: what it printed.
func python(_ program: String, _ arguments: [String]) throws -> String {
  let (process, output) = (Process(), Pipe())
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["python3", "-c", program] + arguments
  process.standardOutput = output
  try process.run()
  let data = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return String(decoding: data, as: UTF8.self)
}
