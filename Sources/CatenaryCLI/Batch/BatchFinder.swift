import CurveFormats
import CurveRequests

/// A file to be read, before anyone judged it.
struct FoundInput {
  let path: String
  /// The path below the input that led to it, for shards and for the tree of the outputs.
  let below: String
  /// Its place among the option sets.
  var options = 0
  /// The output that a list names for it.
  var output: String?
  /// nil: it is not there.
  let status: FileStatus?
  /// Whether a list named it: it need not lie below anything then, and its output is called as the file is.
  var isListed = false
}

/// Finds the files that inputs name: in the order of the inputs, folders and patterns in the order of their bytes.
struct BatchFinder {
  private(set) var found: [FoundInput] = []
  /// The folder of the outputs, which is no input.
  private let output: FileIdentity?
  /// Whether any extension will do.
  private let takesAll: Bool
  /// Folders that were read: links may lead in circles.
  private var seen: Set<FileIdentity> = []

  init(outputFolder: String, takesAll: Bool) {
    output = (try? Files.status(outputFolder))?.identity
    self.takesAll = takesAll
  }

  mutating func add(_ input: String) throws(CommandFailure) {
    if let status = try? Files.status(input) {
      guard status.isFolder else { return addFile(input, status) }
      guard status.identity != output else {
        throw .usage("\(input): this is the folder of the outputs, too: choose another --output-dir")
      }
      seen = []
      return try walk(input, below: "", status.identity) { _ in
        true
      } folders: { _ in
        true
      }
    }
    guard Glob.isPattern(input) else { return addFile(input, nil) }
    for pattern in Glob.expanded(input) { try add(Glob(pattern), pattern, of: input) }
  }

  private mutating func addFile(_ path: String, _ status: FileStatus?) {
    found.append(FoundInput(path: path, below: BatchFinder.name(path), status: status))
  }

  /// A file of a list.
  mutating func add(
    listed path: String, options: Int, output: String?
  ) {
    found.append(
      FoundInput(
        path: path, below: path, options: options, output: output, status: try? Files.status(path),
        isListed: true))
  }

  /// What stands behind the last slash.
  static func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

  private mutating func add(_ glob: Glob, _ pattern: String, of input: String) throws(CommandFailure) {
    let base = glob.base.isEmpty ? "." : glob.base
    let before = found.count
    if let status = try? Files.status(pattern), !status.isFolder {
      addFile(pattern, status)
    } else if let status = try? Files.status(base), status.isFolder {
      seen = []
      try walk(glob.base, below: "", status.identity) {
        glob.matches($0)
      } folders: {
        glob.mayHold($0)
      }
    }
    guard found.count > before else {
      throw .failed("\(pattern): no file matches: check the pattern, and that it is quoted as meant")
    }
  }

  /// Reads a folder and those below it; what is hidden is left out.
  ///
  /// - Parameters:
  ///   - path: the folder, empty for this one.
  ///   - below: its path below the input, a slash at its end, or empty.
  ///   - takes: whether a file is one of those meant, by its path below the input in parts.
  ///   - folders: whether a folder may hold some.
  private mutating func walk(
    _ path: String, below: String, _ identity: FileIdentity, takes: ([String]) -> Bool,
    folders: ([String]) -> Bool
  ) throws(CommandFailure) {
    guard identity != output, seen.insert(identity).inserted else { return }
    let names: [String]
    do throws(SystemFault) { names = try Files.names(in: path.isEmpty ? "." : path) } catch {
      throw .failed("\(path): \(error)")
    }
    let parts = below.split(separator: "/").map(String.init)
    for name in names where !name.hasPrefix(".") {
      let next = path.isEmpty ? name : path.hasSuffix("/") ? path + name : path + "/" + name
      // A link that leads nowhere, or a file that went meanwhile.
      guard let status = try? Files.status(next) else { continue }
      if status.isFolder {
        if folders(parts + [name]) {
          try walk(next, below: below + name + "/", status.identity, takes: takes, folders: folders)
        }
      } else if status.isRegular, takesAll || formatOf(name)?.canBeRead ?? false, takes(parts + [name]) {
        found.append(FoundInput(path: next, below: below + name, status: status))
      }
    }
  }
}
