/// One axis of a picture.
public struct PictureAxis: Sendable, Equatable {
  /// What it counts; empty where that is not known.
  public var name = ""
  /// Whether it counts seconds since 1970-01-01 UTC.
  public var isDate = false
  /// For each whole number from 0 what stands there instead, rising: the axis is even in the numbers, its marks are of
  /// these values. Empty: the numbers themselves. Only for x.
  public var values: [Double] = []

  public init(name: String = "", isDate: Bool = false, values: [Double] = []) {
    (self.name, self.isDate, self.values) = (name, isDate, values)
  }

  /// Whether the picture's numbers are dates themselves.
  var countsSeconds: Bool { isDate && values.isEmpty }
}

extension PictureAxis {
  /// Marks over a range of the picture's numbers.
  func ticks(_ range: AxisRange, count: Int) -> [AxisTick] {
    var shown = range
    if !values.isEmpty { shown = AxisRange(value(at: range.low), value(at: range.high)) }
    let ticks =
      isDate ? AxisTicks.dates(shown, count: count) : AxisTicks.numbers(shown, count: count)
    if values.isEmpty { return ticks }
    return ticks.map { AxisTick(value: place(of: $0.value), label: $0.label) }
  }

  /// What stands at a number, on a straight line between two.
  func value(at place: Double) -> Double {
    guard values.count > 1, place < Double(values.count - 1) else { return values.last ?? place }
    guard place > 0 else { return values[0] }
    let i = Int(place)
    let share = place - Double(i)
    return values[i] * (1 - share) + values[i + 1] * share
  }

  /// The number at which a value stands.
  private func place(of value: Double) -> Double {
    var (low, high) = (0, values.count - 1)
    guard high > 0, value > values[0] else { return 0 }
    while high - low > 1 {
      let middle = (low + high) / 2
      if values[middle] <= value { low = middle } else { high = middle }
    }
    let share = (value / 2 - values[low] / 2) / (values[high] / 2 - values[low] / 2)
    return Double(low) + min(max(share, 0), 1)
  }

  /// A number of the picture for people: four digits, or a day.
  func text(_ place: Double) -> String {
    let value = values.isEmpty ? place : value(at: place)
    if isDate, value > -62_135_596_800, value < 253_402_300_800 {
      return CivilDate(seconds: value).text(withYear: true)
    }
    guard value != 0 else { return "0" }
    let decimal = ShortestDecimal(abs(value))
    var (digits, exponent) = (decimal.digits, decimal.exponent)
    while digits >= 10_000 {
      (digits, exponent) = ((digits + 5) / 10, exponent + 1)
    }
    let size = Int(digits) * (value < 0 ? -1 : 1)
    return AxisTicks.label(size, exponent, axisSize: abs(value))
  }
}
