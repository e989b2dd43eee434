import Catenary
import HTTPFront
import WorkerRegistry
import ZlibStreams

/// A snapshot as JSON, piece by piece: never more than a piece of it is in memory, however large what it shows is.
struct SnapshotMaker: PieceMaker {
  private enum Step {
    case head
    /// A region of linear memory, from a byte of it on.
    case region(Int, from: Int)
    case maps
    case end
  }

  /// Bytes of linear memory that a piece shows: a multiple of 3, so that base64 needs no padding between pieces.
  private static let atOnce = 192 << 10

  private let snapshot: HeapSnapshot
  /// Told when all is made.
  private let done: @Sendable () -> Void
  private var step = Step.head
  private var checksum: UInt32 = 0
  private var maps: SystemFile?
  private var mapText = MapText()

  init(_ snapshot: HeapSnapshot, done: @escaping @Sendable () -> Void) {
    (self.snapshot, self.done) = (snapshot, done)
  }

  var length: Answer.Length { .streamed }

  mutating func next(_ piece: ByteBuffer) throws -> Bool {
    var out: [UInt8] = []
    switch step {
    case .head: makeHead(&out)
    case .region(let index, let from): makeRegion(index, from, &out)
    case .maps: makeMaps(&out)
    case .end: break
    }
    piece.append(out)
    guard case .end = step else { return true }
    done()
    return false
  }

  private mutating func makeHead(_ out: inout [UInt8]) {
    out = snapshot.head
    guard let handover = snapshot.handover else {
      out.append(text: "}\n")
      step = .end
      return
    }
    guard let guest = handover.guest else {
      out.append(text: ",\"linear_memory\":null")
      return beginMaps(&out)
    }
    out.append(
      text:
        ",\"linear_memory\":{\"scope\":\"process\",\"note\":\"one memory for all threads that draw; each takes one of "
        + "\(guest.instances) instances for a tile. Regions are those of the hand-over; bytes are read after it, one "
        + "region after the other, while others go on drawing\",\"bytes\":\(guest.byteCount),"
        + "\"maximum_bytes\":\(guest.maximumBytes),\"instances\":\(guest.instances),\"regions\":[")
    step = .region(0, from: 0)
  }

  private mutating func makeRegion(_ index: Int, _ from: Int, _ out: inout [UInt8]) {
    guard let guest = snapshot.handover?.guest, index < guest.regions.count else {
      out.append(text: "]}")
      return beginMaps(&out)
    }
    let region = guest.regions[index]
    if from == 0 {
      checksum = 0
      out.append(
        text: "\(index > 0 ? "," : "")\n{\"kind\":\"\(region.kind.rawValue)\",\"start\":\(region.start),"
          + "\"bytes\":\(region.count)")
      if snapshot.withContents { out.append(text: ",\"contents\":\"") }
    }
    let count = min(SnapshotMaker.atOnce, region.count - from)
    var bytes: [UInt8] = []
    let isRead = guest.read(at: region.start + from, count: count, into: &bytes)
    checksum = DeflateStream.checksum(bytes.span, after: checksum)
    if snapshot.withContents { out.append(base64: bytes) }
    guard isRead, from + count < region.count else {
      if snapshot.withContents { out.append(text: "\"") }
      out.append(text: isRead ? ",\"crc32\":\"\(hexadecimal(checksum))\"}" : ",\"crc32\":null}")
      step = .region(index + 1, from: 0)
      return
    }
    step = .region(index, from: from + count)
  }

  private mutating func beginMaps(_ out: inout [UInt8]) {
    out.append(text: ",\"mapped_regions\":[")
    maps = SystemFile("/proc/self/smaps")
    step = .maps
  }

  private mutating func makeMaps(_ out: inout [UInt8]) {
    if let text = maps?.next(), !text.isEmpty { return mapText.take(text, &out) }
    mapText.finish(&out)
    out.append(text: "]}\n")
    step = .end
  }

  private func hexadecimal(_ number: UInt32) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}

/// `/proc/self/smaps` as JSON, as its bytes come.
private struct MapText {
  private var line: [UInt8] = []
  private var isFirst = true
  private var isOpen = false

  mutating func take(_ text: [UInt8], _ out: inout [UInt8]) {
    for byte in text {
      guard byte == UInt8(ascii: "\n") else {
        line.append(byte)
        continue
      }
      add(&out)
      line.removeAll(keepingCapacity: true)
    }
  }

  mutating func finish(_ out: inout [UInt8]) {
    if isOpen { out.append(text: "}") }
    isOpen = false
  }

  /// `START-END PERMISSIONS OFFSET DEVICE INODE PATH`, or a figure such as `Rss: 12 kB`.
  private mutating func add(_ out: inout [UInt8]) {
    let words = line.split(separator: UInt8(ascii: " "), maxSplits: 5).map {
      String(decoding: $0, as: UTF8.self)
    }
    let range = words.first?.split(separator: "-") ?? []
    if words.count >= 5, range.count == 2 {
      if isOpen { out.append(text: "}") }
      out.append(
        text: "\(isFirst ? "" : ",")\n{\"start\":\"0x\(range[0])\",\"end\":\"0x\(range[1])\",\"permissions\":"
      )
      out.append(quoted: words[1])
      if words.count > 5 {
        out.append(text: ",\"path\":")
        out.append(quoted: String(words[5].drop { $0 == " " }))
      }
      (isFirst, isOpen) = (false, true)
    } else if isOpen, words.count >= 2, let name = MapText.names[words[0]], let kilobytes = Int(words[1]) {
      out.append(text: ",\"\(name)\":\(kilobytes)")
    }
  }

  private static let names = [
    "Size:": "size_kb", "Rss:": "rss_kb", "Pss:": "pss_kb", "Private_Dirty:": "dirty_kb",
  ]
}

extension [UInt8] {
  private static let sixBits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// Base64 (RFC 4648) of the bytes, padded.
  mutating func append(base64 bytes: [UInt8]) {
    reserveCapacity(count + (bytes.count + 2) / 3 * 4)
    let letters = [UInt8].sixBits
    var i = 0
    while i + 2 < bytes.count {
      let (a, b, c) = (bytes[i], bytes[i + 1], bytes[i + 2])
      append(letters[Int(a >> 2)])
      append(letters[Int((a & 3) << 4 | b >> 4)])
      append(letters[Int((b & 15) << 2 | c >> 6)])
      append(letters[Int(c & 63)])
      i += 3
    }
    guard i < bytes.count else { return }
    let (a, b) = (bytes[i], i + 1 < bytes.count ? bytes[i + 1] : 0)
    append(letters[Int(a >> 2)])
    append(letters[Int((a & 3) << 4 | b >> 4)])
    append(i + 1 < bytes.count ? letters[Int((b & 15) << 2)] : UInt8(ascii: "="))
    append(UInt8(ascii: "="))
  }
}
