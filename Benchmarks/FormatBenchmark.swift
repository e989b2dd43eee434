import Catenary
import CurveFormats

/// Text of 100,000 points of f64 with all their digits, read and written; `strtod` reads the same CSV.
let formatBenchmarks: [Benchmark] = [
  Benchmark("formats/read-csv/100000", items: rows, bytes: csvText.count) {
    {
      var source = ArraySource(csvText)
      keep(try CSVReader().read(from: &source))
    }
  },
  Benchmark("formats/read-json/100000", items: rows, bytes: jsonText.count) {
    {
      var source = ArraySource(jsonText)
      keep(try JSONReader().read(from: &source))
    }
  },
  Benchmark("peer/strtod/100000", items: rows, bytes: csvText.count) {
    let text = csvText + [0]
    return { keep(sumByStrtod(text)) }
  },
  Benchmark("formats/write-csv/100000", items: rows, bytes: csvText.count) { { keep(try writeCSV()) } },
  Benchmark("formats/write-json/100000", items: rows, bytes: jsonText.count) { { keep(try writeJSON()) } },
]

private let rows = 100_000
private let numbers = doubles(rows).flatMap { [$0.x / 3, $0.y] }
private let csvText = (try? writeCSV()) ?? []
private let jsonText = (try? writeJSON()) ?? []

private func writeCSV() throws(FormatError) -> [UInt8] {
  var writer = CSVWriter(to: ArraySink())
  try writer.begin(count: rows, dimensions: 2)
  try writer.write(numbers.span)
  try writer.finish()
  return writer.sink.bytes
}

private func writeJSON() throws(FormatError) -> [UInt8] {
  var writer = JSONPointWriter(to: ArraySink())
  try writer.begin(count: rows, dimensions: 2)
  try writer.write(numbers.span)
  try writer.finish()
  return writer.sink.bytes
}
