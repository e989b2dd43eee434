import CurveFormats
import CurveRequests

/// What an item needs in memory, by the numbers of its input and what is asked of them. Measured for every kind, with a
/// million points of 1, 2 and 4 dimensions (peak of the process, less that of one without points), and rounded up.
struct BatchMemory: Sendable {
  /// Bytes for each number of the input.
  let perNumber: Int
  /// Bytes for each number of the input that the output has; the most that are drawn ahead of the disk.
  private let outputPerNumber, outputBytes, drawnAhead: Int
  /// Bytes that a picture of pixels takes beside its curves.
  private let canvas: Int
  private let options: BatchOptions

  /// Text up to this size is taken for as many numbers as it can hold; what is larger is counted before it is read.
  static let countedFrom = 1 << 20

  init(_ options: BatchOptions, threads: Int) {
    self.options = options
    let style = options.format == .png ? try? options.settings.picture(.png, isEarly: true) : nil
    canvas = style?.pngMemory ?? 0
    let settings = options.settings
    drawnAhead = max(2 * threads, min(4 * threads, 16)) << 18
    guard settings.command == "render" else {
      (perNumber, outputPerNumber, outputBytes) = (64, 0, 1 << 16)
      return
    }
    let isDouble = (try? RenderOutput(settings, isEarly: true).scalar) == .f64
    let size = isDouble ? 8 : 4
    var bytes = BatchMemory.fit((try? settings.kindName()) ?? .catmullRom, settings, isDouble)
    if settings.has(.closed) { bytes += 16 }
    if settings.has(.derivative) { bytes += 8 * size }
    if settings.has(.tolerance) { bytes += (try? settings.kindName()) == .step ? 96 : 32 }
    if settings.has(.spacing) { bytes += 200 }
    // Arrays of which nobody knows how long they become are twice as long at worst.
    perNumber = bytes + 16
    let samples = (try? settings.integer(.samplesPerSegment, in: 1...1 << 31)) ?? 16
    let count = (try? settings.integer(.count, in: 2...1 << 31)) ?? 0
    outputPerNumber = count > 0 ? 0 : min(samples, 1 << 20) * size
    outputBytes = min(count, 1 << 24) * 4 * size + 1 << 16
  }

  /// Points, their segments, and what the fit works in.
  private static func fit(_ kind: KindName, _ settings: Settings, _ isDouble: Bool) -> Int {
    let degree = (try? settings.integer(.degree, in: 1...5)) ?? 3
    return switch kind {
    case .linear, .step, .catmullRom, .cardinal, .kochanekBartels, .bezier, .quadraticBezier:
      isDouble ? 42 : 26
    case .bSpline: degree > 3 ? (isDouble ? 76 : 42) : (isDouble ? 42 : 26)
    case .hermite: isDouble ? 122 : 106
    case .cubic, .monotone, .akima, .makima: isDouble ? 54 : 38
    case .interpolatingBSpline: degree > 3 ? (isDouble ? 120 : 90) : (isDouble ? 54 : 38)
    case .nurbs: isDouble ? 116 : 68
    case .smoothing: isDouble ? 90 : 74
    }
  }

  /// Bytes for an input of so many numbers.
  ///
  /// - Parameter isJSON: times may stand beside prices there, and points may say of which kind they are.
  func weight(numbers: Int, isJSON: Bool = false) -> Int {
    // No machine has more, and no product of these overflows.
    let numbers = min(numbers, 1 << 40)
    let output = numbers.multipliedReportingOverflow(by: outputPerNumber)
    let isLarge = output.overflow || output.partialValue > drawnAhead
    let drawn = isLarge ? drawnAhead : min(drawnAhead, output.partialValue + outputBytes)
    let isOpen = isJSON && !options.settings.has(.type)
    return numbers * (perNumber + (isOpen ? 96 : 0)) + drawn + canvas + 1 << 18
  }

  /// Bytes that a lane begins with: what is read in parts needs no more than a part.
  func claim(_ item: BatchItem, of budget: Int) -> Int {
    let bytes = weight(item)
    return bytes > budget && Windows.canDraw(options, item.format) ? weight(numbers: 1 << 19) : bytes
  }

  /// Bytes for an input of this size, before anyone has looked into it.
  func weight(_ item: BatchItem) -> Int {
    let bytes = item.bytes ?? 0
    return switch item.format {
    case .f32, .npy: weight(numbers: bytes / 4)
    case .f64: weight(numbers: bytes / 8)
    default:
      weight(
        numbers: bytes > BatchMemory.countedFrom ? bytes / 6 : bytes / 2 + 1, isJSON: item.format == .json)
    }
  }
}
