/// About how wide a text is in a usual sans-serif font: pictures are laid out without one.
///
/// - Returns: pixels, for letters of `size` pixels.
func textWidth(_ text: String, size: Double) -> Double {
  var width = 0.0
  for scalar in text.unicodeScalars {
    switch scalar {
    case "i", "j", "l", "I", "'", "|", "!", ".", ",", ":", ";", " ": width += 0.29
    case "f", "t", "r", "-", "(", ")", "/", "[", "]": width += 0.37
    case "⁰"..."⁹", "⁻", "¹", "²", "³": width += 0.4
    case "m", "M", "W", "w", "@", "%": width += 0.88
    case "A"..."Z": width += 0.68
    case "\u{0}"..."\u{2FFF}": width += 0.57
    default: width += 1
    }
  }
  return width * size
}

/// The text cut to so many pixels, with an ellipsis where something is missing.
func shortened(_ text: String, to pixels: Double, size: Double) -> String {
  if textWidth(text, size: size) <= pixels { return text }
  var kept = text
  while !kept.isEmpty, textWidth(kept + "…", size: size) > pixels { kept.removeLast() }
  return kept + "…"
}
