#include "console_files.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char index_html[] = {
#embed "files/index.html"
};

static const unsigned char openapi_yaml[] = {
#embed "../../docs/openapi.yaml"
};

static const struct nod_console_file files[] = {
    {"/", index_html, sizeof index_html},
    {"/openapi.yaml", openapi_yaml, sizeof openapi_yaml},
};

struct nod_console_file nod_console_file_at(size_t index) {
  static const struct nod_console_file none = {NULL, NULL, 0};
  return index < sizeof files / sizeof files[0] ? files[index] : none;
}
