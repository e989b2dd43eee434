// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "FourLines",
  dependencies: [.package(name: "Catenary", path: "../..")],
  targets: [
    .executableTarget(name: "FourLines", dependencies: [.product(name: "Catenary", package: "Catenary")])
  ]
)
