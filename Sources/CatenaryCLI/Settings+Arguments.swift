import CurveFormats
import CurveRequests

extension Settings {
  init(_ arguments: Arguments, of command: String) throws(CommandFailure) {
    var values: [RenderOption: Value] = [:]
    for (option, text) in arguments.options {
      let isFile = [.at, .slopes, .tangents, .knots, .weights].contains(option) && text.hasPrefix("@")
      values[option] = isFile ? try Settings.file(String(text.dropFirst())) : .typed(text)
    }
    try self.init(values, of: command)
  }

  private static func file(_ path: String) throws(CommandFailure) -> Value {
    var source = try FileSource(path)
    do throws(FormatError) { return .file(path, try JSONReader().readValue(from: &source)) } catch {
      throw .failed("\(source.name): \(error)")
    }
  }
}
