import CurveRequests

/// What `--help` prints.
enum Help {
  static let commands = ["render", "measure", "detect", "predict", "batch", "serve", "top", "doctor"]
  static var list: String { commands.joined(separator: " and ") }
  static let short = "usage: catenary COMMAND [INPUT] [options], see catenary --help"

  static func text(of command: String?) throws(CommandFailure) -> String {
    switch command {
    case nil: general
    case "render": render
    case "measure": measure
    case "detect": detect
    case "predict": predict
    case "batch": batch
    case "serve": serve
    case "top": top
    case "doctor": doctor
    case let command?: throw Program.unknown(command)
    }
  }

  private static let general = """
    catenary: curves from points.

    usage: catenary COMMAND [INPUT] [options]

      render     one curve: points in, samples out
      measure    its length, bounding box, curvature, nearest point
      detect     the shape of a series of prices, or that it has none
      predict    continues its shape; it forecasts nothing
      batch      renders or detects many files, on one machine or several
      serve      curves over HTTP
      top        what a running server's workers do, live
      doctor     what this machine offers, and how to mend what is missing

      catenary COMMAND --help   every option with its default
      catenary --version        the version

    Exit status: 0 done, 1 it could not (bad data, missing file), 2 wrong usage.

    """

  private static let batch =
    """
    catenary batch: many files in, one output for each, on one machine or several.

    usage: catenary batch INPUT… --output-dir DIR [options]

    INPUT is a file, a folder (walked; its tree is kept) or a quoted pattern ('data/**/*.csv': ** is
    any folders). csv, json, npy, f32 and f64 are read; --format (default f32, with --detect json) is
    written, each output under a temporary name until it is whole. All options of `catenary render`
    (of `catenary detect` with --detect) go for every item, -o and --kernel aside.

      catenary batch 'data/*.csv' --output-dir out --format f32
      catenary batch data --output-dir out --resume
      catenary batch --manifest list.jsonl --output-dir out --type cubic --format npy
      catenary batch data --output-dir out --shard 0/4
      catenary batch --merge-manifests out

    DIR/manifest.jsonl gets a line for each item: input, output (below DIR), points, bytes, sha256,
    milliseconds, error, options, inputBytes, items; a shard's is manifest.I-of-N.jsonl. Ctrl-C ends
    after the items in hand, a second one at once; --resume goes on.


    """
    + BatchOption.allCases.map { option in
      "  \(option.flag)\(option.valueName.isEmpty ? "" : " " + option.valueName)\n"
        + option.meaning.map { "      \($0)\n" }.joined()
    }.joined() + "\nExit status: 0 all done, 1 some failed, 2 wrong usage, 130 ended by Ctrl-C.\n"

  private static let serve =
    """
    catenary serve: curves over HTTP.

    usage: catenary serve [options]

    GET /api/dev/endpoints lists the paths, GET /openapi.json describes them. SIGTERM and SIGINT end the
    server: what is in hand is answered, for at most 10 seconds; a second signal ends it at once.
    Each option also comes from the environment: --max-body from CATENARY_MAX_BODY.


    """ + ServeSettings.Option.allCases.map { "  --\($0.rawValue) \($0.meaning)\n" }.joined() + "\n"

  private static var render: String {
    var text = """
      catenary render: one curve, points in, samples out.

      usage: catenary render [INPUT] [-o FILE] [options]

      INPUT is a file, or - for standard input (default when nothing else is named). A .json input
      may carry options beside "points", in camel case ("samplesPerSegment"); the command line's win.

        catenary render points.csv -o curve.f32
        catenary render prices.csv --columns date,price --type makima --count 1000 -o curve.npy
        catenary render points.json --type cubic --boundary clamped --slopes '1,0;0,1'

      Options are --name VALUE or --name=VALUE. A LIST has commas, ROWS have semicolons between
      them; both may be @FILE.json.

      """
    text += section("The curve", RenderOption.allCases.prefix { $0 != .samplesPerSegment })
    text += section(
      "Its samples, one of the first four",
      [.samplesPerSegment, .count, .tolerance, .at, .spacing, .derivative])
    text += section("Input", [.inputFormat, .columns, .dimensions])
    text += section("Output", [.output, .format, .dtype])
    text += section("Pictures (svg, png)", RenderOption.pictures)
    text += section("Work", [.backend, .threads])
    text += section("A kernel of your own", [.kernel, .kernelMemory, .kernelTimeout])
    return text
  }

  private static var measure: String {
    let curve = RenderOption.allCases.prefix { $0 != .samplesPerSegment }
    var text = """
      catenary measure: a curve's length, bounding box, tangents, curvature, nearest point.

      usage: catenary measure [INPUT] [-o FILE.json] [options]

      INPUT is a file, or - for standard input (default when nothing else is named). A .json input
      may carry options beside "points", in camel case; the command line's win.

        catenary measure points.csv
        catenary measure points.csv --type b-spline --at 0,0.5,1
        catenary measure points.csv --type cubic --closed --nearest 3.5,2

      The answer is one line of JSON: length (within 1e-12 of it), boundingBox {min, max}, segments;
      with --at lists of position, tangent (of length 1) and curvature, one each; with --nearest
      point, parameter and distance. Curvature is positive where a curve in the plane turns left, has
      no sign in 3 and 4 dimensions, and is null where there is none: at a cusp, on a point. A step
      curve is measured as drawn, its jumps included. Gaps have no length; --at in one gives null.

      """
    text += section("The curve", curve)
    text += section("What is asked beside length, box and segments", [.at, .nearest])
    text += section("Input", [.inputFormat, .columns, .dimensions])
    text += section("Output", [.output, .format])
    return text
  }

