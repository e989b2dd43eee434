import Catenary

/// `catenary-bench [--json] [--list] [--rounds N] [--milliseconds N] [FILTER…]`: benchmarks whose name contains one
/// of the filters, all of them alternated round by round, the best round kept: other work on the machine then hits
/// all alike. `--wasm-load` times the making of one WebAssembly engine in this process and prints milliseconds.
/// `--serve-static PORT` and `--detect-cpu FILE` are for `server.py`.
@main struct Main {
  static func main() throws {
    var options = Options(CommandLine.arguments.dropFirst())
    if options.take("--wasm-load") { return try printWasmLoad() }
    if options.take("--serve-static") {
      return try StaticServer.run(port: Int(options.rest.first ?? "") ?? 0)
    }
    if options.take("--detect-cpu") { return try printDetectCPU(options.rest.first ?? "") }
    let isJSON = options.take("--json")
    let rounds = options.take("--rounds", default: 15)
    let milliseconds = options.take("--milliseconds", default: 8)
    let isList = options.take("--list")
    let filters = options.rest
    let chosen = benchmarks.filter { b in filters.isEmpty || filters.contains { b.name.contains($0) } }
    if isList {
      for benchmark in chosen { print(benchmark.name) }
      return
    }
    let timings = prepare(chosen)
    for timing in timings { try timing.calibrate(nanoseconds: Double(milliseconds) * 1e6) }
    for _ in 0..<rounds { for timing in timings { try timing.measure() } }
    if !isJSON { print(header) }
    for timing in timings { print(isJSON ? timing.json : timing.row) }
  }

  /// What cannot be had here is left out, with a line that says so.
  private static func prepare(_ chosen: [Benchmark]) -> [Timing] {
    var reasons: [String] = []
    let timings = chosen.compactMap { benchmark -> Timing? in
      do { return try benchmark.prepare() } catch {
        if !reasons.contains("\(error)") { reasons.append("\(error)") }
        return nil
      }
    }
    for reason in reasons { print("# left out: \(reason)") }
    return timings
  }

  private static func printWasmLoad() throws {
    let start = ContinuousClock.now
    keep(try Engine(backend: .wasm, threads: 1))
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    print(Double(seconds) * 1e3 + Double(attoseconds) / 1e15)
  }
}

/// The command line, taken apart.
private struct Options {
  private(set) var rest: [String]

  init(_ arguments: ArraySlice<String>) { rest = Array(arguments) }

  mutating func take(_ name: String) -> Bool {
    guard let place = rest.firstIndex(of: name) else { return false }
    rest.remove(at: place)
    return true
  }

  mutating func take(_ name: String, default value: Int) -> Int {
    guard let place = rest.firstIndex(of: name) else { return value }
    guard place + 1 < rest.count, let number = Int(rest[place + 1]), number > 0 else {
      fail("\(name) needs a positive number")
    }
    rest.removeSubrange(place...place + 1)
    return number
  }
}

private let header =
  pad("benchmark", 46)
  + ["µs a run", "median", "ns an item", "M items/s", "GB/s"].map { right($0, 11) }.joined()

extension Timing {
  fileprivate var row: String {
    let rate = Double(benchmark.items) / best * 1e3
    let numbers = [best / 1e3, median / 1e3, best / Double(benchmark.items), rate].map {
      right(short($0), 11)
    }
    let bytes = benchmark.bytes == 0 ? "" : right(short(Double(benchmark.bytes) / best), 11)
    return pad(benchmark.name, 46) + numbers.joined() + bytes
  }

  /// One object a line.
  fileprivate var json: String {
    let (items, bytes) = (benchmark.items, benchmark.bytes)
    return
      #"{"name":"\#(benchmark.name)","items":\#(items),"bytes":\#(bytes),"best":\#(best),"median":\#(median)}"#
  }
}

private func pad(_ text: String, _ width: Int) -> String {
  text + String(repeating: " ", count: max(1, width - text.count))
}

private func right(_ text: String, _ width: Int) -> String {
  String(repeating: " ", count: max(1, width - text.count)) + text
}

/// Three digits or more.
private func short(_ value: Double) -> String {
  let digits = value < 9.995 ? 2 : value < 99.95 ? 1 : 0
  var scale = 1.0
  for _ in 0..<digits { scale *= 10 }
  let number = Int((value * scale).rounded())
  guard digits > 0 else { return "\(number)" }
  let fraction = "\(number % Int(scale))"
  return "\(number / Int(scale))." + String(repeating: "0", count: digits - fraction.count) + fraction
}
