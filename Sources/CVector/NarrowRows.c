#include "NarrowRows.h"

#include <string.h>

// Eight words, wherever they lie: clang takes as many registers for them as the target has.
typedef uint64_t nod_block __attribute__((vector_size(64), aligned(8)));

enum { block_words = 8 };

// A step with its rows found.
typedef struct {
    const uint64_t *row;
    const uint64_t *other;
    uint64_t drops;
} found_step;

static inline __attribute__((always_inline)) const uint64_t *find_row(
    uint32_t place, const uint64_t *table, const uint64_t *own) {
    return (place & nod_own_row) != 0 ? own + (place & ~nod_own_row) : table + place;
}

// The steps lie inside, so that a block stays in its registers and is left when nothing of it is
// alive: the furthest step that a block came to is the one that left nothing.
static inline __attribute__((always_inline)) ptrdiff_t narrow_blocks(
    uint64_t *candidates, size_t words, const found_step *steps, size_t count, const int parts) {
    const size_t width = (size_t)parts * block_words;
    ptrdiff_t furthest = -1;
    for (size_t at = 0;;) {
        nod_block left[2], row[2], other[2], any;
        memcpy(left, candidates + at, width * sizeof *candidates);
        any = parts == 2 ? left[0] | left[1] : left[0];
        if (__builtin_reduce_or(any) != 0) {
            size_t step = 0;
            for (; step < count; step++) {
                memcpy(row, steps[step].row + at, width * sizeof *candidates);
                if (steps[step].drops) {
                    for (int part = 0; part < parts; part++) left[part] &= ~row[part];
                } else {
                    memcpy(other, steps[step].other + at, width * sizeof *candidates);
                    for (int part = 0; part < parts; part++) left[part] &= row[part] | other[part];
                }
                any = parts == 2 ? left[0] | left[1] : left[0];
                if (__builtin_reduce_or(any) == 0) break;
            }
            memcpy(candidates + at, left, width * sizeof *candidates);
            if ((ptrdiff_t)step > furthest) furthest = (ptrdiff_t)step;
        }
        if (at + width == words) return furthest;
        // The last block may overlap the one before it: what is narrowed twice stays the same.
        at = at + 2 * width <= words ? at + width : words - width;
    }
}

static inline __attribute__((always_inline)) ptrdiff_t narrow_words(
    uint64_t *candidates, size_t words, const found_step *steps, size_t count) {
    ptrdiff_t furthest = -1;
    for (size_t at = 0; at < words; at++) {
        uint64_t left = candidates[at];
        if (left == 0) continue;
        size_t step = 0;
        for (; step < count; step++) {
            uint64_t row = steps[step].row[at];
            left &= steps[step].drops ? ~row : row | steps[step].other[at];
            if (left == 0) break;
        }
        candidates[at] = left;
        if ((ptrdiff_t)step > furthest) furthest = (ptrdiff_t)step;
    }
    return furthest;
}

// Two blocks at a time where there are as many: what is done for a step counts half then.
static inline __attribute__((always_inline)) ptrdiff_t narrow(
    uint64_t *candidates, size_t words, const uint64_t *table, const uint64_t *own,
    const nod_row_step *steps, size_t count) {
    found_step found[nod_most_row_steps];
#pragma clang loop vectorize(disable)
    for (size_t step = 0; step < count; step++)
        found[step] = (found_step){find_row(steps[step].row, table, own),
                                   find_row(steps[step].other, table, own), steps[step].drops};
    if (words >= 2 * block_words) return narrow_blocks(candidates, words, found, count, 2);
    if (words >= block_words) return narrow_blocks(candidates, words, found, count, 1);
    return narrow_words(candidates, words, found, count);
}

#if defined(__x86_64__)

__attribute__((target("avx512f"))) static ptrdiff_t narrow_avx512(
    uint64_t *candidates, size_t words, const uint64_t *table, const uint64_t *own,
    const nod_row_step *steps, size_t count) {
    return narrow(candidates, words, table, own, steps, count);
}

__attribute__((target("avx2"))) static ptrdiff_t narrow_avx2(
    uint64_t *candidates, size_t words, const uint64_t *table, const uint64_t *own,
    const nod_row_step *steps, size_t count) {
    return narrow(candidates, words, table, own, steps, count);
}

ptrdiff_t nod_narrow_rows(
    uint64_t *candidates, size_t words, const uint64_t *table, const uint64_t *own,
    const nod_row_step *steps, size_t count) {
    if (__builtin_cpu_supports("avx512f"))
        return narrow_avx512(candidates, words, table, own, steps, count);
    if (__builtin_cpu_supports("avx2"))
        return narrow_avx2(candidates, words, table, own, steps, count);
    return narrow(candidates, words, table, own, steps, count);
}

#else

ptrdiff_t nod_narrow_rows(
    uint64_t *candidates, size_t words, const uint64_t *table, const uint64_t *own,
    const nod_row_step *steps, size_t count) {
    return narrow(candidates, words, table, own, steps, count);
}

#endif
