#ifndef DYN_KERNELS_H
#define DYN_KERNELS_H

#include <stdint.h>

/// Steps of gradient descent on two linear layers, in the basis in which the inputs are
/// uncorrelated. Sums run in a fixed order over eight lanes, without fused multiply-adds, so that
/// the results are the same on every processor.

/// What does not change during a descent on two layers.
///
/// `variances` and each row of `fit`, `product` and `slope` hold `stride` numbers, of which those
/// beyond `inputs` are zero; `stride` is a multiple of 8.
typedef struct {
  int64_t stride;
  int64_t outputs;
  /// A multiple of 4 (of 8 in the kernels for two inputs and two outputs).
  int64_t hidden;
  const double *variances;
  const double *fit;
  /// Learning rates at step 0, weight decays, and γ of the factor 1/(1 + γk) at step k.
  double rates[2];
  double weight_decay[2];
  double decay;
  /// Whether the second layer sees the new first layer.
  int32_t is_sequential;
  /// The excess loss above which a descent has diverged.
  double largest_excess;
} dyn_statistics;

/// Takes at most `steps` steps; returns how many it took before the loss was too large.
///
/// `first` is [hidden][stride], `second` is [hidden][outputs] (the second layer transposed),
/// `product` is [outputs][stride] and must be that of the layers; `work` holds `outputs` · `stride`
/// + 8 · `outputs` numbers. If `losses` is not null it receives the excess loss before
/// every step, and `products` the product, [step][outputs][stride].
int64_t dyn_statistics_steps(
    const dyn_statistics *problem, double *first, double *second, double *product, double *work,
    int64_t iteration, int64_t steps, double *losses, double *products);

/// The product of the layers, summed as `dyn_statistics_steps` does.
void dyn_statistics_product(
    const dyn_statistics *problem, const double *first, const double *second, double *product);

/// As `dyn_statistics_steps` for two inputs and two outputs.
///
/// `first` is [2][hidden], the first layer transposed, `second` is [2][hidden], `product`, `fit`
/// are [2][2], `variances` is [2]; `hidden` is 2 or a multiple of 8.
int64_t dyn_two_by_two_steps(
    const dyn_statistics *problem, double *first, double *second, double *product,
    int64_t iteration, int64_t steps, double *losses, double *products);

/// The product of the layers, summed as `dyn_two_by_two_steps` does.
void dyn_two_by_two_product(
    const dyn_statistics *problem, const double *first, const double *second, double *product);

/// What does not change during descents of many runs of two inputs, two outputs and two hidden units.
///
/// Arrays are [quantity][run]; `runs` is a multiple of 8. All runs share the kind of update.
typedef struct {
  int64_t runs;
  /// [2][run]
  const double *variances;
  /// [2][2][run]
  const double *fit;
  /// [2][run]
  const double *rates;
  double weight_decay[2];
  double decay;
  int32_t is_sequential;
  /// The excess loss above which each run has diverged, [run], or null for none.
  const double *largest_excess;
} dyn_ensemble;

/// Takes steps of all runs, eight side by side, each with the very bits of `dyn_two_by_two_steps`.
///
/// `first` and `second` are [2][2][run] as there, `product` is [2][2][run]. Runs that diverge go on;
/// `exceeded`, [run], becomes -1 for those whose excess loss was too large before a step.
void dyn_ensemble_steps(
    const dyn_ensemble *problem, double *first, double *second, double *product, int64_t *exceeded,
    int64_t iteration, int64_t steps);

/// What does not change during a descent on modes that evolve alone; `count` is a multiple of 8.
typedef struct {
  int64_t count;
  const double *variances;
  const double *targets;
  double rates[2];
  /// The rates of each mode in place of `rates`, [2][mode], or null.
  const double *own_rates;
  double weight_decay[2];
  double decay;
  int32_t is_sequential;
} dyn_modes;

/// Takes steps of all modes in `first` and `second`, shape [mode], but for frozen groups of eight.
///
/// `is_frozen` has an entry for each group. With `freezes`, which needs constant rates, a group
/// that the last step leaves as it was, bit by bit, becomes frozen.
void dyn_modes_steps(
    const dyn_modes *problem, double *first, double *second, uint8_t *is_frozen, int64_t iteration,
    int64_t steps, int32_t freezes);

/// What the records of a path are measured against; L·Lᵀ is the test Gram matrix.
typedef struct {
  int64_t outputs;
  int64_t inputs;
  /// Bᵀ and Bᵀ·L, [outputs][inputs].
  const double *teacher;
  const double *risk_target;
} dyn_record;

/// Squared errors of the products W and risks ‖W·L − Bᵀ·L‖² of steps.
///
/// `products`, `turned` (W·L) and `errors` are [step][outputs][inputs], `risks` is [step].
void dyn_record_rows(
    const dyn_record *problem, const double *products, const double *turned, int64_t steps,
    double *errors, double *risks);

