// What the two clients of the isolation tests share: connections that do not block, and answers.

#ifndef ISOLATION_CLIENTS_H
#define ISOLATION_CLIENTS_H

#include <stddef.h>
#include <stdint.h>

enum {
  // More than any answer of the server to these clients: a list of a thousand advertisers.
  answer_bytes = 4 << 20,
  // A probe's and a flood's connections; both keep them in arrays.
  connections_max = 64,
};

// A connection to the server with one request under way at most.
typedef struct {
  int descriptor;  // -1 where there is none
  size_t filled;
  char *answer;
} peer;

// Ends the program with 64 for a mistake in its arguments, with 1 for one of the system.
_Noreturn void refuse(const char *what);
_Noreturn void fail(const char *what);

uint64_t now_ns(void);

// The bytes of a file, and how many they are.
char *file_bytes(const char *path, size_t *size);

// Connects to a port of this machine; false where nobody listens.
int peer_connect(peer *peer, uint16_t port);

// Closes and forgets.
void peer_close(peer *peer);

// Reads what is there; false where the server has closed.
int peer_receive(peer *peer);

// The status of the answer once it is whole, which frees its place; else 0.
int peer_status(peer *peer);

int run_probe(int count, char **arguments);
int run_flood(int count, char **arguments);

#endif
