#include "pipeline/study/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/types.h>
#include <unistd.h>

#include <sha2.h>

bool
acc_digest_file(struct acc_digest *digest, const char *path)
{
	SHA2_CTX context;
	uint8_t sum[SHA256_DIGEST_LENGTH], block[1 << 14];
	ssize_t got;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	SHA256Init(&context);
	digest->bytes = 0;
	while ((got = read(fd, block, sizeof block)) > 0 || (got < 0 && errno == EINTR)) {
		if (got < 0)
			continue;
		SHA256Update(&context, block, (size_t)got);
		digest->bytes += (uint64_t)got;
	}
	int why = errno;
	close(fd);
	errno = why;
	SHA256Final(sum, &context);
	for (size_t i = 0; i < sizeof sum; i++)
		snprintf(digest->hex + 2 * i, 3, "%02x", sum[i]);
	return got == 0;
}
