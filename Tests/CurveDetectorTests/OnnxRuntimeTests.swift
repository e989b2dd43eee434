import Foundation
import Testing

@testable import CurveDetector

/// Which library is taken for ONNX Runtime.
@Suite struct OnnxRuntimeTests {
  @Test(.needsOnnxRuntime) func `the library found says where it lies and its version`() throws {
    let runtime = try OnnxRuntime.load()
    #expect(runtime.path.hasSuffix("libonnxruntime.so.1"))
    #expect(runtime.version.hasPrefix("1."))
  }

  @Test func `the word none loads no library, and says so`() {
    let result = unsafe "none".withCString { unsafe OnnxRuntime.search(libraryPath: $0) }
    guard case .failure(.unwanted) = result else {
      Issue.record("a library was loaded: \(result)")
      return
    }
    let reason = ModelError.unwanted.description
    #expect(reason.contains("CATENARY_LIBRARY_PATH is `none`") && reason.contains("unset it"))
  }

  @Test func `a library that is not there is named once`() {
    guard case .failure(let error) = OnnxRuntime.probe("libnot-there.so.9") else {
      Issue.record("a library that is not there was loaded")
      return
    }
    #expect("\(error)".components(separatedBy: "libnot-there.so.9").count == 2, "\(error)")
  }

  @Test func `another library is refused by the name that it lacks`() {
    guard case .failure(let error) = OnnxRuntime.probe("libm.so.6") else {
      Issue.record("the mathematics library passed for ONNX Runtime")
      return
    }
    #expect("\(error)".contains("OrtGetApiBase") && "\(error)".contains("scripts/bootstrap"))
  }

  @Test func `a file that is no library is refused with its path`() throws {
    let folder = try ModelFolder(["libonnxruntime.so.1": Array("no library".utf8)])
    guard case .failure(let error) = OnnxRuntime.probe("\(folder.path)/libonnxruntime.so.1") else {
      Issue.record("text was loaded as a library")
      return
    }
    #expect("\(error)".contains("\(folder.path)/libonnxruntime.so.1"))
  }

  @Test(.needsOnnxRuntime, arguments: [1, 4096, 5_000_000])
  func `a library that was cut is refused, and nothing ends`(bytes: Int) throws {
    let whole = try OnnxRuntime.load().path
    let file = try #require(FileHandle(forReadingAtPath: whole))
    let folder = try ModelFolder(["libonnxruntime.so.1": Array(file.readData(ofLength: bytes))])
    #expect(throws: ModelError.self) { try OnnxRuntime.probe("\(folder.path)/libonnxruntime.so.1").get() }
  }

  /// A library built here, which has the door and nothing behind it: of a version too old for our table.
  @Test func `a library of another version is refused by its version`() throws {
    let folder = try ModelFolder([
      "old.c": Array(
        """
        #include <stdint.h>
        static const void *api(uint32_t version) { return (void *)0; }
        static const char *version(void) { return "1.4.0"; }
        static const struct { const void *(*a)(uint32_t); const char *(*v)(void); } base = {api, version};
        const void *OrtGetApiBase(void) { return &base; }
        """.utf8)
    ])
    let line = "clang -shared -fPIC -o '\(folder.path)/old.so' '\(folder.path)/old.c'"
    try #require(unsafe system(line) == 0)
    guard case .failure(let error) = OnnxRuntime.probe("\(folder.path)/old.so") else {
      Issue.record("it passed for a new ONNX Runtime")
      return
    }
    #expect("\(error)".contains("ONNX Runtime 1.4.0, which lacks API 16"))
  }
}
