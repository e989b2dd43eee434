// Made by models/fit_segments.py; do not edit.

enum SegmentCoefficients {
  /// For each of `SeveralCurves.features`.
  static let several: [Double] = [
    -4.163, 0.4372, 0.2736, 0.7618, 1.283, 0.4173, -0.2708, 1.318, -0.6339, -1.615, -0.2478, -0.2297, 0.1623,
    0.9356, -0.7602, 0.5108,
  ]

  /// The same where a network has its say.
  static let severalHybrid: [Double] = [
    -8.739, -0.03269, 0.6696, 0.6444, 0.5249, 0.2252, -0.1674, 0.7227, -0.2957, 0.08953, -0.04491, -0.2762,
    0.1776, 6.637, -0.6529, -1.183,
  ]
}
