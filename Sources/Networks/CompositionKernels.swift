import DynKernels

/// The operations of a composition network on rows of pairs, as `DynKernels.h` describes them.
public struct CompositionKernels<Scalar>: Sendable {
  /// A multiple of this many numbers is in each row of what the kernels work on.
  public static var lanes: Int { 16 }

  typealias Input = UnsafePointer<Scalar>
  typealias Output = UnsafeMutablePointer<Scalar>
  typealias Places = UnsafePointer<Int32>

  /// Products of what two elements contribute, or their sums cut off below 0.
  let hidden: @Sendable (Int64, Int64, Places?, Input?, Input?, Output?, Int32) -> Void
  /// Sum of cross-entropies; makes their gradients in the place of the logits.
  let losses:
    @Sendable (Int64, Int64, Int64, Places?, Scalar, Output?, UnsafeMutablePointer<Int64>?) ->
      Double
  /// Adds the gradient at the hidden layer to the sums of the elements.
  let backward:
    @Sendable (
      Int64, Int64, Places?, Input?, Input?, Input?, Input?, Output?, Output?, Int32
    ) -> Void

  /// The least multiple of ``lanes`` that is at least `count`.
  public static func padded(_ count: Int) -> Int { (count + lanes - 1) / lanes * lanes }
}
