/* Synchronization.Mutex takes and releases an uncontended lock by an atomic instruction in the code
   that uses it, which ThreadSanitizer sees. A contended one is handed over by the kernel from within
   libswiftSynchronization.so, which is not instrumented, so that whatever such a lock guards is
   reported as a race. The functions below stand in the place of the library's, call them, and say
   what they did. Other builds have none of this. */
#define _GNU_SOURCE
#include "CTestSupport.h"

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context))
/* Synchronization._MutexHandle._lockSlow(UInt32) and ._unlockSlow(), in Swift's mangling. */
#define LOCK_SLOW "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK_SLOW "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

void __tsan_acquire(void *address);
void __tsan_release(void *address);

SWIFT void nod_lock_slow(uint32_t thread, SELF void *handle) __asm__(LOCK_SLOW);
SWIFT void nod_unlock_slow(SELF void *handle) __asm__(UNLOCK_SLOW);

static void *next(const char *name) {
  void *symbol = dlsym(RTLD_NEXT, name);
  if (!symbol) abort();
  return symbol;
}

SWIFT void nod_lock_slow(uint32_t thread, SELF void *handle) {
  SWIFT void (*lock)(uint32_t, SELF void *) = next(LOCK_SLOW);
  lock(thread, handle);
  __tsan_acquire(handle);
}

SWIFT void nod_unlock_slow(SELF void *handle) {
  SWIFT void (*unlock)(SELF void *) = next(UNLOCK_SLOW);
  __tsan_release(handle);
  unlock(handle);
}
#endif
#endif
