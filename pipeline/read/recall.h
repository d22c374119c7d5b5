/* recall: what the last rows said, so that most rows need no look at a vocabulary.
 *
 * A label of at most 16 bytes is two words, which are compared at once; labels hold no zeros, so
 * the words also tell the length. Of longer ones a copy is kept.
 *
 * Private to the reader of ratings. */
#ifndef ACC_RECALL_H
#define ACC_RECALL_H

#include "stats/base.h"
#include <string.h>

enum {
	ACC_KEY_MAX = 16,
	ACC_RECALL_BITS = 11,
	ACC_RECALL_SLOTS = 1 << ACC_RECALL_BITS,
	ACC_RECALL_NEAR = 8 /* slots where a label may be */
};

#define ACC_INLINE static inline __attribute__((always_inline))

struct acc_key {
	uint64_t low, high;
};

/* The first bytes of a text that ends with 0 and may be read up to ACC_KEY_MAX bytes (a field of a
 * record). */
ACC_INLINE struct acc_key
acc_key_of(const char *text, size_t length)
{
	struct acc_key key = {0};
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	memcpy(&key.low, text, sizeof key.low);
	if (length <= sizeof key.low) {
		key.low &= length ? ~(uint64_t)0 >> 8 * (8 - length) : 0;
		return key;
	}
	memcpy(&key.high, text + sizeof key.low, sizeof key.high);
	key.high &= length < 16 ? ~(uint64_t)0 >> 8 * (16 - length) : ~(uint64_t)0;
#else
	memcpy(&key, text, length < sizeof key ? length : sizeof key);
#endif
	return key;
}

/* The numbers of short labels met lately. */
struct acc_recall {
	struct {
		struct acc_key key;
		uint32_t number;
		bool known;
	} slot[ACC_RECALL_SLOTS + ACC_RECALL_NEAR];
};

ACC_INLINE size_t
acc_recall_slot(struct acc_key key)
{
	uint64_t mixed = (key.low ^ (key.high << 29 | key.high >> 35)) * 0x9e3779b97f4a7c15u;
	return (size_t)(mixed >> (64 - ACC_RECALL_BITS)); /* where every byte of a label shows */
}

/* Not where it should be: then near by, or nowhere. */
static __attribute__((noinline, unused)) bool
acc_recall_near(const struct acc_recall *recall, struct acc_key key, uint32_t *number)
{
	for (size_t i = 1, at = acc_recall_slot(key) + 1; i < ACC_RECALL_NEAR; i++, at++) {
		*number = recall->slot[at].number;
		if (!recall->slot[at].known)
			return false;
		if (recall->slot[at].key.low == key.low && recall->slot[at].key.high == key.high)
			return true;
	}
	return false;
}

ACC_INLINE bool
acc_recall_key(const struct acc_recall *recall, struct acc_key key, uint32_t *number)
{
	size_t at = acc_recall_slot(key);
	*number = recall->slot[at].number;
	if (recall->slot[at].known && recall->slot[at].key.low == key.low &&
	    recall->slot[at].key.high == key.high)
		return true;
	return recall->slot[at].known && acc_recall_near(recall, key, number);
}

/* The number of a label that was noted; false where it is not known, or long. */
static inline bool
acc_recall_find(const struct acc_recall *recall, const char *text, size_t length, uint32_t *number)
{
	if (length > ACC_KEY_MAX)
		return false;
	return acc_recall_key(recall, acc_key_of(text, length), number);
}

static inline void
acc_recall_note(struct acc_recall *recall, const char *text, size_t length, uint32_t number)
{
	if (length > ACC_KEY_MAX)
		return;
	struct acc_key key = acc_key_of(text, length);
	size_t home = acc_recall_slot(key), at = home;
	while (at < home + ACC_RECALL_NEAR && recall->slot[at].known &&
	       (recall->slot[at].key.low != key.low || recall->slot[at].key.high != key.high))
		at++;
	at = at < home + ACC_RECALL_NEAR ? at : home;
	recall->slot[at].key = key;
	recall->slot[at].number = number;
	recall->slot[at].known = true;
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
