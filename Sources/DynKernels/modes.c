#include "DynKernels.h"
#include "lanes.h"

#pragma STDC FP_CONTRACT OFF

/// Steps of GROUPS groups of eight modes, from `start` on, all of them in registers.
#define DYN_MODE_STEPS(GROUPS)                                                                 \
  lanes a[GROUPS], b[GROUPS], v[GROUPS], s[GROUPS], a_before[GROUPS], b_before[GROUPS];         \
  for (int g = 0; g < GROUPS; g++) {                                                            \
    a[g] = ((lanes *)first)[start + g];                                                         \
    b[g] = ((lanes *)second)[start + g];                                                        \
    v[g] = ((const lanes *)p->variances)[start + g];                                            \
    s[g] = ((const lanes *)p->targets)[start + g];                                              \
  }                                                                                             \
  for (int64_t t = 0; t < steps; t++) {                                                         \
    double factor = p->decay == 0 ? 1 : 1 / (1 + p->decay * (double)(iteration + t));           \
    const double rate1 = p->rates[0] * factor, rate2 = p->rates[1] * factor;                    \
    const lanes e1 = DYN_SPLAT(rate1), e2 = DYN_SPLAT(rate2);                                   \
    const lanes keep1 = DYN_SPLAT(1 - rate1 * p->weight_decay[0]);                              \
    const lanes keep2 = DYN_SPLAT(1 - rate2 * p->weight_decay[1]);                              \
    for (int g = 0; g < GROUPS; g++) {                                                          \
      a_before[g] = a[g], b_before[g] = b[g];                                                   \
      lanes slope = v[g] * (a[g] * b[g] - s[g]);                                                \
      lanes x = keep1 * a[g] - (e1 * slope) * b[g];                                             \
      lanes y = p->is_sequential ? x : a[g];                                                    \
      if (p->is_sequential) slope = v[g] * (x * b[g] - s[g]);                                   \
      b[g] = keep2 * b[g] - (e2 * slope) * y;                                                   \
      a[g] = x;                                                                                 \
    }                                                                                           \
  }                                                                                             \
  for (int g = 0; g < GROUPS; g++) {                                                            \
    ((lanes *)first)[start + g] = a[g];                                                         \
    ((lanes *)second)[start + g] = b[g];                                                        \
    if (freezes)                                                                                \
      is_frozen[start + g] = !memcmp(&a[g], &a_before[g], sizeof(lanes))                        \
                             && !memcmp(&b[g], &b_before[g], sizeof(lanes));                    \
  }

DYN_CLONES
void dyn_modes_steps(
    const dyn_modes *p, double *first, double *second, uint8_t *is_frozen, int64_t iteration,
    int64_t steps, int32_t freezes) {
  const int64_t groups = p->count / 8;
  if (steps <= 0) return;
  for (int64_t start = 0; start < groups;) {
    if (is_frozen[start]) {
      start++;
    } else if (start + 3 < groups && !is_frozen[start + 1] && !is_frozen[start + 2]
               && !is_frozen[start + 3]) {
      DYN_MODE_STEPS(4)
      start += 4;
    } else {
      DYN_MODE_STEPS(1)
      start += 1;
    }
  }
}
