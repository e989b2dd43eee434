import Foundation
import HTTPFront
import SocketClients
import Synchronization
import Testing

/// Short answers to requests that come together.
@Suite(.timeLimit(.minutes(20))) struct HeldAnswerTests {
  private let request = "GET /told?N HTTP/1.1\r\nHost: a\r\n\r\n"

  /// Has requests come while the server's one thread is busy, so that it finds all of them at once.
  ///
  /// - Parameter onRequest: called for each, in their order, on that thread, with the numbers of those before. No answer
  ///   is received before all were called.
  private func together(
    _ count: Int, heldSeconds: Double,
    _ onRequest: @escaping @Sendable ([TestSocket], _ before: [Int]) -> Void
  ) throws {
    let change = { (options: inout ServerOptions) in options.heldSeconds = heldSeconds }
    try serve(change) { server, handler in
      let clients = try (0..<count).map { _ in try TestSocket(port: server.port) }
      let first = try TestSocket(port: server.port)
      // All are accepted.
      for client in clients + [first] {
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(client.receive(until: "hello").hasSuffix("hello"))
      }
      let (isBusy, mayGoOn) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
      let wasTold = DispatchSemaphore(value: 0)
      let order = Mutex<[Int]>([])
      let listener: @Sendable (String) -> Void = { query in
        guard let number = Int(query) else {
          isBusy.signal()
          return mayGoOn.wait()
        }
        onRequest(clients, order.withLock { $0 })
        order.withLock { $0.append(number) }
        wasTold.signal()
      }
      handler.onRequest.withLock { $0 = listener }
      first.send(request.replacing("N", with: "first"))
      isBusy.wait()
      for (number, client) in clients.enumerated() {
        client.send(request.replacing("N", with: "\(number)"))
      }
      mayGoOn.signal()
      for _ in clients { wasTold.wait() }
      for client in clients + [first] { #expect(client.receive(until: "told").hasSuffix("told")) }
      #expect(order.withLock { $0.sorted() } == Array(0..<count))
    }
  }

  @Test func `up to four are sent together`() throws {
    let early = Atomic<Int>(0)
    try together(4, heldSeconds: 3600) { clients, before in
      for number in before where clients[number].hasBytes(waiting: false) { early.add(1, ordering: .relaxed) }
    }
    #expect(early.load(ordering: .relaxed) == 0)
  }

  @Test func `four do not wait for more`() throws {
    let answered = Atomic<Int>(0)
    try together(6, heldSeconds: 3600) { clients, before in
      // The server's thread is here: it sends nothing now that it has not sent.
      guard before.count == 4 else { return }
      let all = before.filter { clients[$0].hasBytes(waiting: true) }
      answered.store(all.count, ordering: .relaxed)
    }
    #expect(answered.load(ordering: .relaxed) == 4)
  }

  @Test func `one that has waited long enough is sent before the next is made`() throws {
    let answered = Atomic<Int>(0)
    try together(3, heldSeconds: -1) { clients, before in
      guard let last = before.last, clients[last].hasBytes(waiting: true) else { return }
      answered.add(1, ordering: .relaxed)
    }
    #expect(answered.load(ordering: .relaxed) == 2)
  }
}
