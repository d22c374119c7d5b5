/* cooccurrence: which units have which themes, block by block or counted before. */
#include "stats/cooccurrence_run.h"

bool
acc_cooccurrence_is_single(const struct acc_cooccurrence_run *run, size_t block)
{
	const struct acc_blocks *blocks = run->blocks;
	size_t first = blocks->first[block];
	return !acc_layer_is_soft(run->from.kind) && blocks->first[block + 1] - first == 1 &&
	       run->patterns->count[blocks->pattern[first]] == blocks->times[block];
}

/* Count the units of a block; returns how many somebody looked at. */
static double
count_one(struct acc_cooccurrence_run *run, size_t block)
{
	struct acc_pairs *const into[] = {&run->total, &run->single};
	size_t matrices = run->single.count && acc_cooccurrence_is_single(run, block) ? 2 : 1;
	double seen = 0;
	for (size_t i = run->blocks->first[block]; i < run->blocks->first[block + 1]; i++) {
		double units = (double)run->patterns->count[run->blocks->pattern[i]];
		acc_layer_pairs_add(&run->from, run->blocks->pattern[i], units, into, matrices);
		seen += run->from.seen ? units : 0;
		run->incomplete = run->incomplete || (run->from.seen && !run->from.complete);
	}
	return seen;
}

void
acc_cooccurrence_count_all(struct acc_cooccurrence_run *run)
{
	for (size_t b = 0; b < run->blocks->count; b++) {
		double units = count_one(run, b), times = (double)run->blocks->times[b];
		run->clusters += units > 0 ? times : 0;
		run->cluster_squares += units * units / times;
	}
}

void
acc_cooccurrence_take_counts(struct acc_cooccurrence_run *run,
			     const struct acc_layer_counts *counts)
{
	struct acc_pairs *total = &run->total;
	uint32_t themes = total->themes;
	const uint32_t *both = counts->both;
	for (uint32_t s = 0; s < themes; s++) {
		gsl_matrix_set(total->count, s, s, counts->theme[s]);
		for (uint32_t t = s + 1; t < themes; t++, both++) {
			gsl_matrix_set(total->count, s, t, *both);
			gsl_matrix_set(total->count, t, s, *both);
		}
	}
	total->units = (double)counts->units;
	run->clusters = counts->clusters;
	run->cluster_squares = counts->squares;
	run->incomplete = counts->incomplete;
	run->single.units = total->units;
	if (run->single.count)
		gsl_matrix_memcpy(run->single.count, total->count);
}

void
acc_cooccurrence_count_block(struct acc_cooccurrence_run *run, size_t block)
{
	struct acc_pairs *const into[] = {&run->block};
	acc_pairs_zero(&run->block);
	for (size_t i = run->blocks->first[block]; i < run->blocks->first[block + 1]; i++) {
		uint32_t pattern = run->blocks->pattern[i];
		acc_layer_pairs_add(&run->from, pattern,
				    acc_blocks_units(run->blocks, run->patterns, block, pattern),
				    into, 1);
	}
	run->times = (double)run->blocks->times[block];
}