  private static var detect: String {
    var text = """
      catenary detect: the curve that explains a series of prices, or that none does.

      usage: catenary detect [INPUT] [-o FILE] [options]

      INPUT is a file, or - for standard input (default when nothing else is named): a column of
      prices. JSON is {"prices":[100,101,null,…]}, null being a missing price, with "timestamps"
      beside it if wanted; or {"series":[[…],…]}, which gives {"results":[…]}.

        catenary detect prices.csv
        catenary detect prices.csv --column open,close -o curves.csv
        catenary detect prices.json -o prices.svg --axes

      The answer is the pattern of the whole series (linear, parabolic, exponential, logarithmic,
      oscillating, sigmoid, step, or none) taken as one curve, the probability that it is right, six
      metrics, and the fitted curves with their parameters: one over the whole series, or several, one
      after another, where those explain it better. It describes the prices given and forecasts
      nothing. Of a series' prices a tenth may be missing, not the first or the last. Short series
      mislead it more: about one in twenty random walks of 16 prices is claimed to be a curve with a
      confidence of 0.5 or more.

      --column all takes each numeric column; without --column it is the last one.

      A picture shows the prices in grey and the fitted curves over them, pattern and confidence above
      each, thin lines where curves begin and end; several series have a panel each. Of the options
      below, --stroke is of the fitted curves (default: a colour for each pattern), whose
      --stroke-width is twice that of the prices, and --show-points marks the prices. With timestamps
      the axis has their dates.

      """
    text += section("Who judges", [.source, .models])
    text += section("Input", [.inputFormat, .columns, .dimensions])
    text += "\nOutput:\n  -o FILE\n      default: standard output; a .json, .csv, .svg or .png file\n"
    text += "  --format json|csv|svg|png\n"
    text += "      default: by the extension, else json; csv has one row a curve\n"
    text += section("Pictures (svg, png)", RenderOption.pictures)
    return text
  }

  private static var predict: String {
    var text = """
      catenary predict: continues a curve beyond its last point.

      It continues a shape and forecasts nothing: no error is estimated, and nothing is known of what
      comes. A straight line goes on straight, a ring goes round again.

      usage: catenary predict [INPUT] [-o FILE] [options]

      INPUT is a file, or - for standard input (default when nothing else is named). A .json input
      may carry options beside "points" (or "path"), in camel case; the command line's win. The result
      is {"predicted":[[x,y],…],"count":N}, or points in another format.

        catenary predict points.csv --horizon 10
        catenary predict prices.csv --columns date,price --type makima --extrapolation damped -o next.csv
        printf '0,0\\n1,2\\n2,4\\n' | catenary predict --type cubic --horizon 3 --format csv

      The first predicted point lies one step after the last given one. A step is one unit of the
      parameter: from one point to the next; with x the last step of x, or its mean step where x is
      evenly spaced to within rounding. Points evenly spaced on a line go on evenly along it, whatever
      the type and the extrapolation.

      Options are --name VALUE or --name=VALUE. A LIST has commas, ROWS have semicolons between
      them; both may be @FILE.json.

      """
    text += section("The prediction", [.horizon, .extrapolation])
    text += section("The curve", RenderOption.allCases.prefix { $0 != .samplesPerSegment })
    text += section("Input", [.inputFormat, .columns, .dimensions])
    text += section("Output", [.output, .format, .dtype])
    return text
  }

  private static func section(_ title: String, _ options: some Sequence<RenderOption>) -> String {
    var text = "\n\(title):\n"
    for option in options {
      text += "  \(option.flag)\(option.valueName.isEmpty ? "" : " " + option.valueName)\n"
      for line in option.meaning { text += "      \(line)\n" }
    }
    return text
  }

  private static let top = """
    catenary top: what a running server's workers do, live.

    usage: catenary top [options]

    The server must run on this machine as the same user: its workers are read from shared memory, without asking it.
    On a terminal the view renews itself until q is pressed; through a pipe it comes as plain lines. Small answers
    are made where they arrive and not by workers. CPU counts the pieces that were finished; DONE are answers.

      --port N
          the server's port (default 3002, or CATENARY_PORT or PORT of the environment)
      --interval SECONDS
          how often to look: 0.1 to 3600 (default 1)
      --once
          one look, as plain lines
      --json
          a line of JSON for each look, as the server's telemetry has it

    """

  private static let doctor = """
    catenary doctor: what this machine offers, and how to mend what is missing.

    usage: catenary doctor [--json]

      --json
          one JSON object instead of lines to read

    """
}
