/// A pattern for paths, as shells know it: `*`, `?`, `[a-z]`, `[!a-z]`, `{a,b}`, and `**` for any folders, none too.
struct Glob {
  /// The folder above the first part that is a pattern: what stands behind it is the path below the input.
  let base: String
  private let parts: [[Character]]

  /// Whether a path has letters of a pattern.
  static func isPattern(_ path: String) -> Bool { path.contains { "*?[{".contains($0) } }

  /// - Parameter pattern: without braces, see `expanded`.
  init(_ pattern: String) {
    let all = pattern.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
    let fixed = all.prefix { !Glob.isPattern($0) }
    base = (pattern.hasPrefix("/") ? "/" : "") + fixed.joined(separator: "/")
    parts = all[fixed.count...].map(Array.init)
  }

  /// The patterns that the braces of one stand for; `{` without its `}` is itself.
  static func expanded(_ pattern: String) -> [String] {
    let letters = Array(pattern)
    guard let open = letters.firstIndex(of: "{") else { return [pattern] }
    var (depth, start) = (0, open + 1)
    var choices: [String] = []
    for i in open..<letters.count {
      switch letters[i] {
      case "{": depth += 1
      case "}": depth -= 1
      default: break
      }
      guard (letters[i] == "," && depth == 1) || depth == 0 else { continue }
      choices.append(String(letters[start..<i]))
      start = i + 1
      guard depth == 0 else { continue }
      // More than any person means: such a pattern is taken as it is.
      guard choices.count > 1 else { break }
      let (head, tails) = (String(letters[..<open]), expanded(String(letters[(i + 1)...])))
      let heads = choices.flatMap(expanded)
      guard heads.count * tails.count <= 4096 else { return [pattern] }
      return heads.flatMap { choice in tails.map { head + choice + $0 } }
    }
    return [pattern]
  }

  /// Whether the path, taken apart at its slashes, fits the parts from `part` on.
  func matches(_ path: [String]) -> Bool { matches(path[...], 0) }

  private func matches(_ path: ArraySlice<String>, _ part: Int) -> Bool {
    guard part < parts.count else { return path.isEmpty }
    if parts[part] == ["*", "*"] {
      if matches(path, part + 1) { return true }
      return !path.isEmpty && matches(path.dropFirst(), part)
    }
    guard let name = path.first, Glob.fits(Array(name), parts[part]) else { return false }
    return matches(path.dropFirst(), part + 1)
  }

  /// Whether something below a folder may fit: only such folders are read.
  func mayHold(_ folder: [String]) -> Bool {
    for (i, name) in folder.enumerated() {
      guard i < parts.count else { return false }
      if parts[i] == ["*", "*"] { return true }
      if !Glob.fits(Array(name), parts[i]) { return false }
    }
    return parts.count > folder.count
  }

  /// Whether a name fits a pattern without slashes. Of the stars only the last one passed is ever moved: no pattern takes
  /// longer than the two lengths multiplied.
  static func fits(_ name: [Character], _ pattern: [Character]) -> Bool {
    var (n, p) = (0, 0)
    var star: (name: Int, pattern: Int)?
    while n < name.count {
      if p < pattern.count, pattern[p] == "*" {
        star = (n, p)
        p += 1
      } else if p < pattern.count, let next = one(name[n], pattern, at: p) {
        n += 1
        p = next
      } else if let last = star {
        star = (last.name + 1, last.pattern)
        (n, p) = (last.name + 1, last.pattern + 1)
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == "*" }
  }

  /// Where the pattern goes on when its part at `p` fits the letter; nil when it does not.
  private static func one(_ letter: Character, _ pattern: [Character], at p: Int) -> Int? {
    switch pattern[p] {
    case "?": return p + 1
    case "\\" where p + 1 < pattern.count: return letter == pattern[p + 1] ? p + 2 : nil
    case "[":
      var at = p + 1
      let isInverted = at < pattern.count && (pattern[at] == "!" || pattern[at] == "^")
      if isInverted { at += 1 }
      let first = at
      var isIn = false
      while at < pattern.count, pattern[at] != "]" || at == first {
        if at + 2 < pattern.count, pattern[at + 1] == "-", pattern[at + 2] != "]" {
          if pattern[at] <= letter, letter <= pattern[at + 2] { isIn = true }
          at += 3
        } else {
          if pattern[at] == letter { isIn = true }
          at += 1
        }
      }
      // Without its end a bracket is itself.
      guard at < pattern.count else { return letter == "[" ? p + 1 : nil }
      return isIn != isInverted ? at + 1 : nil
    default: return letter == pattern[p] ? p + 1 : nil
    }
  }
}
