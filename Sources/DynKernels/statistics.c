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
DYN_INLINE void gradients(
    const double *slope, const double *first, double *gradient, int64_t stride,
    const int64_t outputs) {
  const int64_t count = stride / 8;
  const lanes *w = (const lanes *)first;
  for (int64_t o = 0; o < outputs; o++) {
    const lanes *s = (const lanes *)(slope + o * stride);
    lanes sum[ROWS] = {DYN_SPLAT(0.0), DYN_SPLAT(0.0), DYN_SPLAT(0.0), DYN_SPLAT(0.0)};
    for (int64_t b = 0; b < count; b++)
      for (int r = 0; r < ROWS; r++) sum[r] += s[b] * w[r * count + b];
    for (int r = 0; r < ROWS; r++) gradient[r * outputs + o] = DYN_SUM(sum[r]);
  }
}

/// Moves ROWS hidden units of the first layer and adds what they give to the product.
DYN_INLINE void move(
    const double *slope, double *first, const double *before, const double *after, double *product,
    int64_t stride, const int64_t outputs, double rate, double keep, const int moves) {
  const int64_t count = stride / 8;
  lanes *w = (lanes *)first;
  const lanes *s = (const lanes *)slope;
  lanes *sum = (lanes *)product;
  for (int64_t b = 0; b < count; b++) {
    lanes unit[ROWS];
    for (int r = 0; r < ROWS; r++) unit[r] = w[r * count + b];
    if (moves) {
      lanes slide[ROWS] = {DYN_SPLAT(0.0), DYN_SPLAT(0.0), DYN_SPLAT(0.0), DYN_SPLAT(0.0)};
      for (int64_t o = 0; o < outputs; o++)
        for (int r = 0; r < ROWS; r++) slide[r] += before[r * outputs + o] * s[o * count + b];
      for (int r = 0; r < ROWS; r++) {
        unit[r] = keep * unit[r] - rate * slide[r];
        w[r * count + b] = unit[r];
      }
    }
    for (int64_t o = 0; o < outputs; o++) {
      lanes added = after[o] * unit[0];
      for (int r = 1; r < ROWS; r++) added += after[r * outputs + o] * unit[r];
      sum[o * count + b] += added;
    }
  }
}

DYN_INLINE void product_of(
    const dyn_statistics *p, const double *first, const double *second, double *product,
    const int64_t outputs) {
  memset(product, 0, sizeof(double) * (size_t)(outputs * p->stride));
  for (int64_t i = 0; i < p->hidden; i += ROWS)
    move(0, (double *)first + i * p->stride, 0, second + i * outputs, product, p->stride, outputs,
         0, 1, 0);
}

DYN_INLINE int64_t steps_of(
    const dyn_statistics *p, double *first, double *second, double *product, double *work,
    int64_t iteration, int64_t steps, double *losses, double *products,
    const int64_t outputs) {
  const int64_t size = outputs * p->stride;
  double *slope = work, *gradient = work + size, *old = gradient + ROWS * outputs;
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
      if (p->is_sequential) {
        move(slope, w, u, u, product, p->stride, outputs, rate1, keep1, 1);
      } else {
        gradients(slope, w, gradient, p->stride, outputs);
        for (int64_t j = 0; j < ROWS * outputs; j++) {
          old[j] = u[j];
          u[j] = keep2 * u[j] - rate2 * gradient[j];
        }
        move(slope, w, old, u, product, p->stride, outputs, rate1, keep1, 1);
      }
    }
    if (!p->is_sequential) continue;
    slopes(p, product, slope, outputs);
    memset(product, 0, sizeof(double) * (size_t)size);
    for (int64_t i = 0; i < p->hidden; i += ROWS) {
      double *w = first + i * p->stride, *u = second + i * outputs;
      gradients(slope, w, gradient, p->stride, outputs);
      for (int64_t j = 0; j < ROWS * outputs; j++) u[j] = keep2 * u[j] - rate2 * gradient[j];
      move(slope, w, u, u, product, p->stride, outputs, 0, 1, 0);
    }
  }
  return steps;
}

DYN_CLONES
int64_t dyn_statistics_steps(
    const dyn_statistics *p, double *first, double *second, double *product, double *work,
    int64_t iteration, int64_t steps, double *losses, double *products) {
#define DYN_CASE(outputs) \
  return steps_of( \
      p, first, second, product, work, iteration, steps, losses, products, outputs)
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
