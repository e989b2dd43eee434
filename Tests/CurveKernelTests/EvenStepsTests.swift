import CurveKernel
import Testing

/// Points at even distances: what tiles and other engines rest on.
@Suite struct EvenStepsTests {
  /// Some points lie on joints, where a panel's length and the next one's begin are rounded apart.
  @Test func `a point's place depends on its own number alone`() throws {
    var flat: [Double] = []
    for i in 0..<25 {
      flat.append(Double(i) * 1.25)
      for k in 1..<4 { flat.append(Double((i * 7919 + k * 104_729) % 31) / 4) }
    }
    for kind in [CurveKind.quadraticBezier, .linear(), .catmullRom()] {
      let shape = try CurveShape(kind, points: flat, dimensions: 4, closed: false, gaps: .error)
      let plan = try SamplePlan(.count(301, spacing: .arcLength), shape)
      guard case .places(let source) = plan.mode else {
        Issue.record("no places")
        return
      }
      let all = places(source, 0..<301)
      for i in 0..<301 { #expect(places(source, i..<i + 1) == [all[i]], "\(kind) \(i)") }
    }
  }

  private func places(_ source: any PlaceSource, _ range: Range<Int>) -> [Located] {
    var located = [Located](repeating: Located(0, 0), count: range.count)
    var span = located.mutableSpan
    source.fill(&span, piece: 0, first: range.lowerBound)
    return located
  }
}
