import CurveFormats
import HTTPFront

/// A request of the Open Inference Protocol v2: prices of several series, and which answers are wanted.
///
/// Source: KServe, Open Inference Protocol (V2), with its binary tensor data extension.
struct InferenceRequest: Sendable {
  /// An answer that was asked for, and whether as bytes behind the JSON.
  struct Output: Sendable {
    let tensor: InferenceTensor
    let isBinary: Bool
  }

  private(set) var rows: [[Double]] = []
  private(set) var outputs: [Output] = []
  private(set) var id: JSONValue?
  /// To be echoed: all but `binary_data_output`.
  private(set) var parameters: [JSONMember] = []
  private(set) var isClassical = false

  /// - Parameter headerBytes: where the JSON ends and tensors begin; nil: all is JSON.
  init(_ body: [UInt8], headerBytes: Int?) throws {
    let count = headerBytes ?? body.count
    guard (0...body.count).contains(count) else {
      throw Problem(
        400,
        "inference-header-content-length is \(count), the body has \(body.count) bytes: give its JSON's length"
      )
    }
    let document = try JSONReader.readValue(count == body.count ? body : Array(body[..<count]))
    guard case .object = document else {
      throw Problem(400, "body: it is not an object: send {\"inputs\":[…]}", pointer: "")
    }
    if let id = document["id"] {
      guard case .string = id else { throw Problem(400, "body: id is not text: quote it", pointer: "/id") }
      self.id = id
    }
    do throws(Problem) {
      let isBinary = try readParameters(document["parameters"])
      try readInputs(document["inputs"], body[count...])
      try readOutputs(document["outputs"], isBinary: isBinary)
    } catch { throw error.pointing(into: document) }
  }

  /// - Returns: whether answers are bytes where their own parameters do not say.
  private mutating func readParameters(_ value: JSONValue?) throws(Problem) -> Bool {
    try InferenceRequest.checkObject(value, "/parameters")
    guard case .object(let members)? = value else { return false }
    parameters = members.filter { $0.name != "binary_data_output" }
    switch value?["source"] {
    case nil, .string("onnx"): break
    case .string("classical"): isClassical = true
    default: throw Problem(400, "body: source: choose onnx, classical", pointer: "/parameters/source")
    }
    return try flag(value?["binary_data_output"], "/parameters/binary_data_output") ?? false
  }

  private func flag(_ value: JSONValue?, _ pointer: String) throws(Problem) -> Bool? {
    switch value {
    case nil: return nil
    case .bool(let flag): return flag
    default:
      throw Problem(400, "body: \(pointer) is neither true nor false: send one of them", pointer: pointer)
    }
  }

  private mutating func readInputs(_ value: JSONValue?, _ bytes: ArraySlice<UInt8>) throws(Problem) {
    guard case .array(let inputs) = value, inputs.count == 1, let input = inputs.first else {
      throw Problem(400, "body: inputs is no list of one tensor: send prices alone", pointer: "/inputs")
    }
    guard input["name"] == .string("prices") else {
      throw Problem(400, "body: the input's name is not prices: call it so", pointer: "/inputs/0/name")
    }
    guard input["datatype"] == .string("FP64") else {
      throw Problem(400, "body: the datatype of prices is not FP64: send that", pointer: "/inputs/0/datatype")
    }
    try InferenceRequest.checkObject(input["parameters"], "/inputs/0/parameters")
    let (count, length) = try InferenceRequest.shape(input["shape"])
    if let size = input["parameters"]?["binary_data_size"] {
      rows = try InferenceRequest.binary(size, bytes, count, length, hasText: input["data"] != nil)
    } else {
      guard bytes.isEmpty else {
        throw Problem(
          400, "body: bytes follow the JSON, but no input has binary_data_size: give it",
          pointer: "/inputs/0/parameters")
      }
      let flat = try InferenceRequest.text(input["data"], count, length)
      rows = (0..<count).map { Array(flat[$0 * length..<($0 + 1) * length]) }
    }
  }

  private static func checkObject(_ value: JSONValue?, _ pointer: String) throws(Problem) {
    switch value {
    case nil, .object: break
    default: throw Problem(400, "body: parameters is not an object: send {\"name\":value}", pointer: pointer)
    }
  }

  /// More numbers than this fit in no body.
  private static let mostNumbers = 1 << 40

