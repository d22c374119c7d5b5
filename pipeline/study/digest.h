/* digest: SHA-256 of a file, by libmd, as sha256sum prints it. */
#ifndef ACC_DIGEST_H
#define ACC_DIGEST_H

#include <stdbool.h>
#include <stdint.h>

struct acc_digest {
	char hex[65];
	uint64_t bytes;
};

/* False: errno says why the file cannot be read. */
bool acc_digest_file(struct acc_digest *digest, const char *path);

#endif
