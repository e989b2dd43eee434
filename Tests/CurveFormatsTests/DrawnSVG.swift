import CurveKernel

@testable import CurveFormats

/// What an SVG text holds, taken apart again.
struct DrawnSVG {
  /// A part of a path, with all its points absolute.
  enum Part: Equatable {
    case move(SIMD2<Double>)
    case line(SIMD2<Double>)
    case cubic(SIMD2<Double>, SIMD2<Double>, SIMD2<Double>)
    case close
  }

  let text: String
  /// The curves' paths, those of axes left out: they have no round caps.
  var paths: [[Part]] {
    text.split(separator: "<path ").dropFirst().filter { $0.contains("stroke-linecap") }.map { element in
      parts(String(attribute("d", of: element)))
    }
  }

  var circles: [SIMD2<Double>] {
    text.split(separator: "<circle ").dropFirst().map {
      SIMD2(Double(attribute("cx", of: $0)) ?? .nan, Double(attribute("cy", of: $0)) ?? .nan)
    }
  }

  /// The words of the text elements.
  var labels: [String] {
    text.split(separator: "<text ").dropFirst().map { element in
      String(element.drop { $0 != ">" }.dropFirst().prefix { $0 != "<" })
    }
  }

  init(_ text: String) { self.text = text }

  init(_ picture: Picture, longestPath: Int = 4_000_000) throws {
    let canvas = SVGCanvas(to: ArraySink(), longestPath: longestPath)
    try picture.draw(on: canvas)
    self.init(String(decoding: canvas.sink.bytes, as: UTF8.self))
  }

  /// A curve by itself, from edge to edge of a picture of so many pixels.
  init<Element: CurveElement & BitwiseCopyable>(
    _ curve: Curve<Element>, derivative: Int = 0, _ change: (inout PictureStyle) -> Void = { _ in }
  ) throws {
    var picture = Picture(try PictureCurve.lines(of: curve, derivative: derivative))
    picture.style.margin = 0
    change(&picture.style)
    try self.init(picture)
  }

  private func attribute(_ name: String, of element: Substring) -> Substring {
    let start = "\(name)=\""
    let words = " " + element
    var place = words.startIndex
    while place < words.endIndex {
      if words[place...].hasPrefix(" " + start) {
        return words[words.index(place, offsetBy: start.count + 1)...].prefix { $0 != "\"" }
      }
      place = words.index(after: place)
    }
    return ""
  }

  private func parts(_ data: String) -> [Part] {
    var parts: [Part] = []
    var (last, start) = (SIMD2<Double>.zero, SIMD2<Double>.zero)
    var rest = data[...]
    while let letter = rest.popFirst() {
      let words = rest.prefix { !$0.isLetter }
      rest = rest.dropFirst(words.count)
      let n = words.split(separator: " ").map { Double($0) ?? .nan }
      switch letter {
      case "M":
        last = SIMD2(n[0], n[1])
        start = last
        parts.append(.move(last))
      case "H", "V", "L":
        last = letter == "L" ? SIMD2(n[0], n[1]) : letter == "H" ? SIMD2(n[0], last.y) : SIMD2(last.x, n[0])
        parts.append(.line(last))
      case "C":
        last = SIMD2(n[4], n[5])
        parts.append(.cubic(SIMD2(n[0], n[1]), SIMD2(n[2], n[3]), last))
      default:
        last = start
        parts.append(.close)
      }
    }
    return parts
  }
}

/// The ends of a path's parts.
func ends(_ path: [DrawnSVG.Part]) -> [SIMD2<Double>] {
  path.compactMap { part in
    switch part {
    case .move(let p), .line(let p), .cubic(_, _, let p): p
    case .close: nil
    }
  }
}
