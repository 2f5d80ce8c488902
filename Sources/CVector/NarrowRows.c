#include "CVector.h"

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

static inline __attribute__((always_inline)) const uint64_t *row(
    uint32_t place, const uint64_t *table, const uint64_t *own) {
    return (place & nod_own_row) != 0 ? own + (place & ~nod_own_row) : table + place;
}

// The steps lie inside, so that a block stays in its registers and is left when nothing of it is
// alive: the furthest step that a block came to is the one that left nothing.
static inline __attribute__((always_inline)) ptrdiff_t narrow(
    uint64_t *candidates, size_t words, const uint64_t *table, const uint64_t *own,
    const nod_row_step *steps, size_t count) {
    found_step found[nod_most_row_steps];
#pragma clang loop vectorize(disable)
    for (size_t step = 0; step < count; step++)
        found[step] = (found_step){row(steps[step].row, table, own),
                                   row(steps[step].other, table, own), steps[step].drops};
    ptrdiff_t furthest = -1;
    size_t at = 0;
    while (words >= block_words) {
        nod_block left;
        memcpy(&left, candidates + at, sizeof left);
        if (__builtin_reduce_or(left) != 0) {
            size_t step = 0;
            for (; step < count; step++) {
                nod_block kept, other;
                memcpy(&kept, found[step].row + at, sizeof kept);
                memcpy(&other, found[step].other + at, sizeof other);
                left &= found[step].drops ? ~kept : kept | other;
                if (__builtin_reduce_or(left) == 0) break;
            }
            memcpy(candidates + at, &left, sizeof left);
            if ((ptrdiff_t)step > furthest) furthest = (ptrdiff_t)step;
        }
        if (at + block_words == words) return furthest;
        // The last block may overlap the one before it: what is narrowed twice stays the same.
        at = at + 2 * block_words <= words ? at + block_words : words - block_words;
    }
    for (; at < words; at++) {
        uint64_t left = candidates[at];
        if (left == 0) continue;
        size_t step = 0;
        for (; step < count; step++) {
            uint64_t kept = found[step].row[at];
            left &= found[step].drops ? ~kept : kept | found[step].other[at];
            if (left == 0) break;
        }
        candidates[at] = left;
        if ((ptrdiff_t)step > furthest) furthest = (ptrdiff_t)step;
    }
    return furthest;
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
