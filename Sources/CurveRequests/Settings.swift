import CurveFormats

/// The options of one request, from the command line and from a JSON input; the command line's win.
package struct Settings: Sendable {
  /// A value and where it stands.
  package enum Value: Sendable {
    case typed(String)
    /// Typed as `@FILE.json`: the file and what it holds.
    case file(String, JSONValue)
    case member(JSONValue)
  }

  /// The command that they are for.
  package let command: String
  /// Whether typed options are those of a query: faults name them as they stand there.
  package private(set) var isQuery = false
  private var values = GivenOptions()
  /// What messages call the JSON input.
  private var document = ""

  /// - Parameter typed: what somebody gave beside the input.
  package init(
    _ typed: [RenderOption: Value], of command: String, isQuery: Bool = false
  ) throws(CommandFailure) {
    (self.command, self.isQuery) = (command, isQuery)
    for (option, value) in typed { values[option] = value }
    let samplings = RenderOption.samplings.filter(has)
    guard samplings.count < 2 else {
      guard !isQuery else {
        throw .failed("query: \(samplings[0]) and \(samplings[1]) are two samplings: send one")
      }
      throw .usage("\(samplings[0].flag) and \(samplings[1].flag) are two samplings: give one")
    }
    if has(.type) { try checkKind() }
  }

  /// Adds what a JSON input says beside its points.
  ///
  /// Left out is what the command line overrides: the same options, its sampling where there is one typed, and, with
  /// another type typed, those that only the document's own type has.
  package mutating func add(_ members: [JSONMember], of document: String) throws(CommandFailure) {
    self.document = document
    var own = Settings(document, command)
    for member in members { own.values[try own.option(member.name)] = .member(member.value) }
    let samplings = RenderOption.samplings.filter(own.has)
    guard samplings.count < 2 else {
      throw .misplaced(
        "\(document): \(samplings[0]) and \(samplings[1]) are two samplings: send one",
        pointer: "/\(samplings[1])")
    }
    if !own.has(.type) { own.values[.type] = values[.type] }
    try own.checkKind()
    let isSampled = RenderOption.samplings.contains(where: has)
    let kind = has(.type) ? try kindName() : try own.kindName()
    for (option, value) in own.values.pairs where values[option] == nil {
      if isSampled, RenderOption.samplings.contains(option) { continue }
      if RenderOption.ofKinds.contains(option), !kind.options.contains(option) { continue }
      values[option] = value
    }
    try checkKind()
  }

  private init(_ document: String, _ command: String) { (self.document, self.command) = (document, command) }

  private func option(_ name: String) throws(CommandFailure) -> RenderOption {
    if let option = RenderOption(rawValue: name), option.isInDocument {
      guard option.belongs(to: command) else {
        throw .misplaced(
          "\(document): \(name) does not belong to \(command): leave it out", pointer: "/\(name)")
      }
      return option
    }
    let known =
      RenderOption.allCases.filter { $0.isInDocument && $0.belongs(to: command) }.map(\.rawValue) + [
        command == "detect" ? "prices" : "points"
      ]
    throw .misplaced(
      "\(document): unknown member \"\(name)\": \(advice(on: name, among: known))",
      pointer: "/" + pointerToken(name))
  }

  /// Refuses options that the kind does not have.
  package func checkKind() throws(CommandFailure) {
    let kind = try kindName()
    let own = kind.options
    let isOther = { (option: RenderOption) in RenderOption.ofKinds.contains(option) && !own.contains(option) }
    guard values.pairs.contains(where: { isOther($0.option) }) else { return }
    for option in RenderOption.ofKinds where has(option) && isOther(option) {
      let kinds = KindName.having(option).map(\.rawValue).joined(separator: ", ")
      throw fault(option, "does not belong to \(kind.rawValue): it belongs to \(kinds)")
    }
  }

  package func has(_ option: RenderOption) -> Bool { values.has(option) }

  /// Forgets an option that was taken care of elsewhere.
  package mutating func drop(_ option: RenderOption) { values[option] = nil }

  package func isTyped(_ option: RenderOption) -> Bool {
    switch values[option] {
    case .typed, .file: true
    case .member, nil: false
    }
  }

  package subscript(option: RenderOption) -> Value? { values[option] }

  /// Wrong usage where the option was typed, bad data where it stands in a document.
  package func fault(_ option: RenderOption, _ words: String) -> CommandFailure {
    if isTyped(option), !isQuery { return .usage("\(option.flag) \(words)") }
    return .member(option.rawValue, of: isTyped(option) ? "query" : document, words: words)
  }
}

/// A member's name as a JSON Pointer writes it (RFC 6901, section 3).
private func pointerToken(_ name: String) -> String {
  name.split(separator: "~", omittingEmptySubsequences: false).joined(separator: "~0")
    .split(separator: "/", omittingEmptySubsequences: false).joined(separator: "~1")
}
