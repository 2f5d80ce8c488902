// Clients that keep a control plane as busy as it can be: each argument is a connection, which
// sends the requests of its files (FILE or FILE,FILE…) in turn, the next one as soon as the last
// one is answered. It says when it has started. SIGTERM, or five minutes, ends it: what is under
// way is answered first, so that nothing of it falls into what is measured next. At the end it
// prints what was answered.
//
// They stand for clients on other machines, whose processor time costs bids nothing. So they are
// one process, it has what others leave (SCHED_IDLE), and it asks the kernel for little at a time:
// one that does not preempt itself would copy a megabyte before anything else runs.

#define _GNU_SOURCE
#include "clients.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
  lifetime_seconds = 300,
  drain_seconds = 60,
  requests_max = 8,
  send_bytes = 16384,
  retry_milliseconds = 10,
};

typedef struct {
  char *bytes;
  size_t size;
} request;

typedef struct {
  peer peer;
  request requests[requests_max];
  int request_count, next;
  size_t sent;
} client;

static client clients[connections_max];
static uint64_t answered, by_class[10];
static uint16_t port;
static volatile sig_atomic_t is_over;

static void end(int signal) {
  (void)signal;
  is_over = 1;
}

static void load(client *client, char *files) {
  char *rest = NULL;
  for (char *file = strtok_r(files, ",", &rest); file; file = strtok_r(NULL, ",", &rest)) {
    if (client->request_count == requests_max) refuse("more than 8 files for a connection");
    request *next = &client->requests[client->request_count++];
    next->bytes = file_bytes(file, &next->size);
  }
  if (client->request_count == 0) refuse("a connection without a file");
}

static void watch(int poller, client *client, int operation) {
  const request *now = &client->requests[client->next];
  uint32_t events = client->sent < now->size ? EPOLLIN | EPOLLOUT : EPOLLIN;
  struct epoll_event event = {.events = events, .data.ptr = client};
  if (epoll_ctl(poller, operation, client->peer.descriptor, &event) < 0) fail("epoll_ctl");
}

// Sends what the socket takes; false where the server has closed.
static int send_more(client *client) {
  const request *now = &client->requests[client->next];
  while (client->sent < now->size) {
    size_t rest = now->size - client->sent;
    ssize_t count = send(client->peer.descriptor, now->bytes + client->sent,
                         rest < send_bytes ? rest : send_bytes, MSG_NOSIGNAL);
    if (count < 0) return errno == EAGAIN || errno == EINTR;
    client->sent += (size_t)count;
  }
  return 1;
}

static void count_answer(client *client, int status) {
  answered++;
  by_class[status / 100 % 10]++;
  client->sent = 0;
  client->next = (client->next + 1) % client->request_count;
}

static void start(int poller, client *client) {
  client->sent = 0;
  if (peer_connect(&client->peer, port)) watch(poller, client, EPOLL_CTL_ADD);
}

// An answer that comes before the request is sent is followed by a new connection.
static void go_on(int poller, client *client) {
  int is_open = peer_receive(&client->peer);
  int status = peer_status(&client->peer);
  int is_early = status != 0 && client->sent < client->requests[client->next].size;
  if (status != 0) count_answer(client, status);
  int is_done = status != 0 && is_over;
  if (is_open && !is_early && !is_done && send_more(client)) {
    return watch(poller, client, EPOLL_CTL_MOD);
  }
  peer_close(&client->peer);
}

// Opens what is closed, if more is to be asked; false where nothing is open.
static int open_all(int poller, int count) {
  int open = 0;
  for (int index = 0; index < count; index++) {
    if (clients[index].peer.descriptor < 0 && !is_over) start(poller, &clients[index]);
    open += clients[index].peer.descriptor >= 0;
  }
  return open > 0 || !is_over;
}

static void run(int poller, int count) {
  struct epoll_event ready[connections_max];
  uint64_t end = 0;
  while (open_all(poller, count)) {
    int ready_count = epoll_wait(poller, ready, connections_max, retry_milliseconds);
    for (int index = 0; index < ready_count; index++) go_on(poller, ready[index].data.ptr);
    if (is_over && end == 0) end = now_ns() + drain_seconds * 1000000000ull;
    if (end != 0 && now_ns() > end) break;
  }
}

int run_flood(int count, char **arguments) {
  if (count < 2 || count > connections_max) refuse("flood PORT FILE[,FILE...]...");
  port = (uint16_t)atoi(arguments[0]);
  for (int index = 1; index < count; index++) {
    load(&clients[index - 1], arguments[index]);
    clients[index - 1].peer.descriptor = -1;
  }
  struct sched_param last = {.sched_priority = 0};
  if (sched_setscheduler(0, SCHED_IDLE, &last) != 0) fail("sched_setscheduler");
  signal(SIGTERM, end);
  signal(SIGALRM, end);
  // The thread that started this process may have blocked what ends it.
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGALRM);
  sigprocmask(SIG_UNBLOCK, &ends, NULL);
  alarm(lifetime_seconds);
  int poller = epoll_create1(EPOLL_CLOEXEC);
  open_all(poller, count - 1);
  puts("started");
  fflush(stdout);
  run(poller, count - 1);
  printf("{\"answers\":%lu,\"by_class\":[", answered);
  for (int class = 1; class < 6; class++) printf("%s%lu", class > 1 ? "," : "", by_class[class]);
  puts("]}");
  return 0;
}
