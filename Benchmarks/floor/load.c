// A closed-loop load client for the floor comparison: one thread, N connections, each with one
// request out at a time. The request bytes are built once; it prints one line of JSON.
//
//   load --port N --path PATH --body FILE [--connections N] [--seconds N] [--ids FILE] [--gzip 1]
//        [--spin 1]
//
// --ids: a file of user ids, one a line, that take turns in place of the body's buyeruid; they
// must be as long as it. A closed loop slows down with its server, so its latencies say little:
// what the comparison uses is the requests' number and the server's CPU time.
//
// --spin 1: asks for answers again and again instead of sleeping until some come.
//
// --gzip 1: sends the bodies compressed, each as it was with its id before the clock started.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
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
#include <zlib.h>

enum {
    buffer_bytes = 16384,
    connections_max = 4096,
    latency_us_max = 1000000,
    statuses = 600,
    zipped_max = 16384,  // 20 MB
};

typedef struct {
    int fd;
    size_t filled;
    uint64_t sent_ns;
    char bytes[buffer_bytes];
} connection;

static char *request;
static char *request_body;
static size_t request_size;
static char *id_place;
static char *ids;
static size_t id_size, id_count, next_id;
static uint64_t answered, by_status[statuses];
static uint32_t latency_us[latency_us_max + 1];

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void refuse(const char *what) {
    fprintf(stderr, "load: %s\n", what);
    exit(64);
}

