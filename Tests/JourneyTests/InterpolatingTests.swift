import Testing

/// B-splines through the points, from the command line.
@Suite struct InterpolatingTests {
  static let points = "x,y\n0,0\n1,1\n2,8\n3,27\n4,64\n5,125\n6,216\n"

  @Test(arguments: ["3", "4", "5"])
  func `a cubic polynomial comes back from degree 3 on`(degree: String) throws {
    let workshop = try Workshop()
    try workshop.write("p.csv", Self.points)
    let outcome = try workshop.run([
      "render", "p.csv", "--type", "interpolating-b-spline", "--degree", degree, "--at", "0,2.5,5.5",
    ])
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    let y = outcome.rows.dropFirst().compactMap { Double($0.split(separator: ",")[1]) }
    for (got, want) in zip(y, [0, 15.625, 166.375]) { #expect(abs(got - want) < 1e-12) }
    #expect(y.count == 3)
    let slopes = try workshop.run([
      "render", "p.csv", "--type", "interpolating-b-spline", "--degree", degree, "--at", "2.5",
      "--derivative", "1", "--parameterization", "x",
    ])
    let numbers = slopes.rows.last?.split(separator: ",").compactMap { Double($0) } ?? []
    #expect(numbers.count == 2 && numbers[0] == 1 && abs(numbers[1] - 18.75) < 1e-12)
  }

  @Test func `too few points are refused with what the degree needs`() throws {
    let workshop = try Workshop()
    try workshop.refuse(
      ["render", "--type", "interpolating-b-spline", "--degree", "5"], status: 1,
      saying: ["interpolating-b-spline needs at least 6 points, got 3"], input: "0,0\n1,1\n2,4\n")
  }
}
