/// The state of reading one CSV text.
struct CSVParser: ~Copyable {
  var window: ByteWindow
  private var delimiter = UInt8(ascii: ",")
  private var fields: [CSVField] = []
  /// Blank lines of a one-column file: gaps, if rows follow.
  private var waitingGaps = 0
  /// What the plan's field of times says in each row; NaN where that is no date.
  private var times: [Double] = []

  /// How many rows are looked at to tell the columns apart.
  static let rowsLookedAt = 100
  /// Nor is more than this looked at, so that wide rows do not fill the window.
  static let bytesLookedAt = 1 << 20

  init(bufferBytes: Int) { window = ByteWindow(bytes: bufferBytes) }

  mutating func table(
    _ options: CSVOptions, from source: inout some ByteSource & ~Copyable
  ) throws(FormatError) -> PointTable {
    let plan = try begin(options, from: &source)
    var values: [Double] = []
    while try someRows(plan, into: &values, from: &source) {}
    guard !values.isEmpty else { throw .csv(.noRows, at: window.place) }
    return PointTable(
      dimensions: plan.dimensions, values: values, names: plan.names,
      isDate: plan.isDate.contains(true) ? plan.isDate : [], times: times)
  }

  /// Tells delimiter, header and columns, and stops at the first row of numbers.
  mutating func begin(
    _ options: CSVOptions, from source: inout some ByteSource & ~Copyable
  ) throws(FormatError) -> CSVPlan {
    try begin(from: &source)
    return try plan(options, from: &source)
  }

  /// Skips a byte order mark and blank lines, and finds the delimiter in the first line that is left: the first of tab,
  /// semicolon and comma that stands in it outside quotes.
  private mutating func begin(from source: inout some ByteSource & ~Copyable) throws(FormatError) {
    _ = try window.refill(from: &source)
    if window.end >= 3, window.storage[0] == 0xEF, window.storage[1] == 0xBB, window.storage[2] == 0xBF {
      window.position = 3
    }
    while let byte = try window.peek(from: &source), byte == UInt8(ascii: " ") || isLineEnd(byte) {
      window.position += 1
    }
    guard window.position < window.end else { throw .csv(.empty, at: window.place) }
    while true {
      let (found, isWhole) = findDelimiter(window.storage.span, window.position..<window.end)
      if isWhole || window.isLast {
        delimiter = found
        return
      }
      try more(from: &source)
    }
  }

  /// Brings more of the record at the window's position.
  private mutating func more(from source: inout some ByteSource & ~Copyable) throws(FormatError) {
    guard try window.refill(from: &source) || window.isLast else {
      throw .csv(.rowTooLong(window.limit), at: window.place)
    }
  }

  /// Takes the record at `cursor` apart and moves `cursor` behind it; false at the end of the text.
  private mutating func nextRecord(
    at cursor: inout Int, from source: inout some ByteSource & ~Copyable
  ) throws(FormatError) -> Bool {
    while true {
      if cursor == window.end, window.isLast { return false }
      var taken: [CSVField] = []
      swap(&taken, &fields)
      let scan = scanRecord(
        window.storage.span, from: cursor, to: window.end, isLast: window.isLast, delimiter: delimiter,
        into: &taken)
      swap(&taken, &fields)
      switch scan {
      case .record(let next):
        cursor = next
        return true
      case .fault(let fault, let index): throw .csv(fault, at: window.place(at: index))
      case .needsMore:
        cursor -= window.position
        try more(from: &source)
      }
    }
  }

  private var isBlankLine: Bool {
    fields.count == 1 && !fields[0].isQuoted && trimmed(window.storage.span, fields[0].content).isEmpty
  }

  /// Tells header and columns from the first rows, and leaves the window at the first row of numbers.
  private mutating func plan(
    _ options: CSVOptions, from source: inout some ByteSource & ~Copyable
  ) throws(FormatError) -> CSVPlan {
    var cursor = window.position
    guard try nextRecord(at: &cursor, from: &source) else { throw .csv(.empty, at: window.place) }
    let names = fields.map { text(of: $0, limit: 256) }
    let first = fields.map { csvKind(window.storage.span, $0) }
    var later = [CSVFieldKind](repeating: .empty, count: first.count)
    var rows = 1
    while rows < Self.rowsLookedAt, cursor - window.position < Self.bytesLookedAt, later.contains(.empty),
      try nextRecord(at: &cursor, from: &source)
    {
      if isBlankLine { continue }
      rows += 1
      for (i, field) in fields.enumerated() where i < later.count && later[i] == .empty {
        later[i] = csvKind(window.storage.span, field)
      }
    }
    guard isHeader(first, above: later) else {
      let kinds = zip(first, later).map { $0 == .empty ? $1 : $0 }
      return try CSVPlan(header: nil, kinds: kinds, options: options)
    }
    cursor = window.position
    _ = try nextRecord(at: &cursor, from: &source)
    window.position = cursor
    guard rows > 1 else { throw .csv(.noRows, at: window.place) }
    return try CSVPlan(header: names, kinds: later, options: options)
  }

