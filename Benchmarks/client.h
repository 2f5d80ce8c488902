// What the clients of benchmarks have in common: connections to a server on this machine, on one
// epoll set, and what goes wrong. Who includes it defines `client_name`, which errors begin with.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    buffer_bytes = 16384,
    statuses = 600,
};

typedef struct {
    int fd;
    size_t filled;
    // When its request was sent, or was planned to be.
    uint64_t since_ns;
    // With room for a zero behind what was received.
    char bytes[buffer_bytes + 1];
} connection;

// Answers by status; those of no status that there is are 0.
static uint64_t by_status[statuses];

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void refuse(const char *what) {
    fprintf(stderr, "%s: %s\n", client_name, what);
    exit(64);
}

static void give_up(const char *what) {
    fprintf(stderr, "%s: %s\n", client_name, what);
    exit(1);
}

static uint64_t now_ns(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

// All of a file, with a zero behind it.
static char *read_file(const char *path, size_t *size) {
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

static connection *open_connection(uint16_t port, int poller) {
    int on = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connection *peer = calloc(1, sizeof *peer);
    if (peer == NULL) fail("calloc");
    peer->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (peer->fd < 0) fail("socket");
    if (connect(peer->fd, (struct sockaddr *)&address, sizeof address) < 0) fail("connect");
    setsockopt(peer->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = peer};
    if (epoll_ctl(poller, EPOLL_CTL_ADD, peer->fd, &event) < 0) fail("epoll_ctl");
    return peer;
}

static void send_bytes(connection *peer, const char *bytes, size_t size) {
    if (write(peer->fd, bytes, size) != (ssize_t)size) fail("write");
}

static void receive_bytes(connection *peer) {
    if (peer->filled == buffer_bytes) give_up("an answer of more than 16 KB");
    ssize_t count = read(peer->fd, peer->bytes + peer->filled, buffer_bytes - peer->filled);
    if (count < 0) fail("read");
    if (count == 0) give_up("the server closed a connection");
    peer->filled += (size_t)count;
}

// The status of a whole answer, and its length; -1 while it is not complete.
static int whole_answer(const connection *peer, size_t *length) {
    const char *head_end = memmem(peer->bytes, peer->filled, "\r\n\r\n", 4);
    if (head_end == NULL) return -1;
    *length = (size_t)(head_end - peer->bytes) + 4;
    for (const char *line = peer->bytes; line < head_end;) {
        if (strncasecmp(line, "content-length:", 15) == 0) {
            *length += strtoul(line + 15, NULL, 10);
            break;
        }
        line = (const char *)memchr(line, '\n', (size_t)(head_end + 2 - line)) + 1;
    }
    return peer->filled < *length ? -1 : atoi(peer->bytes + 9);
}

static void count_status(int status) {
    by_status[status > 0 && status < statuses ? status : 0]++;
}

// The end of a line of JSON: an object of the statuses, and the end of what they are in.
static void print_statuses(void) {
    const char *comma = "";
    printf("\"status\":{");
    for (int status = 0; status < statuses; status++) {
        if (by_status[status] == 0) continue;
        printf("%s\"%d\":%lu", comma, status, by_status[status]);
        comma = ",";
    }
    puts("}}");
}
