// Made by models/fit_segments.py; do not edit.

enum SegmentCoefficients {
  /// For each of `SeveralCurves.features`.
  static let several: [Double] = [
    -4.398, 0.04148, 0.4023, 0.6417, 1.275, 0.398, -0.1889, 1.431, -0.8166, -1.758, -0.1834, -0.2344, 0.1521,
    1.712, -0.4371, 0.1096,
  ]

  /// The same where a network has its say.
  static let severalHybrid: [Double] = [
    -11.24, 0.1059, 0.933, 0.5339, 0.4779, 0.3378, -0.1631, 1.032, 0.2006, -0.1918, -0.01964, -0.2282, 0.1205,
    8.712, 0.04208, -1.199,
  ]

  /// For each of `OneCurve.features`: more than 0 where a series is to be cut.
  static let oneCurve: [Double] = [
    3.205, -0.2008, -0.8123, 0.6868, 2.705, 0.3612, 0.8422, 4.244, -4.637, -0.5183,
  ]
}
