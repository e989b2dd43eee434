/// A number as people type it: a whole one without the `.0` that Swift's own text has.
package func shown(_ value: Double) -> String {
  guard value.magnitude < 1e15, value == value.rounded() else { return "\(value)" }
  return "\(Int(value))"
}
