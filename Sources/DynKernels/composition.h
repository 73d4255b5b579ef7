// The steps of a network that composes pairs of elements, for the numbers that REAL names; included
// once for each. Rows of arrays hold a multiple of WIDTH numbers.

#define LANES NAME(lanes)
#define MASK NAME(mask)
#define AT(pointer, i) (*(LANES *)((pointer) + (i)))
#define READ(pointer, i) (*(const LANES *)((pointer) + (i)))
#define SPLAT(x) ((LANES){0} + (x))
#define POSITIVE(v, kept) ((LANES)((MASK)(kept) & ((v) > (LANES){0})))
#define LARGER(a, b) \
  ((LANES)(((MASK)(a) & ((a) > (b))) | ((MASK)(b) & ~((a) > (b)))))

/// e^x for x ≤ 0, and exactly 0 below LOWEST; within two units of the last place.
///
/// x = n·ln 2 + r with |r| ≤ ln 2/2; the Taylor series of e^r, and n into the exponent.
DYN_INLINE void NAME(exponential)(LANES *place) {
  LANES x = *place;
  static const double inverse_factorials[14] = {
      1.0, 1.0, 1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120, 1.0 / 720, 1.0 / 5040, 1.0 / 40320,
      1.0 / 362880, 1.0 / 3628800, 1.0 / 39916800, 1.0 / 479001600, 1.0 / 6227020800};
  LANES shifted = x * (REAL)LOG2E + (REAL)ROUNDER;
  LANES n = shifted - (REAL)ROUNDER;
  LANES r = (x - n * (REAL)LN2_HIGH) - n * (REAL)LN2_LOW;
  LANES sum = SPLAT((REAL)inverse_factorials[DEGREE]);
  for (int k = DEGREE - 1; k >= 0; k--) sum = sum * r + (REAL)inverse_factorials[k];
  // The whole number stands in the last bits of what was rounded.
  MASK scale = ((MASK)shifted << MANTISSA) + (MASK)SPLAT((REAL)1);
  LANES value = sum * (LANES)scale;
  *place = (LANES)((MASK)value & (x >= SPLAT((REAL)LOWEST)));
}

DYN_CLONES
void NAME(dyn_exponentials)(int64_t count, REAL *values) {
  for (int64_t i = 0; i < count; i += WIDTH) NAME(exponential)(&AT(values, i));
}

DYN_CLONES
void NAME(dyn_composition_hidden)(
    int64_t width, int64_t rows, const int32_t *pairs, const REAL *first, const REAL *second,
    REAL *hidden, int32_t rectifies) {
  for (int64_t r = 0; r < rows; r++) {
    const REAL *a = first + pairs[2 * r] * width, *b = second + pairs[2 * r + 1] * width;
    REAL *h = hidden + r * width;
    if (rectifies) {
      for (int64_t i = 0; i < width; i += WIDTH) {
        LANES sum = READ(a, i) + READ(b, i);
        AT(h, i) = POSITIVE(sum, sum);
      }
    } else {
      for (int64_t i = 0; i < width; i += WIDTH) AT(h, i) = READ(a, i) * READ(b, i);
    }
  }
}

DYN_CLONES
double NAME(dyn_composition_losses)(
    int64_t classes, int64_t stride, int64_t rows, const int32_t *labels, REAL scale, REAL *logits,
    int64_t *correct) {
  double total = 0;
  int64_t right = 0;
  for (int64_t r = 0; r < rows; r++) {
    REAL *l = logits + r * stride;
    int32_t z = labels[r];
    for (int64_t i = classes; i < stride; i++) l[i] = -INFINITY;
    LANES tops = READ(l, 0);
    for (int64_t i = WIDTH; i < stride; i += WIDTH) tops = LARGER(READ(l, i), tops);
    REAL top = tops[0];
    for (int i = 1; i < WIDTH; i++) top = tops[i] > top ? tops[i] : top;
    double gap = (double)top - (double)l[z];
    if (gap == 0) {
      // Of equal logits the first one counts.
      int64_t first = 0;
      while (l[first] != top) first++;
      right += first == z;
    }
    for (int64_t i = 0; i < stride; i += WIDTH) {
      LANES below = READ(l, i) - SPLAT(top);
      NAME(exponential)(&below);
      AT(l, i) = below;
    }
    // What the other classes have is summed without that of the class itself, from which it would
    // have to be told apart by rounding once the class is nearly certain.
    REAL own = l[z];
    l[z] = 0;
    LANES sums = {0};
    for (int64_t i = 0; i < stride; i += WIDTH) sums += READ(l, i);
    double rest = NAME(sum)(&sums), all = rest + (double)own;
    total += gap == 0 ? log1p(rest) : gap + log(all);
    REAL factor = (REAL)((double)scale / all);
    for (int64_t i = 0; i < stride; i += WIDTH) AT(l, i) = READ(l, i) * factor;
    l[z] = (REAL)(-(double)scale * (rest / all));
  }
  *correct += right;
  return total;
}

DYN_CLONES
void NAME(dyn_composition_backward)(
    int64_t width, int64_t rows, const int32_t *pairs, const REAL *first, const REAL *second,
    const REAL *hidden, const REAL *slopes, REAL *first_sums, REAL *second_sums,
    int32_t rectifies) {
  for (int64_t r = 0; r < rows; r++) {
    const REAL *a = first + pairs[2 * r] * width, *b = second + pairs[2 * r + 1] * width;
    REAL *da = first_sums + pairs[2 * r] * width, *db = second_sums + pairs[2 * r + 1] * width;
    const REAL *s = slopes + r * width, *h = hidden + r * width;
    if (rectifies) {
      for (int64_t i = 0; i < width; i += WIDTH) {
        LANES slope = POSITIVE(READ(h, i), READ(s, i));
        AT(da, i) = READ(da, i) + slope;
        AT(db, i) = READ(db, i) + slope;
      }
    } else {
      for (int64_t i = 0; i < width; i += WIDTH) {
        LANES slope = READ(s, i);
        AT(da, i) = READ(da, i) + slope * READ(b, i);
        AT(db, i) = READ(db, i) + slope * READ(a, i);
      }
    }
  }
}

#undef LANES
#undef MASK
#undef AT
#undef READ
#undef SPLAT
#undef POSITIVE
#undef LARGER
