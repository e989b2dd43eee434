import CurveKernel

/// Threads, backends and pooled memory for rendering curves; make one and share it.
///
///     let engine = Engine()
///     let curve = try Curve(.catmullRom(), points: [[0, 0], [1, 2], [3, 1]] as [SIMD2<Float>])
///     let points = try engine.render(curve, .samplesPerSegment(16))
///
/// Every backend, thread count and tiling gives the same bytes.
public final class Engine: Sendable {
  /// Threads that draw, the caller's own included.
  public var threads: Int { pool.threads }
  let pool: ThreadPool
  let evaluator: (any TileEvaluator)?
  let slabs = SlabPool()

  /// - Parameter threads: 1 or more; nil: one for each core.
  public init(threads: Int? = nil) {
    pool = ThreadPool(threads: max(1, min(threads ?? coreCount(), 1024)))
    evaluator = environment("CATENARY_CPU") == "baseline" ? nil : VectorEvaluator()
  }

  /// Bytes that are drawn at once: they stay in the second-level cache.
  static let tileBytes = 256 << 10
}