  /// The first row is a header when a text of it stands above a number or a date, or when it has texts and neither
  /// number nor date.
  private func isHeader(_ first: [CSVFieldKind], above later: [CSVFieldKind]) -> Bool {
    guard first.contains(.text) else { return false }
    if !first.contains(.number), !first.contains(.date) { return true }
    return zip(first, later).contains { $0 == .text && ($1 == .number || $1 == .date) }
  }

  /// Appends rows: those that lie whole in the window, at least one where there is one.
  ///
  /// - Returns: false at the end of the text.
  mutating func someRows(
    _ plan: CSVPlan, into values: inout [Double], from source: inout some ByteSource & ~Copyable
  ) throws(FormatError) -> Bool {
    if !plan.isDate.contains(true), plan.timeField == nil, waitingGaps == 0 {
      window.position = scanRows(
        window.storage.span, from: window.position, to: window.end, delimiter: delimiter, plan,
        into: &values)
    }
    var cursor = window.position
    guard try nextRecord(at: &cursor, from: &source) else { return false }
    if isBlankLine {
      waitingGaps += plan.slots.count == 1 ? 1 : 0
    } else {
      for _ in 0..<waitingGaps { values.append(.nan) }
      waitingGaps = 0
      try row(plan, into: &values)
    }
    window.position = cursor
    return true
  }

  /// The row whose fields were taken apart last.
  private mutating func row(_ plan: CSVPlan, into values: inout [Double]) throws(FormatError) {
    guard fields.count == plan.slots.count else {
      let place = window.place(at: fields[min(fields.count - 1, plan.slots.count)].start)
      throw .csv(.fieldCount(fields.count, expected: plan.slots.count), at: place)
    }
    let base = values.count
    for _ in 0..<plan.dimensions { values.append(.nan) }
    for (i, field) in fields.enumerated() where plan.slots[i] >= 0 {
      let slot = plan.slots[i]
      values[base + slot] = try value(of: field, label: plan.labels[i], isDate: plan.isDate[slot])
    }
    guard let field = plan.timeField else { return }
    let range = trimmed(window.storage.span, fields[field].content)
    times.append(CalendarDate.secondsSince1970(window.storage.span.extracting(range)) ?? .nan)
  }

  private func value(of field: CSVField, label: String, isDate: Bool) throws(FormatError) -> Double {
    if isDate {
      let range = trimmed(window.storage.span, field.content)
      if range.isEmpty { return .nan }
      if let seconds = CalendarDate.secondsSince1970(window.storage.span.extracting(range)) { return seconds }
      throw .csv(.notADate(text(of: field), column: label), at: window.place(at: field.start))
    }
    switch csvNumber(window.storage.span, field.content) {
    case .value(let value): return value
    case .notFinite: throw .csv(.notFinite(text(of: field), column: label), at: window.place(at: field.start))
    case .notANumber:
      throw .csv(.notANumber(text(of: field), column: label), at: window.place(at: field.start))
    }
  }

  /// What a field says, at most `limit` bytes of it.
  private func text(of field: CSVField, limit: Int = 40) -> String {
    var bytes: [UInt8] = []
    var wasQuote = false
    let range = trimmed(window.storage.span, field.content)
    for i in range.prefix(limit) {
      let isQuote = field.hasDoubledQuotes && window.storage[i] == UInt8(ascii: "\"")
      if !(isQuote && wasQuote) { bytes.append(window.storage[i]) }
      wasQuote = isQuote && !wasQuote
    }
    return String(decoding: bytes, as: UTF8.self) + (range.count > limit ? "…" : "")
  }
}

/// The delimiter of the line at the front of `range`, and whether the line's end was met.
private func findDelimiter(_ bytes: Span<UInt8>, _ range: Range<Int>) -> (found: UInt8, isWhole: Bool) {
  var found = UInt8(ascii: ",")
  var isQuoted = false
  for i in range {
    switch bytes[i] {
    case UInt8(ascii: "\""): isQuoted.toggle()
    case UInt8(ascii: "\t") where !isQuoted: return (UInt8(ascii: "\t"), true)
    case UInt8(ascii: ";") where !isQuoted: found = UInt8(ascii: ";")
    case UInt8(ascii: "\n") where !isQuoted, UInt8(ascii: "\r") where !isQuoted: return (found, true)
    default: break
    }
  }
  return (found, false)
}
