import Foundation
import Testing

/// WebAssembly beside native code, and kernels of one's own.
@Suite struct BackendTests {
  private func workshop() throws -> Workshop {
    let workshop = try Workshop()
    try workshop.write("p.csv", "0,0\n1,2\n3,1\n4,4\n")
    return workshop
  }

  /// Whether Wasmtime is here; without it the program must say so and go on.
  private static let hasWasmtime: Bool = {
    let report = try? Workshop().run(["doctor", "--json"]).output
    let json = report.flatMap { try? JSONSerialization.jsonObject(with: $0) } as? [String: [String: Any]]
    return json?["wasmtime"]?["ok"] as? Bool ?? false
  }()

  @Test(.enabled(if: hasWasmtime, "Wasmtime is missing: scripts/bootstrap"), arguments: ["f32", "f64"])
  func `every backend gives the same bytes`(format: String) throws {
    let workshop = try workshop()
    let ask = ["render", "p.csv", "--type", "akima", "--count", "70001", "--format", format, "--backend"]
    let native = try workshop.run(ask + ["native"])
    #expect(native.output.count == 70001 * (format == "f32" ? 8 : 16))
    for backend in ["wasm", "auto"] {
      let outcome = try workshop.run(ask + [backend])
      #expect(outcome.output == native.output)
      #expect(outcome.errors.isEmpty)
    }
  }

  @Test func `without Wasmtime auto draws natively and says why, wasm is refused`() throws {
    let workshop = try workshop()
    // A copy elsewhere finds no library beside itself.
    try FileManager.default.copyItem(atPath: Workshop.program.path, toPath: workshop.path("copy"))
    let run = "CATENARY_LIBRARY_PATH=\(workshop.folder.path) ./copy render p.csv --count 2 --backend"
    let wasm = try workshop.shell("\(run) wasm")
    // A system-wide Wasmtime may still be found.
    guard wasm.status != 0 else { return }
    #expect(wasm.status == 1)
    #expect(wasm.errors.hasPrefix("catenary: backend wasm is not available"))
    let auto = try workshop.shell("\(run) auto")
    #expect(auto.text == "x,y\n0,0\n4,4\n")
    #expect(auto.errors.hasPrefix("catenary: drawing natively: "))
    #expect(auto.errors.filter { $0 == "\n" }.count == 1)
  }

  @Test(.enabled(if: hasWasmtime, "Wasmtime is missing: scripts/bootstrap"))
  func `a kernel of one's own draws`() throws {
    let workshop = try workshop()
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("wasm/example/build").path
    #expect(try workshop.shell("'\(script)' k.wasm").status == 0)
    let outcome = try workshop.run(["render", "p.csv", "--kernel", "k.wasm", "--samples-per-segment", "2"])
    #expect(outcome.rows.count == 8)
    #expect(outcome.rows.last == "4,4")
    try workshop.write("g.csv", "x,y\n0,0\n,\n1,1\n")
    try workshop.refuse(["render", "g.csv", "--kernel", "k.wasm"], status: 1, saying: ["g.csv", "point 1"])
  }

  @Test func `what is no kernel is refused`() throws {
    let workshop = try workshop()
    try workshop.refuse(["render", "p.csv", "--kernel", "p.csv"], status: 1, saying: [])
    try workshop.refuse(
      ["render", "p.csv", "--kernel", "no.wasm"], status: 1, saying: ["no.wasm", "no such file"])
  }

  @Test(arguments: [
    "--type linear", "--alpha 0", "--count 3", "--at 0", "--derivative 1", "--gaps break", "--backend native",
    "--kernel-memory 0", "--kernel-timeout 0",
  ]) func `what a kernel fixes itself cannot stand beside it`(option: String) throws {
    let words = option.split(separator: " ").map(String.init)
    try workshop().refuse(["render", "p.csv", "--kernel", "k.wasm"] + words, status: 2, saying: [words[0]])
  }

  @Test func `limits of a kernel need one`() throws {
    try workshop().refuse(["render", "p.csv", "--kernel-memory", "3"], status: 2, saying: ["--kernel"])
  }
}
