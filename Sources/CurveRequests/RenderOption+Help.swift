/// What help and messages say of each option.
extension RenderOption {
  /// What stands for the value.
  package var valueName: String {
    switch self {
    case .type: "KIND"
    case .alpha, .tension, .continuity, .bias, .tolerance, .strokeWidth, .margin: "NUMBER"
    case .degree: "1…5"
    case .knots: "clamped-uniform|uniform|LIST"
    case .weights: "LIST"
    case .lambda: "NUMBER|auto"
    case .spacing: "parameter|arc-length"
    case .nearest: "POINT"
    case .extrapolation: "curve|linear|spline|damped"
    case .source: "onnx|classical"
    case .models: "FOLDER"
    case .stroke, .background: "COLOUR"
    case .showPoints, .axes, .legend: ""
    case .kernel: "FILE.wasm"
    case .kernelMemory: "MIB"
    case .kernelTimeout: "SECONDS"
    case .ends: "duplicate|reflect"
    case .tangents, .slopes: "ROWS"
    case .step: "after|before|middle"
    case .boundary: "natural|clamped|not-a-knot|periodic"
    case .method: "pchip|steffen"
    case .parameterization: "uniform|chordal|centripetal|x"
    case .closed: ""
    case .gaps: "error|break"
    case .samplesPerSegment, .count, .threads, .dimensions, .horizon, .width, .height: "N"
    case .at: "LIST"
    case .derivative: "0|1|2"
    case .output: "FILE"
    case .format: "f32|f64|npy|csv|json|svg|png"
    case .dtype: "f32|f64"
    case .inputFormat: "csv|json|npy|f32|f64"
    case .columns: "LIST"
    case .backend: "native|wasm|auto"
    }
  }

