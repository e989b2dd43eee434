import CurveRequests

/// One part of the items, for one of several machines.
struct Shard: Equatable {
  /// From 0.
  let index: Int
  let count: Int

  static let most = 1_000_000

  init(index: Int, count: Int) { (self.index, self.count) = (index, count) }

  /// - Parameter text: `I/N`.
  init(_ text: String) throws(CommandFailure) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]),
      (1...Shard.most).contains(count),
      (0..<count).contains(index)
    else {
      throw .usage("--shard is \"\(text)\": give I/N, I from 0 to N - 1, such as 0/4")
    }
    self.init(index: index, count: count)
  }

  /// The part that a scheduler says: an index of a Kubernetes Indexed Job, or a task of a Slurm array.
  static func ofEnvironment(_ value: (String) -> String?) throws(CommandFailure) -> Shard? {
    if let index = value("JOB_COMPLETION_INDEX") {
      guard let count = value("JOB_COMPLETIONS") else {
        throw .usage(
          "JOB_COMPLETION_INDEX is \(index) and JOB_COMPLETIONS is not set: set it to the job's completions, or give --shard I/N"
        )
      }
      return try checked(Int(index), Int(count), "JOB_COMPLETION_INDEX \(index) of JOB_COMPLETIONS \(count)")
    }
    guard let id = value("SLURM_ARRAY_TASK_ID") else { return nil }
    let (least, most) = (value("SLURM_ARRAY_TASK_MIN") ?? "", value("SLURM_ARRAY_TASK_MAX") ?? "")
    let step = value("SLURM_ARRAY_TASK_STEP") ?? "1"
    let words = "SLURM_ARRAY_TASK_ID \(id), _MIN \(least), _MAX \(most), _STEP \(step)"
    guard let task = Int(id), let first = Int(least), let last = Int(most), let step = Int(step), step > 0,
      (0...1 << 40).contains(first), (first...1 << 40).contains(last), (first...last).contains(task)
    else { throw .usage("\(words): these are no array: give --shard I/N") }
    let count = (last - first) / step + 1
    if let tasks = value("SLURM_ARRAY_TASK_COUNT"), Int(tasks) != count || (task - first) % step != 0 {
      throw .usage("\(words), _COUNT \(tasks): the array has holes, items would be lost: give --shard I/N")
    }
    return try checked((task - first) / step, count, words)
  }

  private static func checked(_ index: Int?, _ count: Int?, _ words: String) throws(CommandFailure) -> Shard {
    guard let index, let count, (1...most).contains(count), (0..<count).contains(index) else {
      throw .usage("\(words): the index is not below the count: give --shard I/N")
    }
    return Shard(index: index, count: count)
  }

  /// What its files carry in their names.
  var name: String { "\(index)-of-\(count)" }

  /// Whether an item is one of this part: by its path below the input, whatever else there is.
  func has(_ below: String) -> Bool { Int(Shard.hash(below) % UInt64(count)) == index }

  /// FNV-1a of 64 bits, its bits mixed once more so that any of them may be taken.
  static func hash(_ text: String) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    hash = (hash ^ (hash >> 33)) &* 0xff51_afd7_ed55_8ccd
    return hash ^ (hash >> 29)
  }

  /// The part of each item when bytes are to be even: the largest first, each to the part that has least.
  static func balanced(_ bytes: [Int], count: Int) -> [Int] {
    let order = bytes.indices.sorted { (bytes[$1], $0) < (bytes[$0], $1) }
    var heap = (0..<count).map { (load: 0, part: $0) }
    var parts = [Int](repeating: 0, count: bytes.count)
    for item in order {
      parts[item] = heap[0].part
      // An item weighs something even when it is empty.
      heap[0].load += max(bytes[item], 1)
      var at = 0
      while 2 * at + 1 < heap.count {
        var child = 2 * at + 1
        if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
        guard heap[child] < heap[at] else { break }
        heap.swapAt(at, child)
        at = child
      }
    }
    return parts
  }
}
