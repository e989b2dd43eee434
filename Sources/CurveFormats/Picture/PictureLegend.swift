/// The curves' names beside a stroke of each, in rows above the picture: over it they could cover a curve.
struct PictureLegend {
  struct Entry: Equatable {
    var curve: Int
    var name: String
    /// Pixels from the corner of the area inside the margins.
    var left, base: Double
  }

  private(set) var entries: [Entry] = []
  /// Pixels that it takes from the picture.
  private(set) var height = 0.0
  /// The length of a stroke, in sizes of text.
  static let swatch = 1.8

  /// At most a quarter of the picture's height; the last name that has room says how many are left out.
  init(_ names: [String], _ style: PictureStyle, width: Double) {
    guard style.hasLegend else { return }
    let size = style.textSize
    let rows = Int(Double(style.height) / 4 / (1.5 * size))
    let frame = (PictureLegend.swatch + 0.5) * size
    guard rows > 0, width > frame + 2 * size else { return }
    var (left, row) = (0.0, 0)
    for (i, full) in names.enumerated() {
      let name = shortened(full, to: min(width - frame, 20 * size), size: size)
      let length = frame + textWidth(name, size: size)
      if left > 0, left + length > width { (left, row) = (0, row + 1) }
      if row == rows {
        let left = names.count - i + 1
        entries[entries.count - 1].name = "and \(left) more"
        break
      }
      entries.append(
        Entry(curve: i, name: name, left: left, base: (Double(row) + 0.85) * 1.5 * size - 0.3 * size))
      left += length + 1.6 * size
    }
    height = ((entries.last.map { $0.base } ?? 0) + 0.9 * size)
  }
}
