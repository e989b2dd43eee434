import Synchronization
import Testing

@testable import HTTPFront

/// Workers come and go while they work.
@Suite(.timeLimit(.minutes(20))) struct WorkerPoolTests {
  /// Writes down what it is told.
  final class Witness: WorkerObserver {
    struct Seen {
      var present: Set<Int> = []
      var begun: [UInt64] = []
      var isOver: [UInt64] = []
      var failures: [String] = []
      var left: [Int] = []
      var queued = 0
      var hasEnded = false
      var ticks = 0
      /// Something was told of a worker that was not there.
      var isWrong = false
    }
    let monitor = Monitor(Seen())
    var seen: Seen { monitor.change { $0 } }

    func came(_ worker: Int) {
      monitor.changeForAll { if !$0.present.insert(worker).inserted { $0.isWrong = true } }
    }
    func started(_ worker: Int) {}
    func begins(_ worker: Int, _ job: WorkerJob) {
      monitor.changeForAll { seen in
        if !seen.present.contains(worker) { seen.isWrong = true }
        seen.begun.append(job.number)
      }
    }
    func ends(_ worker: Int, _ job: WorkerJob, _ outcome: WorkerOutcome) {
      monitor.changeForAll { seen in
        if !seen.present.contains(worker) { seen.isWrong = true }
        if outcome.isOver { seen.isOver.append(job.number) }
        if let failure = outcome.failure { seen.failures.append(failure) }
      }
    }
    func left(_ worker: Int) {
      monitor.changeForAll { seen in
        if seen.present.remove(worker) == nil { seen.isWrong = true }
        seen.left.append(worker)
      }
    }
    func queued(_ count: Int) { monitor.changeForAll { $0.queued = count } }
    func ticks() { monitor.changeForAll { $0.ticks += 1 } }
    func ended() { monitor.changeForAll { $0.hasEnded = true } }
  }

  /// An answer whose pieces wait until they are let through.
  final class Gate: AnswerSource {
    let open: Monitor<Bool>
    let made = Monitor(0)
    private let pieces: Int
    init(pieces: Int, isOpen: Bool = true) { (self.pieces, open) = (pieces, Monitor(isOpen)) }

    func begin(_ answer: inout Answer) -> Bool { (try? next(answer.body)) ?? false }
    func next(_ piece: ByteBuffer) throws -> Bool {
      open.wait { $0 ? () : nil }
      return made.changeForAll {
        $0 += 1
        return $0 < pieces
      }
    }
  }

  private func making(_ source: any AnswerSource) throws -> Making {
    Making(
      source, label: 1, key: 0, mailbox: try Mailbox(), buffers: BufferPool(kept: 1, largest: 1),
      limit: 1 << 20, budget: BodyBudget(limit: 1 << 20), bodyRoom: 0)
  }

  private func pool(_ threads: Int) -> (WorkerPool, Witness) {
    let (pool, witness) = (WorkerPool(threads: threads), Witness())
    pool.start(witness)
    return (pool, witness)
  }

  @Test func `whoever watches hears that time passes, though nothing is done`() {
    let (pool, witness) = (WorkerPool(threads: 1, tickSeconds: 0.001), Witness())
    pool.start(witness)
    witness.monitor.wait { $0.ticks > 2 ? () : nil }
    pool.close()
    #expect(witness.seen.begun.isEmpty)
  }

  @Test func `those who wait leave at once, those who work when their piece is made`() throws {
    let (pool, witness) = pool(3)
    defer { pool.close() }
    #expect(witness.seen.present == [1, 2, 3])
    let gates = [Gate(pieces: 3, isOpen: false), Gate(pieces: 3, isOpen: false)]
    for gate in gates { pool.add(try making(gate)) }
    witness.monitor.wait { $0.begun.count == 2 ? () : nil }
    #expect(pool.scale(to: 1) == (0, 2))
    #expect(pool.count == 1)
    // The third waits for work, or has not come so far: only then is it told of later.
    witness.monitor.wait { $0.left.count >= 1 ? () : nil }
    #expect(witness.seen.isOver.isEmpty)
    for gate in gates { gate.open.changeForAll { $0 = true } }
    witness.monitor.wait { $0.isOver.count == 2 && $0.left.count == 2 ? () : nil }
    #expect(gates.allSatisfy { $0.made.change { $0 } == 3 })
    #expect(witness.seen.present.count == 1)
    #expect(!witness.seen.isWrong)
  }

  @Test func `who is to leave stays when more are wanted first`() throws {
    let (pool, witness) = pool(1)
    defer { pool.close() }
    _ = pool.scale(to: 2)
    let gates = (0..<2).map { _ in Gate(pieces: 2, isOpen: false) }
    for gate in gates { pool.add(try making(gate)) }
    witness.monitor.wait { $0.begun.count == 2 ? () : nil }
    #expect(pool.scale(to: 1) == (0, 1))
    #expect(pool.scale(to: 2) == (1, 0))
    for gate in gates { gate.open.changeForAll { $0 = true } }
    witness.monitor.wait { $0.isOver.count == 2 ? () : nil }
    #expect(witness.seen.present == [1, 2])
    #expect(witness.seen.left.isEmpty)
  }

  @Test func `no job is lost while the pool grows and shrinks`() throws {
    let (pool, witness) = pool(2)
    defer { pool.close() }
    let jobs = 300
    for round in 0..<jobs {
      pool.add(try making(Gate(pieces: 1 + round % 5)))
      // As many workers as the square of the round leaves over 7: up and down, and each size after each other.
      _ = pool.scale(to: 1 + round * round % 7)
    }
    let seen = witness.monitor.wait { $0.isOver.count == jobs ? $0 : nil }
    #expect(Set(seen.isOver).count == jobs)
    #expect(seen.begun.count == (0..<jobs).reduce(0) { $0 + 1 + $1 % 5 })
    let wanted = 1 + (jobs - 1) * (jobs - 1) % 7
    witness.monitor.wait { $0.present.count == wanted ? () : nil }
    #expect(pool.count == wanted)
    #expect(!witness.seen.isWrong)
  }

  @Test func `however many scale at the same moment, there are as many as they asked for`() {
    for _ in 0..<20 {
      let (pool, witness) = pool(1)
      defer { pool.close() }
      let done = Monitor(0)
      for _ in 0..<4 {
        let isStarted = startThread {
          _ = pool.scale(to: 6)
          done.changeForAll { $0 += 1 }
        }
        #expect(isStarted)
      }
      done.wait { $0 == 4 ? () : nil }
      #expect(pool.count == 6)
      #expect(witness.seen.present.count == 6)
    }
  }

  @Test func `an errand is done by the worker who was asked, between two pieces`() throws {
    let (pool, witness) = pool(1)
    defer { pool.close() }
    let done = Monitor([String]())
    #expect(pool.ask(1) { done.changeForAll { $0.append("idle") } })
    done.wait { $0 == ["idle"] ? () : nil }
    #expect(!pool.ask(2) {})
    let gate = Gate(pieces: 2, isOpen: false)
    pool.add(try making(gate))
    witness.monitor.wait { $0.begun.count == 1 ? () : nil }
    #expect(pool.ask(1) { done.changeForAll { $0.append("\(gate.made.change { $0 })") } })
    gate.open.changeForAll { $0 = true }
    // After the first piece, before the second.
    done.wait { $0 == ["idle", "1"] ? () : nil }
    witness.monitor.wait { $0.isOver.count == 1 ? () : nil }
  }

  @Test func `the observer is let go in the end`() {
    let (pool, witness) = pool(1)
    pool.close()
    #expect(witness.seen.hasEnded)
    #expect(pool.scale(to: 4) == (0, 0))
  }
}