static uint64_t now_ns(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

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

// A request with its body compressed, built beforehand for each id.
typedef struct {
    char *bytes;
    size_t size;
} zipped_request;

static zipped_request zipped[zipped_max];
static size_t zipped_count;

static void zip_request(const char *path, zipped_request *out) {
    size_t body_size = request_size - (size_t)(request_body - request);
    size_t room = body_size + 1024;
    char *body = malloc(room);
    out->bytes = malloc(room + strlen(path) + 512);
    if (body == NULL || out->bytes == NULL) fail("malloc");
    z_stream stream = {.next_in = (Bytef *)request_body, .avail_in = (uInt)body_size,
                       .next_out = (Bytef *)body, .avail_out = (uInt)room};
    // 16 more than the window's bits: gzip's head and tail.
    if (deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK ||
        deflate(&stream, Z_FINISH) != Z_STREAM_END) {
        refuse("the body was not compressed");
    }
    int head = sprintf(out->bytes,
                       "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                       "Content-Encoding: gzip\r\nx-openrtb-version: 2.6\r\n"
                       "Content-Length: %lu\r\n\r\n",
                       path, stream.total_out);
    memcpy(out->bytes + head, body, stream.total_out);
    out->size = (size_t)head + stream.total_out;
    deflateEnd(&stream);
    free(body);
}

static void zip_requests(const char *path) {
    if (id_count == 0) refuse("--gzip needs --ids");
    for (; zipped_count < zipped_max && zipped_count < id_count; zipped_count++) {
        memcpy(id_place, ids + zipped_count * (id_size + 1), id_size);
        zip_request(path, &zipped[zipped_count]);
    }
}

static void build_request(const char *path, const char *body_path) {
    size_t body_size;
    char *body = read_file(body_path, &body_size);
    request = malloc(body_size + strlen(path) + 512);
    if (request == NULL) fail("malloc");
    int head = sprintf(request,
                       "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                       "x-openrtb-version: 2.6\r\nContent-Length: %zu\r\n\r\n",
                       path, body_size);
    memcpy(request + head, body, body_size + 1);
    request_body = request + head;
    request_size = (size_t)head + body_size;
    free(body);
}

static void load_ids(const char *path) {
    const char key[] = "\"buyeruid\":\"";
    id_place = strstr(request, key);
    if (id_place == NULL) refuse("the body has no buyeruid");
    id_place += sizeof key - 1;
    id_size = strcspn(id_place, "\"");
    size_t size;
    ids = read_file(path, &size);
    for (char *line = ids; *line != 0; line += id_size + 1) {
        if (strcspn(line, "\n") != id_size) refuse("an id is not as long as the body's buyeruid");
        id_count++;
        if (line[id_size] == 0) break;
    }
    if (id_count == 0) refuse("no ids");
}

static void send_next(connection *peer) {
    if (zipped_count != 0) {
        const zipped_request *next = &zipped[next_id];
        if (++next_id == zipped_count) next_id = 0;
        peer->sent_ns = now_ns();
        if (write(peer->fd, next->bytes, next->size) != (ssize_t)next->size) fail("write");
        return;
    }
    if (id_count != 0) {
        memcpy(id_place, ids + next_id * (id_size + 1), id_size);
        if (++next_id == id_count) next_id = 0;
    }
    peer->sent_ns = now_ns();
    if (write(peer->fd, request, request_size) != (ssize_t)request_size) fail("write");
}

static connection *open_connection(uint16_t port, int poller) {
    int on = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connection *peer = malloc(sizeof *peer);
    if (peer == NULL) fail("malloc");
    peer->filled = 0;
    peer->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (peer->fd < 0) fail("socket");
    if (connect(peer->fd, (struct sockaddr *)&address, sizeof address) < 0) fail("connect");
    setsockopt(peer->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = peer};
    if (epoll_ctl(poller, EPOLL_CTL_ADD, peer->fd, &event) < 0) fail("epoll_ctl");
    return peer;
}

// Whether the whole answer is in; counts its status.
static int is_answered(connection *peer) {
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
    if (peer->filled < head + body) return 0;
    int status = atoi(peer->bytes + 9);
    by_status[status > 0 && status < statuses ? status : 0]++;
    peer->filled = 0;
    return 1;
}

static void receive(connection *peer) {
    ssize_t count = read(peer->fd, peer->bytes + peer->filled, buffer_bytes - peer->filled);
    if (count <= 0) fail("the server closed a connection");
    peer->filled += (size_t)count;
    if (!is_answered(peer)) return;
    uint64_t us = (now_ns() - peer->sent_ns) / 1000;
    latency_us[us < latency_us_max ? us : latency_us_max]++;
    answered++;
    send_next(peer);
}

static size_t percentile_us(double share) {
    uint64_t wanted = (uint64_t)((double)answered * share), seen = 0;
    size_t us = 0;
    while (us < latency_us_max && (seen += latency_us[us]) <= wanted) us++;
    return us;
}

static void print_result(double seconds) {
    printf("{\"requests\":%lu,\"seconds\":%.3f,\"rps\":%.0f,\"p50_us\":%zu,\"p99_us\":%zu,"
           "\"status\":{",
           answered, seconds, (double)answered / seconds, percentile_us(0.5), percentile_us(0.99));
    const char *comma = "";
    for (int status = 0; status < statuses; status++) {
        if (by_status[status] == 0) continue;
        printf("%s\"%d\":%lu", comma, status, by_status[status]);
        comma = ",";
    }
    puts("}}");
}

int main(int argc, char **argv) {
    uint16_t port = 0;
    int connections = 64, is_zipped = 0, is_spinning = 0;
    double seconds = 5;
    const char *path = NULL, *body = NULL, *id_file = NULL;
    for (int index = 1; index + 1 < argc; index += 2) {
        const char *name = argv[index], *value = argv[index + 1];
        if (strcmp(name, "--port") == 0) port = (uint16_t)atoi(value);
        else if (strcmp(name, "--path") == 0) path = value;
        else if (strcmp(name, "--body") == 0) body = value;
        else if (strcmp(name, "--connections") == 0) connections = atoi(value);
        else if (strcmp(name, "--seconds") == 0) seconds = atof(value);
        else if (strcmp(name, "--ids") == 0) id_file = value;
        else if (strcmp(name, "--gzip") == 0) is_zipped = strcmp(value, "0") != 0;
        else if (strcmp(name, "--spin") == 0) is_spinning = strcmp(value, "0") != 0;
        else refuse("an unknown option");
    }
    if (port == 0 || path == NULL || body == NULL || connections < 1 ||
        connections > connections_max || seconds <= 0) {
        refuse("--port N --path PATH --body FILE [--connections N] [--seconds N] [--ids FILE] "
               "[--gzip 1] [--spin 1]");
    }
    build_request(path, body);
    if (id_file != NULL) load_ids(id_file);
    if (is_zipped) zip_requests(path);

    int poller = epoll_create1(EPOLL_CLOEXEC);
    connection *peers[connections_max];
    for (int index = 0; index < connections; index++) peers[index] = open_connection(port, poller);
    uint64_t start = now_ns(), end = start + (uint64_t)(seconds * 1e9), now = start;
    for (int index = 0; index < connections; index++) send_next(peers[index]);
    struct epoll_event ready[256];
    while ((now = now_ns()) < end) {
        int count = epoll_wait(poller, ready, 256, is_spinning ? 0 : 100);
        for (int index = 0; index < count; index++) receive(ready[index].data.ptr);
    }
    print_result((double)(now - start) / 1e9);
    return 0;
}
