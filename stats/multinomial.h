/* multinomial: how often each of some categories is drawn.
 *
 * Exact, and prepared once for many draws of the same number with the same shares. Given their sum,
 * independent Poisson numbers are multinomial. So each category gets a Poisson number whose mean is
 * fixed and therefore prepared, rarest first and stage by stage; a stage is kept with the chance,
 * as part of the largest there is, that the Poisson number of all categories after it would be just
 * what is then left, else made again. The last category gets the rest. Stages are so small that
 * nearly all are kept: the cost is that of the categories, whatever the number of draws. Few draws
 * are made one by one. */
#ifndef ACC_MULTINOMIAL_H
#define ACC_MULTINOMIAL_H

#include "stats/normal.h"
#include "stats/poisson.h"
#include "stats/slots.h"

/* Categories one after the other in the order of drawing, whose numbers are made alike: by tables
 * on the same base or on none, or without, of one mean. */
struct acc_multinomial_run {
	size_t categories;
	const struct acc_poisson *number; /* borrowed: of the first */
};

/* What is drawn before it is kept or made again. */
struct acc_multinomial_stage {
	size_t first, last; /* its runs */
	size_t categories;
	double rest;      /* mean number of draws of all categories after it */
	double mode, log; /* the most likely one, and the logarithm of its chance (see
			     acc_poisson_log_chance) */
};

struct acc_multinomial {
	size_t categories;
	uint32_t draws;
	/* One by one: */
	struct acc_slot *slot; /* owned, [categories], or NULL */
	/* Or stage by stage: */
	uint32_t *order; /* owned: the categories by rising weight, without those of none; NULL:
			    so they come */
	size_t drawn;    /* how many */
	size_t numbers;
	struct acc_poisson *number; /* owned, [numbers], one per different weight */
	struct acc_poisson *base;   /* owned, [bases] of some of them */
	size_t bases;
	struct acc_poisson_table *table; /* owned: per category, in the order of drawing */
	size_t stages, runs;
	struct acc_multinomial_stage *stage; /* owned, [stages] */
	struct acc_multinomial_run *run;     /* owned, [runs] */
	struct acc_normal normal;
};

/* Prepare `draws` draws by weights (not negative, one of them positive); free with
 * acc_multinomial_free, also after a failure. */
enum acc_status acc_multinomial_make(struct acc_multinomial *multinomial, const double *weight,
				     size_t categories, uint32_t draws);
void acc_multinomial_free(struct acc_multinomial *multinomial);

/* Are so many draws made stage by stage? Then categories that come by rising weight are drawn
 * fastest. */
bool acc_multinomial_by_stages(size_t categories, double draws);

/* times[categories] adds up to `draws`. scratch: [categories]. */
void acc_multinomial_draw(const struct acc_multinomial *multinomial, struct acc_stream *stream,
			  uint32_t *times, uint32_t *scratch);

#endif
