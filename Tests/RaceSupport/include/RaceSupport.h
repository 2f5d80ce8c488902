#ifndef RACE_SUPPORT_H
#define RACE_SUPPORT_H

/* Nothing to call: RaceSupport.c tells ThreadSanitizer of the locks of Synchronization.Mutex. */

#endif
