import LearningProblems
import LinearAlgebra
import RandomStreams

/// A start of rank one in the basis of the data: W₁ = p₁·zᵀ, then W_l = u·p_l·p_{l−1}ᵀ.
///
/// The p_l are unit vectors, z is normal with the first layer's scale, u is one normal number with
/// the second layer's scale that all later layers share. With a single output p_N is ±1 and
/// gradient descent keeps the form W₁ = p·zᵀ, W₂ = u·pᵀ for ever.
///
/// - Source: `rank_one_init` of Olmin & Lindsten, arXiv:2407.09845, after Advani & Saxe,
///   arXiv:1710.03667; unit vectors are normalised in double precision here.
public struct RankOneStart: Equatable, Sendable {
  /// z, shape [input].
  public var inputVector: [Double]
  /// u.
  public var strength: Double
  /// The unit vectors p_l, shape [layer][width of l].
  public var directions: [[Double]]

  /// A start from Float32 draws of PyTorch's stream, widened: z, p₁, u, p₂, p₃, ….
  ///
  /// - Parameters:
  ///   - scales: standard deviation of z, then that of u; shape [layer], further ones not used.
  ///   - isUnsigned: whether the absolute values of all draws are taken.
  init(
    drawing scales: [Double], shapes: [LayerShape], isUnsigned: Bool,
    using stream: inout TorchStream
  ) {
    func draw(_ count: Int, _ deviation: Double) -> [Double] {
      stream.normals(count: count, mean: 0, deviation: deviation)
        .map { isUnsigned ? abs(Double($0)) : Double($0) }
    }
    inputVector = draw(shapes[0].columns, scales[0])
    strength = 1
    directions = []
    for (l, shape) in shapes.enumerated() {
      if l == 1 { strength = draw(1, scales[1])[0] }
      let drawn = draw(shape.rows, 1)
      let norm = drawn.reduce(0) { $0 + $1 * $1 }.squareRoot()
      directions.append(norm > 0 ? drawn.map { $0 / norm } : drawn)
    }
  }

  /// The weights in the basis of the data.
  public var weights: LinearWeights {
    LinearWeights(
      directions.enumerated().map { l, direction in
        let other = l == 0 ? inputVector : directions[l - 1]
        let factor = l == 0 ? 1 : strength
        return Matrix(rows: direction.count, columns: other.count) { i, j in
          factor * direction[i] * other[j]
        }
      })
  }
}
