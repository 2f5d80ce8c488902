// An open-loop client for billing notices: asks for bids first, then fires their burls at planned
// times, whatever the server does; one thread. It prints one line of JSON.
//
//   notices --port N --path PATH --body FILE [--rate N] [--seconds N] [--connections N]
//
// A notice's time counts from when it was planned, so that a slow answer also counts for those that
// had to wait behind it. A notice goes to any idle connection; where none is, it waits for one.
// `late_us` is how late the client itself sent while a connection was idle: where it is more than
// a few hundred microseconds, the client is what was measured.

#define _GNU_SOURCE
static const char client_name[] = "notices";

#include "../client.h"

enum {
    connections_max = 1024,
    target_bytes = 400,
};

typedef struct {
    uint64_t *values;
    size_t count;
} samples;

static char *bid_request;
static size_t bid_request_size;
static char (*targets)[target_bytes];
static size_t target_count, target_wanted;
static int poller;
static connection *idle[connections_max];
static size_t idle_count;
static samples answer_times, late_times;

static void build_bid_request(const char *path, const char *body_path) {
    size_t size;
    char *body = read_file(body_path, &size);
    if (asprintf(&bid_request,
                 "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                 "Content-Length: %zu\r\n\r\n%s",
                 path, size, body) < 0) {
        fail("asprintf");
    }
    bid_request_size = strlen(bid_request);
    free(body);
}

// The path and query of the burl, with the bid's price where the exchange puts what is paid.
static void keep_target(const char *body, size_t size) {
    static const char url_key[] = "\"burl\":\"", price_key[] = "\"price\":";
    static const char macro[] = "${AUCTION_PRICE}";
    const char *url = memmem(body, size, url_key, sizeof url_key - 1);
    const char *price = memmem(body, size, price_key, sizeof price_key - 1);
    if (url == NULL || price == NULL) refuse("a bid without burl or price");
    const char *path = strstr(url + sizeof url_key - 1, "://");
    path = path == NULL ? NULL : strchr(path + 3, '/');
    const char *end = path == NULL ? NULL : strchr(path, '"');
    if (end == NULL) refuse("a burl that is no URL");
    const char *place = memmem(path, (size_t)(end - path), macro, sizeof macro - 1);
    int before = (int)((place == NULL ? end : place) - path);
    const char *after = place == NULL ? end : place + sizeof macro - 1;
    price += sizeof price_key - 1;
    int written = snprintf(targets[target_count], target_bytes, "%.*s%.*s%.*s", before, path,
                           place == NULL ? 0 : (int)strspn(price, "0123456789."), price,
                           (int)(end - after), after);
    if (written >= target_bytes) refuse("a burl is too long");
    target_count++;
}

// Closed loop: each connection asks again once it is answered.
static void gather_targets(connection **peers, int connections) {
    struct epoll_event ready[256];
    size_t asked = 0, answered = 0, refused = 0;
    for (int index = 0; index < connections; index++, asked++) {
        send_bytes(peers[index], bid_request, bid_request_size);
    }
    while (answered < asked) {
        int count = epoll_wait(poller, ready, 256, 1000);
        for (int index = 0; index < count; index++) {
            connection *peer = ready[index].data.ptr;
            size_t length;
            receive_bytes(peer);
            int status = whole_answer(peer, &length);
            if (status < 0) continue;
            peer->bytes[peer->filled] = 0;
            if (status == 200 && target_count < target_wanted) {
                keep_target(peer->bytes, peer->filled);
            } else if (status != 200 && ++refused > 100000) {
                refuse("too few bids");
            }
            peer->filled = 0;
            answered++;
            if (target_count + (asked - answered) < target_wanted) {
                send_bytes(peer, bid_request, bid_request_size);
                asked++;
            }
        }
    }
    if (target_count < target_wanted) refuse("too few bids");
}

static void keep(samples *all, uint64_t value) { all->values[all->count++] = value; }

static void fire(size_t number, uint64_t planned_ns) {
    char request[target_bytes + 100];
    connection *peer = idle[--idle_count];
    int size = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
                        targets[number]);
    peer->since_ns = planned_ns;
    send_bytes(peer, request, (size_t)size);
}

