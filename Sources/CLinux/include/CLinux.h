// What Linux offers and Swift's Glibc module leaves out. Functions that need `_GNU_SOURCE` are
// defined in CLinux.c, so that this header never changes what other headers declare.

#ifndef NOD_CLINUX_H
#define NOD_CLINUX_H

#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/types.h>
#include <sys/vfs.h>

// accept4 with SOCK_NONBLOCK and SOCK_CLOEXEC.
int nod_accept(int listener);

// recv and send without flags and signals. Unlike glibc's they are no cancellation points, which two
// of glibc's functions more say to each call where a process has threads.
ssize_t nod_receive(int socket, void *bytes, size_t capacity);
ssize_t nod_send(int socket, const void *bytes, size_t count);

// Names the calling thread; at most 15 bytes are kept.
int nod_thread_name(const char *name);

// Binds the calling thread to one processor.
int nod_thread_affinity(int processor);

// Timer slack of the calling thread: one nanosecond.
int nod_thread_exact_timers(void);

// epoll_wait with a timeout in nanoseconds; whole milliseconds, rounded up, before Linux 5.11.
int nod_epoll_wait(int poller, struct epoll_event *events, int capacity, int64_t nanoseconds);

// SCHED_BATCH and a nice value for the calling thread alone, and for good: it loses the right to
// raise itself.
int nod_thread_batch(int nice_value);

// SCHED_IDLE for a thread of this process that is of SCHED_BATCH, or the reverse: 1; 0 where it is
// of neither, or so already; -1 where it is gone or the process may not.
int nod_thread_rest(int thread);
int nod_thread_lift(int thread);

// Whether a thread of this process is of SCHED_BATCH.
int nod_thread_is_batch(int thread);

// The calling thread's number.
int nod_thread_id(void);

// Whether the clock is kept right: 1 or 0; -1 where the kernel does not tell. The error is in
// microseconds.
int nod_clock_state(long *largest_error);

// Renames a path to one that must not exist yet; -1 with EEXIST where it does.
int nod_rename_new(const char *path, const char *new_path);

// The EPOLL constants as plain numbers; the enum of glibc is imported as an own type.
static inline uint32_t nod_epoll_in(void) { return EPOLLIN; }
static inline uint32_t nod_epoll_out(void) { return EPOLLOUT; }
static inline uint32_t nod_epoll_read_closed(void) { return EPOLLRDHUP; }
static inline uint32_t nod_epoll_gone(void) { return EPOLLERR | EPOLLHUP; }

#endif
