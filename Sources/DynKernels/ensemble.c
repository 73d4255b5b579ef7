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

/// Notes which of eight runs have an excess loss that is too large, or no number.
#define DYN_NOTE(BAD, V0, V1, E00, E01, E10, E11, LIMIT)                                      \
  BAD |= ~(V0 * (E00 * E00 + E10 * E10) + V1 * (E01 * E01 + E11 * E11) <= LIMIT);

#define DYN_LOOP(STEP)                                                                        \
  for (int64_t t = 0; t < steps; t++) {                                                       \
    double factor = p->decay == 0 ? 1 : 1 / (1 + p->decay * (double)(iteration + t));         \
    lanes rate1 = DYN_READ(p->rates, 0) * factor, rate2 = DYN_READ(p->rates, 1) * factor;     \
    lanes keep1 = 1 - rate1 * p->weight_decay[0], keep2 = 1 - rate2 * p->weight_decay[1];     \
    lanes a0 = rate1 * v0, a1 = rate1 * v1, b0 = rate2 * v0, b1 = rate2 * v1;                 \
    lanes e00 = p00 - f00, e01 = p01 - f01, e10 = p10 - f10, e11 = p11 - f11;                 \
    if (p->largest_excess) {                                                                  \
      DYN_NOTE(bad, v0, v1, e00, e01, e10, e11, limit)                                        \
    }                                                                                         \
    STEP                                                                                      \
  }

/// Simultaneous steps at constant rates without weight decay, which leave out what multiplies by 1.
///
/// One or two groups of eight runs take them in turn, so that one computes while the other waits.
DYN_INLINE void plain_steps(
    const dyn_ensemble *p, double *first, double *second, double *product, int64_t *exceeded,
    int64_t steps, const int64_t begin, const int groups, const int notes) {
  lanes w0[2][2], w1[2][2], u0[2][2], u1[2][2], p00[2], p01[2], p10[2], p11[2];
  lanes f00[2], f01[2], f10[2], f11[2], c0[2], c1[2], d0[2], d1[2], v0[2], v1[2], limit[2];
  mask_f64 bad[2];
  for (int g = 0; g < groups; g++) {
    const int64_t start = begin + 8 * g;
    for (int i = 0; i < 2; i++) {
      w0[g][i] = DYN_READ(first, i), w1[g][i] = DYN_READ(first, 2 + i);
      u0[g][i] = DYN_READ(second, i), u1[g][i] = DYN_READ(second, 2 + i);
    }
    p00[g] = DYN_READ(product, 0), p01[g] = DYN_READ(product, 1);
    p10[g] = DYN_READ(product, 2), p11[g] = DYN_READ(product, 3);
    f00[g] = DYN_READ(p->fit, 0), f01[g] = DYN_READ(p->fit, 1);
    f10[g] = DYN_READ(p->fit, 2), f11[g] = DYN_READ(p->fit, 3);
    v0[g] = DYN_READ(p->variances, 0), v1[g] = DYN_READ(p->variances, 1);
    if (notes) limit[g] = DYN_READ(p->largest_excess, 0);
    bad[g] = *(mask_f64 *)(exceeded + start);
    c0[g] = DYN_READ(p->rates, 0) * DYN_READ(p->variances, 0);
    c1[g] = DYN_READ(p->rates, 0) * DYN_READ(p->variances, 1);
    d0[g] = DYN_READ(p->rates, 1) * DYN_READ(p->variances, 0);
    d1[g] = DYN_READ(p->rates, 1) * DYN_READ(p->variances, 1);
  }
  for (int64_t t = 0; t < steps; t++) {
#pragma clang loop unroll(full)
    for (int g = 0; g < groups; g++) {
      lanes e00 = p00[g] - f00[g], e01 = p01[g] - f01[g];
      lanes e10 = p10[g] - f10[g], e11 = p11[g] - f11[g];
      if (notes) DYN_NOTE(bad[g], v0[g], v1[g], e00, e01, e10, e11, limit[g])
      lanes s00 = c0[g] * e00, s01 = c1[g] * e01, s10 = c0[g] * e10, s11 = c1[g] * e11;
      lanes r00 = d0[g] * e00, r01 = d1[g] * e01, r10 = d0[g] * e10, r11 = d1[g] * e11;
      lanes q00, q01, q10, q11;
#pragma clang loop unroll(full)
      for (int i = 0; i < 2; i++) {
        lanes x0 = w0[g][i] - (s00 * u0[g][i] + s10 * u1[g][i]);
        lanes x1 = w1[g][i] - (s01 * u0[g][i] + s11 * u1[g][i]);
        lanes y0 = u0[g][i] - (r00 * w0[g][i] + r01 * w1[g][i]);
        lanes y1 = u1[g][i] - (r10 * w0[g][i] + r11 * w1[g][i]);
        w0[g][i] = x0, w1[g][i] = x1, u0[g][i] = y0, u1[g][i] = y1;
        lanes z00 = y0 * x0, z01 = y0 * x1, z10 = y1 * x0, z11 = y1 * x1;
        q00 = i ? q00 + z00 : z00, q01 = i ? q01 + z01 : z01;
        q10 = i ? q10 + z10 : z10, q11 = i ? q11 + z11 : z11;
      }
      p00[g] = q00, p01[g] = q01, p10[g] = q10, p11[g] = q11;
    }
  }
  for (int g = 0; g < groups; g++) {
    const int64_t start = begin + 8 * g;
    for (int i = 0; i < 2; i++) {
      DYN_AT(first, i) = w0[g][i], DYN_AT(first, 2 + i) = w1[g][i];
      DYN_AT(second, i) = u0[g][i], DYN_AT(second, 2 + i) = u1[g][i];
    }
    DYN_AT(product, 0) = p00[g], DYN_AT(product, 1) = p01[g];
    DYN_AT(product, 2) = p10[g], DYN_AT(product, 3) = p11[g];
    if (notes) *(mask_f64 *)(exceeded + start) = bad[g];
  }
}

