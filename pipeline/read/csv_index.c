/* The bytes are taken 64 at a time as bit masks, bit i for byte i, and everything is said in
 * masks: J. Keiser and D. Lemire, "Validating UTF-8 in less than one instruction per byte", and G.
 * Langdale and D. Lemire, "Parsing gigabytes of JSON per second", VLDB J. 28 (2019), section 3. */
#include "pipeline/read/csv_index.h"

#include "pipeline/read/csv_masks.h"
#include <stdlib.h>

/* ---- UTF-8 ---- */

/* Bytes of the valid character at `at`, 0 when there is none (RFC 3629, section 4). */
INLINE size_t
character(const unsigned char *at)
{
	unsigned char lead = at[0];
	if (lead >= 0xc2 && lead <= 0xdf)
		return (at[1] & 0xc0) == 0x80 ? 2 : 0;
	if ((lead & 0xf0) == 0xe0) {
		unsigned char low = lead == 0xe0 ? 0xa0 : 0x80, high = lead == 0xed ? 0x9f : 0xbf;
		return at[1] >= low && at[1] <= high && (at[2] & 0xc0) == 0x80 ? 3 : 0;
	}
	if (lead < 0xf0 || lead > 0xf4)
		return 0;
	unsigned char low = lead == 0xf0 ? 0x90 : 0x80, high = lead == 0xf4 ? 0x8f : 0xbf;
	return at[1] >= low && at[1] <= high && (at[2] & 0xc0) == 0x80 && (at[3] & 0xc0) == 0x80
		   ? 4
		   : 0;
}

/* Are the characters of the block at `base` valid? *checked is how far the last look came. */
INLINE bool
characters(const unsigned char *bytes, size_t base, uint64_t high, size_t *checked)
{
	if (*checked > base)
		high &= *checked - base < 64 ? ~(uint64_t)0 << (*checked - base) : 0;
	while (high) {
		size_t at = base + (unsigned)__builtin_ctzll(high);
		do {
			size_t length = character(bytes + at);
			if (!length)
				return false;
			at += length;
		} while (bytes[at] >= 0x80 && at < base + 64);
		*checked = at;
		high &= at - base < 64 ? ~(uint64_t)0 << (at - base) : 0;
	}
	return true;
}

/* ---- the pass ---- */

/* What one block needs to know of those before it. */
struct carry {
	uint64_t inside; /* all ones inside quotes */
	uint64_t edge;   /* 1: a field can begin here */
	uint64_t closed; /* 1: the byte before was a quote that closes */
	uint64_t cr;     /* 1: the byte before was a CR */
	size_t checked;
};

/* Bit i is the parity of bits 0 .. i. */
INLINE uint64_t
parity(uint64_t bits)
{
	for (unsigned shift = 1; shift < 64; shift *= 2)
		bits ^= bits << shift;
	return bits;
}

/* How a machine does it. */
struct ways {
	struct masks (*masks)(const unsigned char *, unsigned char);
	bool (*plain)(const unsigned char *, unsigned char, uint64_t *);
	unsigned (*lowest)(uint64_t);
};

INLINE uint32_t *
put_offsets(const struct ways *ways, uint32_t *to, uint64_t bits, size_t base)
{
	unsigned count = (unsigned)__builtin_popcountll(bits);
	uint32_t *end = to + count;
	/* Eight at a time without asking: what is written after the last one is written over. */
	for (; bits; to += 8)
		for (unsigned i = 0; i < 8; i++) {
			uint32_t offset = (uint32_t)base + ways->lowest(bits);
			/* One by one: to collect them for one wide store takes longer. */
			__asm__("" : "+r"(offset));
			to[i] = offset;
			bits &= bits - 1;
		}
	return end;
}

/* Where quotes are, or were: *ends becomes what ends fields outside them. False: a quote stands
 * where none may. */
INLINE bool
take_quotes(const struct ways *ways, struct acc_csv_index *index, const struct masks *masks,
	    struct carry *carry, uint64_t *ends, size_t base, uint64_t valid)
{
	uint64_t inside = parity(masks->quote) ^ carry->inside;
	uint64_t outer = *ends & ~inside;
	uint64_t opening = masks->quote & inside, closing = masks->quote & ~inside;
	uint64_t may_open = (outer | closing) << 1 | carry->edge;
	uint64_t after_closing = closing << 1 | carry->closed;
	/* A quote may also open right after one that closed: both are one quote inside. */
	if ((opening & ~may_open) | (after_closing & valid & ~(outer | opening)))
		return false;
	uint64_t lines = (masks->cr | (masks->feed & ~(masks->cr << 1 | carry->cr))) & inside;
	uint32_t *to = put_offsets(ways, index->inner + index->inners, lines, base);
	index->inners = (size_t)(to - index->inner);
	carry->inside = inside >> 63 ? ~(uint64_t)0 : 0;
	carry->closed = closing >> 63;
	carry->edge = (outer | closing) >> 63;
	*ends = outer;
	return true;
}

