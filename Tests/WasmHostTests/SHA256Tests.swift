import Testing
import WasmHost

@Suite struct SHA256Tests {
  // FIPS 180-4, the examples published with it.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func `the published examples have their published hashes`(text: String, hash: String) {
    #expect(SHA256.hash(Array(text.utf8)).description == hash)
    var portable = SHA256(isPortable: true)
    unsafe portable.update(Array(text.utf8).span.bytes)
    #expect(portable.finish().description == hash)
  }

  @Test(.enabled(if: SHA256.hasInstructions, "this processor has no instructions for SHA-256"))
  func `the processor's instructions and plain code hash alike`() {
    let bytes = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
    for length in [0, 1, 63, 64, 65, 127, 128, 1000, 4096, 10_000] {
      var portable = SHA256(isPortable: true)
      unsafe portable.update(Array(bytes[..<length]).span.bytes)
      #expect(portable.finish() == SHA256.hash(Array(bytes[..<length])), "\(length)")
    }
  }

  @Test func `a million letters a have their published hash`() {
    let hash = SHA256.hash([UInt8](repeating: 0x61, count: 1_000_000))
    #expect(hash.description == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test(arguments: 0..<130)
  func `bytes fed in two pieces hash as in one`(split: Int) {
    let bytes = (0..<130).map { UInt8($0) }
    var hash = SHA256()
    unsafe hash.update(Array(bytes[..<split]).span.bytes)
    unsafe hash.update(Array(bytes[split...]).span.bytes)
    #expect(hash.finish() == SHA256.hash(bytes))
  }
}
