import Catenary
import HTTPFront
import ZlibStreams

/// A file that is part of the program: it changes with the program alone, and browsers ask each time whether it has.
struct StaticFile: Sendable {
  private let plain, zipped: [UInt8]
  /// Without quotes.
  private let tag: String
  private let fields: [UInt8]

  /// - Parameter more: fields beside the type, also of a 304.
  init(_ bytes: [UInt8], type: String, more: [(FieldName, String)] = []) {
    plain = bytes
    var zipped: [UInt8] = []
    // Once for all who ask: it may take its time.
    if var stream = DeflateStream(.gzip, level: 6) {
      stream.write(bytes.span, into: &zipped)
      stream.finish(into: &zipped)
    }
    self.zipped = zipped
    tag = sha256(bytes).prefix(12).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    var answer = Answer(body: ByteBuffer())
    answer.field(.lowerContentType, type)
    answer.field("cache-control", "no-cache")
    answer.field(.vary, "Accept-Encoding")
    for (name, value) in more { answer.field(name, value) }
    fields = answer.fields
  }

  func answer(_ call: borrowing Call, _ answer: inout Answer) -> (any AnswerSource)? {
    let isZipped = call.head.prefersGzip && !zipped.isEmpty
    let tag = isZipped ? "\"\(tag)-gzip\"" : "\"\(tag)\""
    answer.add(fields: fields)
    answer.field("etag", tag)
    if call.head.ifNoneMatch(names: tag) {
      answer.status = 304
      answer.length = .none
      return nil
    }
    if isZipped { answer.field("content-encoding", "gzip") }
    answer.body.append(isZipped ? zipped : plain)
    return nil
  }
}

extension StaticFile {
  static let splineScript = StaticFile(PageBytes.splineScript(), type: "text/javascript; charset=utf-8")
  static let splineModule = StaticFile(PageBytes.splineModule(), type: "application/wasm")

  /// The dashboard: `page.html` with the style and the scripts in their elements.
  static let dashboard: StaticFile = {
    let (style, script) = (PageBytes.style(), PageBytes.script())
    let page = String(decoding: PageBytes.page(), as: UTF8.self)
      .replacing("<style></style>", with: "<style>\(String(decoding: style, as: UTF8.self))</style>")
      .replacing("module\"></script>", with: "module\">\(String(decoding: script, as: UTF8.self))</script>")
    // Nothing runs and nothing is asked for but what this program brought; no text becomes markup.
    let policy = [
      "default-src 'none'", "script-src 'self' 'sha256-\(base64(sha256(script)))' 'wasm-unsafe-eval'",
      "style-src 'sha256-\(base64(sha256(style)))'", "img-src data:", "connect-src 'self'",
      "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'",
    ]
    return StaticFile(
      Array(page.utf8), type: "text/html; charset=utf-8",
      more: [
        ("content-security-policy", policy.joined(separator: "; ")), ("referrer-policy", "no-referrer"),
      ])
  }()

  /// Makes what the first request would wait for.
  static func warm() { _ = (splineScript, splineModule, dashboard) }
}

/// RFC 4648 section 4.
func base64(_ bytes: [UInt8]) -> String {
  let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  var text = ""
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let group = bytes[start..<min(start + 3, bytes.count)]
    let bits = (0..<3).reduce(0) { $0 << 8 | (start + $1 < bytes.count ? Int(bytes[start + $1]) : 0) }
    for k in 0..<4 { text.append(k <= group.count ? digits[bits >> (18 - 6 * k) & 63] : "=") }
  }
  return text
}
