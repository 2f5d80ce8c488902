// The pages of the console and the description of the API, taken in when this is compiled.
#ifndef NOD_CONSOLE_FILES_H
#define NOD_CONSOLE_FILES_H

#include <stddef.h>

struct nod_console_file {
  // The path it is served at.
  const char *path;
  const unsigned char *bytes;
  size_t count;
};

// The file at an index; a path of NULL behind the last.
struct nod_console_file nod_console_file_at(size_t index);

#endif