DYN_CLONES
void dyn_ensemble_steps(
    const dyn_ensemble *p, double *first, double *second, double *product, int64_t *exceeded,
    int64_t iteration, int64_t steps) {
  const int is_plain = !p->is_sequential && p->decay == 0 && p->weight_decay[0] == 0
                       && p->weight_decay[1] == 0;
  for (int64_t start = 0; start < p->runs; start += 8) {
    if (is_plain) {
      const int groups = start + 16 <= p->runs ? 2 : 1;
#define DYN_PLAIN(GROUPS, NOTES)                                                              \
  plain_steps(p, first, second, product, exceeded, steps, start, GROUPS, NOTES)
      if (p->largest_excess) {
        if (groups == 2) DYN_PLAIN(2, 1); else DYN_PLAIN(1, 1);
      } else {
        if (groups == 2) DYN_PLAIN(2, 0); else DYN_PLAIN(1, 0);
      }
      start += 8 * (groups - 1);
      continue;
    }
    lanes w0[2] = {DYN_READ(first, 0), DYN_READ(first, 1)};
    lanes w1[2] = {DYN_READ(first, 2), DYN_READ(first, 3)};
    lanes u0[2] = {DYN_READ(second, 0), DYN_READ(second, 1)};
    lanes u1[2] = {DYN_READ(second, 2), DYN_READ(second, 3)};
    lanes p00 = DYN_READ(product, 0), p01 = DYN_READ(product, 1);
    lanes p10 = DYN_READ(product, 2), p11 = DYN_READ(product, 3);
    const lanes f00 = DYN_READ(p->fit, 0), f01 = DYN_READ(p->fit, 1);
    const lanes f10 = DYN_READ(p->fit, 2), f11 = DYN_READ(p->fit, 3);
    const lanes v0 = DYN_READ(p->variances, 0), v1 = DYN_READ(p->variances, 1);
    const lanes limit = p->largest_excess ? DYN_READ(p->largest_excess, 0) : v0;
    mask_f64 bad = *(mask_f64 *)(exceeded + start);
    if (p->is_sequential) {
      DYN_LOOP(DYN_SEQUENTIAL)
    } else {
      DYN_LOOP(DYN_SIMULTANEOUS)
    }
    DYN_AT(first, 0) = w0[0], DYN_AT(first, 1) = w0[1];
    DYN_AT(first, 2) = w1[0], DYN_AT(first, 3) = w1[1];
    DYN_AT(second, 0) = u0[0], DYN_AT(second, 1) = u0[1];
    DYN_AT(second, 2) = u1[0], DYN_AT(second, 3) = u1[1];
    DYN_AT(product, 0) = p00, DYN_AT(product, 1) = p01;
    DYN_AT(product, 2) = p10, DYN_AT(product, 3) = p11;
    *(mask_f64 *)(exceeded + start) = bad;
  }
}
