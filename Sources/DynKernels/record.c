#include "DynKernels.h"
#include "lanes.h"

#pragma STDC FP_CONTRACT OFF

DYN_CLONES
void dyn_record_rows(
    const dyn_record *p, const double *products, const double *turned, int64_t steps,
    double *errors, double *risks) {
  const int64_t size = p->outputs * p->inputs;
  for (int64_t t = 0; t < steps; t++) {
    const double *product = products + t * size, *risk = turned + t * size;
    double *error = errors + t * size;
    lanes sum = DYN_SPLAT(0.0);
    double rest = 0;
    int64_t j = 0;
    for (; j + 8 <= size; j += 8) {
      lanes gap = *(const lanes *)(product + j) - *(const lanes *)(p->teacher + j);
      *(lanes *)(error + j) = gap * gap;
      lanes off = *(const lanes *)(risk + j) - *(const lanes *)(p->risk_target + j);
      sum += off * off;
    }
    for (; j < size; j++) {
      double gap = product[j] - p->teacher[j], off = risk[j] - p->risk_target[j];
      error[j] = gap * gap;
      rest += off * off;
    }
    risks[t] = DYN_SUM(sum) + rest;
  }
}
