import Foundation

/// A Swift source of this package.
struct SourceFile {
  /// From the package's root, such as `Sources/CurveKernel/Locate.swift`.
  let path: String
  /// The lines, comments and the text in quotes blanked out.
  let code: [String]
  /// The name of its room.
  var room: String { String(path.split(separator: "/").dropFirst().first ?? "") }

  init(path: String, text: String) {
    self.path = path
    code = stripped(text)
  }

  /// All under a folder of the package.
  static func all(under folder: String) -> [SourceFile] {
    let base = root.appendingPathComponent(folder)
    let names = FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".swift") }.sorted().map { name in
      let text = (try? String(contentsOf: base.appendingPathComponent(name), encoding: .utf8)) ?? ""
      return SourceFile(path: "\(folder)/\(name)", text: text)
    }
  }

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Whether the word stands in a line of code by itself.
  func lines(with word: String) -> [Int] {
    code.indices.filter { line in
      var rest = code[line][...]
      while let found = rest.range(of: word) {
        let before =
          found.lowerBound == code[line].startIndex
          ? " " : code[line][code[line].index(before: found.lowerBound)]
        let after = found.upperBound == code[line].endIndex ? " " : code[line][found.upperBound]
        if !isLetter(before), !isLetter(after) || !isLetter(word.last ?? " ") { return true }
        rest = code[line][found.upperBound...]
      }
      return false
    }.map { $0 + 1 }
  }

  /// The modules it imports, with their lines.
  var imports: [String] {
    code.compactMap { line in
      let words = line.split(separator: " ")
      guard let place = words.firstIndex(of: "import"), words[..<place].allSatisfy(isModifier) else {
        return nil
      }
      return words.last.map { String($0.split(separator: ".")[0]) }
    }
  }
}

private func isModifier(_ word: Substring) -> Bool {
  word.hasPrefix("@") || ["public", "package", "internal", "private", "fileprivate"].contains(word)
}

private func isLetter(_ c: Character) -> Bool { c.isLetter || c.isNumber || c == "_" }

/// The lines without comments and without what stands in quotes.
private func stripped(_ text: String) -> [String] {
  var isInBlock = false
  return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
    if line.filter({ $0 == "\"" }).count >= 3, line.contains("\"\"\"") {
      isInBlock.toggle()
      return String(line.prefix { $0 != "\"" })
    }
    if isInBlock { return "" }
    var (code, isQuoted, previous) = ("", false, Character(" "))
    for c in line {
      if c == "\"", previous != "\\" { isQuoted.toggle() }
      if c == "/", previous == "/", !isQuoted { return String(code.dropLast()) }
      code.append(isQuoted ? " " : c)
      previous = c
    }
    return code
  }
}
