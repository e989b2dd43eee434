/// Figures in Prometheus's text format (version 0.0.4).
struct PrometheusText {
  enum Kind: String { case counter, gauge, histogram, summary }

  private(set) var text = ""
  private var name = ""

  /// Begins a metric; the samples that follow are its own.
  mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
    self.name = name
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
  }

  mutating func sample(
    _ value: some CustomStringConvertible, _ labels: [(String, String)] = [], suffix: String = ""
  ) {
    text += name + suffix
    if !labels.isEmpty {
      text += "{" + labels.map { "\($0)=\"\(PrometheusText.escaped($1))\"" }.joined(separator: ",") + "}"
    }
    text += " \(value)\n"
  }

  /// A metric of one sample.
  mutating func single(
    _ name: String, _ kind: Kind, _ help: String, _ value: some CustomStringConvertible
  ) {
    begin(name, kind, help)
    sample(value)
  }

  /// The samples of a histogram.
  mutating func histogram(_ values: Histogram.Values, _ labels: [(String, String)]) {
    var sum = 0
    for (place, count) in values.counts.enumerated() {
      sum += count
      let bound = place < Histogram.bounds.count ? "\(Histogram.bounds[place])" : "+Inf"
      sample(sum, labels + [("le", bound)], suffix: "_bucket")
    }
    sample(Double(values.nanoseconds) / 1e9, labels, suffix: "_sum")
    sample(sum, labels, suffix: "_count")
  }

  private static func escaped(_ value: String) -> String {
    var escaped = ""
    for character in value {
      switch character {
      case "\\": escaped += "\\\\"
      case "\"": escaped += "\\\""
      case "\n": escaped += "\\n"
      default: escaped.append(character)
      }
    }
    return escaped
  }
}
