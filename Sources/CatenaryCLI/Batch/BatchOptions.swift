import CurveFormats
import CurveRequests

/// The options that some items have in common.
struct BatchOptions {
  let settings: Settings
  let format: PointFormat
  /// As the manifest tells them: what decides the bytes, in one order.
  let told: JSONValue

  /// - Parameters:
  ///   - typed: what was typed.
  ///   - members: what a list says of an item: it wins.
  ///   - place: the line of the list, for messages.
  init(
    typed: [RenderOption: String], members: [JSONMember] = [], at place: String = "", isDetection: Bool
  ) throws(CommandFailure) {
    let command = isDetection ? "detect" : "render"
    var values = try Settings.values(typed)
    var own: [RenderOption: Settings.Value] = [:]
    for member in members {
      let option = try BatchOptions.option(member.name, of: command, at: place)
      own[option] = try BatchOptions.value(member.value, option, at: place)
    }
    if RenderOption.samplings.contains(where: { own[$0] != nil }) {
      for option in RenderOption.samplings { values[option] = nil }
    }
    if case .typed(let name)? = own[.type], let kind = KindName(rawValue: name) {
      for option in RenderOption.ofKinds where !kind.options.contains(option) { values[option] = nil }
    }
    values.merge(own) { $1 }
    if values[.format] == nil { values[.format] = .typed(isDetection ? "json" : "f32") }
    var told = BatchOptions.told(values)
    if isDetection { told.append(JSONMember(name: "detect", value: .bool(true))) }
    do throws(CommandFailure) {
      settings = try Settings(values, of: command)
      format = try BatchOptions.checked(settings, isDetection)
    } catch {
      throw place.isEmpty ? error : .failed("\(place): \(error.words)")
    }
    self.told = .object(told)
  }

  /// Columns of a table that are read at most; nil: any.
  var columns: Int? {
    guard case .typed(let list)? = settings[.columns] else {
      return settings.command == "detect" ? 1 : (try? settings.kindName()) == .hermite ? 8 : 4
    }
    return list == "all" ? nil : list.split(separator: ",").count
  }

  /// Finds what is wrong with the options before any input is read.
  private static func checked(_ settings: Settings, _ isDetection: Bool) throws(CommandFailure) -> PointFormat
  {
    if isDetection {
      let (_, format) = try DetectCommand.output(settings)
      _ = try settings.picture(format, isEarly: true)
      _ = try DetectorChoice(settings)
      return format
    }
    let output = try RenderOutput(settings, isEarly: true)
    try RenderCommand.checkTyped(settings)
    return output.format
  }

  private static func option(
    _ name: String, of command: String, at place: String
  ) throws(CommandFailure) -> RenderOption {
    func isForItems(_ option: RenderOption) -> Bool {
      option.belongs(to: command) && !notForItems.contains(option)
    }
    if let option = RenderOption(rawValue: name), isForItems(option) { return option }
    let known = RenderOption.allCases.filter(isForItems).map(\.rawValue) + ["input", "output"]
    throw .failed(
      "\(place): unknown member \"\(name)\": \(advice(on: name, among: known))")
  }

  private static let notForItems: [RenderOption] = [
    .output, .threads, .backend, .models, .kernel, .kernelMemory, .kernelTimeout,
  ]

  /// A member as if it had been typed.
  private static func value(
    _ value: JSONValue, _ option: RenderOption, at place: String
  ) throws(CommandFailure) -> Settings.Value {
    switch value {
    case .string(let text): return .typed(text)
    case .bool(let flag): return .typed(flag ? "true" : "false")
    case .number(let number):
      return .typed(Int(exactly: number).map { "\($0)" } ?? "\(number)")
    case .array: return .file(place, value)
    case .null, .object:
      throw .failed(
        "\(place): \(option.rawValue) has no value: give a number, a text or a list, or leave it out")
    }
  }

  /// What was given, numbers as numbers; how it is computed does not matter.
  private static func told(_ values: [RenderOption: Settings.Value]) -> [JSONMember] {
    RenderOption.allCases.compactMap { option in
      guard ![.threads, .backend, .output].contains(option), let value = values[option] else { return nil }
      let told: JSONValue =
        switch value {
        case .typed("true"): .bool(true)
        case .typed("false"): .bool(false)
        case .typed(let text): Double(text).flatMap { $0.isFinite ? .number($0) : nil } ?? .string(text)
        case .file(_, let value), .member(let value): value
        }
      return JSONMember(name: option.rawValue, value: told)
    }
  }
}
