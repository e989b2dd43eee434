import Catenary
import HTTPFront
import Synchronization

/// What was asked for, how it was answered, and how long it took. Counting costs a few atomic additions: no name is made
/// and nothing is looked up by one.
final class RequestMetrics: Sendable {
  let bytesIn = Atomic<Int>(0)
  let bytesOut = Atomic<Int>(0)
  let aborted = Atomic<Int>(0)
  private let pointsNative = Atomic<Int>(0)
  private let pointsWasm = Atomic<Int>(0)
  /// Detections by who judged, and how long each took.
  let detectedByModel = Histogram()
  let detectedByStatistics = Histogram()
  /// By label: 0 for what was refused before its path was known, then the routes, then paths that are none, then
  /// `OPTIONS`, which any path answers.
  let routes: [RouteMetrics]

  init(routes count: Int) { routes = (0..<count + 3).map { _ in RouteMetrics() } }

  /// - Parameter method: nil where the request named none that is known.
  func ended(_ record: RequestRecord, label: Int, method: Method?) {
    if record.bytesIn > 0 { bytesIn.add(record.bytesIn, ordering: .relaxed) }
    bytesOut.add(record.bytesOut, ordering: .relaxed)
    if record.isAborted { aborted.add(1, ordering: .relaxed) }
    let route = routes[routes.indices.contains(label) ? label : 0]
    route.ended(method, record.status, record.nanoseconds)
  }

  func rendered(_ points: Int, by backend: Backend) {
    if backend == .wasm {
      pointsWasm.add(points, ordering: .relaxed)
    } else {
      pointsNative.add(points, ordering: .relaxed)
    }
  }

  func points(by backend: Backend) -> Int {
    backend == .wasm ? pointsWasm.load(ordering: .relaxed) : pointsNative.load(ordering: .relaxed)
  }

  func detected(by source: Detection.Source, _ time: Duration) {
    let (seconds, attoseconds) = time.components
    let nanoseconds = seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    (source == .onnx ? detectedByModel : detectedByStatistics).add(nanoseconds: nanoseconds)
  }
}

/// The requests of one path.
final class RouteMetrics: Sendable {
  /// The statuses that are told apart; 0 is that of a request without an answer.
  static let statuses = [
    0, 101, 200, 204, 206, 304, 400, 401, 403, 404, 405, 406, 408, 409, 411, 413, 414, 415, 417, 421, 422,
    426,
    429, 431, 500, 501, 503, 505,
  ]
  /// Their places, by status.
  private static let places = {
    var places = [UInt8](repeating: UInt8(statuses.count), count: 600)
    for (place, status) in statuses.enumerated() { places[status] = UInt8(place) }
    return places
  }()
  private static let width = statuses.count + 1

  // One more status and one more method than have names.
  private let answers: InlineArray<319, Atomic<Int>> = InlineArray { _ in Atomic(0) }
  let durations = Histogram()

  func ended(_ method: Method?, _ status: Int, _ nanoseconds: Int64) {
    let places = RouteMetrics.places
    let place = places.indices.contains(status) ? Int(places[status]) : RouteMetrics.statuses.count
    let row = method.map { Int($0.rawValue) } ?? Method.allCases.count
    answers[row * RouteMetrics.width + place].add(1, ordering: .relaxed)
    durations.add(nanoseconds: nanoseconds)
  }

  /// Answers by method and status, those that occurred.
  var answered: [(method: String, status: String, count: Int)] {
    var list: [(method: String, status: String, count: Int)] = []
    for place in answers.indices {
      let count = answers[place].load(ordering: .relaxed)
      guard count > 0 else { continue }
      let (row, column) = place.quotientAndRemainder(dividingBy: RouteMetrics.width)
      let method = row < Method.allCases.count ? Method.allCases[row].text : "other"
      let status = column < RouteMetrics.statuses.count ? RouteMetrics.statuses[column] : -1
      list.append((method, status > 0 ? "\(status)" : status == 0 ? "none" : "other", count))
    }
    return list
  }
}
