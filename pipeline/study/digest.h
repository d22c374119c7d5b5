/* digest: SHA-256, by libmd; of a file as sha256sum prints it. */
#ifndef ACC_DIGEST_H
#define ACC_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct acc_digest {
	char hex[65];
	uint64_t bytes;
};

/* False: errno says why the file cannot be read. */
bool acc_digest_file(struct acc_digest *digest, const char *path);

/* SHA-256 of bytes. */
void acc_sha256(const void *bytes, size_t length, unsigned char digest[32]);

#endif
