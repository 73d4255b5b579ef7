#include "DynKernels.h"
#include "lanes.h"

#pragma STDC FP_CONTRACT OFF

/// Hidden units that are taken together, so that slopes and products are loaded once for all.
#define ROWS 4

/// The slopes Σ = (W − Ŵ)·Λ; returns the excess loss.
DYN_INLINE double slopes(
    const dyn_statistics *p, const double *product, double *slope, const int64_t outputs) {
  const int64_t count = p->stride / 8;
  const lanes *variance = (const lanes *)p->variances;
  lanes sum = DYN_SPLAT(0.0);
  for (int64_t o = 0; o < outputs; o++) {
    const lanes *w = (const lanes *)(product + o * p->stride);
    const lanes *fit = (const lanes *)(p->fit + o * p->stride);
    lanes *s = (lanes *)(slope + o * p->stride);
    for (int64_t b = 0; b < count; b++) {
      lanes gap = w[b] - fit[b];
      lanes weighted = variance[b] * gap;
      s[b] = weighted;
      sum += gap * weighted;
    }
  }
  return DYN_SUM(sum);
}

/// The products of the slopes with ROWS hidden units, into `gradient` [ROWS][outputs].
///
/// Outputs go in pairs, so that eight sums are finished together.
DYN_INLINE void gradients(
    const double *restrict slope, const double *restrict first, double *restrict gradient,
    int64_t stride, const int64_t outputs) {
  const int64_t count = stride / 8;
  const lanes *w = (const lanes *)first;
  for (int64_t o = 0; o < outputs; o += 2) {
    const lanes *s = (const lanes *)(slope + o * stride);
    const int64_t other = o + 1 < outputs ? count : 0;
    lanes sum[2 * ROWS];
    for (int r = 0; r < 2 * ROWS; r++) sum[r] = DYN_SPLAT(0.0);
    for (int64_t b = 0; b < count; b++) {
      for (int r = 0; r < ROWS; r++) {
        lanes unit = w[r * count + b];
        sum[2 * r] += s[b] * unit;
        sum[2 * r + 1] += s[other + b] * unit;
      }
    }
    lanes total = sums_of_eight(sum);
    for (int r = 0; r < ROWS; r++) {
      gradient[r * outputs + o] = total[2 * r];
      if (other) gradient[r * outputs + o + 1] = total[2 * r + 1];
    }
  }
}

/// Moves ROWS hidden units of the first layer and adds what they give to the product.
///
/// `before` is the second layer times the rate. Without decay `keep` is 1 and left out. Factors of
/// one or two outputs stay in registers.
DYN_INLINE void move(
    const double *restrict slope, double *restrict first, const double *restrict before,
    const double *restrict after, double *restrict product, int64_t stride, const int64_t outputs,
    double keep, const int moves, const int decays) {
  const int64_t count = stride / 8;
  const int64_t kept = outputs <= 2 ? outputs : 0;
  lanes *w = (lanes *)first;
  const lanes *s = (const lanes *)slope;
  lanes *sum = (lanes *)product;
  lanes down[2 * ROWS], up[2 * ROWS];
  for (int64_t j = 0; j < ROWS * kept; j++) {
    up[j] = DYN_SPLAT(after[j]);
    if (moves) down[j] = DYN_SPLAT(before[j]);
  }
#define DYN_DOWN(j) (kept ? down[j] : DYN_SPLAT(before[j]))
#define DYN_UP(j) (kept ? up[j] : DYN_SPLAT(after[j]))
  for (int64_t b = 0; b < count; b++) {
    lanes unit[ROWS];
    for (int r = 0; r < ROWS; r++) unit[r] = w[r * count + b];
    if (moves) {
      lanes slide[ROWS];
      for (int r = 0; r < ROWS; r++) slide[r] = DYN_DOWN(r * outputs) * s[b];
      for (int64_t o = 1; o < outputs; o++)
        for (int r = 0; r < ROWS; r++) slide[r] += DYN_DOWN(r * outputs + o) * s[o * count + b];
      for (int r = 0; r < ROWS; r++) {
        unit[r] = (decays ? keep * unit[r] : unit[r]) - slide[r];
        w[r * count + b] = unit[r];
      }
    }
    for (int64_t o = 0; o < outputs; o++) {
      lanes added = DYN_UP(o) * unit[0];
      for (int r = 1; r < ROWS; r++) added += DYN_UP(r * outputs + o) * unit[r];
      sum[o * count + b] += added;
    }
  }
}

