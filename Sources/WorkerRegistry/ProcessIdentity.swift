/// A process, told from another that got its number later: by the time when it began.
public struct ProcessIdentity: Sendable, Equatable {
  public let pid: Int
  /// Ticks of the system since it started.
  public let startTime: UInt64

  /// This process.
  static var own: ProcessIdentity {
    ProcessIdentity(pid: OwnNumbers.process, startTime: startTime(of: OwnNumbers.process) ?? 0)
  }

  /// Whether it still runs.
  public var isAlive: Bool { ProcessIdentity.startTime(of: pid) == startTime }

  /// nil when there is no such process, or it has ended and is not yet buried.
  static func startTime(of pid: Int) -> UInt64? {
    readSystemFile("/proc/\(pid)/stat").flatMap(startTime(fromStat:))
  }

  /// Field 22 of /proc/PID/stat; the name, field 2, stands in parentheses and may hold anything.
  static func startTime(fromStat bytes: [UInt8]) -> UInt64? {
    guard let end = bytes.lastIndex(of: UInt8(ascii: ")")) else { return nil }
    let fields = bytes[(end + 1)...].split(separator: UInt8(ascii: " "))
    guard fields.count > 19, let state = fields[0].first, !"ZXx".utf8.contains(state) else { return nil }
    return UInt64(String(decoding: fields[19], as: UTF8.self))
  }
}
