import CurveFormats
import Foundation
import Testing

@testable import CatenaryCLI

/// What `batch` reads and writes.
@Suite struct BatchInputTests {
  @Test func `files, folders and patterns are inputs, and outputs keep their stems and trees`() throws {
    let workshop = try Workshop()
    for name in ["one.csv", "in/a.csv", "in/deep/b.csv", "g/x1.csv", "g/x2.csv", "g/y.csv", "g/d/x3.csv"] {
      try workshop.writePoints(name)
    }
    try workshop.write("in/notes.txt", "not points")
    try workshop.batch(["one.csv", "in", "g/x*.csv", "--output-dir", "out"])
    #expect(workshop.tree("out") == ["one.f32", "a.f32", "deep/b.f32", "x1.f32", "x2.f32", "manifest.jsonl"])
    try workshop.batch(["g/**/x?.csv", "--output-dir", "all", "--format", "csv"])
    #expect(workshop.tree("all") == ["x1.csv", "x2.csv", "d/x3.csv", "manifest.jsonl"])
    try workshop.batch(["g/{y,x[!2]}.csv", "--output-dir", "some", "--format", "csv"])
    #expect(workshop.tree("some") == ["y.csv", "x1.csv", "manifest.jsonl"])
  }

  @Test func `the bytes are those of render, with its options`() throws {
    let workshop = try Workshop()
    for seed in 0..<5 { try workshop.writePoints("in/p\(seed).csv", seed: seed, rows: 40) }
    let options = ["--type", "akima", "--count", "1000", "--dtype=f64"]
    try workshop.batch(["in", "--output-dir", "out", "--format", "npy"] + options)
    for seed in 0..<5 {
      #expect(try workshop.run(["render", "in/p\(seed).csv", "-o", "r.npy"] + options).status == 0)
      #expect(try workshop.read("out/p\(seed).npy") == workshop.read("r.npy"))
    }
  }

