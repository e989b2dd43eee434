/// Points while they are gathered; gaps wait until the first point tells how many coordinates they have.
struct GatheredPoints {
  var values: [Double] = []
  /// 0 as long as only gaps have come.
  var dimensions = 0
  private var waitingGaps = 0

  /// How many points have come.
  var count: Int { dimensions == 0 ? waitingGaps : values.count / dimensions }

  mutating func appendGap() {
    guard dimensions > 0 else {
      waitingGaps += 1
      return
    }
    for _ in 0..<dimensions { values.append(.nan) }
  }

  /// - Returns: false when the point has another number of coordinates than those before.
  mutating func append(_ point: [Double]) -> Bool {
    if dimensions == 0 {
      dimensions = point.count
      for _ in 0..<waitingGaps { appendGap() }
    }
    guard point.count == dimensions else { return false }
    values.append(contentsOf: point)
    return true
  }

  var table: PointTable {
    guard dimensions == 0 else { return PointTable(dimensions: dimensions, values: values) }
    return PointTable(dimensions: 1, values: Array(repeating: .nan, count: waitingGaps))
  }
}

extension JSONParser {
  static let coordinateNames = ["x", "y", "z", "w"]

  /// An array of points in any of their forms.
  mutating func points(
    depth: Int, from source: inout some ByteSource & ~Copyable
  ) throws(FormatError) -> PointTable {
    var points = GatheredPoints()
    try openArray("an array of points", depth: depth, from: &source)
    while try nextElement(isFirst: points.count == 0, from: &source) {
      if points.dimensions > 0, let form = PointForm(window.storage[window.position], points.dimensions) {
        window.position = scanPoints(
          window.storage.span, from: window.position, to: window.end, form: form, into: &points.values)
      }
      path.append(.index(points.count))
      try point(into: &points, from: &source)
      path.removeLast()
    }
    return points.table
  }

  /// One point in any form, wherever the window ends.
  private mutating func point(
    into points: inout GatheredPoints, from source: inout some ByteSource & ~Copyable
  ) throws(FormatError) {
    let coordinates: [Double]
    switch try next(from: &source) {
    case UInt8(ascii: "n"):
      try literal("null", from: &source)
      return points.appendGap()
    case UInt8(ascii: "["): coordinates = try arrayPoint(from: &source)
    case UInt8(ascii: "{"): coordinates = try objectPoint(from: &source)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): coordinates = [try number(from: &source)]
    default: throw error(.expected("a point: [x, y], {\"x\": 1, \"y\": 2}, a number, or null for a gap"))
    }
    guard points.append(coordinates) else {
      throw error(.pointDimensions(coordinates.count, expected: points.dimensions), at: window.position - 1)
    }
  }

  private mutating func arrayPoint(
    from source: inout some ByteSource & ~Copyable
  ) throws(FormatError) -> [Double] {
    var point: [Double] = []
    window.position += 1
    while try nextElement(isFirst: point.isEmpty, from: &source) {
      guard point.count < Self.coordinateNames.count else {
        throw error(.tooManyCoordinates(Self.coordinateNames.count))
      }
      path.append(.index(point.count))
      point.append(try coordinate(from: &source))
      path.removeLast()
    }
    guard !point.isEmpty else { throw error(.noCoordinates, at: window.position - 1) }
    return point
  }

  private mutating func objectPoint(
    from source: inout some ByteSource & ~Copyable
  ) throws(FormatError) -> [Double] {
    var found = [Double?](repeating: nil, count: Self.coordinateNames.count)
    var names: Set<String> = []
    window.position += 1
    while let name = try nextMember(isFirst: names.isEmpty, names: &names, from: &source) {
      guard let place = Self.coordinateNames.firstIndex(of: name) else {
        throw error(.unknownCoordinate(name), at: window.position - 1)
      }
      path.append(.member(name))
      found[place] = try coordinate(from: &source)
      path.removeLast()
    }
    guard let last = found.lastIndex(where: { $0 != nil }) else {
      throw error(.noCoordinates, at: window.position - 1)
    }
    var point: [Double] = []
    for place in 0...last {
      guard let value = found[place] else {
        throw error(.missingCoordinate(Self.coordinateNames[place]), at: window.position - 1)
      }
      point.append(value)
    }
    return point
  }
}
