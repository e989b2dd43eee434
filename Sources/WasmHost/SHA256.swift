internal import CHash

/// SHA-256 (FIPS 180-4), fed in pieces of any size.
public struct SHA256: Sendable {
  /// A finished hash: 32 bytes, printed as 64 hexadecimal digits.
  public struct Digest: Hashable, Sendable, CustomStringConvertible {
    public let bytes: [UInt8]

    public var description: String {
      let digits = Array("0123456789abcdef".utf8)
      return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
  }

  private var state: SIMD8<UInt32> = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  private var pending: [UInt8] = []
  private var length: UInt64 = 0
  /// Whether the processor's own instructions are used.
  private let isQuick: Bool

  /// - Parameter isPortable: without instructions that not every processor has; the hash is the same.
  public init(isPortable: Bool = false) { isQuick = !isPortable && Self.hasInstructions }

  /// Whether this processor has instructions for SHA-256.
  public static let hasInstructions = chash_is_supported()

  public static func hash(_ bytes: [UInt8]) -> Digest { unsafe hash(bytes.span.bytes) }

  public static func hash(_ bytes: RawSpan) -> Digest {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finish()
  }

  public mutating func update(_ bytes: RawSpan) {
    length += UInt64(bytes.byteCount)
    var at = 0
    if !pending.isEmpty {
      while at < bytes.byteCount, pending.count < 64 {
        pending.append(bytes.unsafeLoad(at))
        at += 1
      }
      guard pending.count == 64 else { return }
      var state = state
      unsafe Self.compress(&state, pending.span.bytes, from: 0)
      self.state = state
      pending.removeAll(keepingCapacity: true)
    }
    if isQuick {
      let blocks = (bytes.byteCount - at) / 64
      Self.compressQuickly(&state, bytes.extracting(droppingFirst: at), blocks: blocks)
      at += 64 * blocks
    }
    while bytes.byteCount - at >= 64 {
      Self.compress(&state, bytes, from: at)
      at += 64
    }
    while at < bytes.byteCount {
      pending.append(bytes.unsafeLoad(at))
      at += 1
    }
  }

  /// The hash of all that was fed; `self` stays as it was and can be fed on.
  public func finish() -> Digest {
    var copy = self
    let bits = length * 8
    var tail: [UInt8] = [0x80]
    while (pending.count + tail.count) % 64 != 56 { tail.append(0) }
    for shift in stride(from: 56, through: 0, by: -8) {
      tail.append(UInt8(truncatingIfNeeded: bits >> shift))
    }
    unsafe copy.update(tail.span.bytes)
    var bytes: [UInt8] = []
    for i in 0..<8 {
      for shift in stride(from: 24, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: copy.state[i] >> UInt32(shift)))
      }
    }
    return Digest(bytes: bytes)
  }

  /// Blocks of 64 bytes by the processor's own instructions.
  ///
  /// Proof: the bytes are as many as the blocks need, which is checked; a state is eight numbers of four bytes, which C
  /// may read and write for the time of the call.
  private static func compressQuickly(_ state: inout SIMD8<UInt32>, _ bytes: RawSpan, blocks: Int) {
    precondition(blocks >= 0 && 64 * blocks <= bytes.byteCount, "whole blocks")
    guard blocks > 0 else { return }
    unsafe bytes.withUnsafeBytes { bytes in
      unsafe withUnsafeMutableBytes(of: &state) { state in
        unsafe chash_sha256(state.bindMemory(to: UInt32.self).baseAddress, bytes.baseAddress, blocks)
      }
    }
  }

  /// One block of 64 bytes: the schedule first, then its rounds, eight at a time so that no letter moves.
  private static func compress(_ state: inout SIMD8<UInt32>, _ block: RawSpan, from start: Int) {
    var w = InlineArray<64, UInt32>(repeating: 0)
    for i in 0..<16 { w[i] = block.unsafeWord(start + 4 * i) }
    for i in 16..<64 {
      let (x, y) = (w[i - 15], w[i - 2])
      let s0 = x.rotated(7) ^ x.rotated(18) ^ (x >> 3)
      let s1 = y.rotated(17) ^ y.rotated(19) ^ (y >> 10)
      w[i] = w[i - 16] &+ s0 &+ w[i - 7] &+ s1
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for i in stride(from: 0, to: 64, by: 8) {
      round(a, b, c, &d, e, f, g, &h, roundConstants[i] &+ w[i])
      round(h, a, b, &c, d, e, f, &g, roundConstants[i + 1] &+ w[i + 1])
      round(g, h, a, &b, c, d, e, &f, roundConstants[i + 2] &+ w[i + 2])
      round(f, g, h, &a, b, c, d, &e, roundConstants[i + 3] &+ w[i + 3])
      round(e, f, g, &h, a, b, c, &d, roundConstants[i + 4] &+ w[i + 4])
      round(d, e, f, &g, h, a, b, &c, roundConstants[i + 5] &+ w[i + 5])
      round(c, d, e, &f, g, h, a, &b, roundConstants[i + 6] &+ w[i + 6])
      round(b, c, d, &e, f, g, h, &a, roundConstants[i + 7] &+ w[i + 7])
    }
    state = state &+ SIMD8(a, b, c, d, e, f, g, h)
  }

  /// One round; `kw` is the round's constant plus its word of the schedule.
  @inline(__always)
  private static func round(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32, _ g: UInt32,
    _ h: inout UInt32, _ kw: UInt32
  ) {
    let t = h &+ (e.rotated(6) ^ e.rotated(11) ^ e.rotated(25)) &+ (g ^ (e & (f ^ g))) &+ kw
    d = d &+ t
    h = t &+ (a.rotated(2) ^ a.rotated(13) ^ a.rotated(22)) &+ ((a & b) | (c & (a | b)))
  }
}

extension UInt32 {
  @inline(__always) fileprivate func rotated(_ n: UInt32) -> UInt32 { (self >> n) | (self << (32 - n)) }
}

extension RawSpan {
  /// One byte; bounds-checked, and any bits are a `UInt8`.
  @inline(__always) fileprivate func unsafeLoad(_ at: Int) -> UInt8 {
    unsafe unsafeLoad(fromByteOffset: at, as: UInt8.self)
  }

  /// Four bytes, big end first; bounds-checked, and any bits are a `UInt32`.
  @inline(__always) fileprivate func unsafeWord(_ at: Int) -> UInt32 {
    unsafe UInt32(bigEndian: unsafeLoadUnaligned(fromByteOffset: at, as: UInt32.self))
  }
}

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
private let roundConstants: InlineArray<64, UInt32> = [
  0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
  0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
  0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
  0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
  0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
  0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
  0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
  0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
]