  /// Meaning and default, a line or two.
  package var meaning: [String] {
    switch self {
    case .type: ["the curve (default catmull-rom), one of:"] + KindName.lines
    case .alpha: ["catmull-rom: 0 uniform (default), 0.5 centripetal, 1 chordal; any number in 0…1"]
    case .tension: ["catmull-rom, cardinal, kochanek-bartels: tightness (default 0); 1 has corners"]
    case .continuity: ["kochanek-bartels: continuity (default 0)"]
    case .bias: ["kochanek-bartels: bias (default 0)"]
    case .source:
      [
        "who judges: a network together with statistics (onnx, default), or statistics alone. Where the",
        "network cannot be had they judge alone, too; the answer's source says who did",
      ]
    case .models:
      ["a folder with another network, curve-detection.onnx or curve.onnx (default: the one built in)"]
    case .ends:
      [
        "catmull-rom, cardinal, kochanek-bartels, open: the neighbour that an end lacks is",
        "the end itself (duplicate, default) or its inner neighbour reflected",
      ]
    case .tangents:
      [
        "hermite: one tangent a point, per unit of u. Without it: JSON member tangents, CSV",
        "columns tx,ty, or rows of a point and its tangent",
      ]
    case .step: ["step: where the next value is taken (default after: the last one is held)"]
    case .boundary: ["cubic: its ends (default natural; closed curves are periodic)"]
    case .slopes: ["cubic, clamped: the derivatives at both ends, as START;END (default 0)"]
    case .method: ["monotone: weighted harmonic mean (pchip, default) or Steffen 1990"]
    case .parameterization:
      [
        "linear, step, cubic, monotone, akima, makima, interpolating-b-spline, smoothing: how",
        "the parameter runs; x: y as a function of the first coordinate, which must increase.",
        "Default x for monotone, akima, makima and smoothing, else uniform; 1-D and closed: uniform",
      ]
    case .degree: ["b-spline, nurbs, interpolating-b-spline: the polynomials' degree (default 3)"]
    case .knots:
      [
        "b-spline, nurbs: so that the curve goes from end to end (clamped-uniform, default), 0, 1,",
        "2, … (uniform), or points + degree + 1 numbers that do not fall",
      ]
    case .weights: ["nurbs: one number above 0 for each point (default 1)"]
    case .lambda:
      [
        "smoothing: 0 interpolates, more smooths; in x to the third. auto (default) chooses one",
        "for all columns by generalised cross-validation, told in JSON or on standard error",
      ]
    case .closed: ["the curve returns to its first point (default: it does not)"]
    case .gaps: ["points with a missing coordinate are an error (default) or break the curve in two"]
    case .samplesPerSegment: ["N samples from each point to the next, and the end (default 16)"]
    case .count: ["N points evenly spaced over the whole curve, 2 or more; of each piece between gaps"]
    case .tolerance: ["as few points as keep the curve within this distance of the polyline"]
    case .at:
      [
        "at these parameters: x where that is the parameter, knots of b-spline and nurbs, else",
        "segment index + u",
      ]
    case .spacing:
      [
        "count: evenly spaced in the parameter (default), or along the curve, at constant speed; of a",
        "step curve along the staircase that is drawn",
      ]
    case .nearest: ["the point of the curve that is nearest to this one, such as 3.5,2"]
    case .horizon: ["points to continue by, 1 to 1000000 (default 100)"]
    case .extrapolation:
      [
        "how it goes on, s steps beyond the last given point P(n):",
        "curve (default): by the mathematics of its type. Closed and periodic curves go round again;",
        "  step holds; cubic not-a-knot and interpolating-b-spline go on as their last polynomial;",
        "  all others along their end tangent: the last leg of the points for linear, catmull-rom,",
        "  cardinal, kochanek-bartels, bezier, b-spline and nurbs, the end slope for the rest",
        "linear: P(n) + s·(P(n) − P(n−1)), the line through the last two points",
        "spline: P(n) + a·s + b·s² + c·s³, the last cubic of the not-a-knot spline through all",
        "  points; it grows fast: for a few steps",
        "damped: P(n) + (f + f² + … + f^s)·b, the local trend b smoothed and its damping f in 0…1",
        "  fitted to each coordinate (Gardner & McKenzie 1985); 1, a line, where nothing slows down",
      ]
    case .width: ["pixels, 16 to 16384 (default 800)"]
    case .height: ["pixels, 16 to 16384 (default 500)"]
    case .stroke:
      ["the curve's colour, of several curves a list (default: blue first); a CSS name or #rrggbb[aa]"]
    case .strokeWidth: ["the curve's width in pixels, above 0 and up to 100 (default 2)"]
    case .background: ["the colour behind it (default transparent)"]
    case .margin: ["pixels left empty at each side (default 20, in small pictures a tenth)"]
    case .showPoints: ["control points, too; of Bézier and B-spline kinds with their polygon"]
    case .axes: ["axes with numbers, or dates where the input has them"]
    case .legend: ["the curve's name, of several curves all names"]
    case .derivative: ["positions (0, default), first or second derivatives"]
    case .output: ["where the result goes; - is standard output (default)"]
    case .format:
      [
        "the format of the result (default: by FILE's extension; standard output:",
        "csv for render, json for the others)",
      ]
    case .dtype: ["what is computed: f32 or f64 (default: f64 for csv, json, svg, png; f32 for npy)"]
    case .inputFormat: ["the format of the input (default: by extension; standard input: csv)"]
    case .dimensions: ["raw input (f32, f64): numbers a point, 1 to 4 (default 2; detect: 1)"]
    case .columns:
      [
        "csv input: columns by name or number from 1",
        "(default: the numeric ones, at most 4; detect: the last)",
      ]
    case .backend: ["what draws: native code (default), WebAssembly, or auto: WebAssembly where it runs"]
    case .kernel:
      [
        "draw with a WebAssembly kernel of your own (wasm/KERNEL-ABI.md), which fixes the curve:",
        "--type and what belongs to it, --gaps, --count, --at, --derivative cannot stand beside it",
      ]
    case .kernelMemory:
      ["the most memory that the kernel may use on each thread, 1 to 4096 MiB (default 256)"]
    case .kernelTimeout: ["the longest that one of its calls may take, up to 3600 (default 10)"]
    case .threads: ["threads that draw, 1 to 1024 (default: one for each core); same bytes for all"]
    }
  }
}

extension KindName {
  /// All names, a few a line.
  package static var lines: [String] {
    let names = allCases.map(\.rawValue)
    return stride(from: 0, to: names.count, by: 7).map { first in
      names[first...].prefix(7).joined(separator: ", ") + (first + 7 < names.count ? "," : "")
    }
  }
}
