#include "stats/coder_swap.h"
#include "stats/permutation.h"
#include "stats/random.h"

#include <gsl/gsl_eigen.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CLUSTERS_ALL = 16, CLUSTERS_MAX = 10000 };

struct work {
	size_t clusters, categories, rank;
	double *apart; /* owned, [clusters * categories] d; then, whitened, [clusters * rank] */
	double *sum;   /* owned, [categories] */
	double *part;  /* owned, [fours * SIGNS * rank] sums over four clusters, by their signs */
};

enum { FOUR = 4, SIGNS = 1 << FOUR }; /* clusters taken together, and their signs */

/* Where a coder is among the ratings of a pattern, or ACC_NONE. */
static uint32_t
code_of(const struct acc_panel *panel, uint32_t pattern, uint32_t coder)
{
	for (size_t at = panel->first[pattern]; at < panel->first[pattern + 1]; at += 2)
		if (panel->mark[at] == coder)
			return panel->mark[at + 1];
	return ACC_NONE;
}

/* d of one block; false when it is zero. */
static bool
differ(const struct acc_patterns *patterns, const struct acc_panel *panel,
       const struct acc_blocks *blocks, size_t block, const uint32_t *coder, double *apart)
{
	bool differs = false;
	memset(apart, 0, panel->categories * sizeof *apart);
	for (size_t at = blocks->first[block]; at < blocks->first[block + 1]; at++) {
		uint32_t pattern = blocks->pattern[at];
		double units = acc_blocks_units(blocks, patterns, block, pattern);
		uint32_t one = code_of(panel, pattern, coder[0]);
		uint32_t other = code_of(panel, pattern, coder[1]);
		if (one == ACC_NONE || other == ACC_NONE)
			continue;
		apart[one] += units;
		apart[other] -= units;
	}
	for (size_t k = 0; k < panel->categories; k++)
		differs = differs || apart[k] != 0;
	return differs;
}

/* The clusters that differ, one by one. */
static enum acc_status
gather(struct work *work, const struct acc_patterns *patterns, const struct acc_panel *panel,
       const struct acc_blocks *blocks, const uint32_t *coder)
{
	size_t q = work->categories, capacity = 0;
	double *apart = acc_array(q, sizeof *apart);
	bool good = apart != NULL;
	for (size_t b = 0; good && b < blocks->count; b++) {
		if (!differ(patterns, panel, blocks, b, coder, apart))
			continue;
		for (uint64_t i = 0; good && i < blocks->times[b]; i++) {
			if (work->clusters == CLUSTERS_MAX) {
				free(apart);
				return ACC_TOO_LARGE;
			}
			good = acc_array_reserve((void **)&work->apart, &capacity,
						 (work->clusters + 1) * q, sizeof *work->apart);
			if (good)
				memcpy(work->apart + work->clusters++ * q, apart,
				       q * sizeof *apart);
		}
	}
	free(apart);
	return good ? ACC_OK : ACC_NO_MEMORY;
}

/* d as coordinates in which S is the identity: V' d / sqrt(lambda), in place. */
static void
project(struct work *work, const gsl_vector *value, const gsl_matrix *vector)
{
	size_t q = work->categories, rank = 0;
	double least = 1e-10 * gsl_vector_max(value);
	for (size_t k = 0; k < q; k++)
		rank += gsl_vector_get(value, k) > least;
	work->rank = rank;
	for (size_t c = 0; c < work->clusters; c++) {
		const double *d = work->apart + c * q;
		memset(work->sum, 0, q * sizeof *work->sum);
		for (size_t k = 0, r = 0; k < q; k++) {
			if (!(gsl_vector_get(value, k) > least))
				continue;
			for (size_t l = 0; l < q; l++)
				work->sum[r] += gsl_matrix_get(vector, l, k) * d[l];
			work->sum[r++] /= sqrt(gsl_vector_get(value, k));
		}
		/* Earlier clusters are written already, later ones not yet. */
		memmove(work->apart + c * rank, work->sum, rank * sizeof *work->sum);
	}
}

static enum acc_status
whiten(struct work *work)
{
	size_t q = work->categories;
	gsl_matrix *squares = gsl_matrix_calloc(q, q), *vector = gsl_matrix_alloc(q, q);
	gsl_vector *value = gsl_vector_alloc(q);
	gsl_eigen_symmv_workspace *room = gsl_eigen_symmv_alloc(q);
	work->sum = acc_array(q, sizeof *work->sum);
	bool good = squares && vector && value && room && work->sum;
	for (size_t c = 0; good && c < work->clusters; c++)
		for (size_t k = 0; k < q; k++)
			for (size_t l = 0; l < q; l++)
				*gsl_matrix_ptr(squares, k, l) +=
				    work->apart[c * q + k] * work->apart[c * q + l];
	good = good && !gsl_eigen_symmv(squares, value, vector, room);
	if (good)
		project(work, value, vector);
	gsl_matrix_free(squares);
	gsl_matrix_free(vector);
	gsl_vector_free(value);
	gsl_eigen_symmv_free(room);
	return good ? ACC_OK : ACC_NO_MEMORY;
}

