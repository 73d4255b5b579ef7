#include "DynKernels.h"
#include "lanes.h"

#pragma STDC FP_CONTRACT OFF

DYN_INLINE float sum_f32(const lanes_f32 *v) {
  float s[8];
  for (int i = 0; i < 8; i++) s[i] = (*v)[i] + (*v)[i + 8];
  return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
}

DYN_INLINE double sum_f64(const lanes_f64 *v) { return DYN_SUM(*v); }

#define REAL float
#define NAME(stem) stem##_f32
#define WIDTH 16
#include "dense-layer.h"
#undef REAL
#undef NAME
#undef WIDTH

#define REAL double
#define NAME(stem) stem##_f64
#define WIDTH 8
#include "dense-layer.h"