/// Takes blocks of 64 bytes into a SHA-256 state of eight numbers, given the 64 constants, with the
/// processor's own instructions; returns 0, with nothing done, where there are none.
int32_t dyn_sha256(
    uint32_t *state, const uint32_t *constants, const uint8_t *bytes, int64_t blocks);

/// One layer of a dense network on a block of rows, in the numbers that the last letters name.
///
/// Arrays of a block are [unit][row]; `rows` is a multiple of 16. Weights are [output][input].
/// Sums run in a fixed order over lanes of rows, without fused multiply-adds.
///
/// `forward` makes W·in + b, where it is above 0 if `rectifies`; `biases` may be null. `backward`
/// makes Wᵀ·above, where `gate`, if it is not null, is above 0. `gradient` adds above·inᵀ to
/// `weights` and the sums of `above` to `biases`, if those are not null. `squared` returns the sum of
/// the squared errors of the first `filled` rows, and makes the errors times `scale`, 0 in the rest.
///
/// `cut` sets numbers to 0 where those of `gate`, which may be the same, are not above 0; `add` adds
/// numbers to others.
///
/// `descend` takes a step of all parameters: v ← momentum·v + g + decay·w and w ← w − rate·v, or
/// without v where `velocity` is null.
#define DYN_DENSE(REAL, SUFFIX)                                                                  \
  void dyn_dense_forward_##SUFFIX(                                                               \
      int64_t outputs, int64_t inputs, int64_t rows, const REAL *weights, const REAL *biases,    \
      const REAL *in, REAL *out, int32_t rectifies);                                             \
  void dyn_dense_backward_##SUFFIX(                                                              \
      int64_t outputs, int64_t inputs, int64_t rows, const REAL *weights, const REAL *above,     \
      const REAL *gate, REAL *below);                                                            \
  void dyn_dense_gradient_##SUFFIX(                                                              \
      int64_t outputs, int64_t inputs, int64_t rows, const REAL *above, const REAL *in,          \
      REAL *weights, REAL *biases);                                                              \
  double dyn_dense_squared_##SUFFIX(                                                             \
      int64_t units, int64_t rows, int64_t filled, const REAL *out, const REAL *target,          \
      REAL scale, REAL *gradient);                                                               \
  void dyn_dense_cut_##SUFFIX(int64_t count, const REAL *gate, REAL *numbers);                   \
  void dyn_dense_add_##SUFFIX(int64_t count, const REAL *source, REAL *target);                  \
  void dyn_dense_descend_##SUFFIX(                                                               \
      int64_t count, REAL rate, REAL decay, REAL momentum, const REAL *gradient, REAL *velocity, \
      REAL *parameters);

DYN_DENSE(float, f32)
DYN_DENSE(double, f64)

/// A network that composes pairs of elements, in the numbers that the last letters name.
///
/// `pairs` holds the two elements of each row. `first` and `second` are what the elements bring to
/// the hidden layer, [element][width], `hidden` and `slopes` are [row][width]; `width` and `stride`
/// are multiples of 16. All sums run in a fixed order, without fused multiply-adds.
///
/// `exponentials` makes e^x of numbers that are not above 0, in lanes of 16. `hidden` makes the
/// products of the two, or their sums cut off below 0 if it `rectifies`. `losses` returns the sum of
/// the cross-entropies of rows of logits, [row][stride] of which `classes` count, makes their
/// gradients times `scale` in their place, and adds the number of rows whose first largest logit
/// is that of their label to `correct`. `backward` adds the gradient at the hidden layer to the sums
/// of the elements.
#define DYN_COMPOSITION(REAL, SUFFIX)                                                            \
  void dyn_exponentials_##SUFFIX(int64_t count, REAL *values);                                   \
  void dyn_composition_hidden_##SUFFIX(                                                          \
      int64_t width, int64_t rows, const int32_t *pairs, const REAL *first, const REAL *second,  \
      REAL *hidden, int32_t rectifies);                                                          \
  double dyn_composition_losses_##SUFFIX(                                                        \
      int64_t classes, int64_t stride, int64_t rows, const int32_t *labels, REAL scale,          \
      REAL *logits, int64_t *correct);                                                           \
  void dyn_composition_backward_##SUFFIX(                                                        \
      int64_t width, int64_t rows, const int32_t *pairs, const REAL *first, const REAL *second,  \
      const REAL *hidden, const REAL *slopes, REAL *first_sums, REAL *second_sums,               \
      int32_t rectifies);

DYN_COMPOSITION(float, f32)
DYN_COMPOSITION(double, f64)

#endif
