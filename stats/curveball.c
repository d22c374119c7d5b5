#include "stats/curveball.h"

size_t
acc_bits_list(const uint64_t *bits, size_t words, uint32_t *list)
{
	size_t count = 0;
	for (size_t w = 0; w < words; w++)
		for (uint64_t left = bits[w]; left; left &= left - 1)
			list[count++] = (uint32_t)(64 * w) + (uint32_t)__builtin_ctzll(left);
	return count;
}

/* Deal the columns that only one of two rows has anew. */
static void
trade(uint64_t *a, uint64_t *b, size_t words, gsl_rng *rng, uint32_t *differ)
{
	uint32_t count = 0, of_a = 0;
	for (size_t w = 0; w < words; w++) {
		for (uint64_t left = a[w] ^ b[w]; left; left &= left - 1)
			differ[count++] = (uint32_t)(64 * w) + (uint32_t)__builtin_ctzll(left);
		of_a += (uint32_t)__builtin_popcountll(a[w] & ~b[w]);
	}
	if (of_a == 0 || of_a == count)
		return;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t with = i < of_a ? i + acc_random_below(rng, count - i) : i;
		uint32_t column = differ[with];
		uint64_t bit = UINT64_C(1) << column % 64;
		differ[with] = differ[i];
		a[column / 64] = (a[column / 64] & ~bit) | (i < of_a ? bit : 0);
		b[column / 64] = (b[column / 64] & ~bit) | (i < of_a ? 0 : bit);
	}
}

void
acc_curveball_mix(struct acc_curveball *table, gsl_rng *rng, size_t trades, uint32_t *scratch)
{
	uint32_t rows = (uint32_t)table->rows;
	for (size_t i = 0; rows > 1 && i < trades; i++) {
		uint32_t a = acc_random_below(rng, rows), b = acc_random_below(rng, rows - 1);
		b += b >= a;
		trade(table->row + a * table->words, table->row + b * table->words, table->words,
		      rng, scratch);
	}
}
