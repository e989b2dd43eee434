import Catenary
import Dispatch
import Glibc
import Synchronization
import Testing

/// Tiles and their sinks: errors, many renderings on one engine, and engines that come and go.
@Suite struct StreamTests {
  struct Stop: Error, Equatable { let tile: Int }

  static let engines: [(name: String, engine: Engine)] = {
    var all = [1, 2, 5].map { (count: Int) in ("native, \(count) threads", Engine(threads: count)) }
    for threads in [1, 3] {
      if let engine = try? Engine(backend: .wasm, threads: threads) {
        all.append(("wasm, \(threads) threads", engine))
      }
    }
    return all
  }()

  /// 65 tiles of 256 KiB.
  static let curve: Curve<SIMD2<Float>> = {
    let points = (0..<2049).map { SIMD2<Float>(Float($0), Float($0 * 31 % 17)) }
    do { return try Curve(.catmullRom(alpha: 0.5), points: points) } catch { fatalError("\(error)") }
  }()
  static let sampling = Sampling.samplesPerSegment(1024)

  @Test(arguments: engines.indices)
  func `a sink that throws stops the rendering, and its error arrives`(index: Int) throws {
    let engine = Self.engines[index].engine
    for last in [0, 1, 2, 7, 31, 64] {
      var seen = 0
      #expect(throws: Stop(tile: last)) {
        try engine.render(Self.curve, Self.sampling) { tile in
          #expect(tile.first == seen * 32_768)
          if seen == last { throw Stop(tile: seen) }
          seen += 1
        }
      }
      #expect(seen == last)
    }
    // Nothing of it is left: the engine goes on.
    let small = try Curve(.linear(), points: [0, 1, 4] as [Double])
    #expect(try engine.render(small, .samplesPerSegment(2)) == [0, 0.5, 1, 2.5, 4])
  }

  @Test(arguments: engines.indices)
  func `sinks that throw while threads draw leave them nothing to draw`(index: Int) {
    let engine = Self.engines[index].engine
    var random = SplitMix(seed: 11)
    for _ in 0..<40 {
      let last = Int.random(in: 0..<6, using: &random)
      var seen = 0
      #expect(throws: Stop(tile: last)) {
        try engine.render(Self.curve, Self.sampling) { _ in
          if seen == last { throw Stop(tile: seen) }
          seen += 1
        }
      }
    }
  }

  @Test(arguments: engines.indices)
  func `a buffer of another size is refused with both sizes`(index: Int) throws {
    let engine = Self.engines[index].engine
    let curve = try Curve(.linear(), coordinates: [0, 1, 2, 3] as [Double], dimensions: 2)
    for (sampling, needed) in [(Sampling.samplesPerSegment(3), 8), (.count(100_000), 200_000)] {
      #expect(try engine.elementCount(curve, sampling) == needed)
      for count in [0, 1, needed - 1, needed + 1] {
        var buffer = [Double](repeating: -7, count: count)
        #expect(throws: EngineError.curve(.wrongBufferSize(count: count, needed: needed))) {
          var span = buffer.mutableSpan
          try engine.render(curve, sampling, into: &span)
        }
        #expect(buffer.allSatisfy { $0 == -7 })
      }
    }
    let text = EngineError.curve(.wrongBufferSize(count: 7, needed: 8)).description
    #expect(text == "the buffer holds 7 elements: the result has 8")
  }

  @Test(arguments: engines.indices)
  func `threads that render on one engine at the same time each get their own curve`(index: Int) throws {
    let engine = Self.engines[index].engine
    let curves = try (0..<4).map { k in
      try Curve(.cubic(), points: (0..<400).map { SIMD2<Double>(Double($0), Double($0 * (k + 3) % 11)) })
    }
    // Another number of tiles for each.
    let samplings = [33, 150, 257, 64].map { Sampling.samplesPerSegment($0) }
    let expected = try zip(curves, samplings).map { try $0.points($1) }
    let wrong = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: 12) { i in
      let k = i % 4
      do {
        if i < 6 {
          let drawn = try engine.render(curves[k], samplings[k])
          if drawn != expected[k] { wrong.add(1, ordering: .relaxed) }
        } else {
          var place = 0
          try engine.render(curves[k], samplings[k]) { tile in
            for j in tile.elements.indices where tile.elements[j] != expected[k][place + j] {
              wrong.add(1, ordering: .relaxed)
            }
            place += tile.elements.count
          }
          if place != expected[k].count { wrong.add(1, ordering: .relaxed) }
        }
      } catch { wrong.add(1, ordering: .relaxed) }
    }
    #expect(wrong.load(ordering: .relaxed) == 0)
  }

  @Test(arguments: engines.indices)
  func `a slow sink keeps nobody waiting`(index: Int) throws {
    let engine = Self.engines[index].engine
    let small = try Curve(.cubic(), points: (0..<900).map { Double($0 * 7 % 13) })
    let expected = try small.points(.samplesPerSegment(100))
    let good = Atomic<Int>(0)
    let done = DispatchSemaphore(value: 0)
    var isFirst = true
    // Two sinks hold their tile, one inside the other, until two others have rendered whole curves.
    try engine.render(Self.curve, Self.sampling) { _ in
      guard isFirst else { return }
      isFirst = false
      var isFirstInside = true
      try engine.render(Self.curve, Self.sampling) { _ in
        guard isFirstInside else { return }
        isFirstInside = false
        for _ in 0..<2 {
          let thread = DispatchWorkItem {
            if (try? engine.render(small, .samplesPerSegment(100))) == expected {
              good.add(1, ordering: .relaxed)
            }
            done.signal()
          }
          DispatchQueue.global().async(execute: thread)
        }
        for _ in 0..<2 { #expect(done.wait(timeout: .now() + 60) == .success) }
      }
    }
    #expect(good.load(ordering: .relaxed) == 2)
  }

  @Test func `engines that are dropped take their threads along`() throws {
    let before = threadCount()
    for _ in 0..<60 {
      let engine = Engine(threads: 9)
      #expect(engine.threads == 9)
      let curve = try Curve(.linear(), points: [0, 1, 4] as [Double])
      #expect(try engine.render(curve, .samplesPerSegment(40_000)).count == 80_001)
    }
    // 480 threads were started. They end by themselves; other tests have some of their own.
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(60)
    while threadCount() > before + 120, clock.now < deadline { sched_yield() }
    #expect(threadCount() <= before + 120)
  }
}
