import Foundation
import Testing

private let python = ProcessInfo.processInfo.environment["CATENARY_PYTHON"] ?? "python3"

private let clientIsHere: Bool = {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = [python, "-c", "import tritonclient.http"]
  process.standardError = FileHandle.nullDevice
  guard (try? process.run()) != nil else { return false }
  process.waitUntilExit()
  return process.terminationStatus == 0
}()

/// The public client of the Open Inference Protocol, as it comes.
@Suite(.timeLimit(.minutes(20))) struct InferenceClientTests {
  @Test(
    .enabled(
      if: clientIsHere,
      "tritonclient[http] is missing: pip install it, and name its Python in CATENARY_PYTHON"))
  func `tritonclient asks for and gets tensors, as JSON and as bytes`() throws {
    let workshop = try Workshop()
    let server = try ServeTests.Running(workshop, ["--port", "0", "--backend", "native"])
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let script = root.appendingPathComponent("scripts/infer-with-triton").path
    let outcome = try workshop.shell(
      "for i in $(seq 500); do curl -sf -o /dev/null http://127.0.0.1:\(server.port)/ready && break; done; "
        + "timeout 120 \(python) '\(script)' \(server.port)")
    #expect(outcome.errors == "")
    #expect(outcome.text == "ok\n")
  }
}
