import Testing

@testable import Catenary

@Suite struct TrailingHashTests {
  /// FIPS 180-4, appendix B.1 and B.3 of its example values: "abc", and a million times "a".
  @Test func `published values come out`() throws {
    let abc = try #require(TrailingHash(after: ByteHash()))
    withBytes(of: Array("abc".utf8)) { abc.update($0) }
    #expect(
      abc.finish().finish() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    let million = try #require(TrailingHash(after: ByteHash()))
    let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 40_000)
    for _ in 0..<25 { withBytes(of: bytes) { million.update($0) } }
    #expect(
      million.finish().finish() == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  /// More than may wait, in pieces of every size, after bytes that were hashed before.
  @Test func `pieces of any size are hashed in their order`() throws {
    var state: UInt32 = 7
    let bytes = (0..<5_000_000).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(truncatingIfNeeded: state >> 24)
    }
    var whole = ByteHash()
    withBytes(of: bytes) { whole.update($0) }
    var before = ByteHash()
    withBytes(of: Array(bytes[..<77])) { before.update($0) }
    let hash = try #require(TrailingHash(after: before))
    var (at, size) = (77, 0)
    while at < bytes.count {
      let piece = Array(bytes[at..<min(bytes.count, at + size)])
      withBytes(of: piece) { hash.update($0) }
      (at, size) = (at + piece.count, size * 3 + 1 & 0xFFFFF)
    }
    #expect(hash.finish().finish() == whole.finish())
  }

  @Test func `none at all hash to the hash before`() throws {
    let hash = try #require(TrailingHash(after: ByteHash()))
    #expect(hash.finish().finish() == ByteHash().finish())
  }
}
