import CurveKernel
import Testing

/// What flattening promises: no point of the curve is farther from the polyline than the tolerance, with few points.
@Suite struct FlattenTests {
  @Test func `golden cubics take hardly more chords than the fewest`() throws {
    var (chords, fewest) = (0, 0)
    for cubic in FlattenGolden.all {
      for (text, least) in cubic.fewest {
        let tolerance = try #require(Double(text))
        let line = try Polyline(PlaneCubic(cubic.points).points, tolerance)
        #expect(Double(line.chords) <= 1.1 * Double(least) + 1, "\(cubic.id) at \(text): \(line.chords)")
        chords += line.chords
        fewest += least
      }
    }
    #expect(Double(chords) <= 1.1 * Double(fewest), "\(chords) chords, \(fewest) would do")
  }

  @Test(arguments: 0...6) func `golden cubics stay within the tolerance`(decade: Int) throws {
    let part = [1, 0.1, 0.01, 1e-3, 1e-4, 1e-5, 1e-6][decade]
    for cubic in FlattenGolden.all where cubic.id != "timestamps" || decade < 5 {
      let exact = PlaneCubic(cubic.points)
      let tolerance = 10 * part
      let line = try Polyline(exact.points, tolerance)
      let perChord = max(8, 3000 / line.chords)
      let deviation = exact.deviation(from: line.vertices, at: line.u, perChord: perChord)
      #expect(deviation <= tolerance, "\(cubic.id) at \(tolerance)")
      // Half an ulp of Float, at 180, is 8e-6.
      guard cubic.id != "timestamps", decade < 6 else { continue }
      let rounded = exact.rounded
      let floats = try Polyline(exact.floats, tolerance)
      let error = rounded.deviation(from: floats.vertices, at: floats.u, perChord: perChord)
      #expect(error <= tolerance, "\(cubic.id) in f32 at \(tolerance)")
    }
  }

  /// The smaller a tolerance, the fewer cubics: chords grow with its root.
  @Test func `ten thousand random cubics stay within the tolerance`() throws {
    var cubics = RandomCubics(seed: 20)
    var random = Random(seed: 21)
    for i in 0..<10_000 {
      let exact = cubics.next()
      let decade = i % 40 == 0 ? 6 : i % 20 == 1 ? 5 : i % 10 == 2 ? 4 : i % 4
      let isFloat = i % 3 == 0
      let part = [1, 0.1, 0.01, 1e-3, 1e-4, isFloat ? 1e-4 : 1e-5, isFloat ? 5e-5 : 1e-6][decade]
      let tolerance = 50 * part * Double.random(in: 0.2...1, using: &random)
      let line = isFloat ? try Polyline(exact.floats, tolerance) : try Polyline(exact.points, tolerance)
      let deviation = (isFloat ? exact.rounded : exact).deviation(
        from: line.vertices, at: line.u, perChord: max(8, 2000 / line.chords))
      #expect(deviation <= tolerance, "cubic \(i) \(exact) at \(tolerance), \(isFloat ? "f32" : "f64")")
    }
  }
}
