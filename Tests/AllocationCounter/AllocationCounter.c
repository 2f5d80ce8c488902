// Counts a process's allocations thread by thread. Preloaded with LD_PRELOAD; the counts lie in the
// file that ALLOCATION_COUNTS names, so that another process reads them at any time.
#define _GNU_SOURCE
#include "AllocationCounter.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

static void *(*real_malloc)(size_t);
static void *(*real_calloc)(size_t, size_t);
static void *(*real_realloc)(void *, size_t);
static void *(*real_memalign)(size_t, size_t);
static void *(*real_aligned_alloc)(size_t, size_t);
static int (*real_posix_memalign)(void **, size_t, size_t);
static void (*real_free)(void *);

static struct nod_allocation_count *counts;
static atomic_int taken;
static __thread int slot __attribute__((tls_model("initial-exec"))) = -1;

// dlsym may allocate before the real functions are known.
static char early[65536];
static atomic_size_t early_used;

static void *early_alloc(size_t size) {
  size_t start = atomic_fetch_add(&early_used, (size + 15) / 16 * 16);
  return start + size <= sizeof early ? early + start : NULL;
}

static int is_early(void *memory) {
  return (char *)memory >= early && (char *)memory < early + sizeof early;
}

static void find_real(void) {
  real_calloc = dlsym(RTLD_NEXT, "calloc");
  real_malloc = dlsym(RTLD_NEXT, "malloc");
  real_realloc = dlsym(RTLD_NEXT, "realloc");
  real_memalign = dlsym(RTLD_NEXT, "memalign");
  real_aligned_alloc = dlsym(RTLD_NEXT, "aligned_alloc");
  real_posix_memalign = dlsym(RTLD_NEXT, "posix_memalign");
  real_free = dlsym(RTLD_NEXT, "free");
}

__attribute__((constructor)) static void open_counts(void) {
  if (!real_free) find_real();
  const char *path = getenv("ALLOCATION_COUNTS");
  if (!path) return;
  int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  size_t size = NOD_ALLOCATION_COUNTS * sizeof *counts;
  if (file < 0 || ftruncate(file, (off_t)size) != 0) abort();
  void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (memory == MAP_FAILED) abort();
  close(file);
  counts = memory;
}

static void count(void) {
  if (!counts) return;
  if (slot < 0) slot = atomic_fetch_add(&taken, 1);
  if (slot >= NOD_ALLOCATION_COUNTS) abort();
  int saved = errno;
  // A thread may be named after its first allocation.
  prctl(PR_GET_NAME, counts[slot].thread_name);
  errno = saved;
  counts[slot].count += 1;
}

void *malloc(size_t size) {
  if (!real_malloc) {
    if (!real_calloc && early_used == 0) find_real();
    if (!real_malloc) return early_alloc(size);
  }
  count();
  return real_malloc(size);
}

void *calloc(size_t number, size_t size) {
  if (!real_calloc) return early_alloc(number * size);
  count();
  return real_calloc(number, size);
}

void *realloc(void *old, size_t size) {
  if (!real_realloc) return NULL;
  count();
  if (!is_early(old)) return real_realloc(old, size);
  void *memory = real_malloc(size);
  if (memory) memcpy(memory, old, size);
  return memory;
}

void *memalign(size_t alignment, size_t size) {
  count();
  return real_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  count();
  return real_aligned_alloc(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
  count();
  return real_posix_memalign(memory, alignment, size);
}

void free(void *memory) {
  if (!memory || is_early(memory)) return;
  if (real_free) real_free(memory);
}
