// Made by models/fit_pieces.py; do not edit.

/// The logit of a piece's confidence: a constant, a multiple of the logit of its probability, one of ln length − 5.
enum PieceCoefficients {
  static let alone: SIMD3<Double> = [-0.3131, 0.4104, -0.07366]
  /// Where a network has its say.
  static let proposed: SIMD3<Double> = [-0.6415, 0.5457, 0.1131]
}
