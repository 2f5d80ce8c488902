#define _GNU_SOURCE
#include "clients.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

void refuse(const char *what) {
  fprintf(stderr, "isolation-clients: %s\n", what);
  exit(64);
}

void fail(const char *what) {
  perror(what);
  exit(1);
}

uint64_t now_ns(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

char *file_bytes(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) fail(path);
  fseek(file, 0, SEEK_END);
  *size = (size_t)ftell(file);
  rewind(file);
  char *bytes = malloc(*size + 1);
  if (bytes == NULL || fread(bytes, 1, *size, file) != *size) fail(path);
  bytes[*size] = 0;
  fclose(file);
  return bytes;
}

int peer_connect(peer *peer, uint16_t port) {
  int on = 1;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (peer->answer == NULL) peer->answer = malloc(answer_bytes);
  if (peer->answer == NULL) fail("malloc");
  peer->filled = 0;
  peer->descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (peer->descriptor < 0) fail("socket");
  if (connect(peer->descriptor, (struct sockaddr *)&address, sizeof address) < 0) {
    peer_close(peer);
    return 0;
  }
  setsockopt(peer->descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  fcntl(peer->descriptor, F_SETFL, O_NONBLOCK);
  return 1;
}

void peer_close(peer *peer) {
  if (peer->descriptor >= 0) close(peer->descriptor);
  peer->descriptor = -1;
}

int peer_receive(peer *peer) {
  size_t room = answer_bytes - peer->filled;
  if (room == 0) refuse("an answer is longer than 4 MiB");
  ssize_t count = read(peer->descriptor, peer->answer + peer->filled, room);
  if (count < 0) return errno == EAGAIN || errno == EINTR;
  peer->filled += (size_t)count;
  return count > 0;
}

static int has_prefix(const char *line, const char *end, const char *name) {
  size_t size = strlen(name);
  return (size_t)(end - line) >= size && strncasecmp(line, name, size) == 0;
}

int peer_status(peer *peer) {
  static const char last_chunk[] = "\r\n0\r\n\r\n";
  const size_t chunk_size = sizeof last_chunk - 1;
  const char *end = peer->answer + peer->filled;
  const char *head_end = memmem(peer->answer, peer->filled, "\r\n\r\n", 4);
  if (head_end == NULL) return 0;
  size_t whole = (size_t)(head_end - peer->answer) + 4;
  for (const char *line = peer->answer; line < head_end;) {
    if (has_prefix(line, head_end, "content-length:")) whole += strtoul(line + 15, NULL, 10);
    if (has_prefix(line, head_end, "transfer-encoding:")) {
      // No answer of the server has these bytes within a chunk: they are JSON, YAML and text.
      if (memcmp(end - chunk_size, last_chunk, chunk_size) != 0) return 0;
      whole = peer->filled;
    }
    line = (const char *)memchr(line, '\n', (size_t)(head_end + 2 - line)) + 1;
  }
  if (peer->filled < whole) return 0;
  peer->filled = 0;
  return atoi(peer->answer + 9);
}
