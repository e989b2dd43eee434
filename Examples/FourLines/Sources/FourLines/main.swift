import Catenary

let engine = Engine()
let curve = try Curve(.catmullRom(alpha: 0.5), points: [[0, 0], [1, 2], [3, 1]] as [SIMD2<Float>])
let points = try engine.render(curve, .samplesPerSegment(4))
print(points.count, points.prefix(3))
