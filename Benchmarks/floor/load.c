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
#include <zlib.h>

static const char client_name[] = "load";

#include "../client.h"

enum {
    connections_max = 4096,
    latency_us_max = 1000000,
    zipped_max = 16384,  // 20 MB
};

static char *request;
static char *request_body;
static size_t request_size;
static char *id_place;
static char *ids;
static size_t id_size, id_count, next_id;
static uint64_t answered;
static uint32_t latency_us[latency_us_max + 1];

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
        peer->since_ns = now_ns();
        return send_bytes(peer, next->bytes, next->size);
    }
    if (id_count != 0) {
        memcpy(id_place, ids + next_id * (id_size + 1), id_size);
        if (++next_id == id_count) next_id = 0;
    }
    peer->since_ns = now_ns();
    send_bytes(peer, request, request_size);
}

static void receive(connection *peer) {
    size_t length;
    receive_bytes(peer);
    int status = whole_answer(peer, &length);
    if (status < 0) return;
    count_status(status);
    peer->filled = 0;
    uint64_t us = (now_ns() - peer->since_ns) / 1000;
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
    printf("{\"requests\":%lu,\"seconds\":%.3f,\"rps\":%.0f,\"p50_us\":%zu,\"p99_us\":%zu,",
           answered, seconds, (double)answered / seconds, percentile_us(0.5), percentile_us(0.99));
    print_statuses();
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
