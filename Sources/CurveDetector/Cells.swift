/// The series as means over `limit` equally long cells, edges between samples shared by linear interpolation of the
/// running sum; itself when it has no more values.
func binned(_ z: [Double], _ limit: Int) -> [Double] {
  guard z.count > limit else { return z }
  var sums = [0.0]
  sums.reserveCapacity(z.count + 1)
  var sum = 0.0
  for value in z {
    sum += value
    sums.append(sum)
  }
  let width = Double(z.count) / Double(limit)
  func running(_ edge: Double) -> Double {
    let i = min(Int(edge), z.count - 1)
    return sums[i] + (sums[i + 1] - sums[i]) * (edge - Double(i))
  }
  return (0..<limit).map { cell in
    (running(Double(cell + 1) * width) - running(Double(cell) * width)) / width
  }
}

/// With mean 0 and population standard deviation 1; as it is when that is 0.
func zScored(_ values: [Double]) -> [Double] {
  let (mean, spread) = moments(values)
  return values.map { spread > 0 ? ($0 - mean) / spread : 0 }
}

/// Mean and population standard deviation of one value or more.
func moments(_ values: [Double]) -> (mean: Double, spread: Double) {
  let count = Double(values.count)
  let mean = values.reduce(0, +) / count
  return (mean, (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot())
}
