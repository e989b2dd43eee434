/// Memory in which pieces of answers lie, for who makes them best in memory of its own: they are sent from there.
public protocol PieceMemory: Sendable {
  /// Lends `count` bytes.
  ///
  /// - Returns: the address of the first: all of them may be read and written, were written before, if only by zeros, and
  ///   are nobody else's until they are given back. nil where there are none, or not so many at once.
  func take(_ count: Int) -> UInt?

  /// Takes back what was lent at this address, once.
  func giveBack(_ address: UInt)
}
