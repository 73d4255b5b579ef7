#include "DynKernels.h"
#include "lanes.h"

#include <math.h>

#pragma STDC FP_CONTRACT OFF

DYN_INLINE double sum_f64(const lanes_f64 *v) { return DYN_SUM(*v); }

DYN_INLINE double sum_f32(const lanes_f32 *v) {
  lanes_f64 s;
  for (int i = 0; i < 8; i++) s[i] = (double)(*v)[i] + (double)(*v)[i + 8];
  return DYN_SUM(s);
}

// Constants of the exponential: log₂e, ln 2 in two parts of which the first is exact times a whole
// number, the number whose addition rounds to whole numbers, and the degree of the series.
#define REAL float
#define BITS int32_t
#define NAME(stem) stem##_f32
#define WIDTH 16
#define LOG2E 1.44269504088896341f
#define LN2_HIGH 0.693359375f
#define LN2_LOW -2.12194440e-4f
#define ROUNDER 12582912.0f
#define MANTISSA 23
#define LOWEST -87.0f
#define DEGREE 7
#include "composition.h"
#undef REAL
#undef BITS
#undef NAME
#undef WIDTH
#undef LOG2E
#undef LN2_HIGH
#undef LN2_LOW
#undef ROUNDER
#undef MANTISSA
#undef LOWEST
#undef DEGREE

#define REAL double
#define BITS int64_t
#define NAME(stem) stem##_f64
#define WIDTH 8
#define LOG2E 1.44269504088896341
#define LN2_HIGH 6.93145751953125e-1
#define LN2_LOW 1.42860682030941723212e-6
#define ROUNDER 6755399441055744.0
#define MANTISSA 52
#define LOWEST -708.0
#define DEGREE 13
#include "composition.h"
