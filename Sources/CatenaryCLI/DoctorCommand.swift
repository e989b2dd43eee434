import Catenary
import CurveRequests

/// `catenary doctor`: what this machine offers.
enum DoctorCommand {
  static func run(_ words: [String]) throws(CommandFailure) {
    for word in words where word != "--json" {
      if word.hasPrefix("-") {
        throw .usage("unknown option \(word): \(Arguments.hint(word, in: ["--json"]))")
      }
      throw .usage("\(word): doctor takes no input: leave it out")
    }
    let findings = Machine.findings()
    try Program.print(words.isEmpty ? lines(findings) : json(findings))
  }

  private static func lines(_ findings: [Finding]) -> String {
    let width = findings.map(\.name.count).max() ?? 0
    var text = ""
    for finding in findings {
      let padding = String(repeating: " ", count: width - finding.name.count)
      text += "\(finding.name)\(padding)  \(finding.value)\n"
      if let advice = finding.advice { text += "\(String(repeating: " ", count: width))  -> \(advice)\n" }
    }
    return text
  }

  private static func json(_ findings: [Finding]) -> String {
    var members: [String] = []
    for finding in findings {
      var fields = ["\"value\":\(quoted(finding.value))", "\"ok\":\(finding.advice == nil)"]
      if let advice = finding.advice { fields.append("\"advice\":\(quoted(advice))") }
      members.append("\(quoted(finding.key)):{\(fields.joined(separator: ","))}")
    }
    return "{\(members.joined(separator: ","))}\n"
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\u{0}"..<" ": quoted += " "
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

/// One thing that was looked for.
struct Finding {
  /// Its name in JSON, and for people.
  let key, name: String
  let value: String
  /// How to mend it; nil where nothing is amiss.
  var advice: String?
}
