/// A tensor that the network takes or gives: its name and its length in each dimension after the batch.
struct TensorShape: Equatable, Sendable {
  let name: String
  let dimensions: [Int]

  /// Elements of a batch of one.
  var count: Int { dimensions.reduce(1, *) }
  /// With the batch in front.
  var batchOfOne: [Int64] { [1] + dimensions.map(Int64.init) }

  /// Beside this, the batch is one or free.
  func fits(_ declared: [Int]) -> Bool {
    guard let batch = declared.first, batch == 1 || batch < 0 else { return false }
    return Array(declared.dropFirst()) == dimensions
  }

  static let inputs = [
    TensorShape(name: "grid", dimensions: [NetworkInput.channels, NetworkInput.cells]),
    TensorShape(name: "side", dimensions: [NetworkInput.sideCount]),
  ]
  static let outputs = [
    TensorShape(name: "window", dimensions: [8]),
    TensorShape(name: "steps", dimensions: [8, NetworkInput.cells]),
    TensorShape(name: "boundary", dimensions: [NetworkInput.cells]),
  ]
}

extension TensorShape: CustomStringConvertible {
  var description: String { TensorShape.text(name, [-1] + dimensions) }

  static func text(_ name: String, _ dimensions: [Int]) -> String {
    "\(name) [\(dimensions.map { $0 < 0 ? "b" : "\($0)" }.joined(separator: ","))]"
  }
}