  private static func shape(_ value: JSONValue?) throws(Problem) -> (Int, Int) {
    let sides = value?.numbers?.compactMap { Int(exactly: $0) } ?? []
    guard case .array(let list)? = value, list.count == 2, sides.count == 2, sides.allSatisfy({ $0 > 0 }),
      case let product = sides[0].multipliedReportingOverflow(by: sides[1]), !product.overflow,
      product.partialValue <= mostNumbers
    else {
      throw Problem(
        400, "body: the shape of prices is not [series, prices of each], both above 0: send that",
        pointer: "/inputs/0/shape")
    }
    return (sides[0], sides[1])
  }

  private static func binary(
    _ size: JSONValue, _ bytes: ArraySlice<UInt8>, _ rows: Int, _ length: Int, hasText: Bool
  ) throws(Problem) -> [[Double]] {
    let count = rows * length
    let pointer = "/inputs/0/parameters/binary_data_size"
    guard size == .number(Double(8 * count)), !hasText else {
      throw Problem(
        400, "body: prices of this shape have \(8 * count) bytes, and no data beside them: send so many",
        pointer: pointer)
    }
    guard bytes.count == 8 * count else {
      throw Problem(
        400, "body: \(bytes.count) bytes follow the JSON, binary_data_size says \(8 * count): send so many",
        pointer: pointer)
    }
    return (0..<rows).map { row in
      (0..<length).map { column in
        let start = bytes.startIndex + 8 * (row * length + column)
        var bits: UInt64 = 0
        for i in 0..<8 { bits |= UInt64(bytes[start + i]) << UInt64(8 * i) }
        return Double(bitPattern: bits)
      }
    }
  }

  /// The numbers of a tensor, flat or in rows; null is NaN.
  private static func text(_ value: JSONValue?, _ count: Int, _ length: Int) throws(Problem) -> [Double] {
    guard case .array(let values) = value else {
      throw Problem(400, "body: prices has no data: send a list of numbers", pointer: "/inputs/0/data")
    }
    var flat: [Double] = []
    for (index, value) in values.enumerated() {
      let place = "/inputs/0/data/\(index)"
      guard case .array(let row) = value else {
        flat.append(try number(value, place))
        continue
      }
      guard row.count == length, values.count == count else {
        throw Problem(
          400, "body: the rows of data are not \(count) of \(length) numbers: send its shape", pointer: place)
      }
      for (column, value) in row.enumerated() { flat.append(try number(value, "\(place)/\(column)")) }
    }
    guard flat.count == count * length else {
      throw Problem(
        400, "body: data has \(flat.count) numbers, its shape \(count * length): make them agree",
        pointer: "/inputs/0/data")
    }
    return flat
  }

  private static func number(_ value: JSONValue, _ pointer: String) throws(Problem) -> Double {
    switch value {
    case .number(let number): return number
    case .null: return .nan
    default: throw Problem(400, "body: this price is not a number: send one, or null", pointer: pointer)
    }
  }

  private mutating func readOutputs(_ value: JSONValue?, isBinary: Bool) throws(Problem) {
    guard let value, value != .array([]) else {
      outputs = InferenceTensor.allCases.map { Output(tensor: $0, isBinary: isBinary) }
      return
    }
    guard case .array(let list) = value else {
      throw Problem(400, "body: outputs is not a list: send [{\"name\":…}]", pointer: "/outputs")
    }
    for (index, entry) in list.enumerated() {
      let place = "/outputs/\(index)"
      guard case .string(let name)? = entry["name"], let tensor = InferenceTensor(rawValue: name) else {
        let names = InferenceTensor.allCases.map(\.rawValue).joined(separator: ", ")
        throw Problem(400, "body: there is no such output: choose of \(names)", pointer: "\(place)/name")
      }
      guard !outputs.contains(where: { $0.tensor == tensor }) else {
        throw Problem(400, "body: \(name) is asked for twice: ask once", pointer: "\(place)/name")
      }
      try InferenceRequest.checkObject(entry["parameters"], "\(place)/parameters")
      if entry["parameters"]?["classification"] != nil {
        throw Problem(
          400, "body: classification is not offered: leave it out",
          pointer: "\(place)/parameters/classification")
      }
      let own = try flag(entry["parameters"]?["binary_data"], "\(place)/parameters/binary_data")
      outputs.append(Output(tensor: tensor, isBinary: own ?? isBinary))
    }
  }
}
