#include "DynKernels.h"
#include "lanes.h"

#pragma STDC FP_CONTRACT OFF

#define DYN_AT(pointer, quantity) (*(lanes *)((pointer) + (quantity) * p->runs + start))
#define DYN_READ(pointer, quantity) (*(const lanes *)((pointer) + (quantity) * p->runs + start))

/// The operations of one step, in the order of the kernel for a single run.
#define DYN_SIMULTANEOUS                                                                      \
  lanes s00 = a0 * e00, s01 = a1 * e01, s10 = a0 * e10, s11 = a1 * e11;                       \
  lanes r00 = b0 * e00, r01 = b1 * e01, r10 = b0 * e10, r11 = b1 * e11;                       \
  lanes q00, q01, q10, q11;                                                                   \
  for (int i = 0; i < 2; i++) {                                                               \
    lanes x0 = keep1 * w0[i] - (s00 * u0[i] + s10 * u1[i]);                                   \
    lanes x1 = keep1 * w1[i] - (s01 * u0[i] + s11 * u1[i]);                                   \
    lanes y0 = keep2 * u0[i] - (r00 * w0[i] + r01 * w1[i]);                                   \
    lanes y1 = keep2 * u1[i] - (r10 * w0[i] + r11 * w1[i]);                                   \
    w0[i] = x0, w1[i] = x1, u0[i] = y0, u1[i] = y1;                                           \
    lanes z00 = y0 * x0, z01 = y0 * x1, z10 = y1 * x0, z11 = y1 * x1;                         \
    q00 = i ? q00 + z00 : z00, q01 = i ? q01 + z01 : z01;                                     \
    q10 = i ? q10 + z10 : z10, q11 = i ? q11 + z11 : z11;                                     \
  }                                                                                           \
  p00 = q00, p01 = q01, p10 = q10, p11 = q11;

#define DYN_SEQUENTIAL                                                                        \
  lanes s00 = a0 * e00, s01 = a1 * e01, s10 = a0 * e10, s11 = a1 * e11;                       \
  for (int i = 0; i < 2; i++) {                                                               \
    w0[i] = keep1 * w0[i] - (s00 * u0[i] + s10 * u1[i]);                                      \
    w1[i] = keep1 * w1[i] - (s01 * u0[i] + s11 * u1[i]);                                      \
  }                                                                                           \
  lanes r00 = b0 * (u0[0] * w0[0] + u0[1] * w0[1] - f00);                                     \
  lanes r01 = b1 * (u0[0] * w1[0] + u0[1] * w1[1] - f01);                                     \
  lanes r10 = b0 * (u1[0] * w0[0] + u1[1] * w0[1] - f10);                                     \
  lanes r11 = b1 * (u1[0] * w1[0] + u1[1] * w1[1] - f11);                                     \
  for (int i = 0; i < 2; i++) {                                                               \
    u0[i] = keep2 * u0[i] - (r00 * w0[i] + r01 * w1[i]);                                      \
    u1[i] = keep2 * u1[i] - (r10 * w0[i] + r11 * w1[i]);                                      \
  }                                                                                           \
  p00 = u0[0] * w0[0] + u0[1] * w0[1], p01 = u0[0] * w1[0] + u0[1] * w1[1];                   \
  p10 = u1[0] * w0[0] + u1[1] * w0[1], p11 = u1[0] * w1[0] + u1[1] * w1[1];

/// Steps at constant rates without weight decay leave out what multiplies by 1.
#define DYN_LOOP(STEP, PLAIN)                                                                 \
  for (int64_t t = 0; t < steps; t++) {                                                       \
    lanes keep1 = DYN_SPLAT(1.0), keep2 = DYN_SPLAT(1.0);                                     \
    lanes a0 = c0, a1 = c1, b0 = d0, b1 = d1;                                                 \
    if (!PLAIN) {                                                                             \
      double factor = p->decay == 0 ? 1 : 1 / (1 + p->decay * (double)(iteration + t));       \
      lanes rate1 = DYN_READ(p->rates, 0) * factor, rate2 = DYN_READ(p->rates, 1) * factor;   \
      keep1 = 1 - rate1 * p->weight_decay[0], keep2 = 1 - rate2 * p->weight_decay[1];         \
      a0 = rate1 * v0, a1 = rate1 * v1, b0 = rate2 * v0, b1 = rate2 * v1;                     \
    }                                                                                         \
    lanes e00 = p00 - f00, e01 = p01 - f01, e10 = p10 - f10, e11 = p11 - f11;                 \
    STEP                                                                                      \
  }

DYN_CLONES
void dyn_ensemble_steps(
    const dyn_ensemble *p, double *first, double *second, double *product, int64_t iteration,
    int64_t steps) {
  const int is_plain = p->decay == 0 && p->weight_decay[0] == 0 && p->weight_decay[1] == 0;
  for (int64_t start = 0; start < p->runs; start += 8) {
    lanes w0[2] = {DYN_READ(first, 0), DYN_READ(first, 1)};
    lanes w1[2] = {DYN_READ(first, 2), DYN_READ(first, 3)};
    lanes u0[2] = {DYN_READ(second, 0), DYN_READ(second, 1)};
    lanes u1[2] = {DYN_READ(second, 2), DYN_READ(second, 3)};
    lanes p00 = DYN_READ(product, 0), p01 = DYN_READ(product, 1);
    lanes p10 = DYN_READ(product, 2), p11 = DYN_READ(product, 3);
    const lanes f00 = DYN_READ(p->fit, 0), f01 = DYN_READ(p->fit, 1);
    const lanes f10 = DYN_READ(p->fit, 2), f11 = DYN_READ(p->fit, 3);
    const lanes v0 = DYN_READ(p->variances, 0), v1 = DYN_READ(p->variances, 1);
    const lanes c0 = DYN_READ(p->rates, 0) * v0, c1 = DYN_READ(p->rates, 0) * v1;
    const lanes d0 = DYN_READ(p->rates, 1) * v0, d1 = DYN_READ(p->rates, 1) * v1;
    if (p->is_sequential) {
      DYN_LOOP(DYN_SEQUENTIAL, 0)
    } else if (is_plain) {
      DYN_LOOP(DYN_SIMULTANEOUS, 1)
    } else {
      DYN_LOOP(DYN_SIMULTANEOUS, 0)
    }
    DYN_AT(first, 0) = w0[0], DYN_AT(first, 1) = w0[1];
    DYN_AT(first, 2) = w1[0], DYN_AT(first, 3) = w1[1];
    DYN_AT(second, 0) = u0[0], DYN_AT(second, 1) = u0[1];
    DYN_AT(second, 2) = u1[0], DYN_AT(second, 3) = u1[1];
    DYN_AT(product, 0) = p00, DYN_AT(product, 1) = p01;
    DYN_AT(product, 2) = p10, DYN_AT(product, 3) = p11;
  }
}
