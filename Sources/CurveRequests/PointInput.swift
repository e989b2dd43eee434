import CurveFormats

/// The points of a request, out of whatever format they came in.
package struct PointInput: Sendable {
  package let points: PointTable
  /// The tangents of a Hermite curve that came with the points, flat.
  package let tangents: [Double]
  /// What messages call the input.
  package let name: String

  /// Where the points stand in what was read.
  package enum Origin: Sendable {
    /// In a document: a JSON Pointer.
    case document(String)
    /// One after the other, so many bytes each.
    case raw(pointBytes: Int)
    case other
  }
  package let origin: Origin

  package init(points: PointTable, tangents: [Double], name: String, origin: Origin = .other) {
    (self.points, self.tangents, self.name, self.origin) = (points, tangents, name, origin)
  }

  /// The points of a document; what it says beside them is added to `settings`.
  package init(_ document: JSONDocument, _ name: String, _ settings: inout Settings) throws(CommandFailure) {
    (self.name, origin) = (name, .document(document.pointsPointer))
    if document.prices != nil || document.series != nil {
      throw .misplaced(
        "\(name): prices and series are not for \(settings.command): send them as points, such as [1,2,3]",
        pointer: document.prices != nil ? "/prices" : "/series")
    }
    guard let points = document.points else {
      throw .misplaced(
        "\(name): there is no member \"points\": send points such as [[0,0],[1,2]]", pointer: "")
    }
    var members = document.options
    // A result that is read again says this of its points.
    if let stated = document["dimensions"] {
      guard stated == .number(Double(points.dimensions)) else {
        throw .misplaced(
          "\(name): dimensions is not the points' \(points.dimensions): leave it out", pointer: "/dimensions")
      }
      let isCount = document["count"] == .number(Double(points.count)) && settings.command != "render"
      members.removeAll { $0.name == "dimensions" || (isCount && $0.name == "count") }
    }
    if document.tangents != nil { members.append(JSONMember(name: "tangents", value: .null)) }
    try settings.add(members, of: name)
    self.points = points
    guard try settings.kindName() == .hermite, !settings.isTyped(.tangents) else {
      tangents = []
      return
    }
    guard let tangents = document.tangents else {
      throw .misplaced(
        "\(name): hermite needs tangents: send the member \"tangents\""
          + (name == "body" ? "" : ", or give --tangents"), pointer: "/type")
    }
    settings.drop(.tangents)
    guard tangents.dimensions == points.dimensions || tangents.count == 0 else {
      throw .misplaced(
        "\(name): tangents have \(tangents.dimensions) numbers, points \(points.dimensions): send as many",
        pointer: "/tangents")
    }
    self.tangents = tangents.values
  }
}
