/// An option of the commands that take points: camel case is its name in JSON, hyphens are its name on the command line.
package enum RenderOption: String, CaseIterable, Sendable {
  // The curve.
  case type, alpha, tension, continuity, bias, ends, tangents, step, boundary, slopes, method,
    parameterization, degree, knots, weights, lambda
  case closed, gaps
  // Its samples.
  case samplesPerSegment, count, tolerance, at, spacing, derivative
  // What is measured, and how far a curve is continued.
  case nearest, horizon, extrapolation
  // Who detects.
  case source, models
  // Input, output and work.
  case output, format, dtype, inputFormat, dimensions, columns, backend, threads
  // Pictures.
  case width, height, stroke, strokeWidth, background, margin, showPoints, axes, legend
  // A kernel of one's own.
  case kernel, kernelMemory, kernelTimeout

  /// As typed on the command line.
  package var flag: String { self == .output ? "-o" : "--" + kebab(rawValue) }

  /// Whether it takes no value of its own.
  package var isFlag: Bool { RenderOption.flags.contains(self) }

  private static let flags: [RenderOption] = [.closed, .showPoints, .axes, .legend]

  /// Whether a JSON input may carry it.
  package var isInDocument: Bool {
    switch self {
    case .output, .format, .inputFormat, .dimensions, .columns, .kernel, .kernelMemory, .kernelTimeout,
      .models:
      false
    default: true
    }
  }

  /// How the curve is sampled: one of these.
  package static let samplings: [RenderOption] = [.samplesPerSegment, .count, .tolerance, .at]

  /// The options that not every kind has.
  package static let ofKinds: [RenderOption] = [
    .alpha, .tension, .continuity, .bias, .ends, .tangents, .step, .boundary, .slopes, .method,
    .parameterization, .degree, .knots, .weights, .lambda,
  ]

  /// Those of pictures.
  package static let pictures: [RenderOption] = [
    .width, .height, .stroke, .strokeWidth, .background, .margin, .showPoints, .axes, .legend,
  ]

  /// Those of `detect`.
  package static let ofDetection: [RenderOption] =
    [
      .source, .models, .inputFormat, .columns, .dimensions, .output, .format,
    ] + pictures

  /// Whether a command has the option.
  package func belongs(to command: String) -> Bool {
    if command == "detect" { return RenderOption.ofDetection.contains(self) }
    return switch self {
    case .source, .models: false
    case .nearest: command == "measure"
    case .horizon, .extrapolation: command == "predict"
    case .at: command != "predict"
    case .samplesPerSegment, .count, .tolerance, .spacing, .derivative, .kernel, .kernelMemory,
      .kernelTimeout:
      command == "render"
    case .dtype: command != "measure"
    case _ where RenderOption.pictures.contains(self): command == "render"
    case .backend, .threads: command == "render"
    default: true
    }
  }

  /// What a kernel of one's own has no use for, since it fixes the curve itself.
  package static let notBesideKernel: [RenderOption] =
    [.type] + ofKinds + [.gaps, .count, .tolerance, .at, .spacing, .derivative]

  /// The option with this name on the command line, without hyphens before it.
  package init?(commandLine name: String) {
    switch name {
    case "o": self = .output
    case "column": self = .columns
    default:
      guard let found = RenderOption.allCases.first(where: { kebab($0.rawValue) == name }) else { return nil }
      self = found
    }
  }
}

/// `samplesPerSegment` as `samples-per-segment`.
package func kebab(_ name: String) -> String {
  var text = ""
  for letter in name {
    if letter.isUppercase { text += "-" }
    text += letter.lowercased()
  }
  return text
}

/// The kinds of curves by their names, and the options that belong to each beside those of all.
package enum KindName: String, CaseIterable {
  case linear, step
  case catmullRom = "catmull-rom"
  case cardinal
  case kochanekBartels = "kochanek-bartels"
  case hermite, bezier
  case quadraticBezier = "quadratic-bezier"
  case cubic, monotone, akima, makima
  case bSpline = "b-spline"
  case nurbs
  case interpolatingBSpline = "interpolating-b-spline"
  case smoothing

  package var options: [RenderOption] {
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
    case .bSpline: [.degree, .knots]
    case .nurbs: [.degree, .weights, .knots]
    case .interpolatingBSpline: [.degree, .parameterization]
    case .smoothing: [.lambda, .parameterization]
    }
  }

  /// The kinds that have the option.
  package static func having(_ option: RenderOption) -> [KindName] {
    allCases.filter { $0.options.contains(option) }
  }
}
