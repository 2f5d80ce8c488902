// Loops over many bytes or words at once, which Swift's own vector types do an order of magnitude slower.

#ifndef NOD_CVECTOR_H
#define NOD_CVECTOR_H

#include <stddef.h>
#include <stdint.h>

#include "NarrowRows.h"

// A window is 64 bytes; a word has a bit for each of them, the lowest for the first.
enum { nod_window_bytes = 64 };

// What a scanner of JSON strings stops at.
typedef struct {
    // The quotes.
    uint64_t quotes;
    // Backslashes, control characters (below 0x20) and bytes that are not ASCII.
    uint64_t specials;
} nod_string_marks;

// The marks of the first `count` bytes, at most a window.
nod_string_marks nod_mark_strings(const void *bytes, size_t count);

// Writes the place of every quote, counted from `base`, window by window up to the first one that
// has specials. `rest` bytes behind the windows, fewer than a window, are a last one of their own.
// `places` has room for 64 more than are in all of them.
//
// Returns the windows passed; `found` takes the number of places.
size_t nod_place_quotes(
    const void *windows, size_t count, size_t rest, uint32_t base, uint32_t *places,
    size_t *found);

// Has the processor fetch the cache line of an address that is read soon.
static inline void nod_prefetch(const void *address) { __builtin_prefetch(address); }

#endif