  @Test func `every format is read and every format is written`() throws {
    let workshop = try Workshop()
    try workshop.writePoints("p.csv", rows: 9)
    try workshop.makeFolder("in")
    let sources = ["csv", "json", "npy", "f32", "f64"]
    for format in sources {
      let ask = [
        "render", "p.csv", "--type", "linear", "--samples-per-segment", "1", "-o", "in/\(format).\(format)",
      ]
      #expect(try workshop.run(ask).status == 0)
    }
    for target in PointFormat.allCases.map(\.name) {
      try workshop.batch(["in", "--output-dir", target, "--format", target])
      #expect(workshop.tree(target) == Set(sources.map { "\($0).\(target)" } + ["manifest.jsonl"]))
      for source in sources {
        let ask = ["render", "in/\(source).\(source)", "-o", "r.\(target)"]
        #expect(try workshop.run(ask).status == 0)
        #expect(
          try workshop.read("\(target)/\(source).\(target)") == workshop.read("r.\(target)"), "\(source)")
      }
    }
  }

  @Test(arguments: ["json", "csv", "svg", "png"]) func `detection is that of detect`(format: String) throws {
    let workshop = try Workshop()
    try workshop.makeFolder("in")
    for seed in 0..<3 {
      let prices = (0..<60).map { "\(Double($0 * (seed + 1)) + Double($0 * $0 % 7) / 10)\n" }
      try workshop.write("in/s\(seed).csv", prices.joined())
    }
    try workshop.batch(["in", "--detect", "--output-dir", "out", "--format", format])
    for seed in 0..<3 {
      #expect(try workshop.run(["detect", "in/s\(seed).csv", "-o", "d.\(format)"]).status == 0)
      #expect(try workshop.read("out/s\(seed).\(format)") == workshop.read("d.\(format)"))
    }
    #expect(try workshop.manifest("out/manifest.jsonl").allSatisfy { $0["points"] as? Int == 60 })
  }

  @Test func `a list names inputs, with options for each`() throws {
    let workshop = try Workshop()
    for name in ["in/a.csv", "in/b.csv", "in/c.csv"] { try workshop.writePoints(name) }
    try workshop.write(
      "list",
      """
      in/a.csv\r
      {"input":"in/b.csv","type":"linear","samplesPerSegment":2,"format":"csv"}

      {"input":"in/c.csv","count":7,"output":"sub/other.f32"}
      {"input":"in/c.csv","type":"b-spline","degree":2,"knots":[0,0,0,1,2,3,4,4,4]}
      """)
    try workshop.batch([
      "--manifest", "list", "--output-dir", "out", "--samples-per-segment", "3", "--alpha", "0.5",
    ])
    #expect(workshop.tree("out") == ["a.f32", "b.csv", "sub/other.f32", "c.f32", "manifest.jsonl"])
    let expected = [
      "a.f32": ["in/a.csv", "--samples-per-segment", "3", "--alpha", "0.5"],
      "b.csv": ["in/b.csv", "--type", "linear", "--samples-per-segment", "2"],
      "sub/other.f32": ["in/c.csv", "--count", "7", "--alpha", "0.5"],
      "c.f32": [
        "in/c.csv", "--type", "b-spline", "--degree", "2", "--knots", "0,0,0,1,2,3,4,4,4",
        "--samples-per-segment", "3",
      ],
    ]
    for (output, arguments) in expected {
      let format = String(output.suffix(3))
      let outcome = try workshop.run(["render"] + arguments + ["-o", "r", "--format", format])
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(try workshop.read("out/\(output)") == workshop.read("r"), "\(output)")
    }
    let lines = try workshop.manifest("out/manifest.jsonl")
    let line = try #require(lines.first { $0["output"] as? String == "b.csv" })
    let options = try #require(line["options"] as? [String: Any])
    #expect(options["type"] as? String == "linear")
    #expect(options["samplesPerSegment"] as? Int == 2)
    #expect(options["alpha"] == nil)
  }

  @Test(arguments: [
    ("{\"input\":\"p.csv\",\"cuont\":3}", ["list:1", "cuont", "count"]),
    ("p.csv\n{\"type\":\"cubic\"}", ["list:2", "input"]),
    ("p.csv\n{\"input\":\"p.csv\"", ["list:2"]),
    ("{\"input\":\"p.csv\",\"count\":1}", ["list:1", "count"]),
    ("{\"input\":\"p.csv\",\"output\":\"../p.f32\"}", ["list:1", "output", "below"]),
    ("{\"input\":\"p.csv\",\"output\":\"p.csv\"}", ["list:1", "f32"]),
    ("\n\n", ["list", "no input"]),
  ]) func `a wrong list is refused with its line before anything is done`(list: String, words: [String])
    throws
  {
    let workshop = try Workshop()
    try workshop.writePoints("p.csv")
    try workshop.write("list", list)
    try workshop.refuse(["batch", "--manifest", "list", "--output-dir", "out"], status: 1, saying: words)
  }

  @Test func `two inputs of one output are refused before anything is done`() throws {
    let workshop = try Workshop()
    for name in ["a/p.csv", "b/p.csv", "c/p.csv"] { try workshop.writePoints(name) }
    try workshop.write("c/p.json", "[[0,0],[1,1]]")
    for inputs in [["a/p.csv", "b/p.csv"], ["c"], ["a", "c/*.json"]] {
      try workshop.refuse(
        ["batch"] + inputs + ["--output-dir", "out"], status: 2, saying: ["out/p.f32", "both", "--manifest"])
    }
    // The same file twice is one item.
    try workshop.batch(["a", "a/p.csv", "a/*.csv", "--output-dir", "out"])
    #expect(try workshop.manifest("out/manifest.jsonl").count == 1)
  }

  @Test func `outputs are never read as inputs, nor written over them`() throws {
    let workshop = try Workshop()
    for name in ["in/a.csv", "in/b.csv"] { try workshop.writePoints(name) }
    for _ in 0..<2 {
      try workshop.batch(["in", "in/**/*.csv", "--output-dir", "in/out", "--format", "csv"])
      #expect(workshop.tree("in") == ["a.csv", "b.csv", "out/a.csv", "out/b.csv", "out/manifest.jsonl"])
    }
    let ask = ["--output-dir", "in", "--format", "csv"]
    try workshop.refuse(["batch", "in"] + ask, status: 2, saying: ["in", "another --output-dir"])
    try workshop.refuse(["batch", "in/a.csv"] + ask, status: 2, saying: ["in/a.csv", "overwrite an input"])
    try workshop.batch(["in/a.csv", "--output-dir", "in", "--format", "f32"])
    #expect(workshop.tree("in").contains("a.f32"))
  }

  @Test func `links in circles end, and hidden files are left out`() throws {
    let workshop = try Workshop()
    for name in ["in/d/a.csv", "in/.hidden/b.csv", "in/d/.c.csv", "other/e.csv"] {
      try workshop.writePoints(name)
    }
    for (link, target) in [
      ("in/d/up", ".."), ("in/self", "."), ("in/other", "../other"), ("in/gone", "nowhere"),
    ] {
      try FileManager.default.createSymbolicLink(atPath: workshop.path(link), withDestinationPath: target)
    }
    let outcome = try workshop.batch(["in", "--output-dir", "out", "--dry-run"])
    #expect(outcome.rows == ["in/d/a.csv -> out/d/a.f32", "in/other/e.csv -> out/other/e.f32"])
  }

  @Test func `a dry run lists what would be done and does nothing`() throws {
    let workshop = try Workshop()
    for seed in 0..<3 { try workshop.writePoints("in/\(seed).csv") }
    let outcome = try workshop.batch(["in", "--output-dir", "out", "--dry-run"])
    #expect(outcome.rows == ["in/0.csv -> out/0.f32", "in/1.csv -> out/1.f32", "in/2.csv -> out/2.f32"])
    #expect(workshop.names == ["in"])
    try workshop.batch(["in/1.csv", "--output-dir", "out"])
    let before = try workshop.result("out")
    let second = try workshop.batch(["in", "--output-dir", "out", "--dry-run", "--resume", "--json"])
    let value = try #require(try JSONSerialization.jsonObject(with: second.output) as? [String: Any])
    let items = try #require(value["items"] as? [[String: Any]])
    #expect(items.map { $0["done"] as? Bool } == [false, true, false])
    #expect(items.map { $0["output"] as? String } == ["0.f32", "1.f32", "2.f32"])
    #expect(try workshop.result("out") == before)
  }

  @Test(arguments: [
    (["in"], ["--output-dir"]), (["--output-dir", "o"], ["no input"]),
    (["in/none*.csv", "--output-dir", "o"], ["in/none*.csv", "no file matches"]),
    (["in", "--output-dir", "o", "--resmue"], ["--resmue", "--resume"]),
    (["in", "--output-dir", "o", "--verify"], ["--verify", "--resume"]),
    (["in", "--output-dir", "o", "--keep-going", "--fail-fast"], ["--keep-going"]),
    (["in", "--output-dir", "o", "--threads", "0"], ["--threads"]),
    (["in", "--output-dir", "o", "--type", "cubc"], ["cubic"]),
    (["in", "--output-dir", "o", "--format", "cvs"], ["csv"]),
    (["in", "--output-dir", "o", "--shard", "4/4"], ["--shard", "0/4"]),
    (["in", "--output-dir", "o", "--balance", "bytes"], ["--manifest"]),
    (["in", "-o", "o"], ["--output-dir"]),
    (["-", "--output-dir", "o"], ["standard input"]),
    (["in", "--output-dir", "o", "--kernel", "k.wasm"], ["--kernel"]),
    (["in", "--detect", "--output-dir", "o", "--count", "5"], ["--count", "detect"]),
  ]) func `wrong usage is refused and says how to mend it`(arguments: [String], words: [String]) throws {
    let workshop = try Workshop()
    try workshop.writePoints("in/a.csv")
    let status: Int32 = words.contains("no file matches") ? 1 : 2
    try workshop.refuse(["batch"] + arguments, status: status, saying: words)
  }
}
