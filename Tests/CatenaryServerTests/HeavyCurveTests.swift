import CatenaryServer
import HTTPFront
import Testing

/// Who works out a curve: the thread that serves the connection, whom other clients wait for, or a worker.
@Suite struct HeavyCurveTests {
  private let server: CurveServer

  init() throws { server = try CurveServer(backend: .native) }

  /// Hands a request to the server as a connection does: what goes on making its answer, if anything does.
  private func source(
    _ query: String, _ kind: String, _ body: [UInt8], _ answer: inout Answer,
    at path: String = "/api/spline/render"
  ) -> (any AnswerSource)? {
    var parser = RequestParser()
    let head = "POST \(path)?\(query) HTTP/1.1\r\nHost: a\r\nContent-Type: \(kind)\r\n"
    let bytes = Array("\(head)Content-Length: \(body.count)\r\n\r\n".utf8)
    var place = 0
    guard parser.next(bytes.span, from: &place) == .head, server.admits(parser.head, &answer) else {
      Issue.record("not admitted: \(query)")
      return nil
    }
    return server.answer(parser.head, body, &answer)
  }

  private func rising(_ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    for i in 0..<count {
      for number in [Float(i), Float(i * 7919 % 1009)] {
        for shift in [UInt32(0), 8, 16, 24] { bytes.append(UInt8(number.bitPattern >> shift & 0xFF)) }
      }
    }
    return bytes
  }

  @Test(
    arguments: [
      ("type=smoothing&samplesPerSegment=1", 256, false), ("type=smoothing&samplesPerSegment=1", 257, true),
      ("tolerance=1000", 256, false), ("tolerance=1000", 257, true),
      ("count=9&spacing=arc-length", 256, false), ("count=9&spacing=arc-length", 257, true),
      ("count=9", 4096, false), ("count=9", 4097, true), ("type=cubic&count=9", 4097, true),
    ])
  func `many points, and fewer that are looked at again and again, are a worker's`(
    query: String, count: Int, isWorkers: Bool
  ) throws {
    var answer = Answer(body: ByteBuffer())
    let source = source(query, "application/octet-stream", rising(count), &answer)
    #expect((source != nil) == isWorkers)
    guard let source else { return #expect(answer.status == 200 && answer.body.count > 0) }
    var late = Answer(body: ByteBuffer())
    #expect(!source.begin(&late))
    #expect(late.status == 200 && late.body.count > 0)
  }

  @Test(arguments: [8, 9])
  func `of many series a worker judges, however short they are`(count: Int) throws {
    let rows = (0..<count).map { "[\($0),2,5,3]" }.joined(separator: ",")
    let tensor = "{\"name\":\"prices\",\"datatype\":\"FP64\",\"shape\":[\(count),4],\"data\":[\(rows)]}"
    for (path, body) in [
      ("/api/ai/maparse", "{\"series\":[\(rows)]}"),
      ("/v2/models/curve-detection/infer", "{\"inputs\":[\(tensor)]}"),
    ] {
      var answer = Answer(body: ByteBuffer())
      let source = source("", "application/json", Array(body.utf8), &answer, at: path)
      #expect((source != nil) == (count > 8), "\(path)")
      guard let source else {
        #expect(answer.status == 200, "\(path)")
        continue
      }
      var late = Answer(body: ByteBuffer())
      #expect(!source.begin(&late))
      #expect(late.status == 200 && late.body.count > 0, "\(path)")
    }
  }

  @Test func `what JSON asks for counts, and a fault found late is told as one found at once`() throws {
    let points = (0..<300).map { "[\($0),1e300]" }.joined(separator: ",")
    for (options, status) in [
      ("\"type\":\"smoothing\"", 422), ("\"type\":\"smoothing\",\"dtype\":\"f64\"", 200),
    ] {
      var answer = Answer(body: ByteBuffer())
      let body = Array("{\"points\":[\(points)],\(options)}".utf8)
      let source = try #require(source("", "application/json", body, &answer))
      var late = Answer(body: ByteBuffer())
      _ = source.begin(&late)
      #expect(late.status == status)
    }
  }
}
