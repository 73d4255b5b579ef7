#include "DynKernels.h"
#include "lanes.h"

#pragma STDC FP_CONTRACT OFF

/// Steps of GROUPS groups of eight modes, from `start` on, all of them in registers; with rates of
/// their own, or the same for all.
#define DYN_MODE_STEPS(GROUPS, OWN)                                                            \
  lanes a[GROUPS], b[GROUPS], v[GROUPS], s[GROUPS], a_before[GROUPS], b_before[GROUPS];         \
  lanes q1[GROUPS], q2[GROUPS];                                                                 \
  for (int g = 0; g < GROUPS; g++) {                                                            \
    a[g] = ((lanes *)first)[start + g];                                                         \
    b[g] = ((lanes *)second)[start + g];                                                        \
    v[g] = ((const lanes *)p->variances)[start + g];                                            \
    s[g] = ((const lanes *)p->targets)[start + g];                                              \
    if (OWN) q1[g] = ((const lanes *)p->own_rates)[start + g];                                  \
    if (OWN) q2[g] = ((const lanes *)p->own_rates)[groups + start + g];                         \
  }                                                                                             \
  for (int64_t t = 0; t < steps; t++) {                                                         \
    double factor = p->decay == 0 ? 1 : 1 / (1 + p->decay * (double)(iteration + t));           \
    const double rate1 = p->rates[0] * factor, rate2 = p->rates[1] * factor;                    \
    for (int g = 0; g < GROUPS; g++) {                                                          \
      const lanes e1 = OWN ? q1[g] * factor : DYN_SPLAT(rate1);                                 \
      const lanes e2 = OWN ? q2[g] * factor : DYN_SPLAT(rate2);                                 \
      const lanes keep1 = 1 - e1 * p->weight_decay[0];                                          \
      const lanes keep2 = 1 - e2 * p->weight_decay[1];                                          \
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

/// Steps of all groups but frozen ones, four at a time where four neighbours move.
#define DYN_ALL_MODES(OWN)                                                                      \
  for (int64_t start = 0; start < groups;) {                                                    \
    if (is_frozen[start]) {                                                                     \
      start++;                                                                                  \
    } else if (start + 3 < groups && !is_frozen[start + 1] && !is_frozen[start + 2]             \
               && !is_frozen[start + 3]) {                                                      \
      DYN_MODE_STEPS(4, OWN)                                                                    \
      start += 4;                                                                               \
    } else {                                                                                    \
      DYN_MODE_STEPS(1, OWN)                                                                    \
      start += 1;                                                                               \
    }                                                                                           \
  }

DYN_CLONES
void dyn_modes_steps(
    const dyn_modes *p, double *first, double *second, uint8_t *is_frozen, int64_t iteration,
    int64_t steps, int32_t freezes) {
  const int64_t groups = p->count / 8;
  if (steps <= 0) return;
  if (p->own_rates) {
    DYN_ALL_MODES(1)
  } else {
    DYN_ALL_MODES(0)
  }
}
