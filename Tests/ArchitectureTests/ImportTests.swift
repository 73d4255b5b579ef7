import Foundation
import Testing

/// The house: what each module may import besides what those imports import, in the order of the
/// flow of data.
private let table: [(module: String, imports: [String])] = [
  ("COpenBLAS", []),
  ("CLAPACKE", []),
  ("CHDF5", []),
  ("CZlib", []),
  ("DynKernels", []),
  ("Spelling", []),
  ("LinearAlgebra", ["COpenBLAS", "CLAPACKE"]),
  ("HDF5", ["CHDF5", "DynKernels"]),
  ("Integration", []),
  ("RandomStreams", ["LinearAlgebra"]),
  ("RandomMatrices", ["LinearAlgebra"]),
  ("FiniteGroups", ["LinearAlgebra"]),
  ("Autodiff", ["LinearAlgebra"]),
  ("Scenarios", ["Spelling", "FiniteGroups"]),
  ("LearningProblems", ["LinearAlgebra"]),
  ("Datasets", ["CZlib", "Scenarios", "RandomStreams", "FiniteGroups", "LearningProblems"]),
  ("Networks", ["DynKernels", "Scenarios", "RandomStreams", "LearningProblems"]),
  ("Theory", ["LearningProblems", "Integration", "RandomMatrices"]),
  ("Dynamics", ["DynKernels", "Datasets", "Networks", "Autodiff", "Integration"]),
  ("Analysis", ["LinearAlgebra", "RandomMatrices", "FiniteGroups"]),
  ("Recording", ["Dynamics", "HDF5"]),
  ("Plotting", ["Recording"]),
  ("Dissection", ["Analysis", "Networks", "Datasets", "Recording"]),
  ("Experiments", ["Theory", "Plotting", "Dissection"]),
  ("Arguments", ["Spelling"]),
  ("DynCommands", ["Experiments", "Arguments"]),
  ("dyn", ["DynCommands"]),
]

/// The only modules that may import a C library.
private let owners = [
  "COpenBLAS": "LinearAlgebra", "CLAPACKE": "LinearAlgebra", "CHDF5": "HDF5", "CZlib": "Datasets",
]

/// Everything that a module's imports import, and so on.
private func closure(of module: String) -> Set<String> {
  let imports = table.first { $0.module == module }?.imports ?? []
  return imports.reduce(into: Set(imports)) { $0.formUnion(closure(of: $1)) }
}

/// The modules that a file imports, in whatever form.
private func importedModules(in source: SwiftSource) throws -> [String] {
  let kinds = "struct|class|enum|protocol|func|var|let|typealias|actor"
  return try matches(
    of: #"(?:^|;)\s*(?:@\w+(?:\([^)]*\))?\s+|(?:public|package|internal|fileprivate|private)\s+)*"#
      + #"import\s+(?:(?:\#(kinds))\s+)?(\w+)"#,
    in: source.code)
}

/// What is wrong with the imports of a file, in words.
private func violations(of module: String, importing names: [String]) -> [String] {
  names.compactMap { name in
    guard table.contains(where: { $0.module == name }) else { return nil }
    if let owner = owners[name], owner != module { return "only \(owner) may import \(name)" }
    return closure(of: module).contains(name) ? nil : "\(module) may not import \(name)"
  }
}

@Suite struct ImportTests {
  @Test("Every file imports only modules above its own")
  func imports() throws {
    var count = 0
    for module in try SourceTree.modules() {
      for file in try SourceTree.files(of: module) {
        let names = try importedModules(in: file.source)
        #expect(violations(of: module, importing: names) == [], "\(file.path)")
        count += names.count
      }
    }
    // The reading of import lines would be broken if it found none.
    #expect(count > 0)
  }

  @Test("Every folder in Sources has its place in the table")
  func everyModuleIsKnown() throws {
    let modules = try SourceTree.modules()
    #expect(modules.contains("LinearAlgebra"))
    for module in modules {
      #expect(table.contains { $0.module == module }, "\(module) is missing from the table")
    }
  }

  @Test("The table lists a module below everything that it imports")
  func tableIsOrdered() {
    for (place, row) in table.enumerated() {
      for name in row.imports {
        #expect(table[..<place].contains { $0.module == name }, "\(row.module) imports \(name)")
      }
    }
    #expect(Set(table.map(\.module)).count == table.count)
  }

  @Test("Theory cannot see the simulator")
  func theoryIsIndependent() {
    #expect(closure(of: "Theory").isDisjoint(with: ["Networks", "Dynamics", "Datasets"]))
    #expect(violations(of: "Theory", importing: ["Networks"]) == ["Theory may not import Networks"])
    #expect(violations(of: "Theory", importing: ["Dynamics"]) == ["Theory may not import Dynamics"])
  }

  @Test("Imports upwards, sideways and past the owner of a C library are noticed")
  func violationsAreNoticed() {
    #expect(violations(of: "LinearAlgebra", importing: ["COpenBLAS", "CLAPACKE"]) == [])
    #expect(violations(of: "Dynamics", importing: ["LinearAlgebra", "Foundation"]) == [])
    #expect(violations(of: "LinearAlgebra", importing: ["Dynamics"]).count == 1)
    #expect(violations(of: "Autodiff", importing: ["RandomStreams"]).count == 1)
    #expect(violations(of: "Networks", importing: ["CLAPACKE"]).count == 1)
    #expect(violations(of: "Recording", importing: ["CHDF5"]).count == 1)
  }

  @Test("Imports are found in every form, and not in comments and strings")
  func importForms() throws {
    let source = SwiftSource(
      """
      import A
      @testable import B
      @preconcurrency public import struct C.Thing
      @_spi(Inner) import D; import E
      // import F
      /* import G */
      let text = "import H"
      #if canImport(I)
        import J
      #endif
      """)
    #expect(try importedModules(in: source) == ["A", "B", "C", "D", "E", "J"])
  }

  @Test("The package depends on no other package")
  func noPackages() throws {
    let manifest = SourceTree.root.appending(path: "Package.swift")
    let source = SwiftSource(try String(contentsOf: manifest, encoding: .utf8))
    #expect(source.code.contains("Package("))
    #expect(try matches(of: #"\.package\s*\("#, in: source.code) == [])
  }
}
