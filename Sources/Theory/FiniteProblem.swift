import LearningProblems

extension LearningProblem {
  /// Checks that every number a solution may use is finite, and that there is a rate per layer.
  ///
  /// - Throws: ``TheoryError/doesNotApply(solution:reason:)``.
  func requireFinite(for id: String) throws(TheoryError) {
    func refuse(_ reason: String) -> TheoryError { .doesNotApply(solution: id, reason: reason) }
    guard initialWeights.isFinite else { throw refuse("an initial weight is not finite") }
    guard correlations.input.isFinite, correlations.fit.isFinite,
      correlations.inputOutput.isFinite, correlations.fitLoss.isFinite
    else { throw refuse("a correlation is not finite") }
    guard rule.rates.count == initialWeights.depth,
      rule.weightDecay.count == initialWeights.depth
    else {
      throw refuse("there are \(rule.rates.count) rates for \(initialWeights.depth) layers")
    }
    guard (rule.rates + rule.weightDecay + [rule.decay]).allSatisfy({ $0.isFinite && $0 >= 0 })
    else { throw refuse("a rate or decay is negative or not finite") }
    guard noise.allSatisfy(\.isFinite) else { throw refuse("the noise is not finite") }
    if let test {
      guard test.input.isFinite, test.teacher.isFinite else {
        throw refuse("the test set or its teacher is not finite")
      }
    }
  }
}
