/// What has a speed |y′(u)|: all that lengths are made of.
protocol ArcSpeed {
  /// Speeds at four parameters.
  func speeds(_ u: SIMD4<Double>) -> SIMD4<Double>
  /// Whether it is the same everywhere, as on a straight line run evenly.
  var isEven: Bool { get }
}

extension Arc: ArcSpeed {
  var isEven: Bool { degree == 3 && e[0] == e[1] && e[1] == e[2] }
}

/// A cubic's speed, and nothing else: y′ = e0(1−u)² + 2e1·u(1−u) + e2·u².
struct CubicSpeed: ArcSpeed {
  let dimensions: Int
  let e0, e1, e2: ArcRow

  @inline(__always)
  init(_ s: Segment<ArcRow>, dimensions: Int) {
    self.dimensions = dimensions
    (e0, e1, e2) = (s.c + s.b, s.c + (s.a - s.b), s.c - s.a)
  }

  @inline(__always)
  init(e0: ArcRow, e1: ArcRow, e2: ArcRow, dimensions: Int) {
    (self.dimensions, self.e0, self.e1, self.e2) = (dimensions, e0, e1, e2)
  }

  var isEven: Bool { e0 == e1 && e1 == e2 }

  @inline(__always)
  func speeds(_ u: SIMD4<Double>) -> SIMD4<Double> {
    let v = 1 - u
    let (p, q, r) = (v * v, 2 * (u * v), u * u)
    let x = (p * e0.x + q * e1.x) + r * e2.x
    var sum = x * x
    if dimensions > 1 {
      let y = (p * e0.y + q * e1.y) + r * e2.y
      sum += y * y
    }
    if dimensions > 2 {
      let z = (p * e0.z + q * e1.z) + r * e2.z
      sum += z * z
    }
    if dimensions > 3 {
      let t = (p * e0.w + q * e1.w) + r * e2.w
      sum += t * t
    }
    return sum.squareRoot()
  }
}

extension ArcSpeed {
  /// The length from u `a` to u `b` (negative when `b` < `a`), and the speed at `b`, by Radau's formula of 8 points.
  @inline(__always)
  func length8(_ a: Double, _ b: Double) -> (length: Double, speed: Double) {
    let h = b - a
    let (low, high) = speeds8(a, b)
    let sum = low * lowWeights8 + high * highWeights8
    return (h * ((sum.x + sum.y) + (sum.z + sum.w)), high.w)
  }

  /// The same, and the derivative of the speed at `b`, times b − a: that of the polynomial through the 8 speeds.
  @inline(__always)
  func jet8(_ a: Double, _ b: Double) -> (length: Double, speed: Double, rise: Double) {
    let h = b - a
    let (low, high) = speeds8(a, b)
    let sum = low * lowWeights8 + high * highWeights8
    let rise = low * lowSlopes8 + high * highSlopes8
    return (h * ((sum.x + sum.y) + (sum.z + sum.w)), high.w, (rise.x + rise.y) + (rise.z + rise.w))
  }

  /// The length, and how far the polynomial through the 8 speeds is from the speed at `a`: the formula has no point there,
  /// and sees no cusp between `a` and its first one.
  @inline(__always)
  func checked8(_ a: Double, _ b: Double) -> (length: Double, miss: Double) {
    let h = b - a
    let (low, high) = speeds8(a, b)
    let sum = low * lowWeights8 + high * highWeights8
    let start = low * lowStarts8 + high * highStarts8
    let miss = speeds(SIMD4(repeating: a)).x - ((start.x + start.y) + (start.z + start.w))
    return (h * ((sum.x + sum.y) + (sum.z + sum.w)), miss.magnitude)
  }

  @inline(__always)
  private func speeds8(_ a: Double, _ b: Double) -> (SIMD4<Double>, SIMD4<Double>) {
    let h = b - a
    return (speeds(a + h * lowNodes8), speeds(SIMD4(lowHalf: a + h * highNodes8, highHalf: last8(a, b))))
  }

  @inline(__always)
  private func last8(_ a: Double, _ b: Double) -> SIMD2<Double> { SIMD2(a + (b - a) * lastNode8, b) }

  /// The length by 4 points: for steps that are short beside their panel.
  @inline(__always)
  func length4(_ a: Double, _ b: Double) -> (length: Double, speed: Double) {
    let h = b - a
    let found = speeds(SIMD4(a + h * nodes4.x, a + h * nodes4.y, a + h * nodes4.z, b))
    let sum = found * weights4
    return (h * ((sum.x + sum.y) + (sum.z + sum.w)), found.w)
  }
}

// Radau's abscissas in 0…1 (the zeros of P_n − P_(n−1), the last one 1), weights, and the derivative at 1 and the value at 0 of
// the polynomial through values there; computed with 60 digits. Getters: constants in the code, not memory.
private var nodes4: SIMD3<Double> {
  @inline(__always) get { [0.088587959512703947396, 0.40946686444073471086, 0.78765946176084705603] }
}
private var weights4: SIMD4<Double> {
  @inline(__always) get { [0.22046221117676837528, 0.38819346884317188078, 0.32884431998005974394, 0.0625] }
}
private var lowNodes8: SIMD4<Double> {
  @inline(__always) get {
    [0.022479386438712498109, 0.11467905316090423191, 0.26578982278458946848, 0.452846373669444617]
  }
}
private var highNodes8: SIMD2<Double> {
  @inline(__always) get { [0.64737528288683036263, 0.81975930826310763501] }
}
private var lastNode8: Double { @inline(__always) get { 0.94373743946307785353 } }
private var lowWeights8: SIMD4<Double> {
  @inline(__always) get {
    [0.057254407372128599671, 0.12482395066493248163, 0.17350739781725064011, 0.19578608372624679654]
  }
}
private var highWeights8: SIMD4<Double> {
  @inline(__always) get {
    [0.18825877269455927829, 0.15206531032339256449, 0.09267907740148963927, 0.015625]
  }
}
private var lowSlopes8: SIMD4<Double> {
  @inline(__always) get {
    [-0.29360317730105179928, 1.0811358245335345393, -2.3399024862198342249, 4.3535853390147790732]
  }
}
private var highSlopes8: SIMD4<Double> {
  @inline(__always) get { [-7.9201408431608501177, 15.670952569588987306, -42.052027226455564775, 31.5] }
}
private var lowStarts8: SIMD4<Double> {
  @inline(__always) get {
    [1.5959241080786904963, -1.0432944873711279654, 0.80795993290654925401, -0.65752983359437170694]
  }
}
private var highStarts8: SIMD4<Double> {
  @inline(__always) get {
    [0.53926167289358033943, -0.43069705077569434854, 0.3133756578623739312, -0.12499999999999999999]
  }
}
