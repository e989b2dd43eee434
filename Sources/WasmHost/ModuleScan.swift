/// The little that is read of a module before Wasmtime sees it.
enum ModuleScan {
  /// How many functions a module defines; nil when its sections cannot be walked, which Wasmtime will explain.
  ///
  /// Compiling cannot be interrupted and costs most per function: a module of 4 MiB in functions of 5 bytes took
  /// 39 s and 3.9 GB, one of a single function 7 s and 1 GB.
  static func functionCount(_ wasm: [UInt8]) -> Int? {
    var at = 8
    while at < wasm.count {
      let section = wasm[at]
      at += 1
      guard let size = number(wasm, &at), size <= wasm.count - at else { return nil }
      if section == 3 { return number(wasm, &at) }
      at += size
    }
    return 0
  }

  /// The largest function body, in bytes, and the most locals that one function declares; nil as above.
  ///
  /// One function of 60,000 loops over 2,000 locals (833 KB) was not compiled after 60 s, and functions of 50,000
  /// locals each took 40 s: what a loop carries is counted in locals times loops.
  static func largestFunction(_ wasm: [UInt8]) -> (bytes: Int, locals: Int)? {
    var at = 8
    while at < wasm.count {
      let section = wasm[at]
      at += 1
      guard let size = number(wasm, &at), size <= wasm.count - at else { return nil }
      if section == 10 { return largestBody(wasm, at, end: at + size) }
      at += size
    }
    return (0, 0)
  }

  private static func largestBody(_ wasm: [UInt8], _ start: Int, end: Int) -> (bytes: Int, locals: Int)? {
    var at = start
    var largest = (bytes: 0, locals: 0)
    guard let count = number(wasm, &at) else { return nil }
    for _ in 0..<count {
      guard let size = number(wasm, &at), size <= end - at else { return nil }
      var place = at
      var locals = 0
      guard let groups = number(wasm, &place) else { return nil }
      for _ in 0..<groups {
        guard place < at + size, let some = number(wasm, &place) else { return nil }
        locals += some
        place += 1  // the type; one of more bytes than this spoils the walk, and Wasmtime explains
      }
      largest = (max(largest.bytes, size), max(largest.locals, locals))
      at += size
    }
    return largest
  }

  /// An unsigned LEB128 of at most 32 bits.
  private static func number(_ wasm: [UInt8], _ at: inout Int) -> Int? {
    var value = 0
    for shift in stride(from: 0, to: 35, by: 7) {
      guard at < wasm.count else { return nil }
      let byte = wasm[at]
      at += 1
      value |= Int(byte & 0x7f) << shift
      if byte & 0x80 == 0 { return value }
    }
    return nil
  }
}
