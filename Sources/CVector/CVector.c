#include "CVector.h"

#include <string.h>

#if defined(__SSE2__)
#include <immintrin.h>
#elif defined(__ARM_NEON) && defined(__aarch64__)
#include <arm_neon.h>
#endif

// As signed numbers, bytes that are not ASCII are below 0x20 like control characters.

#if defined(__SSE2__)

static inline uint64_t bits(__m128i hits) { return (uint32_t)_mm_movemask_epi8(hits); }

static inline __m128i special(__m128i bytes) {
    return _mm_or_si128(
        _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20)), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
}

static inline nod_string_marks mark(const void *window) {
    const __m128i *parts = (const __m128i *)window;
    const __m128i quote = _mm_set1_epi8('"');
    __m128i a = _mm_loadu_si128(parts), b = _mm_loadu_si128(parts + 1);
    __m128i c = _mm_loadu_si128(parts + 2), d = _mm_loadu_si128(parts + 3);
    return (nod_string_marks){
        .quotes = bits(_mm_cmpeq_epi8(a, quote)) | bits(_mm_cmpeq_epi8(b, quote)) << 16
            | bits(_mm_cmpeq_epi8(c, quote)) << 32 | bits(_mm_cmpeq_epi8(d, quote)) << 48,
        .specials = bits(special(a)) | bits(special(b)) << 16 | bits(special(c)) << 32
            | bits(special(d)) << 48,
    };
}

#elif defined(__ARM_NEON) && defined(__aarch64__)

// NEON has no instruction that gathers a bit of each byte: rounds of pairwise sums do it.
static inline uint64_t bits(uint8x16_t a, uint8x16_t b, uint8x16_t c, uint8x16_t d) {
    const uint8x16_t place = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    uint8x16_t ab = vpaddq_u8(vandq_u8(a, place), vandq_u8(b, place));
    uint8x16_t cd = vpaddq_u8(vandq_u8(c, place), vandq_u8(d, place));
    uint8x16_t all = vpaddq_u8(ab, cd);
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(all, all)), 0);
}

static inline uint8x16_t special(uint8x16_t bytes) {
    return vorrq_u8(
        vcltq_s8(vreinterpretq_s8_u8(bytes), vdupq_n_s8(0x20)),
        vceqq_u8(bytes, vdupq_n_u8('\\')));
}

static inline nod_string_marks mark(const void *window) {
    const uint8_t *bytes = (const uint8_t *)window;
    const uint8x16_t quote = vdupq_n_u8('"');
    uint8x16_t a = vld1q_u8(bytes), b = vld1q_u8(bytes + 16);
    uint8x16_t c = vld1q_u8(bytes + 32), d = vld1q_u8(bytes + 48);
    return (nod_string_marks){
        .quotes = bits(
            vceqq_u8(a, quote), vceqq_u8(b, quote), vceqq_u8(c, quote), vceqq_u8(d, quote)),
        .specials = bits(special(a), special(b), special(c), special(d)),
    };
}

#else

static inline nod_string_marks mark(const void *window) {
    const uint8_t *bytes = (const uint8_t *)window;
    nod_string_marks marks = {0, 0};
    for (int place = 0; place < nod_window_bytes; place++) {
        uint8_t byte = bytes[place];
        marks.quotes |= (uint64_t)(byte == '"') << place;
        marks.specials |= (uint64_t)(byte < 0x20 || byte > 0x7F || byte == '\\') << place;
    }
    return marks;
}

#endif

nod_string_marks nod_mark_strings(const void *bytes, size_t count) {
    if (count >= nod_window_bytes) return mark(bytes);
    char window[nod_window_bytes];
    memset(window, ' ', nod_window_bytes);
    memcpy(window, bytes, count);
    return mark(window);
}

// Eight at a time, so that how many there are is hardly ever branched on; what is written past the
// last is overwritten. The highest bit is set so that no word is zero, which has no lowest bit.
static inline size_t place(uint64_t word, uint32_t base, uint32_t *places) {
    size_t count = (size_t)__builtin_popcountll(word);
    for (size_t written = 0; written < count; written += 8) {
        for (size_t slot = written; slot < written + 8; slot++) {
            places[slot] = base + (uint32_t)__builtin_ctzll(word | 1ull << 63);
            word &= word - 1;
        }
    }
    return count;
}

static size_t place_quotes(
    const char *windows, size_t count, uint32_t base, uint32_t *places, size_t *found) {
    size_t window = 0, filled = 0;
    for (; window < count; window++) {
        nod_string_marks marks = mark(windows + window * nod_window_bytes);
        if (marks.specials != 0) break;
        uint32_t start = base + (uint32_t)(window * nod_window_bytes);
        filled += place(marks.quotes, start, places + filled);
    }
    *found = filled;
    return window;
}

