import CurveFormats

/// A series as pixels: gone over twice, thinned to the lowest and highest of each quarter of a pixel, stroked, compressed.
let pictureBenchmarks: [Benchmark] =
  [PictureKind.png, .svg].flatMap { kind in
    [1000, 10_000_000].map { count in
      Benchmark("picture/\(kind)-series/\(count)", items: count) {
        var picture = Picture([PictureCurve.series(walk(count), name: "prices")])
        picture.style.hasAxes = true
        return {
          try picture.write(as: kind, to: Nowhere())
        }
      }
    }
  }

/// Where a picture goes that nobody looks at.
private struct Nowhere: ByteSink {
  mutating func write(_ bytes: RawSpan) { keep(bytes.byteCount) }
}

/// Steps up and down by chance, always the same.
private func walk(_ count: Int) -> [Double] {
  var (state, place): (UInt64, Double) = (1, 100)
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    place += Double(state >> 11) / 9_007_199_254_740_992 - 0.5
    return place
  }
}
