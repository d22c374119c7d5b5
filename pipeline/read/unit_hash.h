/* unit_hash: which shard a unit belongs to, and which study a shard is of.
 *
 * A pure function of the unit's name: any program, on any machine, in any order, puts all rows of a
 * unit into the same shard. XXH3, whose values are frozen since xxHash 0.8.0. */
#ifndef ACC_UNIT_HASH_H
#define ACC_UNIT_HASH_H

#include <stddef.h>
#include <stdint.h>

/* The name of the function, as files record it. */
#define ACC_UNIT_HASH "xxh3_64"

/* The shard, 0 .. parts - 1, of a name in NFC: XXH3-64 of its bytes, modulo parts. The name of a
 * unit is "document ACC_UNIT_JOINT unit" where there are documents. */
uint32_t acc_unit_shard(const char *name, size_t length, uint64_t seed, uint32_t parts);

/* A fingerprint of bytes, in pieces: XXH3-128. */
struct acc_digest;
enum { ACC_DIGEST_TEXT = 33 }; /* 32 hexadecimal digits and a 0 */

struct acc_digest *acc_digest_new(void); /* NULL: no memory */
void acc_digest_add(struct acc_digest *digest, const void *bytes, size_t length);
void acc_digest_text(const struct acc_digest *digest, char text[ACC_DIGEST_TEXT]);
void acc_digest_free(struct acc_digest *digest);

#endif