static size_t
fours(const struct work *work)
{
	return (work->clusters + FOUR - 1) / FOUR;
}

/* What four clusters add, for each of their 16 signs: a replicate then takes a quarter of the sums.
 */
static enum acc_status
add_fours(struct work *work)
{
	size_t rank = work->rank, cells;
	if (__builtin_mul_overflow(fours(work) * SIGNS, rank, &cells))
		return ACC_NO_MEMORY;
	work->part = acc_array(cells, sizeof *work->part);
	if (!work->part)
		return ACC_NO_MEMORY;
	for (size_t c = 0; c < work->clusters; c++)
		for (size_t bits = 0; bits < SIGNS; bits++) {
			double *part = work->part + (c / FOUR * SIGNS + bits) * rank;
			double sign = bits >> c % FOUR & 1 ? -1 : 1;
			for (size_t r = 0; r < rank; r++)
				part[r] += sign * work->apart[c * rank + r];
		}
	return ACC_OK;
}

static double
square(const struct work *work)
{
	double all = 0;
	for (size_t r = 0; r < work->rank; r++)
		all += work->sum[r] * work->sum[r];
	return all;
}

/* Of nobody swapped. */
static double
observed(struct work *work)
{
	memset(work->sum, 0, work->rank * sizeof *work->sum);
	for (size_t c = 0; c < work->clusters; c++)
		for (size_t r = 0; r < work->rank; r++)
			work->sum[r] += work->apart[c * work->rank + r];
	return square(work);
}

/* Of the swaps whose bits are set. */
static double
statistic(struct work *work, const uint32_t *bits)
{
	size_t rank = work->rank, each = 32 / FOUR;
	const double *part = work->part;
	memset(work->sum, 0, rank * sizeof *work->sum);
	for (size_t i = 0, end = fours(work); i < end; i++, part += SIGNS * rank) {
		const double *of = part + (bits[i / each] >> i % each * FOUR & (SIGNS - 1)) * rank;
		for (size_t r = 0; r < rank; r++)
			work->sum[r] += of[r];
	}
	return square(work);
}

/* What still counts as large as observed; the statistic is of the order of its rank. */
static double
least_of(double observed)
{
	return observed - ACC_PERMUTATION_TIE * fmax(observed, 1);
}

static void
swap_all(struct work *work, struct acc_coder_swap *swap)
{
	double least = least_of(swap->statistic), reached = 0;
	swap->swaps = ldexp(1, (int)work->clusters);
	for (uint32_t bits = 0; bits < swap->swaps; bits++)
		reached += statistic(work, &bits) >= least;
	swap->p = reached / swap->swaps;
}

static enum acc_status
swap_some(struct work *work, struct acc_coder_swap *swap, uint64_t seed)
{
	double least = least_of(swap->statistic), reached = 0;
	size_t words = work->clusters / 32 + 1;
	uint32_t *bits = acc_array(words, sizeof *bits);
	gsl_rng *rng = gsl_rng_alloc(acc_rng_philox);
	bool good = bits && rng;
	for (uint64_t b = 0; good && b < ACC_CODER_SWAPS; b++) {
		acc_random_go(rng, &(struct acc_address){seed, ACC_PURPOSE_PERMUTATION, ACC_NONE,
							 ACC_NONE, b});
		for (size_t w = 0; w < words; w++)
			bits[w] = (uint32_t)gsl_rng_get(rng);
		reached += statistic(work, bits) >= least;
	}
	swap->swaps = ACC_CODER_SWAPS;
	swap->p = (reached + 1) / (swap->swaps + 1);
	if (rng)
		gsl_rng_free(rng);
	free(bits);
	return good ? ACC_OK : ACC_NO_MEMORY;
}

enum acc_status
acc_coder_swap_make(struct acc_coder_swap *swap, const struct acc_patterns *patterns,
		    const struct acc_panel *panel, const struct acc_blocks *blocks, uint32_t i,
		    uint32_t j, uint64_t seed)
{
	struct work work = {.categories = panel->categories};
	enum acc_status status = gather(&work, patterns, panel, blocks, (const uint32_t[]){i, j});
	*swap = (struct acc_coder_swap){NAN, NAN, (double)work.clusters, NAN};
	if (status == ACC_OK && work.clusters > 0) {
		status = whiten(&work);
		if (status == ACC_OK)
			status = add_fours(&work);
		if (status == ACC_OK)
			swap->statistic = observed(&work);
		if (status == ACC_OK && work.clusters <= CLUSTERS_ALL)
			swap_all(&work, swap);
		else if (status == ACC_OK)
			status = swap_some(&work, swap, seed);
	}
	free(work.apart);
	free(work.sum);
	free(work.part);
	return status == ACC_TOO_LARGE ? ACC_OK : status;
}
