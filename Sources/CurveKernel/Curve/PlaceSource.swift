/// Where samples lie that neither segments nor parameters say: the vertices of a flattening, points at even distances.
///
/// Places are found on this side for every backend, so that all of them draw the same points.
package protocol PlaceSource: AnyObject, Sendable {
  /// Points of a piece.
  func count(piece: Int) -> Int
  /// The places of consecutive points of a piece from `first` on; segments are counted from the piece's first table
  /// segment.
  func fill(_ located: inout MutableSpan<Located>, piece: Int, first: Int)
}
