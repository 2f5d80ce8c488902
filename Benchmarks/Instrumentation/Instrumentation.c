#include "CInstrumentation.h"

#if defined(__has_include)
#if __has_include(<valgrind/callgrind.h>)
#include <stdio.h>
#include <valgrind/callgrind.h>
#define HAS_CALLGRIND 1
#endif
#endif

#ifdef HAS_CALLGRIND

static char names[256][16];

int nod_instructions_can_be_counted(void) { return 1; }

void nod_instructions_start(void) {
  // Named beforehand, so that a mark costs its call and no more.
  for (unsigned number = 0; number < 256; number++) {
    snprintf(names[number], sizeof names[number], "mark-%u", number);
  }
  CALLGRIND_START_INSTRUMENTATION;
}

void nod_instructions_stop(void) { CALLGRIND_STOP_INSTRUMENTATION; }

void nod_instructions_zero(void) { CALLGRIND_ZERO_STATS; }

void nod_instructions_mark(unsigned number) { CALLGRIND_DUMP_STATS_AT(names[number & 255]); }

#else

int nod_instructions_can_be_counted(void) { return 0; }
void nod_instructions_start(void) {}
void nod_instructions_stop(void) {}
void nod_instructions_zero(void) {}
void nod_instructions_mark(unsigned number) { (void)number; }

#endif
