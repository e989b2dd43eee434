import Testing

@testable import CatenaryServer

@Suite struct PathPatternTests {
  @Test(arguments: [
    ("/health", "/health", true), ("/health", "/healthy", false), ("/health", "/heal", false),
    ("/health", "/Health", false), ("/health", "", false), ("/a/:id", "/a/7", true), ("/a/:id", "/a/", false),
    ("/a/:id", "/a/7/8", false), ("/a/:id", "/b/7", false), ("/a/:id", "/a", false),
    ("/a/:id", "/a/:id", true),
  ])
  func `a path is matched whole, a name at its end by anything that is one`(
    pattern: String, path: String, isMatch: Bool
  ) {
    let bytes = Array(path.utf8)
    #expect(PathPattern(pattern).matches(bytes.span) == isMatch)
  }
}
