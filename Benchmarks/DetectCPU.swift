import Catenary
import CurveFormats
internal import Glibc

/// `catenary-bench --detect-cpu FILE.json` prints the microseconds of processor time that one `detect` of the file's prices
/// takes, the least of many: what of a request to the server is the detector's own. `server.py` asks for it.
func printDetectCPU(_ path: String) throws {
  guard let file = unsafe fopen(path, "r") else { fail("\(path) cannot be read") }
  var bytes: [UInt8] = []
  while case let byte = unsafe getc(file), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
  _ = unsafe fclose(file)
  guard let prices = try JSONReader.read(bytes).prices else { fail("\(path) has no prices") }
  let engine = Engine(threads: 1)
  _ = engine.warmModels()
  var least = Double.infinity
  for _ in 0..<8 {
    let start = processorSeconds()
    for _ in 0..<200 { keep(try engine.detect(prices, source: .onnx)) }
    least = min(least, (processorSeconds() - start) / 200)
  }
  print(least * 1e6)
}

private func processorSeconds() -> Double {
  var time = timespec()
  _ = unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
