/// From one coordinate of the data to pixels: the middle of a range goes to `centre`, its ends to `centre ± pixels`.
struct PixelScale: Equatable {
  private(set) var range: AxisRange
  private let centre, pixels: Double

  /// - Parameter from: where the range's low end lies, and `to` its high one; they fall where the axis runs upwards.
  init(_ range: AxisRange, from: Double, to: Double) {
    self.range = range
    (centre, pixels) = ((from + to) / 2, (to - from) / 2)
  }

  @inline(__always)
  func pixel(_ value: Double) -> Double { centre + range.share(of: value) * pixels }

  /// Data units a pixel.
  var unitsPerPixel: Double { range.reach / abs(pixels) }

  /// The same pixels for more data: so many units each.
  func scaled(toUnitsPerPixel units: Double) -> PixelScale {
    var scale = self
    scale.range.reach = min(units * abs(pixels), .greatestFiniteMagnitude / 4)
    return scale
  }
}

/// A range of data: its middle, told from one value of the data, and its half.
///
/// - Numbers: differences of data are taken halved, so that they cannot overflow, and from a value that is data itself, so
///   that a range of a few last digits keeps them. Dividing by `reach` comes before anything is multiplied.
struct AxisRange: Equatable {
  private let origin: Double
  /// From the origin to the middle.
  private let offset: Double
  /// From the middle to the ends.
  var reach: Double

  private init(origin: Double, offset: Double, reach: Double) {
    (self.origin, self.offset, self.reach) = (origin, offset, reach)
  }

  /// - Shape: both finite, in order.
  init(_ low: Double, _ high: Double) {
    let half = high / 2 - low / 2
    self.init(origin: low, offset: half, reach: half)
  }

  /// Where a value lies: −1 at the low end, 1 at the high one.
  @inline(__always)
  func share(of value: Double) -> Double { ((value / 2 - origin / 2) - offset / 2) / (reach / 2) }

  var middle: Double { origin + offset }
  var low: Double { max(middle - reach, -.greatestFiniteMagnitude) }
  var high: Double { min(middle + reach, .greatestFiniteMagnitude) }

  /// Whether there is nothing to see but one value and its rounding.
  var isFlat: Bool { !(reach > abs(middle) * 1e-15 && reach / 2 > 0) }

  /// Some range about a value that has none: a day of dates, a tenth of the value, one about 0.
  func widened(isDate: Bool) -> AxisRange {
    guard isFlat else { return self }
    let size = isDate ? 43_200 : middle == 0 ? 1 : abs(middle) / 10
    let least = max(Double.leastNormalMagnitude, abs(middle) * 1e-14)
    return AxisRange(origin: origin, offset: offset, reach: max(size, least))
  }

  func padded(by share: Double) -> AxisRange {
    let wider = min(reach * (1 + 2 * share), .greatestFiniteMagnitude / 4)
    return AxisRange(origin: origin, offset: offset, reach: max(reach, wider))
  }
}
