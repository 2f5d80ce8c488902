// The clients of the isolation tests, as processes of their own: in threads of the test they would
// wait for each other, and for the test.

#include "clients.h"

#include <string.h>

int main(int argc, char **argv) {
  if (argc >= 2 && strcmp(argv[1], "probe") == 0) return run_probe(argc - 2, argv + 2);
  if (argc >= 2 && strcmp(argv[1], "flood") == 0) return run_flood(argc - 2, argv + 2);
  refuse("probe or flood?");
}
