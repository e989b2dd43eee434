// The one unsafe file of this room: arrays of the program as bytes.

internal import CData

/// What a browser gets and is part of the program, so that it runs from any folder.
enum PageBytes {
  static func page() -> [UInt8] { copy(catenary_dashboard_page) }
  static func style() -> [UInt8] { copy(catenary_dashboard_style) }
  static func script() -> [UInt8] { copy(catenary_dashboard_script) }
  static func splineScript() -> [UInt8] { copy(catenary_spline_js) }
  static func splineModule() -> [UInt8] { copy(catenary_spline_browser_wasm) }

  /// Proof: start and size are those of one constant array, there for as long as the program runs.
  private static func copy(_ part: catenary_page_part) -> [UInt8] {
    let bytes = unsafe catenary_page_part(part)
    return unsafe Array(UnsafeBufferPointer(start: bytes.start, count: bytes.count))
  }
}