#if defined(__x86_64__)

// The same, four at a time: with BMI a word of zero has a lowest bit, the 64th.
__attribute__((target("avx2,bmi,popcnt"))) static inline size_t place_bmi(
    uint64_t word, uint32_t base, uint32_t *places) {
    size_t count = (size_t)_mm_popcnt_u64(word);
    for (size_t written = 0; written < count; written += 4) {
        for (size_t slot = written; slot < written + 4; slot++) {
            places[slot] = base + (uint32_t)_tzcnt_u64(word);
            word = _blsr_u64(word);
        }
    }
    return count;
}

__attribute__((target("avx2,bmi,popcnt"))) static size_t place_quotes_avx2(
    const char *windows, size_t count, uint32_t base, uint32_t *places, size_t *found) {
    const __m256i quote = _mm256_set1_epi8('"'), backslash = _mm256_set1_epi8('\\');
    const __m256i blank = _mm256_set1_epi8(0x20);
    size_t window = 0, filled = 0;
    for (; window < count; window++, base += nod_window_bytes) {
        const __m256i *parts = (const __m256i *)(windows + window * nod_window_bytes);
        __m256i low = _mm256_loadu_si256(parts), high = _mm256_loadu_si256(parts + 1);
        __m256i special = _mm256_or_si256(
            _mm256_or_si256(
                _mm256_cmpgt_epi8(blank, low), _mm256_cmpeq_epi8(low, backslash)),
            _mm256_or_si256(
                _mm256_cmpgt_epi8(blank, high), _mm256_cmpeq_epi8(high, backslash)));
        if (!_mm256_testz_si256(special, special)) break;
        uint64_t word = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, quote))
            | (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, quote)) << 32;
        filled += place_bmi(word, base, places + filled);
    }
    *found = filled;
    return window;
}

// Gathers the places of a whole window's quotes in one instruction.
__attribute__((target("avx512f,avx512bw,avx512vbmi2,bmi,popcnt"))) static size_t
place_quotes_avx512(
    const char *windows, size_t count, uint32_t base, uint32_t *places, size_t *found) {
    const __m512i quote = _mm512_set1_epi8('"'), backslash = _mm512_set1_epi8('\\');
    const __m512i blank = _mm512_set1_epi8(0x20);
    uint8_t ascending[nod_window_bytes];
    for (int byte = 0; byte < nod_window_bytes; byte++) ascending[byte] = (uint8_t)byte;
    const __m512i place = _mm512_loadu_si512(ascending);
    size_t window = 0, filled = 0;
    for (; window < count; window++, base += nod_window_bytes) {
        __m512i bytes = _mm512_loadu_si512(windows + window * nod_window_bytes);
        if ((_mm512_cmplt_epi8_mask(bytes, blank) | _mm512_cmpeq_epi8_mask(bytes, backslash)) != 0)
            break;
        uint64_t word = _mm512_cmpeq_epi8_mask(bytes, quote);
        size_t quotes = (size_t)__builtin_popcountll(word);
        __m512i hits = _mm512_maskz_compress_epi8(word, place);
        __m512i origin = _mm512_set1_epi32((int)base);
        for (size_t written = 0; written < quotes; written += 16) {
            __m512i wide = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(hits));
            _mm512_storeu_si512(places + filled + written, _mm512_add_epi32(wide, origin));
            hits = _mm512_alignr_epi64(_mm512_setzero_si512(), hits, 2);
        }
        filled += quotes;
    }
    *found = filled;
    return window;
}

static size_t place_any(
    const char *windows, size_t count, uint32_t base, uint32_t *places, size_t *found) {
    if (__builtin_cpu_supports("avx512vbmi2"))
        return place_quotes_avx512(windows, count, base, places, found);
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi"))
        return place_quotes_avx2(windows, count, base, places, found);
    return place_quotes(windows, count, base, places, found);
}

#else

static size_t place_any(
    const char *windows, size_t count, uint32_t base, uint32_t *places, size_t *found) {
    return place_quotes(windows, count, base, places, found);
}

#endif

size_t nod_place_quotes(
    const void *windows, size_t count, size_t rest, uint32_t base, uint32_t *places,
    size_t *found) {
    size_t passed = place_any(windows, count, base, places, found);
    if (passed < count || rest == 0) return passed;
    char last[nod_window_bytes];
    memset(last, ' ', nod_window_bytes);
    memcpy(last, (const char *)windows + count * nod_window_bytes, rest);
    uint32_t start = base + (uint32_t)(count * nod_window_bytes);
    size_t more = 0;
    passed += place_any(last, 1, start, places + *found, &more);
    *found += more;
    return passed;
}
