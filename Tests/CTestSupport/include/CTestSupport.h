#ifndef C_TEST_SUPPORT_H
#define C_TEST_SUPPORT_H

#include <spawn.h>

/* Mutexes.c tells ThreadSanitizer of the locks of Synchronization.Mutex: nothing to call. */

/* What glibc declares for _GNU_SOURCE alone, which Swift's module of it is built without. */
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int first);
int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *restrict actions,
                                         const char *restrict path);

#endif
