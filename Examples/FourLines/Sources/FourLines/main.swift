import Catenary

// A curve in four lines.
let engine = Engine()
let curve = try Curve(.catmullRom(alpha: 0.5), points: [[0, 0], [1, 2], [3, 1]] as [SIMD2<Float>])
let points = try engine.render(curve, .samplesPerSegment(4))
for point in points { print(point.x, point.y) }

// Results larger than memory: tile by tile, in order, while other threads draw ahead. A tile is lent, not kept.
var count = 0
var highest: Float = 0
try engine.render(curve, .samplesPerSegment(10_000_000)) { tile in
  for i in tile.elements.indices { highest = max(highest, tile.elements[i].y) }
  count += tile.elements.count
}
print("\(count) points, the highest at \(highest)")
