import Foundation

/// Gaussian inputs whose variances fall as a power of their rank, and the classes that a network gives.
///
/// Input i has the variance i^−α. The class of a row is the largest output of a teacher, a network
/// of one hidden ReLU layer with normal weights.
public struct PowerLawData: PlainSection {
  /// Number of training samples.
  public var samples = 10_000
  /// Number of validation samples.
  public var testSamples = 2000
  /// Number of inputs.
  public var inputs = 64
  /// Number of classes.
  public var outputs = 10
  /// α.
  public var exponent = 1.0
  /// Hidden units of the teacher.
  public var teacherHidden = 32
  /// Seed of teacher and samples; nil for that of the network.
  public var seed: Int? = 0

  /// The defaults.
  public init() {}

  /// Variance of each input, shape [input].
  public var variances: [Double] { (1...inputs).map { pow(Double($0), -exponent) } }

  /// The keys.
  public static let fields: [Field<PowerLawData>] = [
    Field("samples", \.samples, .size, "training samples n"),
    Field("test_samples", \.testSamples, .size, "validation samples"),
    Field("dim", \.inputs, .size, "inputs d"),
    Field("outputs", \.outputs, .within(2...1000), "classes"),
    Field("exponent", \.exponent, .notNegative, "α in the variance i^−α of input i"),
    Field("teacher_hidden", \.teacherHidden, .size, "hidden units of the teacher"),
    Field(
      "seed", \.seed, .within(0...4_294_967_295),
      "seed of teacher and samples; null: that of each network"),
  ]
}
