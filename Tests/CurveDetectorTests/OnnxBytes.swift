/// An ONNX file, written from nothing but the format's field numbers (onnx.proto): networks of a layer or two, whose
/// answers one works out by hand.
struct OnnxBytes {
  /// A declared input or output; nil is the batch, whatever its length.
  struct Tensor {
    var name: String
    var shape: [Int?]
    /// 1 is float, 11 double.
    var element = 1
  }

  /// The operator and its tensors; what else it needs stands in `attributes`.
  struct Node {
    var type: String
    var inputs: [String]
    var output: String
    var attributes: [(name: String, values: [Int], isList: Bool)] = []
  }

  var inputs = [Tensor(name: "grid", shape: [nil, 2, 128]), Tensor(name: "side", shape: [nil, 14])]
  var outputs = [
    Tensor(name: "window", shape: [nil, 8]), Tensor(name: "steps", shape: [nil, 8, 128]),
    Tensor(name: "boundary", shape: [nil, 128]),
  ]
  var nodes: [Node] = []
  var weights: [(name: String, shape: [Int], values: [Float])] = []
  var metadata = ["feature_version": "1", "version": "test"]
  var opset = 14
  var irVersion = 7

  /// window[k] = bias[k] + Σ factors[k]·side; steps[k] of a cell = k + its two channels' sum; boundary = the channels' mean.
  static func network(bias: [Float] = [0, 1, 2, 3, 4, 5, 6, 7], factor: Float = 0) -> OnnxBytes {
    var file = OnnxBytes()
    file.weights = [
      ("factors", [14, 8], (0..<112).map { factor * Float($0 / 8) }), ("bias", [8], bias),
      ("sums", [8, 2, 1], [Float](repeating: 1, count: 16)), ("classes", [8], (0..<8).map(Float.init)),
    ]
    file.nodes = [
      Node(type: "Gemm", inputs: ["side", "factors", "bias"], output: "window"),
      Node(type: "Conv", inputs: ["grid", "sums", "classes"], output: "steps"),
      Node(
        type: "ReduceMean", inputs: ["grid"], output: "boundary",
        attributes: [("axes", [1], true), ("keepdims", [0], false)]),
    ]
    return file
  }

  var bytes: [UInt8] {
    var graph = Message()
    for node in nodes { graph.add(1, OnnxBytes.message(node)) }
    graph.add(2, text: "test")
    for weight in weights {
      var tensor = Message()
      for length in weight.shape { tensor.add(1, number: length) }
      tensor.add(2, number: 1)
      tensor.add(8, text: weight.name)
      tensor.add(
        9,
        weight.values.flatMap { value in
          (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
        })
      graph.add(5, tensor.bytes)
    }
    for input in inputs { graph.add(11, OnnxBytes.message(input)) }
    for output in outputs { graph.add(12, OnnxBytes.message(output)) }
    var model = Message()
    model.add(1, number: irVersion)
    model.add(7, graph.bytes)
    var set = Message()
    set.add(2, number: opset)
    model.add(8, set.bytes)
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
      var entry = Message()
      entry.add(1, text: key)
      entry.add(2, text: value)
      model.add(14, entry.bytes)
    }
    return model.bytes
  }

  private static func message(_ node: Node) -> [UInt8] {
    var message = Message()
    for input in node.inputs { message.add(1, text: input) }
    message.add(2, text: node.output)
    message.add(4, text: node.type)
    for attribute in node.attributes {
      var field = Message()
      field.add(1, text: attribute.name)
      for value in attribute.values { field.add(attribute.isList ? 8 : 3, number: value) }
      field.add(20, number: attribute.isList ? 7 : 2)
      message.add(5, field.bytes)
    }
    return message.bytes
  }

  private static func message(_ tensor: Tensor) -> [UInt8] {
    var shape = Message()
    for length in tensor.shape {
      var dimension = Message()
      if let length { dimension.add(1, number: length) } else { dimension.add(2, text: "batch") }
      shape.add(1, dimension.bytes)
    }
    var (type, kind, value) = (Message(), Message(), Message())
    type.add(1, number: tensor.element)
    type.add(2, shape.bytes)
    kind.add(1, type.bytes)
    value.add(1, text: tensor.name)
    value.add(2, kind.bytes)
    return value.bytes
  }
}

/// A message of protocol buffers: fields of numbers, and of bytes with their length.
private struct Message {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ field: Int, number: Int) {
    varint(UInt64(field << 3))
    varint(UInt64(number))
  }

  mutating func add(_ field: Int, _ content: [UInt8]) {
    varint(UInt64(field << 3 | 2))
    varint(UInt64(content.count))
    bytes += content
  }

  mutating func add(_ field: Int, text: String) { add(field, Array(text.utf8)) }

  private mutating func varint(_ number: UInt64) {
    var rest = number
    while rest >= 128 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 128)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