/// Moves ROWS hidden units of the second layer along their gradient.
DYN_INLINE void turn(
    double *restrict second, const double *restrict gradient, const int64_t outputs, double rate,
    double keep) {
  for (int64_t j = 0; j < ROWS * outputs; j++)
    second[j] = keep * second[j] - rate * gradient[j];
}

DYN_INLINE void product_of(
    const dyn_statistics *p, const double *first, const double *second, double *product,
    const int64_t outputs) {
  memset(product, 0, sizeof(double) * (size_t)(outputs * p->stride));
  for (int64_t i = 0; i < p->hidden; i += ROWS)
    move(0, (double *)first + i * p->stride, 0, second + i * outputs, product, p->stride, outputs,
         1, 0, 0);
}

DYN_INLINE int64_t steps_of(
    const dyn_statistics *p, double *first, double *second, double *product, double *work,
    int64_t iteration, int64_t steps, double *losses, double *products,
    const int64_t outputs, const int decays) {
  const int64_t size = outputs * p->stride;
  double *slope = work, *gradient = work + size, *before = gradient + ROWS * outputs;
  for (int64_t t = 0; t < steps; t++) {
    double excess = slopes(p, product, slope, outputs);
    if (losses) {
      losses[t] = excess;
      memcpy(products + t * size, product, sizeof(double) * (size_t)size);
    }
    if (!(excess <= p->largest_excess)) return t;
    double factor = p->decay == 0 ? 1 : 1 / (1 + p->decay * (double)(iteration + t));
    double rate1 = p->rates[0] * factor, rate2 = p->rates[1] * factor;
    double keep1 = 1 - rate1 * p->weight_decay[0], keep2 = 1 - rate2 * p->weight_decay[1];

    memset(product, 0, sizeof(double) * (size_t)size);
    for (int64_t i = 0; i < p->hidden; i += ROWS) {
      double *w = first + i * p->stride, *u = second + i * outputs;
      for (int64_t j = 0; j < ROWS * outputs; j++) before[j] = rate1 * u[j];
      if (!p->is_sequential) {
        gradients(slope, w, gradient, p->stride, outputs);
        turn(u, gradient, outputs, rate2, keep2);
      }
      move(slope, w, before, u, product, p->stride, outputs, keep1, 1, decays);
    }
    if (!p->is_sequential) continue;
    slopes(p, product, slope, outputs);
    memset(product, 0, sizeof(double) * (size_t)size);
    for (int64_t i = 0; i < p->hidden; i += ROWS) {
      double *w = first + i * p->stride, *u = second + i * outputs;
      gradients(slope, w, gradient, p->stride, outputs);
      turn(u, gradient, outputs, rate2, keep2);
      move(slope, w, 0, u, product, p->stride, outputs, 1, 0, 0);
    }
  }
  return steps;
}

DYN_CLONES
int64_t dyn_statistics_steps(
    const dyn_statistics *p, double *first, double *second, double *product, double *work,
    int64_t iteration, int64_t steps, double *losses, double *products) {
  const int decays = p->weight_decay[0] != 0;
#define DYN_TAKE(outputs, decays) \
  steps_of( \
      p, first, second, product, work, iteration, steps, losses, products, outputs, decays)
#define DYN_CASE(outputs) return decays ? DYN_TAKE(outputs, 1) : DYN_TAKE(outputs, 0)
  switch (p->outputs) {
  case 1: DYN_CASE(1);
  case 2: DYN_CASE(2);
  case 3: DYN_CASE(3);
  default: DYN_CASE(p->outputs);
  }
}

DYN_CLONES
void dyn_statistics_product(
    const dyn_statistics *p, const double *first, const double *second, double *product) {
  product_of(p, first, second, product, p->outputs);
}
