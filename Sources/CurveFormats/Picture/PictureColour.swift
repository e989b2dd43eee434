/// A colour of a picture, with its opacity.
public struct PictureColour: Sendable, Equatable {
  public var red, green, blue, alpha: UInt8

  public init(red: UInt8, green: UInt8, blue: UInt8, alpha: UInt8 = 255) {
    (self.red, self.green, self.blue, self.alpha) = (red, green, blue, alpha)
  }

  /// `0xRRGGBB`, opaque.
  init(_ hex: UInt32, alpha: UInt8 = 255) {
    self.init(
      red: UInt8(truncatingIfNeeded: hex >> 16), green: UInt8(truncatingIfNeeded: hex >> 8),
      blue: UInt8(truncatingIfNeeded: hex), alpha: alpha)
  }

  /// Nothing to see.
  public static let transparent = PictureColour(0, alpha: 0)

  /// A colour as users write it: a CSS name in any case, `transparent`, `none`, `#rgb`, `#rgba`, `#rrggbb` or `#rrggbbaa`.
  ///
  /// - Returns: nil for anything else.
  /// - Source: CSS Color Module Level 4, sections 5.2 and 6.1.
  public init?(_ text: String) {
    if text.utf8.first == UInt8(ascii: "#") {
      guard let colour = PictureColour(digits: Array(text.utf8.dropFirst())) else { return nil }
      self = colour
      return
    }
    let name = text.lowercased()
    if name == "transparent" || name == "none" {
      self = .transparent
      return
    }
    guard let hex = PictureColour.hex(of: name) else { return nil }
    self.init(hex)
  }

  private init?(digits: [UInt8]) {
    var nibbles: [UInt8] = []
    for digit in digits {
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): nibbles.append(digit - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): nibbles.append(digit - UInt8(ascii: "a") + 10)
      case UInt8(ascii: "A")...UInt8(ascii: "F"): nibbles.append(digit - UInt8(ascii: "A") + 10)
      default: return nil
      }
    }
    var channels: [UInt8]
    switch nibbles.count {
    case 3, 4: channels = nibbles.map { $0 * 17 }
    case 6, 8: channels = stride(from: 0, to: nibbles.count, by: 2).map { nibbles[$0] * 16 + nibbles[$0 + 1] }
    default: return nil
    }
    if channels.count == 3 { channels.append(255) }
    self.init(red: channels[0], green: channels[1], blue: channels[2], alpha: channels[3])
  }

  /// `#rrggbb`; opacity is told apart.
  var hexText: String {
    let digits = Array("0123456789abcdef")
    var text = "#"
    for channel in [red, green, blue] {
      text.append(digits[Int(channel >> 4)])
      text.append(digits[Int(channel & 15)])
    }
    return text
  }

  /// This colour with another opacity.
  func faded(to alpha: UInt8) -> PictureColour {
    PictureColour(red: red, green: green, blue: blue, alpha: alpha)
  }
}
