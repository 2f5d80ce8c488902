#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

ssize_t nod_receive(int socket, void *bytes, size_t capacity) {
  return syscall(SYS_recvfrom, socket, bytes, capacity, 0, NULL, NULL);
}

ssize_t nod_send(int socket, const void *bytes, size_t count) {
  return syscall(SYS_sendto, socket, bytes, count, MSG_NOSIGNAL, NULL, 0);
}

int nod_accept(int listener) {
  return accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

int nod_thread_name(const char *name) {
  char kept[16];
  strncpy(kept, name, sizeof kept - 1);
  kept[sizeof kept - 1] = 0;
  return pthread_setname_np(pthread_self(), kept);
}

int nod_thread_affinity(int processor) {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (processor < 0 || processor >= CPU_SETSIZE) return -1;
  CPU_SET(processor, &set);
  return pthread_setaffinity_np(pthread_self(), sizeof set, &set);
}

int nod_thread_exact_timers(void) { return prctl(PR_SET_TIMERSLACK, 1, 0, 0, 0); }

int nod_epoll_wait(int poller, struct epoll_event *events, int capacity, int64_t nanoseconds) {
  struct timespec time = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
  int count = epoll_pwait2(poller, events, capacity, &time, NULL);
  if (count >= 0 || errno != ENOSYS) return count;
  return epoll_wait(poller, events, capacity, (int)((nanoseconds + 999999) / 1000000));
}

int nod_thread_batch(int nice_value) {
  struct sched_param parameters = {.sched_priority = 0};
  if (sched_setscheduler(0, SCHED_BATCH, &parameters) != 0) return -1;
  if (setpriority(PRIO_PROCESS, (id_t)syscall(SYS_gettid), nice_value) != 0) return -1;
  // Dispatch gives its threads nice values of its own where it may: root may without this. The
  // threads that this one starts inherit what it is left.
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3];
  if (syscall(SYS_capget, &header, sets) != 0) return -1;
  unsigned index = CAP_TO_INDEX(CAP_SYS_NICE), mask = ~CAP_TO_MASK(CAP_SYS_NICE);
  sets[index].effective &= mask;
  sets[index].permitted &= mask;
  sets[index].inheritable &= mask;
  return (int)syscall(SYS_capset, &header, sets);
}

static int change_policy(int thread, int from, int to) {
  struct sched_param parameters = {.sched_priority = 0};
  int policy = sched_getscheduler(thread);
  if (policy != from) return policy < 0 ? -1 : 0;
  return sched_setscheduler(thread, to, &parameters) == 0 ? 1 : -1;
}

int nod_thread_rest(int thread) { return change_policy(thread, SCHED_BATCH, SCHED_IDLE); }

int nod_thread_lift(int thread) { return change_policy(thread, SCHED_IDLE, SCHED_BATCH); }

int nod_thread_is_batch(int thread) { return sched_getscheduler(thread) == SCHED_BATCH; }

int nod_thread_id(void) { return (int)syscall(SYS_gettid); }

int nod_clock_state(long *largest_error) {
  struct timex state = {.modes = 0};
  int result = adjtimex(&state);
  if (result < 0) return -1;
  *largest_error = state.maxerror;
  return result != TIME_ERROR && !(state.status & STA_UNSYNC);
}

int nod_rename_new(const char *path, const char *new_path) {
  return renameat2(AT_FDCWD, path, AT_FDCWD, new_path, RENAME_NOREPLACE);
}
