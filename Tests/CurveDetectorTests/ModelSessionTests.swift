import Foundation
import Synchronization
import Testing

@testable import CurveDetector

/// Runs of small networks whose answers are known.
@Suite(.needsOnnxRuntime) struct ModelSessionTests {
  @Test func `the three outputs are what the network computes of the two inputs`() throws {
    let bias: [Float] = [0, -1, 2, 0.5, 0, 0, 0, 3]
    let session = try ModelSession(OnnxBytes.network(bias: bias, factor: 0.25).bytes, name: "it")
    var expected = NetworkInput()
    expected.prepare(try wave(300))
    let sum = zip(0..., expected.side).reduce(Float(0)) { $0 + 0.25 * Float($1.0) * $1.1 }
    try session.run { [expected] in
      $0 = expected
    } _: { seat in
      for k in 0..<8 { #expect(abs(seat.window[k] - (bias[k] + sum)) < 1e-4) }
      for cell in 0..<128 {
        let pair = expected.grid[cell] + expected.grid[128 + cell]
        #expect(abs(seat.boundary[cell] - pair / 2) < 1e-6)
        for k in 0..<8 { #expect(abs(seat.steps[k * 128 + cell] - (Float(k) + pair)) < 1e-5) }
      }
    }
  }

  @Test func `logits become probabilities`() throws {
    let session = try ModelSession(OnnxBytes.network(bias: [0, 0, 0, 0, 0, 0, 0, 700]).bytes, name: "it")
    let found = try session.run {
      $0.prepare((try? wave(64)) ?? [])
    } _: {
      Proposals($0)
    }
    #expect(found.window == [-700, -700, -700, -700, -700, -700, -700, 0])
    // Softmax of 0, 1, … 7, whatever is added to all.
    let total = (0..<8).reduce(0.0) { $0 + exp(Double($1) - 7) }
    for cell in found.steps { #expect(abs(cell[3] - (-4 - log(total))) < 1e-5) }
    #expect(found.boundary.allSatisfy { $0 > 0 && $0 < 1 })
  }

  @Test func `a session has as many seats as threads ran at once, and no more`() throws {
    let session = try ModelSession(OnnxBytes.network().bytes, name: "it")
    let z = try wave(200)
    for _ in 0..<500 {
      try session.run {
        $0.prepare(z)
      } _: { _ in
      }
    }
    #expect(session.seats == 1)
    let faults = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: 4) { _ in
      for _ in 0..<250 {
        if (try? session.run {
          $0.prepare(z)
        } _: { _ in
        }) == nil {
          faults.withLock { $0 += 1 }
        }
      }
    }
    #expect(faults.withLock { $0 } == 0)
    #expect(1...5 ~= session.seats)
  }

  @Test func `threads on one session get the answers that one gets`() throws {
    let session = try ModelSession(OnnxBytes.network(factor: 0.1).bytes, name: "it")
    let series = try (16..<56).map { try wave($0 * 5) }
    let alone = try series.map { z in
      try session.run {
        $0.prepare(z)
      } _: {
        Proposals($0).window
      }
    }
    let different = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: 400) { i in
      let z = series[i % series.count]
      let found = try? session.run {
        $0.prepare(z)
      } _: {
        Proposals($0).window
      }
      if found != alone[i % series.count] { different.withLock { $0 += 1 } }
    }
    #expect(different.withLock { $0 } == 0)
  }
}
