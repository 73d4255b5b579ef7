import Foundation
import Scenarios
import Testing
import Theory

@testable import Experiments

@Suite("Curves of closed forms")
struct FormulaCurvesTests {
  static func curves(_ text: String, _ names: [String]) throws -> [String: Track] {
    let scenario = try Scenario(JSON.read(Array(text.utf8), name: "s"))
    return try FormulaCurves(
      scenario,
      reading: { path in
        throw ScenarioError(problem: path, remedy: "none is read here")
      }
    ).tracks(names.map { try CurveName($0) })
  }

  @Test("trade-offs per feature are those of the formula, at every step asked for")
  func features() throws {
    let found = try Self.curves(
      "{\"formula\": {\"kind\": \"feature-risk\", \"steps\": \"1..20\"}}",
      ["risk", "feature_risk[2]"])
    let curve = try FeatureRiskCurve(
      scales: [1, 0.15], coefficients: [0.45, 3], noise: 1, samples: 10, rates: [0.1])
    let risk = try #require(found["risk"])
    #expect(risk.iterations == (1...20).map(Double.init))
    for (step, value) in zip(risk.iterations, risk.values) {
      // Adding and subtracting σ² = 1 rounds.
      #expect(abs(value - (curve.risk(after: step) - 1)) <= 1e-15)
    }
    #expect(found["feature_risk[2]"]?.values.first == curve.terms(after: 1)[1])
  }

  @Test("equalised steps meet the smallest risk where they turn")
  func equalised() throws {
    let found = try Self.curves(
      "{\"formula\": {\"kind\": \"feature-risk\", \"turning_step\": 50, \"steps\": [50]}}",
      ["risk", "smallest_risk"])
    let (risk, least) = (try #require(found["risk"]), try #require(found["smallest_risk"]))
    #expect(abs(risk.values[0] - least.values[0]) <= 1e-15)
  }

  @Test("overlaps start at zero, and their error is ½(1 − 2R + Q)")
  func overlaps() throws {
    let found = try Self.curves(
      "{\"formula\": {\"kind\": \"overlaps\", \"samples\": 40, \"dim\": 20, \"fast\": 10, "
        + "\"steps\": [0, 1, 1e6]}}", ["teacher_overlap", "self_overlap", "risk"])
    let (r, q) = (try #require(found["teacher_overlap"]), try #require(found["self_overlap"]))
    #expect(r.values[0] == 0 && q.values[0] == 0)
    for (k, error) in try #require(found["risk"]).values.enumerated() {
      #expect(error == (1 - 2 * r.values[k] + q.values[k]) / 2)
    }
    // More samples than inputs and no noise: everything is learned in the end.
    #expect(abs(r.values[2] - 1) <= 1e-3)
  }

  @Test("fast and slow features alone are less than both")
  func parts() throws {
    let errors = try ["fast", "slow", "both"].map { part in
      try #require(
        Self.curves(
          "{\"formula\": {\"kind\": \"overlaps\", \"part\": \"\(part)\", \"steps\": [1e7]}}",
          ["risk"])["risk"]
      ).values[0]
    }
    #expect(errors[2] < errors[0] && errors[2] < errors[1])
  }

  @Test("a solution is evaluated between steps as well, and agrees with itself at whole ones")
  func solution() throws {
    let text = """
      {"theory": "balanced-modes", "network": {"init": "diagonal-fixed", "strengths": [0.01]},
       "data": {"kind": "structured"}, "training": {"lr": 0.01},
       "formula": {"kind": "solution", "steps": [0, 10, 10.5, 11]}}
      """
    let found = try Self.curves(text, ["mode_strength[1]", "product[2,1]", "nothing"])
    let track = try #require(found["mode_strength[1]"])
    let mode = try BalancedMode(strength: 5, variance: 1, initial: 0.01)
    for (time, value) in zip(track.times, track.values) {
      #expect(abs(value - mode.value(at: time)) <= 1e-12)
    }
    for (time, expected) in zip(track.times, [0, 0.1, 0.105, 0.11]) {
      // One product of rounded numbers.
      #expect(abs(time - expected) <= 1e-16)
    }
    #expect(found["product[2,1]"] != nil && found["nothing"] == nil)
  }

  @Test("errors in the limit are those of the curve")
  func limit() throws {
    let found = try Self.curves(
      "{\"formula\": {\"kind\": \"generalization\", \"load\": 2, \"times\": [0, 1e9]}}",
      ["risk", "loss"])
    // σ² + σ_w² at first, σ²/(1 − γ) at last; the quadrature of 400 points is exact to 1e-12.
    #expect(abs(try #require(found["risk"]).values[0] - 1.25) <= 1e-9)
    #expect(abs(try #require(found["risk"]).values[1] - 0.5) <= 1e-9)
    #expect(abs(try #require(found["loss"]).values[1] - 0.125) <= 1e-9)
  }
}
