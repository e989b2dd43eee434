// What benchmarks time: the parts of an answer of the network.

/// A series on its way through the network, part by part.
package struct NetworkStages {
  private let prices, z: [Double]
  private let session: ModelSession
  private var input = NetworkInput()

  /// - Parameter prices: 16 or more, not all equal.
  package init(_ prices: [Double], _ models: ModelCache) throws {
    self.prices = prices
    z = try PreparedSeries(prices).z
    session = try models.session(NetworkDetector.modelName)
    input.prepare(z)
  }

  /// Fills gaps and normalises.
  package func normalise() throws -> Double { try PreparedSeries(prices).z[0] }

  /// Computes what the network is given.
  package mutating func prepare() { input.prepare(z) }

  /// The network alone.
  package func run() throws -> Float {
    try session.run { _ in
    } _: {
      $0.window[0]
    }
  }

  /// Input, network and probabilities.
  package func propose() throws -> Double {
    try session.run {
      $0.prepare(z)
    } _: {
      Proposals($0).window[0]
    }
  }
}
