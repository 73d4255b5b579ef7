// One layer of a dense network, for the numbers that REAL names; included once for each.
//
// Arrays of a block are [unit][row] with `rows` a multiple of WIDTH. Tiles of four units by four
// keep sixteen sums in registers; units beyond a multiple of four are done one by one.

#define LANES NAME(lanes)
#define AT(pointer, unit) (*(LANES *)((pointer) + (unit) * rows + r))
#define READ(pointer, unit) (*(const LANES *)((pointer) + (unit) * rows + r))
#define SPLAT(x) ((LANES){0} + (x))
#define POSITIVE(v, kept) ((LANES)((NAME(mask))(kept) & ((v) > (LANES){0})))

/// out[o] = bias[o] + Σ_i w[o·across + i·along]·in[i], for all rows; `gate` keeps rows above 0.
DYN_INLINE void NAME(combine)(
    int64_t outputs, int64_t inputs, int64_t rows, const REAL *w, int64_t across, int64_t along,
    const REAL *bias, const REAL *in, REAL *out, const REAL *gate, int rectifies) {
  int64_t o = 0;
  for (; o + 4 <= outputs; o += 4) {
    const REAL *w0 = w + o * across, *w1 = w0 + across, *w2 = w1 + across, *w3 = w2 + across;
    for (int64_t r = 0; r < rows; r += WIDTH) {
      LANES s0 = SPLAT(bias ? bias[o] : 0), s1 = SPLAT(bias ? bias[o + 1] : 0);
      LANES s2 = SPLAT(bias ? bias[o + 2] : 0), s3 = SPLAT(bias ? bias[o + 3] : 0);
      for (int64_t i = 0; i < inputs; i++) {
        LANES x = READ(in, i);
        s0 += x * w0[i * along], s1 += x * w1[i * along];
        s2 += x * w2[i * along], s3 += x * w3[i * along];
      }
      if (rectifies) {
        s0 = POSITIVE(s0, s0), s1 = POSITIVE(s1, s1);
        s2 = POSITIVE(s2, s2), s3 = POSITIVE(s3, s3);
      }
      if (gate) {
        s0 = POSITIVE(READ(gate, o), s0), s1 = POSITIVE(READ(gate, o + 1), s1);
        s2 = POSITIVE(READ(gate, o + 2), s2), s3 = POSITIVE(READ(gate, o + 3), s3);
      }
      AT(out, o) = s0, AT(out, o + 1) = s1, AT(out, o + 2) = s2, AT(out, o + 3) = s3;
    }
  }
  for (; o < outputs; o++) {
    for (int64_t r = 0; r < rows; r += WIDTH) {
      LANES s = SPLAT(bias ? bias[o] : 0);
      for (int64_t i = 0; i < inputs; i++) s += READ(in, i) * w[o * across + i * along];
      if (rectifies) s = POSITIVE(s, s);
      if (gate) s = POSITIVE(READ(gate, o), s);
      AT(out, o) = s;
    }
  }
}

DYN_CLONES
void NAME(dyn_dense_forward)(
    int64_t outputs, int64_t inputs, int64_t rows, const REAL *weights, const REAL *biases,
    const REAL *in, REAL *out, int32_t rectifies) {
  if (rectifies) {
    NAME(combine)(outputs, inputs, rows, weights, inputs, 1, biases, in, out, 0, 1);
  } else {
    NAME(combine)(outputs, inputs, rows, weights, inputs, 1, biases, in, out, 0, 0);
  }
}

DYN_CLONES
void NAME(dyn_dense_backward)(
    int64_t outputs, int64_t inputs, int64_t rows, const REAL *weights, const REAL *above,
    const REAL *gate, REAL *below) {
  if (gate) {
    NAME(combine)(inputs, outputs, rows, weights, 1, inputs, 0, above, below, gate, 0);
  } else {
    NAME(combine)(inputs, outputs, rows, weights, 1, inputs, 0, above, below, 0, 0);
  }
}

