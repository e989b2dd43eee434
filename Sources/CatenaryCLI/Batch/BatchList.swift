import CurveFormats
import CurveRequests

/// The inputs that `--manifest` names: one path a line, or an object with options a line.
struct BatchList {
  private struct Entry {
    let path: String
    let options: Int
    let output: String?
  }

  private var entries: [Entry] = []

  /// - Parameter options: gets the sets that the list adds; equal ones are one.
  init(_ path: String, _ settings: BatchSettings, _ options: inout [BatchOptions]) throws(CommandFailure) {
    let name = path == "-" ? "standard input" : path
    let bytes = try FileSource.bytes(of: path)
    var known: [String: Int] = [:]
    for (number, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .enumerated()
    {
      let line = BatchList.trimmed(line)
      guard let first = line.first else { continue }
      let place = "\(name):\(number + 1)"
      guard first == UInt8(ascii: "{") else {
        entries.append(Entry(path: String(decoding: line, as: UTF8.self), options: 0, output: nil))
        continue
      }
      let members = try BatchList.members(Array(line), place)
      let input = try BatchList.text("input", in: members, place)
      guard let input, !input.isEmpty else {
        throw .failed(
          "\(place): there is no \"input\": give a line such as {\"input\":\"a.csv\",\"count\":50}")
      }
      let own = members.filter { $0.name != "input" && $0.name != "output" }
      let key = "\(own)"
      let set = own.isEmpty ? 0 : known[key] ?? options.count
      if set == options.count {
        options.append(
          try BatchOptions(
            typed: settings.typed, members: own, at: place, isDetection: settings.isDetection))
        known[key] = set
      }
      let output = try BatchList.text("output", in: members, place)
      if let output { try BatchList.check(output, options[set].format, place) }
      entries.append(Entry(path: input, options: set, output: output))
    }
    guard !entries.isEmpty else { throw .failed("\(name): there is no input in it: give one path a line") }
  }

  /// The paths that a list names.
  static func paths(_ path: String) throws(CommandFailure) -> [String] {
    var paths: [String] = []
    for line in try FileSource.bytes(of: path).split(separator: UInt8(ascii: "\n")).map(trimmed) {
      guard let first = line.first else { continue }
      if first != UInt8(ascii: "{") {
        paths.append(String(decoding: line, as: UTF8.self))
      } else if let input = try text("input", in: try members(Array(line), path), path) {
        paths.append(input)
      }
    }
    return paths
  }

  func add(to finder: inout BatchFinder) {
    for entry in entries { finder.add(listed: entry.path, options: entry.options, output: entry.output) }
  }

  private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var line = line
    if line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
    while let last = line.last, last == UInt8(ascii: "\r") || last == UInt8(ascii: " ") {
      line = line.dropLast()
    }
    return line.drop { $0 == UInt8(ascii: " ") }
  }

  private static func members(_ line: [UInt8], _ place: String) throws(CommandFailure) -> [JSONMember] {
    var source = ArraySource(line)
    do throws(FormatError) {
      let value = try JSONReader(bufferBytes: line.count + 16).readValue(from: &source)
      if case .object(let members) = value { return members }
    } catch {
      throw .failed("\(place): \(error)")
    }
    throw .failed("\(place): this is no object: give a path, or a line such as {\"input\":\"a.csv\"}")
  }

  private static func text(
    _ name: String, in members: [JSONMember], _ place: String
  ) throws(CommandFailure) -> String? {
    switch members.first(where: { $0.name == name })?.value {
    case nil: return nil
    case .string(let text): return text
    default: throw .failed("\(place): \(name) is not a text: give a path in quotes")
    }
  }

  /// An output lies below the folder, is of the format that is written, and is no manifest.
  private static func check(_ output: String, _ format: PointFormat, _ place: String) throws(CommandFailure) {
    let parts = output.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." && !$0.hasPrefix(".catenary-") }) else {
      throw .failed("\(place): output is \"\(output)\": give a path below the folder of the outputs")
    }
    guard formatOf(output) == format else {
      throw .failed(
        "\(place): output is \"\(output)\", its format is \(format.name): let it end in .\(format.name)")
    }
  }
}
