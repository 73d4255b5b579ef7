#include "DynKernels.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

static int has_instructions;

/// Asked once, when the program starts: a virtual machine takes long to answer.
__attribute__((constructor)) static void find_instructions(void) {
  unsigned a, b, c, d;
  has_instructions = __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b >> 29 & 1);
}

/// Four rounds are two instructions; message words are kept four to a register.
__attribute__((target("sha,sse4.1,ssse3")))
static void compress(
    uint32_t *state, const uint32_t *constants, const uint8_t *bytes, int64_t blocks) {
  const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
  __m128i low = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xB1);
  __m128i high = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state + 4)), 0x1B);
  __m128i abef = _mm_alignr_epi8(low, high, 8);
  __m128i cdgh = _mm_blend_epi16(high, low, 0xF0);
  for (int64_t block = 0; block < blocks; block++, bytes += 64) {
    const __m128i abef_before = abef, cdgh_before = cdgh;
    __m128i w[4];
    for (int i = 0; i < 4; i++)
      w[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(bytes + 16 * i)), swap);
    for (int g = 0; g < 16; g++) {
      __m128i sum = _mm_add_epi32(
          w[g % 4], _mm_loadu_si128((const __m128i *)(constants + 4 * g)));
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0E));
      if (g < 12) {
        __m128i next = _mm_sha256msg1_epu32(w[g % 4], w[(g + 1) % 4]);
        next = _mm_add_epi32(next, _mm_alignr_epi8(w[(g + 3) % 4], w[(g + 2) % 4], 4));
        w[g % 4] = _mm_sha256msg2_epu32(next, w[(g + 3) % 4]);
      }
    }
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }
  low = _mm_shuffle_epi32(abef, 0x1B);
  high = _mm_shuffle_epi32(cdgh, 0xB1);
  _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(low, high, 0xF0));
  _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(high, low, 8));
}

int32_t dyn_sha256(
    uint32_t *state, const uint32_t *constants, const uint8_t *bytes, int64_t blocks) {
  if (!has_instructions) return 0;
  compress(state, constants, bytes, blocks);
  return 1;
}

#else

int32_t dyn_sha256(
    uint32_t *state, const uint32_t *constants, const uint8_t *bytes, int64_t blocks) {
  (void)state, (void)constants, (void)bytes, (void)blocks;
  return 0;
}

#endif
