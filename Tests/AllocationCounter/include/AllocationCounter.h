#ifndef NOD_ALLOCATION_COUNTER_H
#define NOD_ALLOCATION_COUNTER_H

#include <stdint.h>

/// One thread's count in the file that ALLOCATION_COUNTS names: 1,024 of them, in order of their
/// first allocation. Threads that never allocate have none.
struct nod_allocation_count {
  char thread_name[16];
  uint64_t count;
};

#define NOD_ALLOCATION_COUNTS 1024

#endif
