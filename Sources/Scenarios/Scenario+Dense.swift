extension Scenario {
  /// Checks that nothing is asked of a linear network that only dense ones can do.
  func validateLinear() throws {
    if case .group = data {
      throw ScenarioError(
        key: "network.kind", problem: "A linear network cannot compose elements of a group",
        remedy: "set network.kind to composition, or to dense")
    }
    guard data.isLinear else {
      throw ScenarioError(
        key: "network.kind",
        problem: "A linear network has no exact theory on data of the kind \(data.kind)",
        remedy: "set network.kind to dense, and its activation to linear for a linear network")
    }
    func refuse(_ key: String, _ value: JSON) -> ScenarioError {
      ScenarioError(
        key: key, problem: "\(key) is \(value.brief) with a linear network",
        remedy: "leave it out, or set network.kind to dense")
    }
    let usual = TrainingSection()
    for (key, isUsual, value) in [
      ("training.rule", training.rule == usual.rule, training.rule.json),
      ("training.loss", training.loss == usual.loss, training.loss.json),
      ("training.batch", training.batch == nil, training.batch.json),
      ("training.momentum", training.momentum == 0, training.momentum.json),
      ("training.betas", training.betas == usual.betas, training.betas.json),
      ("training.epsilon", training.epsilon == usual.epsilon, training.epsilon.json),
      ("ensemble", ensemble == 1, ensemble.json),
    ] where !isUsual {
      throw refuse(key, value)
    }
  }

  /// Checks a dense network with its data and training.
  func validateDense(_ network: DenseNetworkSection) throws {
    try validateTrained(depth: network.depth, kind: "dense")
    try network.validate(path: "network", data: data)
    if !network.channels.isEmpty,
      let name = record.requested.first(where: { ["ntk_spectrum", "layer_share"].contains($0) })
    {
      throw ScenarioError(
        key: "network.channels", problem: "\(name) is not computed of convolutional layers",
        remedy: "leave it out, or network.channels")
    }
    if case .correlations = data {
      throw ScenarioError(
        key: "data.kind", problem: "data.kind is \"correlations\" with a dense network",
        remedy: "choose data with samples")
    }
    if training.loss == .crossEntropy, data.outputs < 2 {
      throw ScenarioError(
        key: "training.loss", problem: "The loss is cross-entropy with \(data.outputs) output",
        remedy: "give at least 2 outputs, one for each class, or choose mse")
    }
  }

  /// Checks a network that composes elements of a group, with its data and training.
  func validateComposition(_ network: CompositionNetworkSection) throws {
    guard case .group = data else {
      throw ScenarioError(
        key: "data.kind", problem: "A composition network has no elements of a group to compose",
        remedy: "set data.kind to group, or network.kind to dense")
    }
    try network.validate(path: "network", ensemble: ensemble)
    try validateTrained(depth: network.depth, kind: "composition")
    guard training.loss == .crossEntropy else {
      throw ScenarioError(
        key: "training.loss",
        problem: "The loss is \(training.loss.rawValue) with a composition network",
        remedy: "set training.loss to cross-entropy, whose classes are the elements of the group")
    }
    guard training.batch == nil else {
      throw ScenarioError(
        key: "training.batch",
        problem: "training.batch is \(training.batch.json.brief) with a composition network, which "
          + "takes all pairs at every step", remedy: "leave it out")
    }
    guard !record.hasJacobian else {
      throw ScenarioError(
        key: "record.jacobian", problem: "record.jacobian is true with a composition network",
        remedy: "leave it out, or set network.kind to linear or dense")
    }
  }

  /// Checks what all networks share that train on rows.
  ///
  /// - Parameter kind: of the network.
  private func validateTrained(depth: Int, kind: String) throws {
    try training.validate(path: "training", depth: depth)
    guard seed + ensemble - 1 <= 4_294_967_295 else {
      throw ScenarioError(
        key: "ensemble",
        problem: "\(ensemble) networks need seeds up to \(seed + ensemble - 1)",
        remedy: "choose a seed of at most \(4_294_967_296 - ensemble)")
    }
    func refuse(_ key: String, _ value: JSON, _ remedy: String) -> ScenarioError {
      ScenarioError(
        key: key, problem: "\(key) is \(value.brief) with a \(kind) network", remedy: remedy)
    }
    let usual = TrainingSection()
    for (key, isUsual, value) in [
      ("training.update", training.order == usual.order, training.order.json),
      ("training.gradients", training.gradients == usual.gradients, training.gradients.json),
      ("training.engine", training.engine == usual.engine, training.engine.json),
      ("training.input_rates", training.inputRates.isEmpty, training.inputRates.json),
      ("training.stages", training.stages.isEmpty, training.stages.json),
    ] where !isUsual {
      throw refuse(key, value, "leave it out, or set network.kind to linear")
    }
    guard ["auto", "none"].contains(theory) else {
      throw refuse(
        "theory", theory.json, "leave it at auto: no theory is exact for \(kind) networks")
    }
    try training.validateRule(path: "training", rows: data.size.training)
    if training.loss == .crossEntropy, record.riskLoss != RecordSection().riskLoss {
      throw ScenarioError(
        key: "record.risk_loss",
        problem: "record.risk_loss is \(record.riskLoss.json.brief), but cross-entropy knows "
          + "classes, not errors",
        remedy: "leave it out, or choose another training.loss")
    }
  }
}

extension TrainingSection {
  /// Checks that every key of the rule has a use in it.
  fileprivate func validateRule(path: String, rows: Int) throws {
    let usual = TrainingSection()
    let isAdaptive = rule == .adam || rule == .adamW
    for (key, isUsual, value) in [
      ("momentum", momentum == 0 || rule == .sgd, momentum.json),
      ("batch", batch == nil || rule != .gradientDescent, batch.json),
      ("betas", betas == usual.betas || isAdaptive, betas.json),
      ("epsilon", epsilon == usual.epsilon || isAdaptive, epsilon.json),
    ] where !isUsual {
      throw ScenarioError(
        key: "\(path).\(key)",
        problem: "\(path).\(key) is \(value.brief) with the rule \(rule.rawValue)",
        remedy: key == "momentum" || key == "batch"
          ? "set \(path).rule to sgd, or leave it out" : "set \(path).rule to adam, or leave it out"
      )
    }
    if let batch, batch > rows {
      throw ScenarioError(
        key: "\(path).batch",
        problem: "A batch of \(batch) rows is more than the \(rows) there are",
        remedy: "give at most \(rows), or null for all")
    }
  }
}
