import Catenary
import CurveFormats
import CurveRequests
import Glibc

/// The bytes of a file or of standard input.
struct FileSource: ByteSource, ~Copyable {
  /// What messages call it.
  let name: String
  private let descriptor: Int32
  private(set) var bytesLeft: Int?
  /// Who lets others compute while the disk is awaited.
  private let lane: BatchLane?

  /// - Parameters:
  ///   - path: `-` is standard input.
  ///   - lane: that of the batch in which it is read.
  init(_ path: String, by lane: BatchLane? = nil) throws(CommandFailure) {
    self.lane = lane
    let name = path == "-" ? "standard input" : path
    lane?.rest()
    defer { lane?.resume() }
    do throws(SystemFault) {
      (descriptor, bytesLeft) = try FileSource.opened(path)
    } catch {
      throw .failed("\(name): \(error)")
    }
    self.name = name
  }

  private static func opened(_ path: String) throws(SystemFault) -> (Int32, Int?) {
    let descriptor = path == "-" ? 0 : try Files.open(path, O_RDONLY)
    let status = try Files.status(descriptor)
    if status.isFolder { throw SystemFault(code: EISDIR) }
    return (descriptor, status.isRegular ? max(0, status.size - max(0, lseek(descriptor, 0, SEEK_CUR))) : nil)
  }

  /// All bytes of a file.
  static func bytes(of path: String) throws(CommandFailure) -> [UInt8] {
    var source = try FileSource(path)
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    do throws(FormatError) {
      while true {
        var room = chunk.mutableSpan
        let count = try source.read(into: &room)
        if count == 0 { return bytes }
        bytes += chunk.prefix(count)
      }
    } catch {
      throw .failed("\(source.name): \(error)")
    }
  }

  deinit { if descriptor != 0 { _ = close(descriptor) } }

  mutating func read(into buffer: inout MutableSpan<UInt8>) throws(FormatError) -> Int {
    lane?.rest()
    defer { lane?.resume() }
    do throws(SystemFault) {
      let count = try Files.read(descriptor, into: &buffer)
      if let left = bytesLeft { bytesLeft = max(0, left - count) }
      return count
    } catch {
      throw .source(error.description)
    }
  }
}
