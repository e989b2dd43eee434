/// The methods of RFC 9110 and RFC 5789; any other is answered by 501.
public enum Method: UInt8, Sendable, CaseIterable {
  case get, head, post, put, delete, options, patch, trace, connect
}
