// Made by models/fit_segments.py; do not edit.

enum SegmentCoefficients {
  /// For each of `SeveralCurves.features`.
  static let several: [Double] = [
    -4.163, 0.4372, 0.2736, 0.7618, 1.283, 0.4173, -0.2708, 1.318, -0.6339, -1.615, -0.2478, -0.2297, 0.1623,
    0.9356, -0.7602, 0.5108,
  ]

  /// The same where a network has its say.
  static let severalHybrid: [Double] = [
    -4.163, 0.4372, 0.2736, 0.7618, 1.283, 0.4173, -0.2708, 1.318, -0.6339, -1.615, -0.2478, -0.2297, 0.1623,
    0.9356, -0.7602, 0.5108,
  ]
}
