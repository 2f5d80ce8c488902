// Bitmaps narrowed by many rows of words at once.

#ifndef NOD_NARROW_ROWS_H
#define NOD_NARROW_ROWS_H

#include <stddef.h>
#include <stdint.h>

// A row's place is its first word's: in a table, or with this bit in the caller's own words.
enum { nod_own_row = 1 << 30 };

// At most so many steps at once.
enum { nod_most_row_steps = 32 };

// What narrows: `candidates &= row | other`, or `candidates &= ~row` where it drops.
typedef struct {
    uint32_t row;
    uint32_t other;
    uint32_t drops;
} nod_row_step;

// Takes the steps one after the other; each row has as many words as the candidates.
//
// Returns the number of the step that left nothing, `count` where something is left, and -1 where
// there was nothing.
ptrdiff_t nod_narrow_rows(
    uint64_t *candidates, size_t words, const uint64_t *table, const uint64_t *own,
    const nod_row_step *steps, size_t count);

#endif
