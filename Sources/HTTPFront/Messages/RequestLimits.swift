/// How large the parts of a request may be; what is larger is refused as soon as that is known. Sizes in bytes.
public struct RequestLimits: Sendable, Equatable {
  /// The request target: above it 414.
  public var targetBytes = 8 << 10
  /// The header section, without the request line and the empty line: above it 431.
  public var headerBytes = 16 << 10
  /// Fields of the header section: above it 431.
  public var fieldCount = 128
  /// The body, framing not counted: above it 413.
  public var bodyBytes = 64 << 20
  /// A chunk's size line with its extensions: above it 400.
  public var chunkLineBytes = 1 << 10
  /// What chunk framing may take beyond 16 bytes and twice the data of each chunk, summed over a body: above it 400.
  public var chunkOverheadBytes = 16 << 10
  /// The trailer section: above it 431.
  public var trailerBytes = 8 << 10

  public init() {}
}
