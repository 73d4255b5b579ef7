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

#define DYN_SPLAT(x) ((lanes){(x), (x), (x), (x), (x), (x), (x), (x)})

/// The sum of eight numbers, in one order everywhere.
#define DYN_SUM(v) \
  ((((v)[0] + (v)[4]) + ((v)[2] + (v)[6])) + (((v)[1] + (v)[5]) + ((v)[3] + (v)[7])))

#endif
