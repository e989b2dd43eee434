import Foundation
import Testing

/// Files are whole or not there; what cannot be written is told in one line.
@Suite struct OutputFileTests {
  private func workshop() throws -> Workshop {
    let workshop = try Workshop()
    try workshop.write("p.csv", "0,0\n1,2\n3,1\n")
    return workshop
  }

  @Test func `places that cannot be written are named`() throws {
    let workshop = try workshop()
    try workshop.refuse(["render", "p.csv", "-o", "no/o.csv"], status: 1, saying: ["no/o.csv", "folder"])
    try workshop.refuse(["render", "p.csv", "-o", "."], status: 1, saying: ["folder"])
    try workshop.refuse(["render", "p.csv", "-o", "p.csv/o.csv"], status: 1, saying: ["not a folder"])
    try FileManager.default.createDirectory(
      atPath: workshop.path("d.csv"), withIntermediateDirectories: false)
    try workshop.refuse(["render", "p.csv", "-o", "d.csv"], status: 1, saying: ["d.csv", "folder"])
    try workshop.refuse(["render", "p.csv", "-o", "new.csv/"], status: 1, saying: ["new.csv/"])
    let long = String(repeating: "n", count: 300) + ".csv"
    try workshop.refuse(["render", "p.csv", "-o", long], status: 1, saying: ["too long"])
  }

  @Test(.enabled(if: geteuid() != 0, "root may write everywhere"))
  func `files and folders without permission are left alone`() throws {
    let workshop = try workshop()
    try workshop.write("o.csv", "mine")
    try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: workshop.path("o.csv"))
    try workshop.refuse(["render", "p.csv", "-o", "o.csv"], status: 1, saying: ["o.csv", "permission"])
    #expect(try workshop.read("o.csv") == Data("mine".utf8))
  }

  @Test(arguments: ["csv", "json", "npy", "f32", "f64"]) func `a full device is told`(format: String) throws {
    let workshop = try workshop()
    try workshop.refuse(
      ["render", "p.csv", "-o", "/dev/full", "--format", format], status: 1,
      saying: ["/dev/full", "no space"])
    let redirected = try workshop.shell("\"$catenary\" render p.csv --format \(format) > /dev/full")
    #expect(redirected.status == 1)
    #expect(redirected.errors.contains("standard output: no space"))
  }

  @Test func `a file that may not grow is removed`() throws {
    let workshop = try workshop()
    let outcome = try workshop.shell(
      "ulimit -f 8; \"$catenary\" render p.csv --count 100000 -o o.f32 2> >(cat)")
    #expect(outcome.status == 1)
    #expect(workshop.names == ["p.csv"])
  }

  @Test func `a failure leaves the old file as it was`() throws {
    let workshop = try workshop()
    try workshop.write("o.csv", "old")
    try workshop.write("bad.csv", "x,y\n1,2\n3,oops\n")
    try workshop.refuse(["render", "bad.csv", "-o", "o.csv"], status: 1, saying: ["oops"])
    _ = try workshop.shell(
      "ulimit -f 8; \"$catenary\" render p.csv --count 100000 --format f32 -o o.csv 2>/dev/null")
    #expect(try workshop.read("o.csv") == Data("old".utf8))
    #expect(workshop.names == ["p.csv", "bad.csv", "o.csv"])
  }

  @Test func `a closed standard output is an error`() throws {
    let outcome = try workshop().shell("\"$catenary\" render p.csv >&-")
    #expect(outcome.status == 1)
    #expect(outcome.errors.hasPrefix("catenary: standard output"))
  }

  @Test func `a reader that goes ends the program quietly`() throws {
    let outcome = try workshop().shell(
      "\"$catenary\" render p.csv --count 3000000 | head -n 1; echo ${PIPESTATUS[0]}")
    #expect(outcome.text == "x,y\n1\n")
    #expect(outcome.errors.isEmpty)
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP]) func `a signal leaves nothing behind`(number: Int32) throws {
    let workshop = try workshop()
    let process = workshop.process(["render", "p.csv", "--count", "200000000", "-o", "o.f32"])
    try process.run()
    while process.isRunning, workshop.names == ["p.csv"] {}
    kill(process.processIdentifier, number)
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal)
    #expect(process.terminationStatus == number)
    #expect(workshop.names == ["p.csv"])
  }

  @Test func `links and permissions of the file replaced are kept`() throws {
    let workshop = try workshop()
    try workshop.write("real.csv", "old")
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: workshop.path("real.csv"))
    try FileManager.default.createSymbolicLink(
      atPath: workshop.path("link.csv"), withDestinationPath: "real.csv")
    #expect(try workshop.run(["render", "p.csv", "-o", "link.csv"]).status == 0)
    let kind = try FileManager.default.attributesOfItem(atPath: workshop.path("link.csv"))[.type]
    #expect(kind as? FileAttributeType == .typeSymbolicLink)
    #expect(try workshop.read("real.csv").starts(with: Data("x,y\n".utf8)))
    let mode = try FileManager.default.attributesOfItem(atPath: workshop.path("real.csv"))[.posixPermissions]
    #expect(mode as? Int == 0o640)
    #expect(workshop.names == ["p.csv", "real.csv", "link.csv"])
  }

  @Test func `a file can be replaced by its own curve`() throws {
    let workshop = try workshop()
    let ask = ["render", "p.csv", "--type=linear", "--samples-per-segment=2", "-o", "p.csv"]
    #expect(try workshop.run(ask).status == 0)
    #expect(
      String(decoding: try workshop.read("p.csv"), as: UTF8.self) == "x,y\n0,0\n0.5,1\n1,2\n2,1.5\n3,1\n")
  }

  @Test func `devices, pipes and open descriptors are written to as they are`() throws {
    let workshop = try workshop()
    let ask = "\"$catenary\" render p.csv --samples-per-segment 1 --format csv -o"
    let expected = "x,y\n0,0\n1,2\n3,1\n"
    #expect(try workshop.run(["render", "p.csv", "-o", "/dev/null", "--format", "f32"]).status == 0)
    #expect(try workshop.shell("\(ask) /dev/stdout | cat").text == expected)
    #expect(try workshop.shell("\(ask) /dev/fd/3 3>&1").text == expected)
    #expect(try workshop.shell("echo first > a; \(ask) /dev/stdout >> a; cat a").text == "first\n" + expected)
    #expect(try workshop.shell("mkfifo f; \(ask) f & cat f; wait").text == expected)
    #expect(workshop.names == ["p.csv", "a", "f"])
  }
}
