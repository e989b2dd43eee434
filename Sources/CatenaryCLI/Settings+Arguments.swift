import CurveFormats
import CurveRequests

extension Settings {
  init(_ arguments: Arguments, of command: String) throws(CommandFailure) {
    try self.init(try Settings.values(arguments.options), of: command)
  }

  /// Typed options; files that they name are read.
  static func values(_ typed: [RenderOption: String]) throws(CommandFailure) -> [RenderOption: Value] {
    var values: [RenderOption: Value] = [:]
    for (option, text) in typed {
      let isFile = [.at, .slopes, .tangents, .knots, .weights].contains(option) && text.hasPrefix("@")
      values[option] = isFile ? try Settings.file(String(text.dropFirst())) : .typed(text)
    }
    return values
  }

  private static func file(_ path: String) throws(CommandFailure) -> Value {
    var source = try FileSource(path)
    do throws(FormatError) { return .file(path, try JSONReader().readValue(from: &source)) } catch {
      throw .failed("\(source.name): \(error)")
    }
  }
}
