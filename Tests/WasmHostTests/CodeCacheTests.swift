import Glibc
import Testing

@testable import WasmHost

@Suite(.needsWasmtime, .serialized) struct CodeCacheTests {
  private let key = SHA256.hash([1, 2, 3])
  private let other = SHA256.hash([3, 2, 1])
  private let code = (0..<5_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }

  /// Of a module that no other test uses: one that is in use is not looked for on disk.
  private func kernel(_ folder: String) throws -> SharedKernel {
    let module = try wasm(text: sharedText.replacing("70000", with: "70001"))
    return try SharedKernel(wasm: module, workers: 1, cacheDirectory: folder, maximumMemoryBytes: 64 << 20)
  }

  @Test func `what was kept is found again under its key alone`() throws {
    try withFolder { folder in
      let cache = CodeCache(folder: folder)
      #expect(cache.load(key) == nil)
      cache.store(code, key)
      #expect(cache.load(key) == code)
      #expect(cache.load(other) == nil)
      #expect(names(in: folder) == ["\(key).cwasm"], "no temporary file stays behind")
    }
  }

  @Test func `a folder that is not there yet is made, for us alone`() throws {
    try withFolder { folder in
      CodeCache(folder: "\(folder)/a/b").store(code, key)
      #expect(CodeCache(folder: "\(folder)/a/b").load(key) == code)
      var status = stat()
      unsafe stat("\(folder)/a/b", &status)
      #expect(status.st_mode & 0o777 == 0o700)
      unsafe unlink("\(folder)/a/b/\(key).cwasm")
      unsafe rmdir("\(folder)/a/b")
      unsafe rmdir("\(folder)/a")
    }
  }

  @Test(arguments: [0, 10, 30, 60, 70, 100, 127, 128, 2_000, 5_127])
  func `a file with one byte changed is not believed`(at place: Int) throws {
    try withFolder { folder in
      let cache = CodeCache(folder: folder)
      cache.store(code, key)
      let path = "\(folder)/\(key).cwasm"
      var bytes = contents(of: path)
      #expect(bytes.count == 5_128)
      bytes[place] ^= 1
      write(bytes, to: path)
      #expect(cache.load(key) == nil)
      cache.store(code, key)
      #expect(cache.load(key) == code)
    }
  }

  @Test func `files that are short, long, misnamed, linked or open to others are not believed`() throws {
    try withFolder { folder in
      let cache = CodeCache(folder: folder)
      cache.store(code, key)
      let path = "\(folder)/\(key).cwasm"
      let good = contents(of: path)
      for bad in [[], Array(good.dropLast()), good + [0], Array(good.prefix(128))] {
        write(bad, to: path)
        #expect(cache.load(key) == nil)
      }
      write(good, to: "\(folder)/\(other).cwasm")
      #expect(cache.load(other) == nil, "a file under another's name")
      unsafe unlink(path)
      unsafe symlink("\(folder)/\(other).cwasm", path)
      #expect(cache.load(key) == nil, "a link")
      unsafe unlink(path)
      write(good, to: path)
      #expect(cache.load(key) == code)
      unsafe chmod(path, 0o620)
      #expect(cache.load(key) == nil, "a file that others may write to")
      unsafe chmod(path, 0o600)
      unsafe chmod(folder, 0o777)
      #expect(cache.load(key) == nil, "a folder that others may write to")
      unsafe chmod(folder, 0o700)
    }
  }

  @Test func `the second start loads the code of the first, and a tampered file is compiled anew`() throws {
    try withFolder { folder in
      _ = try kernel(folder)
      let name = try #require(names(in: folder).first)
      let written = contents(of: "\(folder)/\(name)")
      var status = stat()
      unsafe stat("\(folder)/\(name)", &status)
      let first = status.st_ino
      #expect(try kernel(folder).call(.fit, worker: 0, 1) == 2)
      unsafe stat("\(folder)/\(name)", &status)
      #expect(status.st_ino == first, "a file that is believed is not written again")

      var bad = written
      bad[bad.count / 2] ^= 0xff
      write(bad, to: "\(folder)/\(name)")
      #expect(try kernel(folder).call(.fit, worker: 0, 1) == 2)
      #expect(contents(of: "\(folder)/\(name)") == written)
    }
  }

  @Test func `a cache that cannot be written is done without`() throws {
    #expect(try kernel("/proc/nowhere").call(.fit, worker: 0, 1) == 2)
    #expect(try kernel("").call(.fit, worker: 0, 1) == 2)
  }
}
