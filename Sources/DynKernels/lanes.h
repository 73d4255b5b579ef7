#ifndef DYN_LANES_H
#define DYN_LANES_H

#include <stdint.h>
#include <string.h>

// Sanitizers instrument what chooses a version, which runs before they are ready.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
#define DYN_SANITIZED
#endif
#endif

// One version of a kernel for each generation of the processor, chosen when the program starts.
#if defined(__x86_64__) && defined(__linux__) && !defined(DYN_SANITIZED)
#define DYN_CLONES __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define DYN_CLONES
#endif

#define DYN_INLINE static inline __attribute__((always_inline))

#pragma STDC FP_CONTRACT OFF

/// Eight numbers that are computed side by side.
typedef double lanes __attribute__((vector_size(64), aligned(8)));

/// As many numbers as 64 bytes hold, in the numbers that the last letters name, and their comparisons.
typedef float lanes_f32 __attribute__((vector_size(64), aligned(4)));
typedef int32_t mask_f32 __attribute__((vector_size(64)));
typedef double lanes_f64 __attribute__((vector_size(64), aligned(8)));
typedef int64_t mask_f64 __attribute__((vector_size(64), aligned(8)));

#define DYN_SPLAT(x) ((lanes){(x), (x), (x), (x), (x), (x), (x), (x)})

/// The sum of eight numbers, in one order everywhere.
#define DYN_SUM(v) \
  ((((v)[0] + (v)[4]) + ((v)[2] + (v)[6])) + (((v)[1] + (v)[5]) + ((v)[3] + (v)[7])))

/// The sums of eight times eight numbers, each in the order of `DYN_SUM`.
DYN_INLINE lanes sums_of_eight(const lanes *v) {
  lanes half[4], quarter[2];
  for (int i = 0; i < 4; i++)
    half[i] = __builtin_shufflevector(v[2 * i], v[2 * i + 1], 0, 1, 2, 3, 8, 9, 10, 11)
              + __builtin_shufflevector(v[2 * i], v[2 * i + 1], 4, 5, 6, 7, 12, 13, 14, 15);
  for (int i = 0; i < 2; i++)
    quarter[i] = __builtin_shufflevector(half[2 * i], half[2 * i + 1], 0, 1, 4, 5, 8, 9, 12, 13)
                 + __builtin_shufflevector(
                     half[2 * i], half[2 * i + 1], 2, 3, 6, 7, 10, 11, 14, 15);
  return __builtin_shufflevector(quarter[0], quarter[1], 0, 2, 4, 6, 8, 10, 12, 14)
         + __builtin_shufflevector(quarter[0], quarter[1], 1, 3, 5, 7, 9, 11, 13, 15);
}

#endif
