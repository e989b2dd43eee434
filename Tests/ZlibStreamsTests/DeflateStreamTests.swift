import Foundation
import Testing
import ZlibStreams

private struct NoMemory: Error {}

@Suite struct DeflateStreamTests {
  /// What `gzip -dc` makes of it.
  private func decompressed(_ bytes: [UInt8], isWhole: Bool = true) throws -> [UInt8] {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).gz")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(bytes).write(to: file)
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc", file.path]
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect((process.terminationStatus == 0) == isWhole)
    return Array(output)
  }

  private func noise(_ count: Int) -> [UInt8] {
    var state: UInt32 = 7
    return (0..<count).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(state >> 24)
    }
  }

  @Test(arguments: [0, 1, 1000, 16_384, 300_000]) func `gzip reads back what was written in pieces`(
    count: Int
  ) throws {
    for data in [noise(count), [UInt8](repeating: 7, count: count)] {
      guard var stream = DeflateStream(.gzip) else { throw NoMemory() }
      var out: [UInt8] = []
      for start in stride(from: 0, to: count, by: 10_007) {
        stream.write(Array(data[start..<min(count, start + 10_007)]).span, into: &out)
      }
      stream.finish(into: &out)
      #expect(try decompressed(out) == data)
    }
  }

  @Test func `what was flushed is there before the end`() throws {
    let hello = Array("hello".utf8)
    guard var stream = DeflateStream(.gzip, level: 9) else { throw NoMemory() }
    var out: [UInt8] = []
    stream.flush(after: hello.span, into: &out)
    #expect(try decompressed(out, isWhole: false) == hello)
    stream.finish(into: &out)
    #expect(try decompressed(out) == hello)
  }

  @Test func `what waits inside stays bounded`() throws {
    guard var stream = DeflateStream(.gzip) else { throw NoMemory() }
    var (out, written, sent) = ([UInt8](), 0, 0)
    let piece = noise(65_536)
    for _ in 0..<64 {
      stream.write(piece.span, into: &out)
      written += piece.count
      sent += out.count
      // Noise does not shrink: what did not come out is inside.
      #expect(written - sent < 262_144)
      out.removeAll(keepingCapacity: true)
    }
  }
}
