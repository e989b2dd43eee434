import Testing

/// Wrong usage: exit status 2, one line that says what to do, nothing written.
@Suite struct UsageTests {
  static let cases: [(arguments: String, words: [String])] = [
    ("", ["no command", "catenary --help"]),
    ("rendr", ["rendr", "did you mean render"]),
    ("--verison", ["did you mean --version"]),
    ("help rendr", ["did you mean render"]),
    ("zzzzzz", ["unknown command zzzzzz: choose one of render, measure"]),
    ("--zzzzzz", ["unknown option --zzzzzz: a command comes first"]),
    ("render p.csv --zzzzzz 1", ["unknown option --zzzzzz: the nearest is --"]),
    ("render p.csv --type zzzzzz", ["--type is \"zzzzzz\": choose one of linear, step"]),
    ("render p.csv --format svg --stroke zzzzzz", ["--stroke is \"zzzzzz\": give a CSS name"]),
    ("serve --zzzzzz 1", ["unknown option --zzzzzz: the nearest is --"]),
    ("top --zzzzzz", ["unknown option --zzzzzz: the nearest is --"]),
    ("doctor --zzzzzz", ["unknown option --zzzzzz: the nearest is --json"]),
    ("serve --access-log yes", ["--access-log is \"yes\": it is true or false"]),
    ("serve -p 1", ["unknown option -p: the nearest is --port"]),
    ("serve --host=", ["--host is empty"]), ("serve --models=", ["--models is empty"]),
    ("serve --port", ["--port needs a value"]), ("serve 3002", ["3002: serve takes no input"]),
    ("serve --diagnostics=1", ["--diagnostics is \"1\": it is true or false"]),
    ("serve --diagnostics=", ["--diagnostics is \"\": it is true or false"]),
    ("batch p.csv --output-dir o --dry-run=maybe", ["--dry-run is \"maybe\": it is true or false"]),
    ("batch p.csv", ["--output-dir DIR"]),
    (
      "render p.csv --sampels-per-segment 3", ["--sampels-per-segment", "did you mean --samples-per-segment"]
    ),
    ("render p.csv --samples 3", ["did you mean --samples-per-segment"]),
    ("render p.csv --samplesPerSegment 3", ["did you mean --samples-per-segment"]),
    ("render p.csv --tpye linear", ["did you mean --type"]),
    ("render p.csv -x", ["unknown option -x"]),
    ("render p.csv --output o.csv --outputs o.csv", ["did you mean --output"]),
    ("render p.csv --type", ["--type needs a value"]),
    ("render p.csv --type --closed", ["--type needs a value"]),
    ("render p.csv -o", ["-o needs a value"]),
    ("render p.csv --count 3 --count=4", ["--count is given twice"]),
    ("render p.csv --count 3 --at 0,1", ["--count", "--at", "two samplings"]),
    ("render p.csv --count 3 --samples-per-segment 4", ["two samplings"]),
    ("render p.csv q.csv", ["q.csv", "one input"]),
    ("render p.csv --type cubc", ["did you mean cubic"]),
    ("render p.csv --type b-spline --degree 2 --closed --knots clamped-uniform", ["--knots", "uniform"]),
    (
      "render p.csv --type cubic --boundary clamped --parameterization x --slopes 2,1;1,2",
      ["slopes is 2: give per unit of x: 1 as the first number"]
    ),
    ("render p.csv --type b-spline --degree 0", ["--degree", "1 to 5"]),
    (
      "render p.csv --type b-spline --degree 1 --knots 0,1,1",
      ["--knots", "3 knots for 3 points of degree 1", "give", "5"]
    ),
    (
      "render p.csv --type b-spline --degree 1 --knots 0,1,2,1,3",
      ["--knots", "knot 3 (1) is less than the one before it (2)"]
    ),
    ("render p.csv --type b-spline --degree 1 --knots 0,1,1,1,2", ["--knots", "no length"]),
    ("render p.csv --type b-spline --degree 1 --knots 0,0,0,1,2", ["--knots", "knot 2 repeats 0 once"]),
    ("render p.csv --type b-spline --knots clamped", ["--knots", "clamped-uniform, uniform"]),
    ("render p.csv --type b-spline --weights 1,1,1", ["--weights", "belongs to nurbs"]),
    ("render p.csv --type nurbs --degree 2 --weights 1,0,1", ["--weights", "weight 1 is 0:", "above 0"]),
    ("render p.csv --type nurbs --degree 2 --weights 1,1", ["--weights", "2 weights for 3 points"]),
    ("render p.csv --type nurbs --degree 2 --weights 1,1e-30,1", ["--weights", "too far apart"]),
    ("render p.csv --type smoothing --lambda -1", ["--lambda", "0 (interpolate) or more"]),
    ("render p.csv --type smoothing --lambda much", ["--lambda", "number"]),
    ("render p.csv --type smoothing --closed", ["--closed", "does not belong to smoothing"]),
    (
      "render p.csv --type interpolating-b-spline --closed --degree 1",
      ["--closed", "interpolating-b-spline"]
    ),
    ("render p.csv --spacing arc-length", ["--spacing", "--count"]),
    ("render p.csv --degree 3", ["--degree", "b-spline, nurbs, interpolating-b-spline"]),
    ("render p.csv --horizon 3", ["--horizon", "does not belong to render"]),
    ("render p.csv --source classical", ["--source does not belong to render"]),
    ("render p.csv --models m", ["--models does not belong to render"]),
    ("measure p.csv --source classical", ["--source does not belong to measure"]),
    ("predict p.csv --models m", ["--models does not belong to predict"]),
    ("detect p.csv --type cubic", ["--type does not belong to detect"]),
    ("detect p.csv --at 1", ["--at does not belong to detect"]),
    ("detect p.csv --nearest 1", ["--nearest does not belong to detect"]),
    ("detect p.csv --horizon 3", ["--horizon does not belong to detect"]),
    ("detect p.csv --dtype f32", ["--dtype does not belong to detect"]),
    ("detect p.csv --width 100", ["--width belongs to pictures", "json", "svg"]),
    ("detect p.csv q.csv", ["q.csv", "detect takes one input"]),
    ("render p.csv --type cubic --alpha 1", ["--alpha", "cubic", "catmull-rom"]),
    ("render p.csv --bias 1", ["--bias", "kochanek-bartels"]),
    ("render p.csv --type bezier --tension 1", ["--tension", "catmull-rom, cardinal, kochanek-bartels"]),
    ("render p.csv --alpha x", ["--alpha", "number"]),
    ("render p.csv --alpha nan", ["--alpha", "number"]),
    ("render p.csv --alpha 2", ["--alpha: alpha is 2: give 0 (uniform) to 1"]),
    ("render p.csv --alpha 2.5", ["--alpha: alpha is 2.5: give 0 (uniform) to 1"]),
    ("render p.csv --tension=inf", ["--tension", "number"]),
    ("render p.csv --ends loose", ["--ends", "duplicate, reflect"]),
    ("render p.csv --gaps skip", ["--gaps", "error, break"]),
    ("render p.csv --closed=maybe", ["--closed", "true or false"]),
    ("render p.csv --type akima --parameterization x --closed", ["x must increase"]),
    ("render p.csv --type cubic --boundary natural --closed", ["--boundary", "periodic"]),
    ("render p.csv --type cubic --slopes 1,0;0,1", ["--slopes", "clamped"]),
    ("render p.csv --type cubic --boundary clamped --slopes 1,0", ["--slopes", "two"]),
    ("render p.csv --type cubic --boundary clamped --slopes 1,0,1;1,1,1", ["--slopes", "3 numbers"]),
    ("render p.csv --type cubic --boundary clamped --slopes 1,x;1,1", ["--slopes", "\"x\""]),
    ("render p.csv --type hermite --tangents 1,0;0,1", ["--tangents", "2 tangents for 3 points"]),
    ("render p.csv --count 1", ["--count", "2 to"]),
    ("render p.csv --count 2.5", ["--count", "whole number"]),
    ("render p.csv --count 3000000000", ["--count", "2147483648"]),
    ("render p.csv --samples-per-segment 0", ["--samples-per-segment", "1 to"]),
    ("render p.csv --samples-per-segment 2147483648", ["--samples-per-segment", "points"]),
    ("render p.csv --tolerance 0", ["--tolerance", "above 0"]),
    ("render p.csv --tolerance fine", ["--tolerance", "number"]),
    ("render p.csv --tolerance 1e-18", ["--tolerance", "f64 tells", "subtract an origin", "or more"]),
    ("render p.csv --tolerance 1e-9 --format f32", ["--tolerance", "f32 tells", "ask for f64"]),
    ("render p.csv --tolerance 0.1 --count 3", ["--count", "--tolerance", "two samplings"]),
    ("render p.csv --at 0,,1", ["--at", "list"]),
    ("render p.csv --at 9", ["--at", "(9) is outside the curve: give 0 to 2"]),
    ("render p.csv --derivative 3", ["--derivative", "0 to 2"]),
    ("render p.csv --threads 0", ["--threads", "1 to 1024"]),
    ("render p.csv --dtype f16", ["--dtype", "f32, f64"]),
    ("render p.csv --backend gpu", ["--backend"]),
    ("render p.csv -o o.f32 --dtype f64", ["--dtype f64", "f32"]),
    ("render p.csv --format f64 --dtype f32", ["--dtype f32", "f64"]),
    ("render p.csv -o o.txt", ["o.txt", "--format"]),
    ("render p.csv --format bmp", ["--format", "csv"]),
    ("render p.txt", ["p.txt", "--input-format"]),
    ("render p.csv --input-format svg", ["--input-format"]),
    ("render p.csv --dimensions 3", ["--dimensions", "raw"]),
    ("render p.f32 --dimensions 5", ["--dimensions", "1 to 4"]),
    ("render p.f32 --columns 1", ["--columns", "csv"]),
    ("render p.csv --columns 3", ["no column 3"]),
    ("render p.csv --columns 1,,2", ["--columns"]),
    ("render p.csv --columns 0", ["--columns"]),
    ("doctor --jsno", ["did you mean --json"]),
    ("doctor p.csv", ["no input"]),
  ]

  @Test(arguments: cases) func `wrong usage is refused in one line`(arguments: String, words: [String]) throws
  {
    let workshop = try Workshop()
    try workshop.write("p.csv", "0,0\n1,2\n3,1\n")
    try workshop.write("p.txt", "0,0\n1,2\n3,1\n")
    try workshop.write("p.f32", bytes([0, 0, 1, 2, 3, 1]))
    try workshop.refuse(
      arguments.split(separator: " ").map(String.init), status: 2, saying: words)
  }

  @Test func `binary is not sent to a terminal`() throws {
    let workshop = try Workshop()
    try workshop.write("p.csv", "0,0\n1,2\n")
    let outcome = try workshop.shell("script -qec '$catenary render p.csv --format f32' /dev/null </dev/null")
    guard outcome.status != 127 else { return }  // no script(1) on this machine
    #expect(outcome.status == 2)
    #expect(outcome.text.contains("terminal"))
  }
}
