#include "DynKernels.h"
#include "lanes.h"

#pragma STDC FP_CONTRACT OFF

/// The loop over steps for COUNT hidden units of the type `T` (one number, or eight of them).
///
/// Wants w0, w1 (columns of the first layer) and u0, u1 (rows of the second) in scope. `SPLAT` fills
/// a T with a number, `SUM` adds its lanes.
#define DYN_STEPS(T, COUNT, SPLAT, SUM)                                                      \
  double p00 = product[0], p01 = product[1], p10 = product[2], p11 = product[3];             \
  const double f00 = p->fit[0], f01 = p->fit[1], f10 = p->fit[2], f11 = p->fit[3];           \
  const double v0 = p->variances[0], v1 = p->variances[1];                                   \
  int64_t t = 0;                                                                             \
  for (; t < steps; t++) {                                                                   \
    double factor = p->decay == 0 ? 1 : 1 / (1 + p->decay * (double)(iteration + t));        \
    const double rate1 = p->rates[0] * factor, rate2 = p->rates[1] * factor;                 \
    const T keep1 = SPLAT(1 - rate1 * p->weight_decay[0]);                                   \
    const T keep2 = SPLAT(1 - rate2 * p->weight_decay[1]);                                   \
    const double a0 = rate1 * v0, a1 = rate1 * v1, b0 = rate2 * v0, b1 = rate2 * v1;         \
    double e00 = p00 - f00, e01 = p01 - f01, e10 = p10 - f10, e11 = p11 - f11;               \
    double excess = v0 * (e00 * e00 + e10 * e10) + v1 * (e01 * e01 + e11 * e11);             \
    if (losses) {                                                                            \
      losses[t] = excess;                                                                    \
      products[4 * t] = p00, products[4 * t + 1] = p01;                                      \
      products[4 * t + 2] = p10, products[4 * t + 3] = p11;                                  \
    }                                                                                        \
    if (!(excess <= p->largest_excess)) break;                                               \
    const T s00 = SPLAT(a0 * e00), s01 = SPLAT(a1 * e01);                                    \
    const T s10 = SPLAT(a0 * e10), s11 = SPLAT(a1 * e11);                                    \
    T q00 = SPLAT(0.0), q01 = q00, q10 = q00, q11 = q00;                                     \
    if (p->is_sequential) {                                                                  \
      for (int64_t i = 0; i < COUNT; i++) {                                                  \
        T x0 = keep1 * w0[i] - (s00 * u0[i] + s10 * u1[i]);                                  \
        T x1 = keep1 * w1[i] - (s01 * u0[i] + s11 * u1[i]);                                  \
        w0[i] = x0, w1[i] = x1;                                                              \
        q00 += u0[i] * x0, q01 += u0[i] * x1, q10 += u1[i] * x0, q11 += u1[i] * x1;          \
      }                                                                                      \
      const T r00 = SPLAT(b0 * (SUM(q00) - f00)), r01 = SPLAT(b1 * (SUM(q01) - f01));        \
      const T r10 = SPLAT(b0 * (SUM(q10) - f10)), r11 = SPLAT(b1 * (SUM(q11) - f11));        \
      q00 = q01 = q10 = q11 = SPLAT(0.0);                                                    \
      for (int64_t i = 0; i < COUNT; i++) {                                                  \
        T y0 = keep2 * u0[i] - (r00 * w0[i] + r01 * w1[i]);                                  \
        T y1 = keep2 * u1[i] - (r10 * w0[i] + r11 * w1[i]);                                  \
        u0[i] = y0, u1[i] = y1;                                                              \
        q00 += y0 * w0[i], q01 += y0 * w1[i], q10 += y1 * w0[i], q11 += y1 * w1[i];          \
      }                                                                                      \
    } else {                                                                                 \
      const T r00 = SPLAT(b0 * e00), r01 = SPLAT(b1 * e01);                                  \
      const T r10 = SPLAT(b0 * e10), r11 = SPLAT(b1 * e11);                                  \
      for (int64_t i = 0; i < COUNT; i++) {                                                  \
        T x0 = keep1 * w0[i] - (s00 * u0[i] + s10 * u1[i]);                                  \
        T x1 = keep1 * w1[i] - (s01 * u0[i] + s11 * u1[i]);                                  \
        T y0 = keep2 * u0[i] - (r00 * w0[i] + r01 * w1[i]);                                  \
        T y1 = keep2 * u1[i] - (r10 * w0[i] + r11 * w1[i]);                                  \
        w0[i] = x0, w1[i] = x1, u0[i] = y0, u1[i] = y1;                                      \
        q00 += y0 * x0, q01 += y0 * x1, q10 += y1 * x0, q11 += y1 * x1;                      \
      }                                                                                      \
    }                                                                                        \
    p00 = SUM(q00), p01 = SUM(q01), p10 = SUM(q10), p11 = SUM(q11);                          \
  }                                                                                          \
  product[0] = p00, product[1] = p01, product[2] = p10, product[3] = p11;

#define DYN_SAME(x) (x)

/// Any number of hidden units, eight at a time.
DYN_CLONES
static int64_t wide(
    const dyn_statistics *p, double *first, double *second, double *product, int64_t iteration,
    int64_t steps, double *losses, double *products) {
  const int64_t count = p->hidden / 8;
  lanes *w0 = (lanes *)first, *w1 = w0 + count, *u0 = (lanes *)second, *u1 = u0 + count;
  DYN_STEPS(lanes, count, DYN_SPLAT, DYN_SUM)
  return t;
}

/// Two hidden units: all stays in registers, and a step takes as long as its chain of operations.
static int64_t narrow(
    const dyn_statistics *p, double *first, double *second, double *product, int64_t iteration,
    int64_t steps, double *losses, double *products) {
  double w0[2], w1[2], u0[2], u1[2];
  memcpy(w0, first, sizeof w0);
  memcpy(w1, first + 2, sizeof w1);
  memcpy(u0, second, sizeof u0);
  memcpy(u1, second + 2, sizeof u1);
  DYN_STEPS(double, 2, DYN_SAME, DYN_SAME)
  memcpy(first, w0, sizeof w0);
  memcpy(first + 2, w1, sizeof w1);
  memcpy(second, u0, sizeof u0);
  memcpy(second + 2, u1, sizeof u1);
  return t;
}

int64_t dyn_two_by_two_steps(
    const dyn_statistics *p, double *first, double *second, double *product, int64_t iteration,
    int64_t steps, double *losses, double *products) {
  return p->hidden == 2 ? narrow(p, first, second, product, iteration, steps, losses, products)
                        : wide(p, first, second, product, iteration, steps, losses, products);
}

void dyn_two_by_two_product(
    const dyn_statistics *p, const double *first, const double *second, double *product) {
  const int64_t hidden = p->hidden;
  for (int64_t o = 0; o < 2; o++) {
    for (int64_t j = 0; j < 2; j++) {
      const double *u = second + o * hidden, *w = first + j * hidden;
      double sum[8] = {0};
      for (int64_t i = 0; i < hidden; i++) sum[i % 8] += u[i] * w[i];
      product[2 * o + j] = hidden == 2 ? sum[0] + sum[1] : DYN_SUM(sum);
    }
  }
}
