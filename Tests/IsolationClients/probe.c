// Asks for bids at planned times, whatever the server does meanwhile (an open loop): each latency
// counts from the planned time, so that a stall is seen in every request that fell into it. What
// the probe itself was late by is reported beside it.
//
// The probe stands for exchanges on machines of their own. So where it may, it runs ahead of all
// that it measures (SCHED_FIFO), for the microseconds that a send or a receive takes.

#define _GNU_SOURCE
#include "clients.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>

enum {
  connection_count = 8,
  answer_seconds = 60,
};

typedef struct {
  peer peer;
  uint64_t planned_ns;
  int is_asking;
} connection;

static connection connections[connection_count];
static char *request;
static size_t request_size;
static uint32_t *latencies_us, *lateness_us;
static size_t answered, sent, refused, failed;

static void build_request(const char *path, const char *body_path) {
  size_t body_size;
  char *body = file_bytes(body_path, &body_size);
  request = malloc(body_size + strlen(path) + 256);
  if (request == NULL) fail("malloc");
  int head = sprintf(request,
                     "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                     "Content-Length: %zu\r\n\r\n",
                     path, body_size);
  memcpy(request + head, body, body_size);
  request_size = (size_t)head + body_size;
  free(body);
}

static void drop(connection *connection) {
  if (connection->is_asking) failed++;
  connection->is_asking = 0;
  peer_close(&connection->peer);
}

// Sends the request that was planned for a time; false where every connection waits for an answer.
static int ask(uint64_t planned_ns) {
  for (int index = 0; index < connection_count; index++) {
    connection *free = &connections[index];
    if (free->is_asking || free->peer.descriptor < 0) continue;
    free->planned_ns = planned_ns;
    free->is_asking = 1;
    lateness_us[sent++] = (uint32_t)((now_ns() - planned_ns) / 1000);
    ssize_t size = send(free->peer.descriptor, request, request_size, MSG_NOSIGNAL);
    if (size != (ssize_t)request_size) drop(free);
    return 1;
  }
  return 0;
}

static void receive(connection *connection) {
  uint64_t now = now_ns();
  if (!peer_receive(&connection->peer)) return drop(connection);
  int status = peer_status(&connection->peer);
  if (status == 0) return;
  connection->is_asking = 0;
  if (status == 200) latencies_us[answered++] = (uint32_t)((now - connection->planned_ns) / 1000);
  else if (status == 204) refused++;
  else failed++;
}

// Waits for answers until a time.
static void wait_for_answers(int poller, uint64_t until_ns) {
  struct epoll_event ready[connection_count];
  uint64_t now = now_ns(), rest = until_ns > now ? until_ns - now : 0;
  struct timespec timeout = {.tv_sec = (time_t)(rest / 1000000000u),
                             .tv_nsec = (long)(rest % 1000000000u)};
  int count = epoll_pwait2(poller, ready, connection_count, &timeout, NULL);
  if (count < 0 && errno != EINTR) fail("epoll_pwait2");
  for (int index = 0; index < count; index++) receive(ready[index].data.ptr);
}

static int asking(void) {
  int count = 0;
  for (int index = 0; index < connection_count; index++) count += connections[index].is_asking;
  return count;
}

static void ask_for(int poller, double rate, size_t count) {
  uint64_t start = now_ns() + 1000000;
  for (size_t next = 0; next < count;) {
    uint64_t planned = start + (uint64_t)((double)next * 1e9 / rate);
    if (now_ns() >= planned && ask(planned)) {
      next++;
      continue;
    }
    // With no connection free only an answer helps; none in a minute is the end of it.
    int is_late = now_ns() >= planned;
    if (is_late && now_ns() - planned > answer_seconds * 1000000000ull) break;
    wait_for_answers(poller, is_late ? now_ns() + 1000000 : planned);
  }
  uint64_t end = now_ns() + answer_seconds * 1000000000ull;
  while (asking() > 0 && now_ns() < end) wait_for_answers(poller, end);
  failed = count - answered - refused;
}

static int by_size(const void *a, const void *b) {
  uint32_t first = *(const uint32_t *)a, second = *(const uint32_t *)b;
  return (first > second) - (first < second);
}

static uint32_t quantile(const uint32_t *sorted, size_t count, double share) {
  if (count == 0) return UINT32_MAX;
  size_t place = (size_t)((double)count * share);
  return sorted[place < count ? place : count - 1];
}

static void print_result(void) {
  qsort(latencies_us, answered, sizeof *latencies_us, by_size);
  qsort(lateness_us, sent, sizeof *lateness_us, by_size);
  printf("{\"bids\":%zu,\"no_bids\":%zu,\"failed\":%zu,\"p50_us\":%u,\"p99_us\":%u,\"max_us\":%u,"
         "\"late_p50_us\":%u,\"late_p99_us\":%u}\n",
         answered, refused, failed, quantile(latencies_us, answered, 0.5),
         quantile(latencies_us, answered, 0.99), quantile(latencies_us, answered, 1),
         quantile(lateness_us, sent, 0.5), quantile(lateness_us, sent, 0.99));
}

int run_probe(int count, char **arguments) {
  if (count != 5) refuse("probe PORT PATH BODY_FILE BIDS_PER_SECOND SECONDS");
  double rate = atof(arguments[3]), seconds = atof(arguments[4]);
  size_t wanted = (size_t)(rate * seconds);
  if (rate <= 0 || wanted < 1 || wanted > 10000000) refuse("a rate or a time is out of range");
  build_request(arguments[1], arguments[2]);
  latencies_us = calloc(wanted, sizeof *latencies_us);
  lateness_us = calloc(wanted, sizeof *lateness_us);
  if (latencies_us == NULL || lateness_us == NULL) fail("calloc");
  int poller = epoll_create1(EPOLL_CLOEXEC);
  for (int index = 0; index < connection_count; index++) {
    connection *next = &connections[index];
    if (!peer_connect(&next->peer, (uint16_t)atoi(arguments[0]))) fail("connect");
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = next};
    if (epoll_ctl(poller, EPOLL_CTL_ADD, next->peer.descriptor, &event) < 0) fail("epoll_ctl");
  }
  struct sched_param first = {.sched_priority = 1};
  sched_setscheduler(0, SCHED_FIFO, &first);
  prctl(PR_SET_TIMERSLACK, 1);
  ask_for(poller, rate, wanted);
  print_result();
  return 0;
}
