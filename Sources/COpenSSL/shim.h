/* SHA256_Init and its siblings are marked deprecated since OpenSSL 3.0 in favour of an interface
   that allocates twice a call. */
#define OPENSSL_SUPPRESS_DEPRECATED

#include <openssl/evp.h>
#include <openssl/md5.h>
#include <openssl/sha.h>
#include <openssl/rand.h>
#include <openssl/crypto.h>