INLINE void
put_ends(const struct ways *ways, struct acc_csv_index *index, uint64_t ends, size_t base)
{
	uint32_t *to = put_offsets(ways, index->end + index->ends, ends, base);
	index->ends = (size_t)(to - index->end);
}

INLINE bool
take_block(const struct ways *ways, struct acc_csv_index *index, const unsigned char *bytes,
	   const struct masks *masks, struct carry *carry, size_t base, uint64_t valid)
{
	uint64_t ends = masks->separator | masks->feed | masks->cr;
	if (__builtin_expect(masks->refused != 0, 0))
		return false;
	index->high = index->high || masks->high;
	if (masks->high && !characters(bytes, base, masks->high, &carry->checked))
		return false;
	if (masks->quote || carry->inside || carry->closed) {
		if (!take_quotes(ways, index, masks, carry, &ends, base, valid))
			return false;
	} else {
		carry->edge = ends >> 63;
	}
	carry->cr = masks->cr >> 63;
	put_ends(ways, index, ends, base);
	return true;
}

/* Whole blocks from `base` on in which there is nothing to judge; returns where the next one
 * begins. */
INLINE size_t
take_plain(const struct ways *ways, struct acc_csv_index *index, const unsigned char *bytes,
	   size_t length, unsigned char separator, struct carry *carry, size_t base)
{
	uint64_t ends, last = 0;
	size_t from = base;
	if (carry->inside || carry->closed)
		return base;
	for (; length - base >= 64 && ways->plain(bytes + base, separator, &ends); base += 64) {
		put_ends(ways, index, ends, base);
		last = ends;
	}
	if (base > from) {
		carry->edge = last >> 63;
		carry->cr = 0;
		index->stop = base;
	}
	return base;
}

INLINE void
take_bytes(struct acc_csv_index *index, const unsigned char *bytes, size_t length,
	   unsigned char separator, const struct ways *ways)
{
	struct carry carry = {.edge = 1};
	index->ends = index->inners = index->stop = 0;
	index->stumbled = index->high = false;
	for (size_t base = 0; base < length; base += 64) {
		base = take_plain(ways, index, bytes, length, separator, &carry, base);
		if (base == length)
			return;
		struct masks masks = ways->masks(bytes + base, separator);
		uint64_t valid = ~(uint64_t)0;
		if (length - base < 64) {
			valid = ((uint64_t)1 << (length - base)) - 1;
			masks.separator &= valid, masks.feed &= valid, masks.cr &= valid;
			masks.quote &= valid, masks.refused &= valid, masks.high &= valid;
		}
		if (!take_block(ways, index, bytes, &masks, &carry, base, valid)) {
			index->stumbled = true;
			return;
		}
		index->stop = length - base < 64 ? length : base + 64;
	}
}

void
acc_csv_index_words(struct acc_csv_index *index, const unsigned char *bytes, size_t length,
		    char separator)
{
	static const struct ways words = {masks_words, plain_words, lowest_words};
	take_bytes(index, bytes, length, (unsigned char)separator, &words);
}

#ifdef __SSE2__
static void
index_sse2(struct acc_csv_index *index, const unsigned char *bytes, size_t length, char separator)
{
	static const struct ways sse2 = {masks_sse2, plain_sse2, lowest_words};
	take_bytes(index, bytes, length, (unsigned char)separator, &sse2);
}

AVX2 static void
index_avx2(struct acc_csv_index *index, const unsigned char *bytes, size_t length, char separator)
{
	static const struct ways avx2 = {masks_avx2, plain_avx2, lowest_avx2};
	take_bytes(index, bytes, length, (unsigned char)separator, &avx2);
}

void
acc_csv_index_bytes(struct acc_csv_index *index, const unsigned char *bytes, size_t length,
		    char separator)
{
	if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi"))
		index_avx2(index, bytes, length, separator);
	else
		index_sse2(index, bytes, length, separator);
}
#else
void
acc_csv_index_bytes(struct acc_csv_index *index, const unsigned char *bytes, size_t length,
		    char separator)
{
	acc_csv_index_words(index, bytes, length, separator);
}
#endif

/* ---- memory ---- */

bool
acc_csv_index_begin(struct acc_csv_index *index)
{
	/* put_offsets writes up to eight after the last. */
	size_t room = (ACC_CSV_INDEX_BYTES + 64) * sizeof *index->end;
	*index = (struct acc_csv_index){.end = malloc(room), .inner = malloc(room)};
	return index->end && index->inner;
}

void
acc_csv_index_free(struct acc_csv_index *index)
{
	free(index->end);
	free(index->inner);
}

bool
acc_csv_index_takes(char separator)
{
	unsigned char byte = (unsigned char)separator;
	return byte == '\t' || (byte >= ' ' && byte < 0x7f && byte != '"');
}
