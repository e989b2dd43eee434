import Catenary
import Glibc
import Synchronization

/// How far a batch has come; lanes write, one thread tells.
final class BatchProgress: Sendable {
  /// Items and input bytes of the whole run, skipped ones not counted.
  let items, inputBytes: Int
  private let start = ContinuousClock.now
  private let itemsDone = Atomic<Int>(0)
  private let itemsFailed = Atomic<Int>(0)
  private let bytesRead = Atomic<Int>(0)
  private let bytesWritten = Atomic<Int>(0)
  private let pointsDone = Atomic<Int>(0)
  /// Who writes to standard error, one at a time, and whether the line there is unfinished.
  private let screen = Mutex(Screen())

  private struct Screen {
    var hasLine = false
    var isOver = false
  }

  init(items: Int, inputBytes: Int) { (self.items, self.inputBytes) = (items, inputBytes) }

  var done: Int { itemsDone.load(ordering: .relaxed) }
  var failed: Int { itemsFailed.load(ordering: .relaxed) }
  var points: Int { pointsDone.load(ordering: .relaxed) }
  var written: Int { bytesWritten.load(ordering: .relaxed) }
  var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }

  func wrote(_ bytes: Int) { bytesWritten.add(bytes, ordering: .relaxed) }
  func drew(_ points: Int) { pointsDone.add(points, ordering: .relaxed) }

  /// One item has ended.
  func ended(inputBytes: Int, isFailed: Bool) {
    bytesRead.add(inputBytes, ordering: .relaxed)
    itemsDone.add(1, ordering: .relaxed)
    if isFailed { itemsFailed.add(1, ordering: .relaxed) }
  }

  /// Tells a line of its own.
  func tell(_ line: String) {
    screen.withLock { screen in
      Files.tell((screen.hasLine ? "\r\u{1B}[K" : "") + line + "\n")
      screen.hasLine = false
    }
  }

  /// From time to time, until `finish`: a line that is written over on a terminal, else one that stays, more and more
  /// seldom.
  func report(toTerminal: Bool) {
    let next = Mutex(toTerminal ? 0.2 : 5.0)
    _ = onNewThread { [self] in
      while true {
        _ = usleep(toTerminal ? 200_000 : 500_000)
        let seconds = seconds
        let isDue = next.withLock { next in
          guard seconds >= next else { return false }
          next = toTerminal ? seconds : max(seconds * 1.5, seconds + 5)
          return true
        }
        let isOver = screen.withLock { screen in
          if screen.isOver { return true }
          guard isDue else { return false }
          Files.tell(toTerminal ? "\r\u{1B}[K" + line : line + "\n")
          screen.hasLine = toTerminal
          return false
        }
        if isOver { return }
      }
    }
  }

  /// No more reports; the line on a terminal is wiped.
  func finish() {
    screen.withLock { screen in
      if screen.hasLine { Files.tell("\r\u{1B}[K") }
      screen = Screen(hasLine: false, isOver: true)
    }
  }

  /// `812/2000 items  40 %  61.2 Mpoints/s  490 MB/s  ETA 0:07  3 failed`.
  private var line: String {
    let (done, seconds) = (done, max(seconds, 1e-3))
    // Bytes say more about what is left than items do; empty inputs have none.
    let share =
      inputBytes > 0
      ? Double(bytesRead.load(ordering: .relaxed)) / Double(inputBytes) : Double(done) / Double(max(items, 1))
    let eta = share > 0 ? BatchProgress.clock(seconds / share - seconds) : "-"
    let failures = failed > 0 ? "  \(failed) failed" : ""
    return "\(done)/\(items) items  \(Int(share * 100)) %  \(rates)  ETA \(eta)\(failures)"
  }

  /// `61.2 Mpoints/s  490 MB/s`.
  var rates: String {
    let seconds = max(seconds, 1e-3)
    return BatchProgress.scaled(Double(points) / seconds, "points/s") + "  "
      + BatchProgress.scaled(Double(written) / seconds, "B/s")
  }

  /// Three digits and a unit.
  static func scaled(_ value: Double, _ unit: String) -> String {
    var (value, prefixes) = (value, ["", "k", "M", "G", "T"][...])
    while value >= 999.5, prefixes.count > 1 {
      value /= 1000
      prefixes = prefixes.dropFirst()
    }
    let digits = value < 9.995 ? 2 : value < 99.95 ? 1 : 0
    return "\(rounded(value, digits)) \(prefixes.first ?? "")\(unit)"
  }

  static func rounded(_ value: Double, _ digits: Int) -> String {
    let factor = [1, 10, 100, 1000][digits]
    let whole = Int((value * Double(factor)).rounded())
    if digits == 0 { return "\(whole)" }
    let rest = "\(whole % factor)"
    return "\(whole / factor)." + String(repeating: "0", count: digits - rest.count) + rest
  }

  /// `1:02:03`, or `0:07`.
  static func clock(_ seconds: Double) -> String {
    let all = Int(min(max(seconds, 0), 1e9).rounded(.up))
    func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
    let minutes = all / 60 % 60
    return all < 3600 ? "\(minutes):\(two(all % 60))" : "\(all / 3600):\(two(minutes)):\(two(all % 60))"
  }
}
