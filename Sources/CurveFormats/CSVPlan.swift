/// Which fields of a row become which numbers.
struct CSVPlan: Equatable {
  /// For each field the place in the row of numbers, or -1 where it is skipped.
  var slots: [Int]
  /// For each number whether its field is a date.
  var isDate: [Bool]
  /// For each field its name, or its number from 1.
  let labels: [String]
  /// The field that tells each row's time.
  let timeField: Int?
  /// The names of the numbers, where there is a header.
  var names: [String] = []

  var dimensions: Int { isDate.count }

  /// - Throws: `FormatError.columns` when the columns cannot be had.
  init(header: [String]?, kinds: [CSVFieldKind], options: CSVOptions) throws(FormatError) {
    labels = header ?? kinds.indices.map { String($0 + 1) }
    let columns = try Self.choose(header, kinds, options)
    timeField = options.wantsTimes ? kinds.indices.first { kinds[$0] == .date && !columns.contains($0) } : nil
    slots = Array(repeating: -1, count: kinds.count)
    isDate = []
    for (slot, column) in columns.enumerated() {
      guard slots[column] < 0 else { throw .columns(.chosenTwice(labels[column])) }
      slots[column] = slot
      isDate.append(kinds[column] == .date)
      if let header { names.append(header[column]) }
    }
  }

  /// The fields wanted, the tangents' behind the point's.
  private static func choose(
    _ header: [String]?, _ kinds: [CSVFieldKind], _ options: CSVOptions
  ) throws(FormatError) -> [Int] {
    let tangents = options.wantsTangents ? tangentColumns(header ?? []) : []
    let maximum = options.maximumColumns.multipliedReportingOverflow(
      by: options.wantsTangents && tangents.isEmpty ? 2 : 1)
    let limit = maximum.overflow ? Int.max : max(1, maximum.partialValue)
    guard let wanted = options.columns else {
      let columns = numericColumns(kinds, except: tangents)
      if options.wantsTangents, header != nil, tangents.isEmpty {
        throw .columns(.tangentCount(0, expected: columns.count))
      }
      guard let last = columns.last else { throw .columns(.noNumericColumn(names: header ?? [])) }
      let taken = options.purpose == .prices ? [last] : Array(columns.prefix(limit))
      return try join(taken, tangents)
    }
    var columns: [Int] = []
    for column in wanted { columns.append(try resolve(column, header, count: kinds.count)) }
    if tangents.contains(where: columns.contains) { return columns }
    guard columns.count <= limit else { throw .columns(.tooMany(columns.count, maximum: limit)) }
    guard !columns.isEmpty else { throw .columns(.noNumericColumn(names: header ?? [])) }
    return try join(columns, Array(tangents.prefix(columns.count)))
  }

  private static func join(_ point: [Int], _ tangents: [Int]) throws(FormatError) -> [Int] {
    guard tangents.isEmpty || tangents.count == point.count else {
      throw .columns(.tangentCount(tangents.count, expected: point.count))
    }
    return point + tangents
  }

  private static func tangentColumns(_ header: [String]) -> [Int] {
    ["tx", "ty", "tz", "tw"].compactMap { name in header.firstIndex { $0.lowercased() == name } }
  }

  /// The columns with numbers; where there is none, those that are empty throughout.
  private static func numericColumns(_ kinds: [CSVFieldKind], except: [Int]) -> [Int] {
    let numeric = kinds.indices.filter { kinds[$0] == .number && !except.contains($0) }
    guard numeric.isEmpty else { return numeric }
    return kinds.indices.filter { kinds[$0] == .empty && !except.contains($0) }
  }

  private static func resolve(
    _ column: CSVColumn, _ header: [String]?, count: Int
  ) throws(FormatError) -> Int {
    switch column {
    case .number(let number):
      if let place = header?.firstIndex(of: String(number)) { return place }
      guard number >= 1, number <= count else { throw .columns(.outOfRange(number, count: count)) }
      return number - 1
    case .name(let name):
      guard let header else { throw .columns(.noHeader(name: name)) }
      if let place = header.firstIndex(of: name) { return place }
      throw .columns(.unknownName(name, nearest: nearestName(to: name, in: header), known: header))
    }
  }
}

/// The name that differs from `name` by the fewest letters, if by no more than about a third of them.
func nearestName(to name: String, in names: [String]) -> String? {
  let wanted = Array(name.lowercased().prefix(64))
  var best: (distance: Int, name: String)?
  for candidate in names.prefix(1000) {
    let distance = editDistance(wanted, Array(candidate.lowercased().prefix(64)))
    if distance < best?.distance ?? (max(wanted.count, 3) / 3 + 1) { best = (distance, candidate) }
  }
  return best?.name
}

/// The fewest insertions, deletions and replacements that turn `a` into `b` (Wagner and Fischer, one row kept).
private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var row = Array(0...b.count)
  for (i, letter) in a.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for j in b.indices {
      let replaced = diagonal + (letter == b[j] ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(replaced, diagonal + 1, row[j] + 1)
    }
  }
  return row[b.count]
}