// Sleeps to the nanosecond: a client that spins would take the core from the server.
static void take_answers(uint64_t timeout_ns) {
    struct epoll_event ready[256];
    struct timespec timeout = {
        .tv_sec = (time_t)(timeout_ns / 1000000000u), .tv_nsec = (long)(timeout_ns % 1000000000u)};
    int count = epoll_pwait2(poller, ready, 256, &timeout, NULL);
    for (int index = 0; index < count; index++) {
        connection *peer = ready[index].data.ptr;
        size_t length;
        receive_bytes(peer);
        int status = whole_answer(peer, &length);
        if (status < 0) continue;
        count_status(status);
        keep(&answer_times, now_ns() - peer->since_ns);
        peer->filled = 0;
        idle[idle_count++] = peer;
    }
}

static void wait_until(uint64_t planned_ns) {
    uint64_t now = now_ns();
    // Where it is past, the notice waits for a connection.
    take_answers(planned_ns > now ? planned_ns - now : 100000000);
}

static void fire_all(uint64_t rate, int connections) {
    uint64_t start = now_ns() + 10000000;
    int waited = 0;
    for (size_t number = 0; number < target_count;) {
        uint64_t planned = start + number * 1000000000u / rate, now = now_ns();
        if (now >= planned && idle_count > 0) {
            keep(&late_times, waited ? 0 : now - planned);
            fire(number++, planned);
            waited = 0;
        } else {
            waited = waited || now >= planned;
            wait_until(planned);
        }
    }
    while (idle_count < (size_t)connections) take_answers(100000000);
}

static int compare(const void *left, const void *right) {
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

static uint64_t percentile_us(const samples *all, double share) {
    size_t place = (size_t)((double)all->count * share);
    if (place >= all->count) place = all->count - 1;
    return all->values[place] / 1000;
}

static void print_result(uint64_t rate) {
    qsort(answer_times.values, answer_times.count, sizeof(uint64_t), compare);
    qsort(late_times.values, late_times.count, sizeof(uint64_t), compare);
    printf("{\"notices\":%zu,\"rate\":%lu,\"p50_us\":%lu,\"p90_us\":%lu,\"p99_us\":%lu,"
           "\"p999_us\":%lu,\"max_us\":%lu,\"late_p99_us\":%lu,",
           answer_times.count, rate, percentile_us(&answer_times, 0.5),
           percentile_us(&answer_times, 0.9), percentile_us(&answer_times, 0.99),
           percentile_us(&answer_times, 0.999), percentile_us(&answer_times, 1),
           percentile_us(&late_times, 0.99));
    print_statuses();
}

int main(int argc, char **argv) {
    uint16_t port = 0;
    int connections = 64;
    uint64_t rate = 1000, seconds = 10;
    const char *path = NULL, *body = NULL;
    for (int index = 1; index + 1 < argc; index += 2) {
        const char *name = argv[index], *value = argv[index + 1];
        if (strcmp(name, "--port") == 0) port = (uint16_t)atoi(value);
        else if (strcmp(name, "--path") == 0) path = value;
        else if (strcmp(name, "--body") == 0) body = value;
        else if (strcmp(name, "--rate") == 0) rate = strtoul(value, NULL, 10);
        else if (strcmp(name, "--seconds") == 0) seconds = strtoul(value, NULL, 10);
        else if (strcmp(name, "--connections") == 0) connections = atoi(value);
        else refuse("an unknown option");
    }
    if (port == 0 || path == NULL || body == NULL || connections < 1 ||
        connections > connections_max || rate < 1 || seconds < 1) {
        refuse("--port N --path PATH --body FILE [--rate N] [--seconds N] [--connections N]");
    }
    build_bid_request(path, body);
    target_wanted = rate * seconds;
    targets = calloc(target_wanted, target_bytes);
    answer_times.values = calloc(target_wanted, sizeof(uint64_t));
    late_times.values = calloc(target_wanted, sizeof(uint64_t));
    if (targets == NULL || answer_times.values == NULL || late_times.values == NULL) fail("calloc");

    poller = epoll_create1(EPOLL_CLOEXEC);
    connection *peers[connections_max];
    for (int index = 0; index < connections; index++) peers[index] = open_connection(port, poller);
    gather_targets(peers, connections);
    for (int index = 0; index < connections; index++) idle[idle_count++] = peers[index];
    fire_all(rate, connections);
    print_result(rate);
    return 0;
}
