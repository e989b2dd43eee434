import Glibc

/// A stretch of a series and what it is taken for.
struct Segment {
  var range: Range<Int>
  var pattern: Pattern
  /// The curve through it, in u of the stretch.
  var model: ShapeModel
  /// Of each pattern, given where the stretch lies; of short pieces they make less than 1.
  var probabilities: [Double]

  var confidence: Double { probabilities[pattern.index] }
}

extension Segment {
  /// The least standard deviation, in units of the whole series', of what is not level: rounding is far below.
  private static let leastSpread = 1e-6
  /// What is to be believed of probabilities of pieces under 16 prices, which the coefficients never saw: of 6000
  /// generated series the share that was right over the mean probability, by statistics alone and with a network.
  private static let (shortAlone, shortProposed) = (0.48, 0.82)

  /// Judges a stretch alone, by means over at most so many cells; a jump is no pattern of a stretch, and what is level
  /// is surely none.
  init(
    _ range: Range<Int>, of z: [Double], as given: Pattern? = nil, _ evidence: SegmentEvidence?,
    cells most: Int = 66
  ) {
    self.range = range
    let means = binned(z.span.extracting(range), most)
    guard means.count >= 8, moments(means).spread > Segment.leastSpread else {
      (pattern, model, probabilities) = (.none, ShapeModel(.none, start: .zero), [0, 0, 0, 0, 0, 0, 0, 1])
      return
    }
    let cells = zScored(means)
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
    if means.count < ClassicalDetector.fewest {
      let honest = evidence == nil ? Segment.shortAlone : Segment.shortProposed
      for i in shares.indices { shares[i] *= honest }
    }
    probabilities = shares
    model = ShapeModel(pattern, start: pattern == .none ? .zero : likelihoods.starts[pattern.index])
  }

  /// The probability that the piece is right, its edges included, which `confidence` takes for granted.
  ///
  /// Logistic regression by `models/fit_pieces.py`.
  func toldConfidence(_ isProposed: Bool) -> Double {
    let weights = isProposed ? PieceCoefficients.proposed : PieceCoefficients.alone
    let p = min(max(confidence, 1e-9), 1 - 1e-9)
    let logit = min(max(log(p / (1 - p)), -8), 8)
    return 1 / (1 + exp(-(weights.x + weights.y * logit + weights.z * (log(Double(range.count)) - 5))))
  }

  mutating func fit(_ z: [Double], points: Int, steps: Int) {
    let start: SIMD2<Double> = [model.p[model.linearCount], model.p[model.linearCount + 1]]
    model = fitShape(pattern, start: start, to: z.span.extracting(range), points: points, steps: steps)
  }
}
