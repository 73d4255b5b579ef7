/// A theory evaluated over a run, as the run's file keeps it.
public struct Overlay: Equatable, Sendable {
  /// Id of the solution, kebab-case; `flow` for the numerical overlay.
  public var id: String
  /// Name for a legend.
  public var title: String
  /// Where the solution comes from.
  public var source: String
  /// What the solution says of itself here, in words, such as `exact`.
  public var verdict: String
  /// The assumptions with their measured violations.
  public var assumptions: [Assumption]
  /// What the user should know besides, one sentence each.
  public var warnings: [String]
  /// The iterations at which it is evaluated, ascending.
  public var iterations: [Int]
  /// Times of these iterations.
  public var times: [Double]
  /// The predicted quantities.
  public var curves: [Curve]
  /// How far the run is from it, by quantity.
  public var gaps: [Gap]

  /// One assumption of a solution.
  public struct Assumption: Equatable, Sendable {
    /// What is assumed.
    public var name: String
    /// Size of its violation.
    public var violation: Double
    /// Relative error that the violation implies.
    public var expectedError: Double

    /// An assumption with its violation.
    public init(name: String, violation: Double, expectedError: Double) {
      self.name = name
      self.violation = violation
      self.expectedError = expectedError
    }
  }

  /// One predicted quantity.
  public struct Curve: Equatable, Sendable {
    /// Name of the quantity, as in the trajectory where it is recorded there too.
    public var quantity: String
    /// Axes after the iteration.
    public var axes: [Axis]
    /// Sizes of these axes.
    public var shape: [Int]
    /// Values, iteration after iteration.
    public var values: [Double]

    /// A predicted quantity.
    public init(quantity: String, axes: [Axis], shape: [Int], values: [Double]) {
      self.quantity = quantity
      self.axes = axes
      self.shape = shape
      self.values = values
    }

    /// The values as rows.
    public var series: Series {
      Series(width: shape.reduce(1, *), shape: shape, values: values)
    }
  }

  /// The largest difference between a run and a theory in one quantity.
  public struct Gap: Equatable, Sendable {
    /// Name of the quantity.
    public var quantity: String
    /// Largest absolute difference of any entry.
    public var absolute: Double
    /// The same over the largest entry of the run.
    public var relative: Double
    /// Iteration at which it occurs.
    public var iteration: Int
    /// Relative difference that the finite step size explains by the solution's own law.
    public var stepSize: Double

    /// A gap.
    public init(
      quantity: String, absolute: Double, relative: Double, iteration: Int, stepSize: Double
    ) {
      self.quantity = quantity
      self.absolute = absolute
      self.relative = relative
      self.iteration = iteration
      self.stepSize = stepSize
    }
  }

  /// An overlay without gaps, which are measured against a run.
  public init(
    id: String, title: String, source: String, verdict: String, assumptions: [Assumption],
    warnings: [String], iterations: [Int], times: [Double], curves: [Curve], gaps: [Gap] = []
  ) {
    self.id = id
    self.title = title
    self.source = source
    self.verdict = verdict
    self.assumptions = assumptions
    self.warnings = warnings
    self.iterations = iterations
    self.times = times
    self.curves = curves
    self.gaps = gaps
  }

  /// The predicted quantity of a name.
  public func curve(_ quantity: String) -> Curve? { curves.first { $0.quantity == quantity } }
}
