import Catenary
import Testing

/// The ways a curve is drawn: the portable build on this thread, the engine natively, and in WebAssembly where it is.
enum Roads {
  static let native = Engine(threads: 2)
  static let wasm = try? Engine(backend: .wasm, threads: 2)
  static let engines: [(name: String, engine: Engine)] =
    [("native", native)] + (wasm.map { [("wasm", $0)] } ?? [])

  /// The samples of the portable build, one row a point; every engine must give the same bytes.
  static func rows<S: CurveScalar & BitwiseCopyable & BinaryFloatingPoint>(
    _ curve: Curve<S>, _ sampling: Sampling, derivative: Int = 0
  ) throws -> [[Double]] {
    let drawn = try curve.points(sampling, derivative: derivative)
    for (name, engine) in engines {
      let other = try engine.render(curve, sampling, derivative: derivative)
      let isSame = sameBytes(drawn, other)
      #expect(isSame, "\(name) draws derivative \(derivative) otherwise")
    }
    let d = curve.dimensions
    let numbers = drawn.map { Double($0) }
    return (0..<drawn.count / d).map { i in Array(numbers[i * d..<(i + 1) * d]) }
  }

  static func sameBytes<S: BinaryFloatingPoint>(_ a: [S], _ b: [S]) -> Bool {
    a.count == b.count
      && zip(a, b).allSatisfy {
        $0.sign == $1.sign && $0.exponentBitPattern == $1.exponentBitPattern
          && $0.significandBitPattern == $1.significandBitPattern
      }
  }
}
