import Foundation
import Testing

@testable import CatenaryCLI

/// Patterns for paths; what fits is asked of Python's `fnmatch`, too, whose single names have the same rules.
@Suite struct GlobTests {
  @Test(arguments: [
    ("*.csv", ["a.csv"], true), ("*.csv", ["d", "a.csv"], false), ("**/*.csv", ["a.csv"], true),
    ("**/*.csv", ["d", "e", "a.csv"], true), ("d/**/a.csv", ["a.csv"], true),
    ("d/**/x/*.csv", ["x", "a.csv"], true),
    ("**/x/**/a", ["y", "x", "z", "a"], true), ("**/x/**/a", ["y", "z", "a"], false),
    ("**", ["d", "a"], true),
  ]) func `a star stays in its folder, two go through all`(pattern: String, path: [String], fits: Bool) {
    #expect(Glob(pattern).matches(path) == fits)
    if fits { for depth in 0..<path.count { #expect(Glob(pattern).mayHold(Array(path[..<depth]))) } }
  }

  @Test func `the base is what stands before the pattern`() {
    #expect(Glob("data/x/*.csv").base == "data/x")
    #expect(Glob("/data/*/a.csv").base == "/data")
    #expect(Glob("*.csv").base == "")
  }

  @Test(arguments: [
    ("a{b,c}d", ["abd", "acd"]), ("{a,b{c,d}}e", ["ae", "bce", "bde"]), ("a{b", ["a{b"]), ("{a}", ["{a}"]),
    ("{a,}x", ["ax", "x"]), ("{a,b}{c,d}", ["ac", "ad", "bc", "bd"]),
  ]) func `braces are expanded`(pattern: String, all: [String]) { #expect(Glob.expanded(pattern) == all) }

  @Test func `single names fit as fnmatch says`() throws {
    let names = ["a", "ab", "abc", "a.csv", "b.csv", "]", "-", "[a", "aXb", "", "aaab", "ä.csv"]
    let patterns = [
      "*", "?", "a*", "*b", "a?c", "[a-c]*", "[!a]*", "[]]", "[]-]", "[a", "*[.]csv", "a*b*", "*a*a*b", "??",
      "[z-a]",
    ]
    let script = """
      import fnmatch
      names = \(names)
      for p in \(patterns): print(''.join('1' if fnmatch.fnmatchcase(n, p) else '0' for n in names))
      """
    let outcome = try Workshop().shell("python3 - <<'END'\n\(script)\nEND")
    let ours = patterns.map { pattern in
      names.map { Glob.fits(Array($0), Array(pattern)) ? "1" : "0" }.joined()
    }
    #expect(ours == outcome.text.split(separator: "\n").map(String.init))
  }

  @Test func `many stars cost little`() {
    let name = Array(String(repeating: "a", count: 2000))
    #expect(!Glob.fits(name, Array(String(repeating: "*a", count: 200) + "b")))
  }
}
