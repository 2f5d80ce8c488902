// A server that does nothing: the least that an HTTP server on epoll can cost for a bid request.
//
// Each worker thread has its own listener (SO_REUSEPORT) and its own level-triggered epoll set.
// It reads a POST until its whole body is in, and answers with fixed bytes: one read and one
// write a request, connections kept alive. It looks at Content-Length and at nothing else.
//
//   floor [--port N] [--workers N] [--answer 204|200]
//
// Port 0 (the default) takes a free one; the line `listening PORT` says which.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    buffer_bytes = 16384,  // a head and a body of a few KB
    events_per_wait = 256,
    json_bytes = 600,  // what a bid of one banner takes
    workers_max = 256,
};

typedef struct {
    int fd;
    size_t filled;
    char bytes[buffer_bytes];
} connection;

static const char no_content[] = "HTTP/1.1 204 No Content\r\n\r\n";
static char answer[1024];
static size_t answer_bytes;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void prepare_answer(const char *status) {
    if (strcmp(status, "204") == 0) {
        answer_bytes = sizeof no_content - 1;
        memcpy(answer, no_content, answer_bytes);
        return;
    }
    int head = snprintf(answer, sizeof answer,
                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                        "x-openrtb-version: 2.6\r\nContent-Length: %d\r\n\r\n",
                        json_bytes);
    char *body = answer + head;
    memset(body, 'x', json_bytes);
    const char start[] = "{\"id\":\"7c1f0b52\",\"cur\":\"USD\",\"seatbid\":[{\"bid\":[{\"adm\":\"";
    const char end[] = "\"}]}]}";
    memcpy(body, start, sizeof start - 1);
    memcpy(body + json_bytes - (sizeof end - 1), end, sizeof end - 1);
    answer_bytes = (size_t)head + json_bytes;
}

static int open_listener(uint16_t *port) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    int on = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(*port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0) fail("socket");
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) < 0) fail("SO_REUSEPORT");
    if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0) fail("bind");
    if (listen(fd, 4096) < 0) fail("listen");
    socklen_t size = sizeof address;
    getsockname(fd, (struct sockaddr *)&address, &size);
    *port = ntohs(address.sin_port);
    return fd;
}

static void accept_all(int listener, int poller) {
    for (;;) {
        int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0) return;
        int on = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        connection *peer = malloc(sizeof *peer);
        if (peer == NULL) fail("malloc");
        peer->fd = fd;
        peer->filled = 0;
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = peer};
        if (epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event) < 0) fail("epoll_ctl");
    }
}

// Bytes of the first request in the buffer, or 0 while it is not whole.
static size_t request_bytes(const connection *peer) {
    const char *head_end = memmem(peer->bytes, peer->filled, "\r\n\r\n", 4);
    if (head_end == NULL) return 0;
    size_t head = (size_t)(head_end - peer->bytes) + 4;
    size_t body = 0;
    for (const char *line = peer->bytes; line < head_end;) {
        if (strncasecmp(line, "content-length:", 15) == 0) {
            body = strtoul(line + 15, NULL, 10);
            break;
        }
        line = (const char *)memchr(line, '\n', (size_t)(head_end + 2 - line)) + 1;
    }
    return peer->filled >= head + body ? head + body : 0;
}

// False when the connection is over.
static int serve(connection *peer) {
    ssize_t count = read(peer->fd, peer->bytes + peer->filled, buffer_bytes - peer->filled);
    if (count < 0) return errno == EAGAIN || errno == EINTR;
    if (count == 0) return 0;
    peer->filled += (size_t)count;
    for (size_t whole; (whole = request_bytes(peer)) != 0;) {
        if (write(peer->fd, answer, answer_bytes) != (ssize_t)answer_bytes) return 0;
        peer->filled -= whole;
        if (peer->filled != 0) memmove(peer->bytes, peer->bytes + whole, peer->filled);
    }
    return peer->filled < buffer_bytes;
}

static void *work(void *argument) {
    int listener = (int)(intptr_t)argument;
    int poller = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
    struct epoll_event ready[events_per_wait];
    if (poller < 0 || epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event) < 0) fail("epoll");
    for (;;) {
        int count = epoll_wait(poller, ready, events_per_wait, -1);
        for (int index = 0; index < count; index++) {
            connection *peer = ready[index].data.ptr;
            if (peer == NULL) {
                accept_all(listener, poller);
            } else if (!serve(peer)) {
                close(peer->fd);
                free(peer);
            }
        }
    }
    return NULL;
}

int main(int argc, char **argv) {
    uint16_t port = 0;
    int workers = 1;
    const char *status = "204";
    for (int index = 1; index < argc; index += 2) {
        const char *value = index + 1 < argc ? argv[index + 1] : "";
        if (strcmp(argv[index], "--port") == 0) {
            port = (uint16_t)atoi(value);
        } else if (strcmp(argv[index], "--workers") == 0) {
            workers = atoi(value);
        } else if (strcmp(argv[index], "--answer") == 0) {
            status = value;
        } else {
            workers = 0;
        }
    }
    if (workers < 1 || workers > workers_max ||
        (strcmp(status, "204") != 0 && strcmp(status, "200") != 0)) {
        fputs("usage: floor [--port N] [--workers N] [--answer 204|200]\n", stderr);
        return 64;
    }
    prepare_answer(status);
    int listeners[workers_max];
    for (int index = 0; index < workers; index++) listeners[index] = open_listener(&port);
    printf("listening %u\n", port);
    fflush(stdout);
    for (int index = 1; index < workers; index++) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, work, (void *)(intptr_t)listeners[index]) != 0) {
            fail("pthread_create");
        }
    }
    work((void *)(intptr_t)listeners[0]);
    return 0;
}
