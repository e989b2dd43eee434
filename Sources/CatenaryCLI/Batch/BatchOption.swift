/// The options of `batch` beside those of `render` and `detect`.
enum BatchOption: String, CaseIterable {
  case outputDir = "output-dir"
  case manifest, detect, threads, resume, verify
  case keepGoing = "keep-going"
  case failFast = "fail-fast"
  case shard, balance
  case dryRun = "dry-run"
  case json, quiet
  case memory
  case mergeManifests = "merge-manifests"
  case output = "o"

  var flag: String { self == .output ? "-o" : "--" + rawValue }

  /// What stands for the value; empty where there is none.
  var valueName: String {
    switch self {
    case .outputDir: "DIR"
    case .manifest, .output: "FILE"
    case .threads: "N"
    case .shard: "I/N"
    case .balance: "hash|bytes"
    case .memory: "MIB"
    default: ""
    }
  }

  /// Meaning and default, a line or two.
  var meaning: [String] {
    switch self {
    case .outputDir: ["where outputs and the manifest go; made where it is not there"]
    case .manifest:
      [
        "inputs from a list (- is standard input): one path a line, or JSON Lines such as",
        "{\"input\":\"a.csv\",\"type\":\"cubic\",\"count\":50}; a line's own options win over those typed,",
        "\"output\" names its file below --output-dir",
      ]
    case .detect: ["detect curves in prices, as `catenary detect` does, instead of rendering"]
    case .threads: ["how many compute (default: one for each core)"]
    case .resume:
      [
        "go on where a run ended: remove the temporary files that it left, skip items whose manifest",
        "line, options, input size and output size agree",
      ]
    case .verify: ["with --resume: the SHA-256 of outputs must agree, too"]
    case .keepGoing: ["go on when an item fails (default)"]
    case .failFast: ["end when an item fails"]
    case .shard:
      [
        "do part I (from 0) of N: by default JOB_COMPLETION_INDEX and JOB_COMPLETIONS (Kubernetes) or",
        "SLURM_ARRAY_TASK_ID, _MIN, _MAX and _STEP say which",
      ]
    case .balance:
      [
        "how items are shared out: by a hash of their path below the input (default), or by bytes, over a",
        "fixed --manifest",
      ]
    case .dryRun: ["list what would be done"]
    case .json: ["the outcome, or the list of --dry-run, as one line of JSON on standard output"]
    case .quiet: ["no progress and no summary; failures are still told"]
    case .memory:
      ["memory for items in hand, in MiB (default 176); larger inputs are read in parts, or refused"]
    case .mergeManifests:
      ["join the shards' manifests of the folders named as inputs, and name what is missing"]
    case .output:
      ["with --merge-manifests: the joined manifest (default: manifest.jsonl in the first folder)"]
    }
  }
}
