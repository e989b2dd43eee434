/// How a picture's pixels are written: as greys, places in a palette, or red, green and blue with or without opacity.
struct PNGColours {
  /// PNG's number of the colour type.
  let type: UInt8
  /// Colours that pixels name by their place, those that can be seen through first.
  let palette: [UInt32]
  private let places: ColourTable

  var bytesPerPixel: Int {
    switch type {
    case 2: 3
    case 6: 4
    default: 1
    }
  }

  init(of bitmap: Bitmap) {
    var table = ColourTable()
    var (isGrey, isOpaque) = (true, true)
    var last = ~bitmap.pixels[0]
    for pixel in bitmap.pixels where pixel != last {
      last = pixel
      // Neighbouring channels are equal where the pixel is the same a channel further.
      isGrey = isGrey && (pixel ^ pixel >> 8) & 0xFFFF == 0
      isOpaque = isOpaque && pixel >> 24 == 255
      table.insert(pixel)
      if table.isFull, !isGrey, !isOpaque { break }
    }
    if isGrey && isOpaque {
      (type, palette) = (0, [])
    } else if !table.isFull {
      (type, palette) = (3, table.sort { ($0 >> 24 < 255 ? 0 : 1) < ($1 >> 24 < 255 ? 0 : 1) })
    } else {
      (type, palette) = (isOpaque ? 2 : 6, [])
    }
    places = table
  }

  /// Red, green, blue, opacity.
  static func channels(_ pixel: UInt32) -> [UInt8] {
    [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: pixel >> $0) }
  }

  /// A row's bytes.
  func read(_ bitmap: Bitmap, row: Int, into bytes: inout [UInt8]) {
    bytes.removeAll(keepingCapacity: true)
    var (last, place): (UInt32, UInt8) = (~bitmap.pixels[row * bitmap.width], 0)
    for pixel in bitmap.pixels[row * bitmap.width..<(row + 1) * bitmap.width] {
      switch type {
      case 0: bytes.append(UInt8(truncatingIfNeeded: pixel))
      case 3:
        if pixel != last { (last, place) = (pixel, places[pixel]) }
        bytes.append(place)
      default:
        for shift: UInt32 in [0, 8, 16] { bytes.append(UInt8(truncatingIfNeeded: pixel >> shift)) }
        if type == 6 { bytes.append(UInt8(pixel >> 24)) }
      }
    }
  }
}

/// Up to 256 colours, found by value.
private struct ColourTable {
  private var colours: [UInt32] = []
  private var slots = [Int16](repeating: -1, count: 1024)
  private(set) var isFull = false

  private func slot(_ colour: UInt32) -> Int {
    var slot = Int((colour &* 0x9E37_79B1) >> 22)
    while slots[slot] >= 0, colours[Int(slots[slot])] != colour { slot = (slot + 1) % slots.count }
    return slot
  }

  mutating func insert(_ colour: UInt32) {
    if isFull { return }
    let slot = slot(colour)
    guard slots[slot] < 0 else { return }
    guard colours.count < 256 else {
      isFull = true
      return
    }
    slots[slot] = Int16(colours.count)
    colours.append(colour)
  }

  /// Puts the colours in order, equal ones as they came.
  mutating func sort(_ isBefore: (UInt32, UInt32) -> Bool) -> [UInt32] {
    let sorted = colours.indices.sorted {
      isBefore(colours[$0], colours[$1]) || (!isBefore(colours[$1], colours[$0]) && $0 < $1)
    }.map { colours[$0] }
    self = ColourTable()
    for colour in sorted { insert(colour) }
    return sorted
  }

  subscript(_ colour: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: slots[slot(colour)]) }
}
