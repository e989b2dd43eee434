/// How a model stands.
public struct ModelStatus: Sendable, Equatable {
  public let name: String
  /// It is in memory, ready to run.
  public let isLoaded: Bool
  /// It has run since it was loaded.
  public let isWarm: Bool
  public let statistics: ModelStatistics
  /// The file that it was read from, or `embedded`; where it would be looked for while it is not loaded.
  public let path: String
  /// What its maker wrote as its version; nil where nothing is.
  public let version: String?
  /// Why it gave no answer when it last did not, in one line; nil when it always did since it was last warmed.
  public let reason: String?
}
