#include "pipeline/read/unit_hash.h"

#include <stdio.h>
#include <stdlib.h>

#define XXH_INLINE_ALL /* no library at run time */
#include <xxhash.h>

uint32_t
acc_unit_shard(const char *name, size_t length, uint64_t seed, uint32_t parts)
{
	return (uint32_t)(XXH3_64bits_withSeed(name, length, seed) % parts);
}

struct acc_digest {
	XXH3_state_t *state;
};

struct acc_digest *
acc_digest_new(void)
{
	struct acc_digest *digest = malloc(sizeof *digest);
	XXH3_state_t *state = XXH3_createState();
	if (!digest || !state) {
		free(digest);
		XXH3_freeState(state);
		return NULL;
	}
	digest->state = state;
	XXH3_128bits_reset(state);
	return digest;
}

void
acc_digest_add(struct acc_digest *digest, const void *bytes, size_t length)
{
	XXH3_128bits_update(digest->state, bytes, length);
}

void
acc_digest_text(const struct acc_digest *digest, char text[ACC_DIGEST_TEXT])
{
	XXH128_hash_t hash = XXH3_128bits_digest(digest->state);
	snprintf(text, ACC_DIGEST_TEXT, "%016llx%016llx", (unsigned long long)hash.high64,
		 (unsigned long long)hash.low64);
}

void
acc_digest_free(struct acc_digest *digest)
{
	if (digest)
		XXH3_freeState(digest->state);
	free(digest);
}
