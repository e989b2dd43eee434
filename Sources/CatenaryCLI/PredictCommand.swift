/// `catenary predict`.
enum PredictCommand {
  static func run(_ words: [String]) throws(CommandFailure) {
    let arguments = try Arguments(words, of: "predict")
    _ = try Settings(arguments, of: "predict")
    throw .failed("predict comes with the next commit")
  }
}
