/// The known name that someone probably meant: the fewest letters away.
///
/// Hyphens and case do not count, so that `samplesPerSegment` finds `samples-per-segment`.
package func nearestName(to typed: String, in known: [String]) -> String { nearest(typed, known).name }

/// The same, where it is so near that it was probably meant: at most a third of the letters are others.
package func nearName(to typed: String, in known: [String]) -> String? {
  let (distance, name) = nearest(typed, known)
  // Nothing is the beginning of everything.
  guard !letters(typed).isEmpty else { return nil }
  return distance <= max(1, letters(typed).count / 3) ? name : nil
}

/// What to say to someone who gave a name that is none: the one that was probably meant, else all there are.
package func advice(on typed: String, among known: [String]) -> String {
  nearName(to: typed, in: known).map { "did you mean \"\($0)\"?" }
    ?? "choose one of \(known.joined(separator: ", "))"
}

private func nearest(_ typed: String, _ known: [String]) -> (distance: Int, name: String) {
  let wanted = letters(typed)
  var best = (distance: Int.max, name: "")
  for name in known {
    let candidate = letters(name)
    let distance = editDistance(wanted, candidate)
    if distance < best.distance { best = (distance, name) }
  }
  return best
}

private func letters(_ name: String) -> [UInt8] {
  Array(name.lowercased().utf8.prefix(64)).filter { $0 != UInt8(ascii: "-") }
}

/// The fewest insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`, or, for one more,
/// into the beginning of `b`.
private func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
  var previous = [Int](repeating: 0, count: b.count + 1)
  var row = Array(0...b.count)
  for i in a.indices {
    let above = row
    row[0] = i + 1
    for j in b.indices {
      let replaced = above[j] + (a[i] == b[j] ? 0 : 1)
      row[j + 1] = min(replaced, above[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        row[j + 1] = min(row[j + 1], previous[j - 1] + 1)
      }
    }
    previous = above
  }
  return min(row[b.count], (row.dropFirst(3).min() ?? a.count + b.count) + 1)
}
