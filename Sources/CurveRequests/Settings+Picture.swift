import Catenary
import CurveFormats

/// The look of a picture, as users ask for it.
extension Settings {
  /// - Parameter isEarly: whether the input, which may say more, is still to be read.
  /// - Returns: nil for a format that is no picture.
  /// - Throws: an option of pictures without one, or a value that cannot be.
  package func picture(_ format: PointFormat, isEarly: Bool) throws(CommandFailure) -> PictureStyle? {
    guard let kind = format.picture else {
      for option in RenderOption.pictures where has(option) {
        throw fault(option, "belongs to pictures, this is \(format.name): write svg or png, or leave it out")
      }
      return nil
    }
    var style = PictureStyle()
    style.width = try integer(.width, in: PictureStyle.sides) ?? style.width
    style.height = try integer(.height, in: PictureStyle.sides) ?? style.height
    style.strokes = try strokes()
    style.strokeWidth = try strokeWidth() ?? style.strokeWidth
    if let text = try text(.background) { style.background = try colour(text, .background) }
    if kind == .png { try checkPixels(style) }
    style.margin = try margin(below: isEarly ? PictureStyle.sides.upperBound : min(style.width, style.height))
    style.showsPoints = try flag(.showPoints) ?? false
    style.hasAxes = try flag(.axes) ?? false
    style.hasLegend = try flag(.legend) ?? false
    return style
  }

  private func checkPixels(_ style: PictureStyle) throws(CommandFailure) {
    guard style.width * style.height > PictureStyle.mostPixels else { return }
    throw fault(
      has(.width) ? .width : .height,
      "makes \(style.width) by \(style.height) pixels, a png has at most \(PictureStyle.mostPixels): "
        + "draw it smaller, or write svg")
  }

  /// One colour, or several with commas between.
  private func strokes() throws(CommandFailure) -> [PictureColour] {
    guard let list = try text(.stroke) else { return [] }
    var colours: [PictureColour] = []
    for name in list.split(separator: ",", omittingEmptySubsequences: false) {
      colours.append(try colour(String(name.drop { $0 == " " }), .stroke))
    }
    return colours
  }

  private func colour(_ text: String, _ option: RenderOption) throws(CommandFailure) -> PictureColour {
    if let colour = PictureColour(text) { return colour }
    let form = "a CSS name such as steelblue, transparent, #rgb, #rrggbb or #rrggbbaa"
    guard text.first?.isLetter ?? false, !text.contains("(") else {
      throw fault(option, "is \"\(text)\": give \(form)")
    }
    let near = nearName(to: text.lowercased(), in: PictureColour.names).map { "did you mean \($0)? " } ?? ""
    throw fault(option, "is \"\(text)\": \(near)give \(form)")
  }

  private func strokeWidth() throws(CommandFailure) -> Double? {
    guard let width = try number(.strokeWidth) else { return nil }
    guard width > 0, width <= PictureStyle.widestStroke else {
      throw fault(.strokeWidth, "is \(shown(width)): give pixels above 0 and up to 100")
    }
    return width
  }

  /// - Parameter side: the picture's smaller one.
  private func margin(below side: Int) throws(CommandFailure) -> Double? {
    guard let margin = try number(.margin) else { return nil }
    let half = Double(side) / 2
    guard margin >= 0, margin < half else {
      throw fault(
        .margin,
        "is \(shown(margin)): give pixels from 0 to below \(shown(half)), half the picture's smaller side")
    }
    return margin
  }
}
