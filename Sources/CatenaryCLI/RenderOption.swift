/// An option of `render`: camel case is its name in JSON, hyphens are its name on the command line.
enum RenderOption: String, CaseIterable {
  // The curve.
  case type, alpha, tension, continuity, bias, ends, tangents, step, boundary, slopes, method,
    parameterization
  case closed, gaps
  // Its samples.
  case samplesPerSegment, count, at, derivative
  // Input, output and work.
  case output, format, dtype, inputFormat, dimensions, columns, backend, threads
  // A kernel of one's own.
  case kernel, kernelMemory, kernelTimeout

  /// As typed on the command line.
  var flag: String { self == .output ? "-o" : "--" + kebab(rawValue) }

  /// Whether it takes no value of its own.
  var isFlag: Bool { self == .closed }

  /// Whether a JSON input may carry it.
  var isInDocument: Bool {
    switch self {
    case .output, .format, .inputFormat, .dimensions, .columns, .kernel, .kernelMemory, .kernelTimeout: false
    default: true
    }
  }

  /// How the curve is sampled: one of these.
  static let samplings: [RenderOption] = [.samplesPerSegment, .count, .at]

  /// The options that not every kind has.
  static let ofKinds: [RenderOption] = [
    .alpha, .tension, .continuity, .bias, .ends, .tangents, .step, .boundary, .slopes, .method,
    .parameterization,
  ]

  /// What a kernel of one's own has no use for, since it fixes the curve itself.
  static let notBesideKernel: [RenderOption] = [.type] + ofKinds + [.gaps, .count, .at, .derivative]

  /// The option with this name on the command line, without hyphens before it.
  init?(commandLine name: String) {
    switch name {
    case "o": self = .output
    case "column": self = .columns
    default:
      guard let found = RenderOption.allCases.first(where: { kebab($0.rawValue) == name }) else { return nil }
      self = found
    }
  }
}

/// What later versions will bring, by its name in JSON, and what to use in this one.
let laterOptions: [String: String] = [
  "tolerance": "take more --samples-per-segment",
  "spacing": "leave it out: samples are evenly spaced in the parameter",
  "degree": "it belongs to the B-spline kinds",
  "knots": "it belongs to the B-spline kinds",
  "weights": "it belongs to nurbs",
  "lambda": "it belongs to smoothing",
  "width": "pictures are not drawn yet", "height": "pictures are not drawn yet",
  "stroke": "pictures are not drawn yet", "strokeWidth": "pictures are not drawn yet",
  "background": "pictures are not drawn yet", "margin": "pictures are not drawn yet",
  "showPoints": "pictures are not drawn yet", "axes": "pictures are not drawn yet",
  "legend": "pictures are not drawn yet",
]

/// `samplesPerSegment` as `samples-per-segment`.
func kebab(_ name: String) -> String {
  var text = ""
  for letter in name {
    if letter.isUppercase { text += "-" }
    text += letter.lowercased()
  }
  return text
}

/// The kinds of curves by their names, and the options that belong to each beside those of all.
enum KindName: String, CaseIterable {
  case linear, step
  case catmullRom = "catmull-rom"
  case cardinal
  case kochanekBartels = "kochanek-bartels"
  case hermite, bezier
  case quadraticBezier = "quadratic-bezier"
  case cubic, monotone, akima, makima

  /// Kinds that later versions will bring, and what to use in this one.
  static let later: [String: String] = [
    "b-spline": "bezier or cubic",
    "nurbs": "bezier",
    "interpolating-b-spline": "cubic with --boundary not-a-knot, which is the same curve for degree 3",
    "smoothing": "cubic or makima",
  ]

  var options: [RenderOption] {
    switch self {
    case .linear, .akima, .makima: [.parameterization]
    case .step: [.step, .parameterization]
    case .catmullRom: [.alpha, .tension, .ends]
    case .cardinal: [.tension, .ends]
    case .kochanekBartels: [.tension, .continuity, .bias, .ends]
    case .hermite: [.tangents]
    case .bezier, .quadraticBezier: []
    case .cubic: [.boundary, .slopes, .parameterization]
    case .monotone: [.method, .parameterization]
    }
  }

  /// The kinds that have the option.
  static func having(_ option: RenderOption) -> [KindName] { allCases.filter { $0.options.contains(option) } }
}
