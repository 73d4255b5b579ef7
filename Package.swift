// swift-tools-version: 6.1

import PackageDescription

// The order of the targets is the flow of data: a module imports only modules above it.

/// `swift run` builds the debug configuration, so what computes is optimised there too.
let optimised: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

func module(_ name: String, _ imports: [String] = []) -> Target {
  .target(
    name: name, dependencies: imports.map { .byName(name: $0) }, swiftSettings: optimised)
}

func tests(_ name: String, _ imports: [String] = [], resources: [Resource] = []) -> Target {
  .testTarget(
    name: name + "Tests",
    dependencies: ([name] + imports).map { .byName(name: $0) },
    resources: resources)
}

let package = Package(
  name: "dyn",
  platforms: [.macOS(.v15)],
  targets: [
    // MARK: C libraries
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CLAPACKE", pkgConfig: "lapacke", providers: [.apt(["liblapacke-dev"])]),
    .systemLibrary(name: "CHDF5", pkgConfig: "hdf5-serial", providers: [.apt(["libhdf5-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

    // MARK: Foundations
    .target(
      name: "DynKernels", cSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))]),
    module("Spelling"),
    module("LinearAlgebra", ["COpenBLAS", "CLAPACKE"]),
    module("HDF5", ["CHDF5", "DynKernels"]),
    module("Integration"),
    module("RandomStreams", ["LinearAlgebra"]),
    module("RandomMatrices", ["LinearAlgebra"]),
    module("FiniteGroups", ["LinearAlgebra"]),
    module("Autodiff", ["LinearAlgebra"]),

    // MARK: What is learned
    module("Scenarios", ["Spelling", "FiniteGroups"]),
    module("LearningProblems", ["LinearAlgebra"]),
    module(
      "Datasets", ["CZlib", "Scenarios", "RandomStreams", "FiniteGroups", "LearningProblems"]),

    // MARK: Who learns, and how
    module("Networks", ["DynKernels", "Scenarios", "RandomStreams", "LearningProblems"]),
    module("Theory", ["LearningProblems", "Integration", "RandomMatrices"]),
    module("Dynamics", ["DynKernels", "Datasets", "Networks", "Autodiff", "Integration"]),

    // MARK: What is kept and shown
    module("Analysis", ["LinearAlgebra", "RandomMatrices", "FiniteGroups"]),
    module("Recording", ["Dynamics", "HDF5"]),
    module("Plotting", ["Recording"]),
    module("Dissection", ["Analysis", "Networks", "Datasets", "Recording"]),
    module("Experiments", ["Theory", "Plotting", "Dissection"]),

    // MARK: The program
    module("Arguments", ["Spelling"]),
    module("DynCommands", ["Experiments", "Arguments"]),
    .executableTarget(name: "dyn", dependencies: ["DynCommands"]),
    .executableTarget(
      name: "dyn-bench", dependencies: ["Dynamics"], path: "Benchmarks/dyn-bench",
      swiftSettings: optimised),

    // MARK: Tests
    tests("Spelling"),
    tests("LinearAlgebra"),
    tests("HDF5"),
    tests("Integration"),
    tests("RandomStreams", resources: [.copy("Reference")]),
    tests("RandomMatrices"),
    tests("FiniteGroups"),
    tests("Autodiff"),
    tests("Scenarios"),
    tests("LearningProblems"),
    tests("Datasets"),
    tests("Networks"),
    tests("Theory", resources: [.copy("Reference")]),
    tests("Dynamics", resources: [.copy("Reference")]),
    tests("Analysis", ["RandomStreams"]),
    tests("Recording"),
    tests("Dissection", ["RandomStreams"]),
    tests("Plotting"),
    tests("Experiments"),
    tests("Arguments"),
    tests("DynCommands"),
    .testTarget(
      name: "EndToEndTests", dependencies: ["dyn", "Recording", "HDF5"], exclude: ["Reference"]),
    .testTarget(name: "ArchitectureTests"),
  ],
  swiftLanguageModes: [.v6]
)

// libFuzzer brings its own entry point, so the fuzz targets exist only where Fuzz/run asks for them.
if Context.environment["DYN_FUZZ"] != nil {
  let settings: [SwiftSetting] = [.unsafeFlags(["-parse-as-library"])]
  for (name, module) in [
    ("FuzzScenario", "Experiments"), ("FuzzArguments", "DynCommands"),
    ("FuzzRunFile", "Experiments"),
  ] {
    package.targets.append(
      .executableTarget(
        name: name, dependencies: [.byName(name: module)], path: "Fuzz/" + name,
        swiftSettings: settings))
  }
}
