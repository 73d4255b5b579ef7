import Foundation
import LearningProblems
import LinearAlgebra
import Testing
import Theory

@Suite("Catalogue") struct CatalogueTests {
  static let problems: [LearningProblem] = {
    var normals = TestNormals(seed: 110)
    var list: [LearningProblem] = []
    func add(_ make: () throws -> LearningProblem) { if let p = try? make() { list.append(p) } }
    add {
      try TestProblem.aligned(
        inputs: 3, hidden: 4, outputs: 3, variances: [1, 1, 1], fit: [2, 1, 0.5],
        first: [0.1, 0.1, 0.1], second: [0.1, 0.1, 0.1])
    }
    add {
      try TestProblem.aligned(
        inputs: 4, hidden: 4, outputs: 2, variances: [3, 1, 0, 0.5], fit: [2, 1],
        first: [0.1, 0], second: [-0.1, 1e-150])
    }
    add { try DepthOneFlowTests.problem(inputs: 5, samples: 3, rates: [0.01]) }
    add {
      try GeneralizationTests.problem(
        inputs: normals.matrix(30, 5), teacher: normals.matrix(2, 5),
        start: Matrix(rows: 2, columns: 5), noise: 0.5, normals: &normals)
    }
    add {
      try DeepModesTests.problem(
        fit: [2, 1], amplitudes: Array(repeating: [0.3, 0.4], count: 3), variances: [1, 2])
    }
    add {
      try TestProblem.white(
        normals.matrix(3, 4),
        layers: [normals.matrix(6, 4, scale: 1e-150), normals.matrix(3, 6, scale: 1e-150)])
    }
    add {
      try SingleOutputTests.problem(
        inputs: 4, samples: 9, hidden: 1, scale: 0.3, rates: [1e-3, 1e-3], normals: &normals)
    }
    add {
      try TestProblem.make(
        input: Matrix([[0.5]]), inputOutput: Matrix([[0]]),
        layers: [normals.matrix(3, 1), normals.matrix(1, 3)])
    }
    return list
  }()

  @Test("ids are unique, in kebab case, and every solution has a page and a source")
  func pages() throws {
    let ids = Catalogue.solutions.map { $0.id }
    #expect(Set(ids).count == ids.count && ids.count == 20)
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    for type in Catalogue.solutions {
      #expect(type.id.allSatisfy { $0.isLowercase || $0 == "-" })
      #expect(!type.title.isEmpty && !type.source.isEmpty && type.regime.count < 90)
      let page = try String(
        contentsOf: root.appending(path: "docs/theory/\(type.id).md"), encoding: .utf8)
      #expect(page.contains("`\(type.id)`"), "\(type.id)")
      #expect(Catalogue.solution(id: type.id) == type)
    }
    #expect(Catalogue.solution(id: "flow") == nil)
  }

  @Test("every solution is assessed on every problem and predicts what it promises, finitely")
  func predictions() throws {
    #expect(Self.problems.count == 8)
    var seen: Set<String> = []
    for problem in Self.problems {
      for assessment in Catalogue.assess(problem) {
        guard let solution = assessment.solution else { continue }
        seen.insert(assessment.id)
        let type = type(of: solution)
        let moments: [Double] =
          type.clock == .time ? [0, 1e-3, 1, 50, 1e15] : [0, 1, 10, 1000]
        let predictions = try solution.predictions(at: moments)
        #expect(predictions.count == moments.count)
        for prediction in predictions {
          #expect(prediction.isFinite, "\(assessment.id)")
          let promised = Set(type.curves)
          #expect(Set(prediction.values.keys).isSubset(of: promised), "\(assessment.id)")
          let always = problem.test == nil ? promised.subtracting([.risk]) : promised
          #expect(always.isSubset(of: Set(prediction.values.keys)), "\(assessment.id)")
        }
        #expect(throws: TheoryError.self) { try solution.predictions(at: [-1]) }
        #expect(throws: TheoryError.self) { try solution.predictions(at: [.nan]) }
        #expect(throws: TheoryError.self) { try solution.predictions(at: [.infinity]) }
      }
    }
    // The remaining one needs noisy white data and is tested on its own.
    #expect(seen == Set(Catalogue.solutions.map { $0.id }).subtracting(["noisy-teacher"]))
  }

