#include "stats/multinomial.h"
#include "stats/poisson.h"

#include <math.h>
#include <stdlib.h>

/* A sum of Poisson numbers that stays at or below `sum` but for one in some thousand times, when it
 * is made again; conditions on the sum only, so that the shares are kept. */
struct acc_rung {
	uint32_t sum;
	struct acc_poisson *number; /* owned, [categories] */
};

static const double deviations = 2.5;

/* The mean up to which a Poisson number has a table: all tables of a rung are to stay in a
 * processor's second cache, and one has 16 entries for each standard deviation. */
static double
most_by_table(size_t categories)
{
	double deviation = 0x1p18 / 16 / (double)categories;
	return deviation * deviation;
}

static void
rung_free(struct acc_rung *rung, size_t categories)
{
	for (size_t k = 0; rung->number && k < categories; k++)
		acc_poisson_free(&rung->number[k]);
	free(rung->number);
}

static enum acc_status
rung_make(struct acc_rung *rung, const double *weight, double weights, size_t categories,
	  uint32_t sum)
{
	double mean = sum - deviations * sqrt(sum);
	enum acc_status status = ACC_OK;
	*rung = (struct acc_rung){sum, acc_array(categories, sizeof *rung->number)};
	if (!rung->number)
		return ACC_NO_MEMORY;
	for (size_t k = 0; status == ACC_OK && k < categories; k++)
		status = acc_poisson_make(&rung->number[k], mean * (weight[k] / weights),
					  most_by_table(categories));
	return status;
}

void
acc_multinomial_free(struct acc_multinomial *multinomial)
{
	for (size_t i = 0; multinomial->rung && i < multinomial->rungs; i++)
		rung_free(&multinomial->rung[i], multinomial->categories);
	free(multinomial->rung);
	free(multinomial->slot);
	*multinomial = (struct acc_multinomial){0};
}

/* The sums of the ladder: all draws, then about what a rung leaves to do, halved again and again as
 * long as it takes fewer Poisson numbers than draws one by one. Returns how many. */
static size_t
plan_rungs(uint32_t *sum, size_t categories, uint32_t draws)
{
	double least = fmax(2 * (double)categories, 128);
	size_t rungs = 0;
	if (draws < least)
		return 0;
	sum[rungs++] = draws;
	double left = 2 * deviations * sqrt(draws);
	for (double next = exp2(floor(log2(left))); next >= least; next /= 2)
		sum[rungs++] = (uint32_t)next;
	return rungs;
}

static enum acc_status
make_slots(struct acc_multinomial *multinomial, const double *weight)
{
	size_t categories = multinomial->categories;
	double *scratch = acc_array(categories, sizeof *scratch);
	uint32_t *stack = acc_array(categories, sizeof *stack);
	multinomial->slot = acc_array(categories, sizeof *multinomial->slot);
	bool room = scratch && stack && multinomial->slot;
	for (size_t k = 0; room && k < categories; k++)
		scratch[k] = weight[k];
	if (room)
		acc_slots_fill(multinomial->slot, scratch, stack, categories);
	free(scratch);
	free(stack);
	return room ? ACC_OK : ACC_NO_MEMORY;
}

enum acc_status
acc_multinomial_make(struct acc_multinomial *multinomial, const double *weight, size_t categories,
		     uint32_t draws)
{
	uint32_t sum[40];
	size_t rungs = plan_rungs(sum, categories, draws);
	double weights = 0;
	*multinomial = (struct acc_multinomial){
	    .categories = categories,
	    .draws = draws,
	    .rungs = rungs,
	    .rung = acc_array(rungs, sizeof *multinomial->rung),
	};
	enum acc_status status = multinomial->rung ? ACC_OK : ACC_NO_MEMORY;
	acc_normal_make(&multinomial->normal);
	for (size_t k = 0; k < categories; k++)
		weights += weight[k];
	for (size_t i = 0; status == ACC_OK && i < rungs; i++)
		status = rung_make(&multinomial->rung[i], weight, weights, categories, sum[i]);
	return status == ACC_OK ? make_slots(multinomial, weight) : status;
}

/* The numbers of a rung; returns their sum. */
static uint64_t
rung_draw(const struct acc_rung *rung, size_t categories, const struct acc_normal *normal,
	  struct acc_stream *stream, uint32_t *times)
{
	uint64_t sum;
	do {
		sum = 0;
		for (size_t k = 0; k < categories; k++)
			sum += times[k] = acc_poisson_draw(&rung->number[k], normal, stream);
	} while (sum > rung->sum);
	return sum;
}

void
acc_multinomial_draw(const struct acc_multinomial *multinomial, struct acc_stream *stream,
		     uint32_t *times, uint32_t *scratch)
{
	size_t categories = multinomial->categories;
	uint32_t left = multinomial->draws;
	for (size_t k = 0; k < categories; k++)
		times[k] = 0;
	for (size_t i = 0; i < multinomial->rungs; i++)
		while (left >= multinomial->rung[i].sum) {
			left -= (uint32_t)rung_draw(&multinomial->rung[i], categories,
						    &multinomial->normal, stream, scratch);
			for (size_t k = 0; k < categories; k++)
				times[k] += scratch[k];
		}
	while (left--)
		times[acc_slots_draw(multinomial->slot, (uint32_t)categories, stream)]++;
}
