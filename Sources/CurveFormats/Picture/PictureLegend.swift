/// The curves' names beside a stroke of each, in rows above the picture: over it they could cover a curve.
struct PictureLegend {
  struct Entry: Equatable {
    /// Nil for what says how many have no room.
    var curve: Int?
    var name: String
    /// Pixels from the corner of the area inside the margins.
    var left, base: Double
  }

  private(set) var entries: [Entry] = []
  /// Pixels that it takes from the picture.
  private(set) var height = 0.0
  /// The length of a stroke, in sizes of text.
  static let swatch = 1.8

  /// At most a quarter of the picture's height and half of what the margins leave; long names are cut where not all have
  /// room else, and the last one that has room says how many are left out.
  init(_ names: [String], _ style: PictureStyle, width: Double) {
    guard style.hasLegend else { return }
    let size = style.textSize
    let most = min(Double(style.height) / 4, Double(style.height) / 2 - style.emptySides)
    let rows = Int(most / (1.5 * size))
    let room = width - PictureLegend.frame * size
    guard rows > 0, room > 2 * size else { return }
    for longest in [room, min(room, 20 * size)] where entries.count < names.count {
      place(names.map { shortened($0, to: longest, size: size) }, rows: rows, width: width, size: size)
    }
    height = ((entries.last.map { $0.base } ?? 0) + 0.9 * size)
  }

  /// A stroke and the air behind it, in sizes of text.
  private static let frame = swatch + 0.5

  private mutating func place(_ names: [String], rows: Int, width: Double, size: Double) {
    entries = []
    var (left, row) = (0.0, 0)
    for (i, name) in names.enumerated() {
      let length = PictureLegend.frame * size + textWidth(name, size: size)
      if left > 0, left + length > width { (left, row) = (0, row + 1) }
      if row == rows {
        entries[entries.count - 1].name = "and \(names.count - i + 1) more"
        entries[entries.count - 1].curve = nil
        return
      }
      entries.append(
        Entry(curve: i, name: name, left: left, base: (Double(row) + 0.85) * 1.5 * size - 0.3 * size))
      left += length + 1.6 * size
    }
  }
}
