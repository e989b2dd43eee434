/// What segments cost, in nats, beside their likelihood.
struct SearchWeights {
  /// Of each pattern, in the order of `Pattern`; noise of a level and a walk at the end.
  var penalties: SIMD8<Float> = [4, 6, 6, 6, 10, 8, 2, 2]
  /// Cells that the noise of the whole series counts for in each stretch.
  var prior: Float = 4
  var segment: Float = 5
  /// Times that edges are moved.
  var rounds = 2
  /// What two neighbours may lose when they are joined.
  var merge = 7.0
  /// What may be lost when a short segment is given to its neighbours.
  var drop = 2.0
  /// What joining two lines that go the same way may lose beside.
  var line = 20.0
  /// The weight of a network's word on patterns, on edges, on the pattern of a found segment.
  var steps = 0.5
  var edges = 5.0
  var judge = 0.3
  var judgeSteps = 2.0
  var place = 20.0
  /// The least probability of an edge for a knot, and cells between knots where there is none.
  var knot = 0.05
  var gap = 12
}
