import Catenary
import Foundation
import Testing

/// The dashboard and the files it asks for, as a browser gets them; what it does in one is `scripts/test-dashboard`'s.
@Suite(.timeLimit(.minutes(20))) struct DashboardTests {
  let routes = ServerRouteTests()

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static let files = [
    ("/", "text/html; charset=utf-8"), ("/spline.js", "text/javascript; charset=utf-8"),
    ("/spline-browser.wasm", "application/wasm"),
  ]

  @Test func `files come with their type, compressed for who asks, and once`() throws {
    try routes.serve { port in
      for (path, type) in Self.files {
        let plain = try routes.curl(port, path)
        #expect(plain.status == 200)
        #expect(plain.fields["content-type"] == type)
        #expect(plain.fields["cache-control"] == "no-cache")
        #expect(plain.fields["vary"] == "Accept-Encoding")
        #expect(plain.fields["content-length"] == "\(plain.body.count)")
        #expect(plain.fields["content-encoding"] == nil)
        #expect(plain.fields["x-content-type-options"] == "nosniff")
        let zipped = try routes.curl(port, path, ["--compressed"])
        #expect(zipped.fields["content-encoding"] == "gzip")
        #expect(zipped.body == plain.body)
        for reply in [plain, zipped] {
          let tag = try #require(reply.fields["etag"])
          let asked = ["-H", "If-None-Match: \(tag)"]
          let isZipped = reply.fields["content-encoding"] != nil
          let again = try routes.curl(port, path, asked + (isZipped ? ["--compressed"] : []))
          #expect(again.status == 304)
          #expect(again.body.isEmpty)
          #expect(again.fields["etag"] == tag)
          #expect(again.fields["content-security-policy"] == plain.fields["content-security-policy"])
        }
        #expect(plain.fields["etag"] != zipped.fields["etag"])
        #expect(try routes.curl(port, path, ["-H", "If-None-Match: \"other\""]).status == 200)
        let head = try routes.curl(port, path, ["-I"])
        #expect(head.status == 200)
        #expect(head.body.isEmpty)
        #expect(head.fields["content-length"] == "\(plain.body.count)")
        #expect(head.fields["etag"] == plain.fields["etag"])
        #expect(try routes.curl(port, path, ["-X", "POST", "-d", "x"]).status == 405)
      }
    }
  }

  @Test func `the browser's kernel is the committed one`() throws {
    try routes.serve { port in
      for name in ["spline.js", "spline-browser.wasm"] {
        let file = try Data(contentsOf: Self.root.appendingPathComponent("wasm/\(name)"))
        #expect(try routes.curl(port, "/\(name)").body == Array(file))
      }
    }
  }

  @Test func `the page is one of the sources, and whole`() throws {
    try routes.serve { port in
      let text = try routes.curl(port, "/").text
      let folder = Self.root.appendingPathComponent("Sources/CatenaryServer/Dashboard/Web")
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      let parts = names.filter { $0.hasSuffix(".js") || $0.hasSuffix(".css") }
      #expect(parts.count > 10)
      for name in parts {
        let part = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
        #expect(text.contains(part), "\(name)")
      }
      #expect(text.hasPrefix("<!doctype html>"))
      #expect(text.hasSuffix("</html>\n"))
      #expect(text.utf8.count < 120_000)
      let zipped = try routes.curl(port, "/", ["--compressed"])
      #expect(Int(zipped.fields["content-length"] ?? "") ?? .max < 35_000)
    }
  }

  @Test func `the policy lets the page's own style and script run, and nothing else`() throws {
    try routes.serve { port in
      let page = try routes.curl(port, "/")
      let policy = try #require(page.fields["content-security-policy"])
      var directives: [String: [String]] = [:]
      for part in policy.components(separatedBy: "; ") {
        let words = part.components(separatedBy: " ")
        directives[words[0]] = Array(words.dropFirst())
      }
      for name in ["default-src", "base-uri", "form-action", "frame-ancestors"] {
        #expect(directives[name] == ["'none'"])
      }
      #expect(directives["connect-src"] == ["'self'"])
      #expect(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"))
      for (element, directive, others) in [
        ("<style>", "style-src", 0), ("<script type=\"module\">", "script-src", 2),
      ] {
        let pieces = page.text.components(separatedBy: element)
        #expect(pieces.count == 2)
        let end = element == "<style>" ? "</style>" : "</script>"
        let content = pieces[1].components(separatedBy: end)[0]
        let hash = try sha256InBase64(content)
        #expect(directives[directive]?.contains("'sha256-\(hash)'") == true)
        #expect(directives[directive]?.count == 1 + others)
      }
      // Attributes with style or script would be refused by it.
      #expect(page.text.range(of: #"<[^>]*\s(style|on\w+)="#, options: .regularExpression) == nil)
    }
  }

  /// By the `openssl` of the system or Python, whatever it has.
  private func sha256InBase64(_ text: String) throws -> String {
    let (process, output, input) = (Process(), Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c",
      "import base64, hashlib, sys; print(base64.b64encode(hashlib.sha256(sys.stdin.buffer.read()).digest()).decode())",
    ]
    (process.standardOutput, process.standardInput) = (output, input)
    try process.run()
    input.fileHandleForWriting.write(Data(text.utf8))
    try input.fileHandleForWriting.close()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  @Test func `the page names no outside resource, and each path it names is there`() throws {
    try routes.serve { port in
      let text = try routes.curl(port, "/").text
      #expect(text.range(of: #"(https?:)?//[a-z0-9-]+\.[a-z]"#, options: .regularExpression) == nil)
      #expect(!text.contains("@import") && !text.contains("url("))
      var paths: Set<String> = []
      let names = try NSRegularExpression(pattern: #"["'`](/[a-z][\w./-]*)["'`?]"#)
      for match in names.matches(in: text, range: NSRange(text.startIndex..., in: text)) {
        if let range = Range(match.range(at: 1), in: text) { paths.insert(String(text[range])) }
      }
      #expect(
        paths.isSuperset(of: ["/spline.js", "/spline-browser.wasm", "/api/spline/render", "/api/ai/maparse"]))
      for path in [
        "/spline.js", "/spline-browser.wasm", "/openapi.json", "/api/version", "/api/dev/endpoints",
      ] {
        #expect(paths.contains(path), "\(path)")
        #expect(try routes.curl(port, path).status == 200)
      }
    }
  }

  @Test func `who needs a token is told before being refused`() throws {
    try routes.serve { port in
      let version = try routes.curl(port, "/api/version").json
      #expect(version["needsToken"] as? Bool == false)
    }
    try routes.serve(token: "secret") { port in
      let version = try routes.curl(port, "/api/version").json
      #expect(version["needsToken"] as? Bool == true)
      for (path, _) in Self.files { #expect(try routes.curl(port, path).status == 200) }
    }
  }
}
