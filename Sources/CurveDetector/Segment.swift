/// A stretch of a series and what it is taken for.
struct Segment {
  var range: Range<Int>
  var pattern: Pattern
  /// The curve through it, in u of the stretch.
  var model: ShapeModel
  /// Of each pattern, given where the stretch lies.
  var probabilities: [Double]

  var confidence: Double { probabilities[pattern.index] }
}

extension Segment {
  /// Judges a stretch alone, by means over at most so many cells; a jump is no pattern of a stretch.
  ///
  /// One that is too short to be judged, or constant, is no curve.
  init(
    _ range: Range<Int>, of z: [Double], as given: Pattern? = nil, _ evidence: SegmentEvidence?,
    cells most: Int = 66
  ) {
    self.range = range
    let cells = zScored(binned(Array(z[range]), most))
    guard cells.count >= 16, cells.contains(where: { $0 != cells[0] }) else {
      (pattern, model) = (.none, ShapeModel(.none, start: .zero))
      probabilities = [0, 0, 0, 0, 0, 0, 0, cells.count < 16 ? 0.5 : 1]
      return
    }
    let likelihoods = Likelihoods(cells)
    var shares = likelihoods.probabilities
    if let evidence {
      shares = evidence.weighed(
        shares, from: Double(range.lowerBound) / Double(z.count),
        to: Double(range.upperBound) / Double(z.count))
    }
    shares[6] = 0
    let sum = max(shares.reduce(0, +), 1e-300)
    for i in shares.indices { shares[i] /= sum }
    var best = 7
    for i in 0..<7 where shares[i] > shares[best] { best = i }
    pattern = given ?? Pattern.allCases[best]
    probabilities = shares
    model = ShapeModel(pattern, start: pattern == .none ? .zero : likelihoods.starts[pattern.index])
  }

  mutating func fit(_ z: [Double], points: Int, steps: Int) {
    let start: SIMD2<Double> = [model.p[model.linearCount], model.p[model.linearCount + 1]]
    model = fitShape(pattern, start: start, to: z[range], points: points, steps: steps)
  }
}