/// The sums over rows of the products of four units above with `count` ≤ 4 units below.
DYN_INLINE void NAME(outer_tile)(
    int64_t rows, const REAL *above, int64_t units, const REAL *in, int64_t count, REAL *sums,
    int64_t stride) {
  LANES s[4][4] = {{{0}}};
  for (int64_t r = 0; r < rows; r += WIDTH) {
    LANES a[4], b[4];
    for (int k = 0; k < 4; k++) {
      a[k] = READ(above, k < units ? k : 0);
      b[k] = READ(in, k < count ? k : 0);
    }
    for (int k = 0; k < 4; k++) {
      for (int l = 0; l < 4; l++) s[k][l] += a[k] * b[l];
    }
  }
  for (int64_t k = 0; k < units; k++) {
    for (int64_t l = 0; l < count; l++) sums[k * stride + l] += NAME(sum)(&s[k][l]);
  }
}

DYN_CLONES
void NAME(dyn_dense_gradient)(
    int64_t outputs, int64_t inputs, int64_t rows, const REAL *above, const REAL *in,
    REAL *weights, REAL *biases) {
  for (int64_t o = 0; o < outputs; o += 4) {
    int64_t units = outputs - o < 4 ? outputs - o : 4;
    for (int64_t i = 0; i < inputs; i += 4) {
      NAME(outer_tile)(
          rows, above + o * rows, units, in + i * rows, inputs - i < 4 ? inputs - i : 4,
          weights + o * inputs + i, inputs);
    }
  }
  if (!biases) return;
  for (int64_t o = 0; o < outputs; o++) {
    LANES s = {0};
    for (int64_t r = 0; r < rows; r += WIDTH) s += READ(above, o);
    biases[o] += NAME(sum)(&s);
  }
}

/// Squared errors of one unit, in all lanes and then in the rows that are left.
DYN_CLONES
double NAME(dyn_dense_squared)(
    int64_t units, int64_t rows, int64_t filled, const REAL *out, const REAL *target, REAL scale,
    REAL *gradient) {
  double total = 0;
  for (int64_t o = 0; o < units; o++) {
    LANES sum = {0};
    REAL rest = 0;
    int64_t r = 0;
    for (; r + WIDTH <= filled; r += WIDTH) {
      LANES d = READ(out, o) - READ(target, o);
      AT(gradient, o) = d * scale;
      sum += d * d;
    }
    for (; r < filled; r++) {
      REAL d = out[o * rows + r] - target[o * rows + r];
      gradient[o * rows + r] = d * scale;
      rest += d * d;
    }
    for (; r < rows; r++) gradient[o * rows + r] = 0;
    total += (double)NAME(sum)(&sum) + (double)rest;
  }
  return total;
}

DYN_CLONES
void NAME(dyn_dense_cut)(int64_t count, const REAL *gate, REAL *numbers) {
  int64_t i = 0;
  for (; i + WIDTH <= count; i += WIDTH) {
    LANES kept = *(const LANES *)(gate + i), v = *(LANES *)(numbers + i);
    *(LANES *)(numbers + i) = POSITIVE(kept, v);
  }
  for (; i < count; i++) numbers[i] = gate[i] > 0 ? numbers[i] : 0;
}

DYN_CLONES
void NAME(dyn_dense_add)(int64_t count, const REAL *source, REAL *target) {
  for (int64_t i = 0; i < count; i++) target[i] += source[i];
}

/// The step of gradient descent; `decays` and `remembers` are known where it is inlined.
DYN_INLINE void NAME(descend)(
    int64_t count, REAL rate, REAL decay, REAL momentum, const REAL *gradient,
    REAL *restrict velocity, REAL *restrict parameters, int decays, int remembers) {
  for (int64_t i = 0; i < count; i++) {
    REAL slope = gradient[i];
    if (decays) slope += decay * parameters[i];
    if (remembers) {
      slope = momentum * velocity[i] + slope;
      velocity[i] = slope;
    }
    parameters[i] -= rate * slope;
  }
}

DYN_CLONES
void NAME(dyn_dense_descend)(
    int64_t count, REAL rate, REAL decay, REAL momentum, const REAL *gradient, REAL *velocity,
    REAL *parameters) {
  if (velocity && decay != 0) {
    NAME(descend)(count, rate, decay, momentum, gradient, velocity, parameters, 1, 1);
  } else if (velocity) {
    NAME(descend)(count, rate, decay, momentum, gradient, velocity, parameters, 0, 1);
  } else if (decay != 0) {
    NAME(descend)(count, rate, decay, momentum, gradient, velocity, parameters, 1, 0);
  } else {
    NAME(descend)(count, rate, decay, momentum, gradient, velocity, parameters, 0, 0);
  }
}

#undef LANES
#undef AT
#undef READ
#undef SPLAT
#undef POSITIVE