  @Test("an exact verdict means the start at zero and the flow afterwards")
  func exactness() throws {
    for problem in Self.problems {
      for assessment in Catalogue.assess(problem) where assessment.verdict == .exact {
        guard let solution = assessment.solution else { continue }
        let start = try solution.prediction(at: 0)
        if let product = start.product, assessment.id != "generalization" {
          let scale = max(problem.initialWeights.product.largestMagnitude, 1e-300)
          let gap = (product - problem.initialWeights.product).largestMagnitude
          #expect(gap <= 1e-12 * scale, "\(assessment.id)")
        }
        guard type(of: solution).clock == .time else { continue }
        let flow = try TestFlow.products(problem, at: [0.5], tolerance: 1e-11)
        if let product = try solution.prediction(at: 0.5).product {
          #expect(
            relativeError([product], flow) < 1e-7,
            "\(assessment.id) \(problem.initialWeights.layers)")
        }
      }
    }
  }

  @Test("a problem of the default kind has the exact overlays that it should")
  func defaults() throws {
    // Variances 100 and 1, strengths 1.001 and 1, unequal random amplitudes, fifty hidden units.
    let problem = try TestProblem.aligned(
      inputs: 2, hidden: 50, outputs: 2, variances: [1, 100], fit: [1, 0.01001],
      first: [0.05, -0.12], second: [0.08, 0.06], rates: [1e-3, 1e-3])
    let exact = Catalogue.assess(problem).filter { $0.verdict == .exact }.map(\.id)
    #expect(exact == ["aligned-modes", "deep-modes", "discrete-modes", "mode-risk"])
  }

  /// A problem of random kind: sizes, depth, rank, zeros, rates and decays.
  static func random(_ normals: inout TestNormals) throws -> LearningProblem {
    func pick(_ count: Int) -> Int { min(count - 1, Int(Double(count) * normals.uniform())) }
    let depth = 1 + pick(3)
    var sizes = [1 + pick(4)]
    for _ in 0..<depth { sizes.append(1 + pick(4)) }
    let samples = 1 + pick(8)
    let x = [0, 1, 1, 30.0][pick(4)] * normals.matrix(samples, sizes[0])
    let teacher = [0, 1, 1.0][pick(3)] * normals.matrix(sizes[depth], sizes[0])
    let noise = [0, 0.3][pick(2)]
    let y =
      x.times(teacher, right: .transposed) + normals.matrix(samples, sizes[depth], scale: noise)
    let scale = [0, 1e-150, 1e-3, 1.0][pick(4)]
    let layers = (0..<depth).map { normals.matrix(sizes[$0 + 1], sizes[$0], scale: scale) }
    let rates = (0..<depth).map { _ in [0, 1e-3, 4e-3, 1e-3][pick(4)] }
    return try LearningProblem(
      correlations: Correlations(
        inputs: x, targets: y, reduction: pick(2) == 0 ? .sum : .mean),
      initialWeights: LinearWeights(layers),
      rule: StepRule(
        rates: rates, decay: [0, 0, 1e-2][pick(3)],
        weightDecay: rates.map { _ in [0, 0, 0.1][pick(3)] },
        order: pick(2) == 0 ? .simultaneous : .sequential),
      test: pick(3) == 0 ? nil : .init(input: .identity(sizes[0]), teacher: teacher),
      samples: samples, noise: [noise, noise])
  }

  @Test("problems of any kind are assessed without a trap, and what is not refused is finite")
  func anyKind() throws {
    var normals = TestNormals(seed: 111)
    for _ in 0..<1500 {
      let problem = try Self.random(&normals)
      for assessment in Catalogue.assess(problem) {
        if case .doesNotApply = assessment.verdict { continue }
        guard let solution = assessment.solution else { continue }
        let moments: [Double] =
          type(of: solution).clock == .time ? [0, 0.1, 30, 1e15] : [0, 3, 100]
        // Descent of a regression beyond its edge diverges, and the prediction with it.
        let edge = problem.rule.timeStep * (problem.modes.inputEigenvalues.first ?? 0)
        if type(of: solution).clock == .step && edge > 1.8 { continue }
        var predictions: [Prediction] = []
        do { predictions = try solution.predictions(at: moments) } catch {
          Issue.record("\(assessment.id): \(error) \(problem)")
        }
        for prediction in predictions {
          #expect(prediction.isFinite, "\(assessment.id) \(problem.initialWeights)")
        }
        guard problem.rule.timeStep > 0, assessment.verdict == .exact,
          type(of: solution).clock == .time,
          let product = try solution.prediction(at: 0.1).product
        else { continue }
        let flow = try TestFlow.products(problem, at: [0.1], tolerance: 1e-10)
        // The integration itself is only good to its absolute tolerance.
        let gap = (product - flow[0]).largestMagnitude
        #expect(gap < 1e-6 * flow[0].largestMagnitude + 1e-12, "\(assessment.id) \(problem)")
      }
    }
  }

  @Test("numbers that are not finite are refused by every solution")
  func notFinite() throws {
    for problem in Self.problems {
      var broken = problem
      broken.initialWeights.layers[0].elements[0] = .nan
      var endless = problem
      endless.rule.rates[0] = .infinity
      for bad in [broken, endless] {
        #expect(Catalogue.assess(bad).allSatisfy { $0.solution == nil })
      }
    }
  }
}
