import CurveKernel
import Testing

@testable import CurveFormats

/// Numbers, dates and names of pictures: there, whole, and apart from each other.
@Suite struct PictureLabelTests {
  struct Label {
    let text, anchor: String
    let x, y: Double
  }

  /// A picture of 200 by 125 pixels with axes.
  private func labels(
    _ curve: PictureCurve, x: PictureAxis = PictureAxis(), _ change: (inout PictureStyle) -> Void = { _ in }
  ) throws -> [Label] {
    var picture = Picture([curve])
    picture.x = x
    (picture.style.width, picture.style.height, picture.style.hasAxes) = (200, 125, true)
    change(&picture.style)
    let elements = try DrawnSVG(picture).text.split(separator: "<text ").dropFirst()
    return elements.map { element in
      func attribute(_ name: String) -> String {
        guard let place = element.firstRange(of: "\(name)=\"") else { return "" }
        return String(element[place.upperBound...].prefix { $0 != "\"" })
      }
      return Label(
        text: String(element.drop { $0 != ">" }.dropFirst().prefix { $0 != "<" }),
        anchor: attribute("text-anchor"), x: Double(attribute("x")) ?? .nan, y: Double(attribute("y")) ?? .nan
      )
    }
  }

  private func function(_ values: [Double], from x: Double, step: Double) throws -> PictureCurve {
    let points = values.enumerated().map { SIMD2(x + Double($0) * step, $1) }
    return try PictureCurve.lines(of: Curve(.linear(parameterization: .x), points: points))[0]
  }

  static let heights: [[Double]] = [
    [0, 4.2], [-1000, -1300, -700], [5.25, 5.25], [1e300, -1e300], [0, 3e-300], [1e9 - 0.01, 1e9 + 0.01],
    [1e15, 1e15 + 2], [4.186663, 90], [99.8, 100],
  ]

  @Test(arguments: heights) func `one number alone tells no scale, in small pictures neither`(
    values: [Double]
  ) throws {
    let labels = try labels(function(values, from: 0, step: 3)) { $0.hasLegend = true }
    #expect(labels.filter { $0.anchor == "end" }.count >= 2, "\(labels)")
    #expect(labels.filter { $0.anchor == "middle" }.count >= 2, "\(labels)")
    let rows = labels.filter { $0.anchor == "end" }.map(\.y).sorted()
    for (y, next) in zip(rows, rows.dropFirst()) { #expect(next - y >= 9) }
  }

  @Test(arguments: [
    ("2024-02-28T23:10", 60, 90, ["23:30", "29 Feb 2024", "00:30"]),
    ("2023-11-15", 86_400, 100, ["Dec 2023", "Jan 2024", "Feb"]),
    ("2024-02-28T23:59:10", 1, 90, ["23:59:30", "29 Feb 2024", "00:00:30"]),
  ])
  func `small pictures have more than one date`(from: String, step: Double, count: Int, expected: [String])
    throws
  {
    let start = try #require(CalendarDate.secondsSince1970(from))
    let values = (0..<count).map { Double($0 * 7 % 30) + 80 }
    let labels = try labels(function(values, from: start, step: step), x: PictureAxis(name: "", isDate: true))
    #expect(labels.filter { $0.anchor == "middle" }.map(\.text) == expected)
  }

  @Test func `labels at the border are moved inside, and none is left out`() throws {
    let start = try #require(CalendarDate.secondsSince1970("2024-03-01"))
    let curve = try function([1, 1e6], from: start, step: 86_400)
    for margin in [0.0, 4, 12] {
      let labels = try labels(curve, x: PictureAxis(name: "", isDate: true)) { $0.margin = margin }
      let dates = labels.filter { $0.anchor == "middle" }
      #expect(dates.map(\.text) == ["1 Mar 2024", "12:00", "2 Mar"])
      for label in dates {
        let half = textWidth(label.text, size: 9) / 2
        #expect(label.x - half >= -0.01 && label.x + half <= 200.01, "\(margin): \(label)")
      }
      #expect(labels.allSatisfy { $0.y >= 6 && $0.y <= 125 })
    }
  }

  @Test func `numbers of data that a thick stroke leaves no room are not written over each other`() throws {
    let labels = try labels(
      PictureCurve.lines(of: Curve(.linear(), points: SVGCurveTests.zigzag))[0]
    ) { ($0.strokeWidth, $0.showsPoints) = (30, true) }
    #expect(labels.filter { $0.anchor == "end" }.count == 1)
  }

  private func legend(_ names: [String], _ change: (inout PictureStyle) -> Void = { _ in }) throws -> DrawnSVG
  {
    var picture = Picture(
      try names.map { name in
        var curve = try function([1, 2], from: 0, step: 1)
        curve.name = name
        return curve
      })
    picture.style.hasLegend = true
    change(&picture.style)
    return try DrawnSVG(picture)
  }

  @Test func `long names are whole where they have room`() throws {
    let names = [
      "adjusted closing price of the first quarter of the year", "another name that is as long as it", "x",
    ]
    #expect(try legend(names).labels == names)
    let few = try legend(names) { ($0.width, $0.height) = (200, 125) }
    #expect(few.labels.first?.hasSuffix("…") == true)
    #expect(few.labels.last == "and 2 more")
    // Of three curves and one name: what stands for several has no stroke.
    #expect(few.paths.count == 4)
  }

  @Test func `margins that leave no room for a legend leave none`() throws {
    let none = try legend(["a", "b"]) { ($0.width, $0.height, $0.margin) = (200, 125, 60) }
    #expect(none.labels.isEmpty)
  }

  @Test(arguments: [9.0, 10, 12, 13, 19, 32]) func `letters are equally far apart and no wider than laid out`(
    size: Double
  ) throws {
    let grid = LetterGrid(base: 0, size: size)
    for text in ["interpolating-b-spline", "adjusted closing price", "logarithmic", "makima", "Größe"] {
      let advances = StrokeFont.advances(text, grid, size: size)
      let gaps = zip(text.unicodeScalars, advances).filter { $0.0 != " " }.map { scalar, advance in
        advance - grid.width(Glyph.of(scalar).width)
      }
      #expect(Set(gaps).count == 1 && gaps[0] >= 2, "\(text): \(gaps)")
    }
    for text in ["tttttt", "rtfrtf", "1,000,000", "29 Feb 2024", "linear 0.97", "1×10⁻³⁰⁰", "−0.5"] {
      let advances = StrokeFont.advances(text, grid, size: size)
      let ink = advances.reduce(0, +) - max(2, (0.2 * size).rounded())
      #expect(ink <= textWidth(text, size: size), "\(text)")
    }
  }
}
