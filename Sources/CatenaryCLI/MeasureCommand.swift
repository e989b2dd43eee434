/// `catenary measure`.
enum MeasureCommand {
  static func run(_ words: [String]) throws(CommandFailure) {
    let arguments = try Arguments(words, of: "measure")
    _ = try Settings(arguments, of: "measure")
    throw .failed("measure comes with the next commit")
  }
}
