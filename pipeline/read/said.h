/* said: what the last rows said, so that most rows need no look at a vocabulary.
 *
 * A label of at most 16 bytes is two words, which are compared at once; labels hold no zeros, so
 * the words also tell the length. Of longer ones a copy is kept.
 *
 * Private to the reader of ratings. */
#ifndef ACC_SAID_H
#define ACC_SAID_H

#include "stats/base.h"
#include <stdlib.h>
#include <string.h>

enum {
	ACC_KEY_MAX = 16,
	ACC_SAID_BITS_LEAST = 6,
	ACC_SAID_BITS_MOST = 14,
	ACC_SAID_NEAR = 8, /* slots where a text may be */
	ACC_SAID_KNOWN = 1
};

#define ACC_INLINE static inline __attribute__((always_inline))

struct acc_key {
	uint64_t low, high;
};

/* All bits of so many bytes, of a first word and of a second one. */
static const uint64_t acc_key_bytes[ACC_KEY_MAX + 9] = {0,
							0,
							0,
							0,
							0,
							0,
							0,
							0,
							0,
							0xff,
							0xffff,
							0xffffff,
							0xffffffff,
							0xffffffffff,
							0xffffffffffff,
							0xffffffffffffff,
							~(uint64_t)0,
							~(uint64_t)0,
							~(uint64_t)0,
							~(uint64_t)0,
							~(uint64_t)0,
							~(uint64_t)0,
							~(uint64_t)0,
							~(uint64_t)0,
							~(uint64_t)0};

/* The bytes of a text of at most ACC_KEY_MAX, after which as many may be read (a field of a
 * record). Without a branch: lengths differ from row to row. */
ACC_INLINE struct acc_key
acc_key_of(const char *text, size_t length)
{
	struct acc_key key = {0};
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	memcpy(&key.low, text, sizeof key.low);
	memcpy(&key.high, text + sizeof key.low, sizeof key.high);
	key.low &= acc_key_bytes[length + 8];
	key.high &= acc_key_bytes[length];
#else
	memcpy(&key, text, length < sizeof key ? length : sizeof key);
#endif
	return key;
}

/* What short texts that were met lately said: the number of a label, or coder, theme and code of
 * all that a row says beside its unit. */
struct acc_meaning {
	struct acc_key key;
	uint32_t number[3];
	uint32_t known; /* 0: nothing; above ACC_SAID_KNOWN: by that, as it is kept in its unit */
};
/* A table that grows while it is more than a quarter full, up to a size that caches hold; then what
 * is new takes the place of what is old. */
struct acc_said {
	struct acc_meaning *slot; /* owned, [2^bits + ACC_SAID_NEAR] */
	unsigned shift;           /* 64 - bits */
	size_t used;
};

/* False: no memory. */
static inline bool
acc_said_make(struct acc_said *said, unsigned bits)
{
	said->shift = 64 - bits;
	said->used = 0;
	said->slot = calloc(((size_t)1 << bits) + ACC_SAID_NEAR, sizeof *said->slot);
	return said->slot != NULL;
}

/* Where a text should be. */
ACC_INLINE struct acc_meaning *
acc_said_home(const struct acc_said *said, struct acc_key key)
{
	uint64_t mixed = (key.low ^ (key.high << 29 | key.high >> 35)) * 0x9e3779b97f4a7c15u;
	return &said->slot[mixed >> said->shift]; /* every byte of a text shows there */
}

ACC_INLINE bool
acc_said_is(const struct acc_meaning *meaning, struct acc_key key)
{
	return meaning->known && meaning->key.low == key.low && meaning->key.high == key.high;
}

/* Not where it should be: then near by, or nowhere. */
static __attribute__((noinline, unused)) const struct acc_meaning *
acc_said_near(const struct acc_said *said, struct acc_key key)
{
	const struct acc_meaning *meaning = acc_said_home(said, key);
	for (size_t i = 1; i < ACC_SAID_NEAR && meaning[i].known; i++)
		if (acc_said_is(&meaning[i], key))
			return &meaning[i];
	return NULL;
}

/* NULL: nobody said so lately. The slot found for a text without bytes may be free. */
ACC_INLINE const struct acc_meaning *
acc_said_slot(const struct acc_said *said, struct acc_key key)
{
	const struct acc_meaning *meaning = acc_said_home(said, key);
	if (meaning->key.low == key.low && meaning->key.high == key.high)
		return meaning;
	return meaning->known ? acc_said_near(said, key) : NULL;
}
ACC_INLINE const struct acc_meaning *
acc_said_key(const struct acc_said *said, struct acc_key key)
{
	const struct acc_meaning *meaning = acc_said_slot(said, key);
	return meaning && meaning->known ? meaning : NULL;
}

/* The same for a text of any length. */
static inline const struct acc_meaning *
acc_said_find(const struct acc_said *said, const char *text, size_t length)
{
	return length <= ACC_KEY_MAX ? acc_said_key(said, acc_key_of(text, length)) : NULL;
}

static inline void
acc_said_put(struct acc_said *said, const struct acc_meaning *meaning)
{
	struct acc_meaning *home = acc_said_home(said, meaning->key), *at = home;
	while (at < home + ACC_SAID_NEAR && at->known && !acc_said_is(at, meaning->key))
		at++;
	at = at < home + ACC_SAID_NEAR ? at : home;
	said->used += !at->known;
	*at = *meaning;
}

static inline void
acc_said_grow(struct acc_said *said)
{
	struct acc_said larger;
	unsigned bits = 64 - said->shift;
	size_t slots = (size_t)1 << bits;
	if (said->used < slots / 8 || bits == ACC_SAID_BITS_MOST ||
	    !acc_said_make(&larger, bits + 1))
		return;
	for (size_t i = 0; i < slots + ACC_SAID_NEAR; i++)
		if (said->slot[i].known)
			acc_said_put(&larger, &said->slot[i]);
	free(said->slot);
	*said = larger;
}

/* Remember what a text says, of which number[] and .known are given; one that is long is passed
 * over. */
static inline void
acc_said_note(struct acc_said *said, const char *text, size_t length, struct acc_meaning meaning)
{
	if (length > ACC_KEY_MAX)
		return;
	meaning.key = acc_key_of(text, length);
	acc_said_put(said, &meaning);
	acc_said_grow(said);
}

/* The same for the number of a label. */
static inline void
acc_said_label(struct acc_said *said, const char *text, size_t length, uint32_t number)
{
	acc_said_note(said, text, length,
		      (struct acc_meaning){.number = {number}, .known = ACC_SAID_KNOWN});
}

/* A text seen last. */
struct acc_last {
	char *bytes; /* owned */
	size_t length, capacity;
	struct acc_key key; /* where it is short */
	bool known;
};

ACC_INLINE bool
acc_last_is(const struct acc_last *last, const char *text, size_t length)
{
	if (last->length != length || !last->known)
		return false;
	if (length > ACC_KEY_MAX)
		return !memcmp(last->bytes, text, length);
	struct acc_key key = acc_key_of(text, length);
	return last->key.low == key.low && last->key.high == key.high;
}

/* Keep a text. False: no memory; nothing is known then. */
static inline bool
acc_last_note(struct acc_last *last, const char *text, size_t length)
{
	last->known = length <= ACC_KEY_MAX ||
		      acc_array_reserve((void **)&last->bytes, &last->capacity, length + 1, 1);
	last->length = length;
	if (length <= ACC_KEY_MAX)
		last->key = acc_key_of(text, length);
	else if (last->known)
		memcpy(last->bytes, text, length);
	return last->known;
}

#endif
