/* agreement_run: one call of acc_agreement, shared by its files and nobody else. */
#ifndef ACC_AGREEMENT_RUN_H
#define ACC_AGREEMENT_RUN_H

#include "stats/bootstrap.h"
#include "stats/method.h"
#include "stats/near.h"
#include "stats/plan.h"
#include "stats/recall.h"
#include "stats/resample.h"

enum {
	ACC_PATTERN_RATED = 1,
	ACC_PATTERN_PAIRED = 2,
	ACC_PATTERN_COMPLETE = 4
}; /* bits: one rating, two or more, every coder's */

/* What the themes leave for the pooled values of one coefficient. */
struct acc_pool_sum {
	struct acc_disagreement sum; /* over themes where both parts are defined, weighted */
	double weight;               /* theirs */
	double ratings;              /* theirs, of coefficients of complete units */
	/* [blocks] sums over themes: of D_o and D_e without the block, or (influence) of the
	 * block's slopes. */
	double *observed, *expected;
	/* [patterns] sums over themes of what one unit adds to D_o and D_e; NULL: not wanted. */
	double *unit_observed, *unit_expected;
};

/* One call of acc_agreement. Themes are taken one after the other, so that memory does not grow
 * with them; what the pooled rows need of each is summed in the pool_ arrays. */
struct acc_agreement_run {
	const struct acc_patterns *patterns;
	const struct acc_plan *plan;
	const struct acc_scope *scope;
	struct acc_blocks blocks;
	struct acc_panel panel;     /* of the theme at hand */
	double weight;              /* its own, in the pool */
	double weights_sum;         /* of all themes */
	struct acc_weights weights; /* the plan's, with .near where that pays */
	struct acc_near near;
	struct acc_tally total, block, without;
	struct acc_tally slope_observed, slope_expected;
	struct acc_estimate *estimate; /* of the theme at hand, then of the pool */
	struct acc_spread *spread;     /* [coefficients] */
	double *pairs;             /* [blocks] units of one such block with two ratings or more */
	bool *rated;               /* [blocks] it has a rating */
	struct acc_pool_sum *pool; /* [coefficients] */
	uint8_t *rating_bits;      /* [patterns] over all themes */
	bool *pool_rated;          /* [blocks] it has a rating on some theme */
	double pool_ratings, pool_rated_by[2];
	double pool_complete; /* units that every coder rated on some theme */
	unsigned pool_notes;
	bool pool_singles; /* some theme has units with one rating */
	struct acc_replicates
	    replicates;            /* of all themes and the pool, where a method wants them */
	size_t question;           /* theme at hand; themes: the pool */
	bool pool_estimable;       /* some theme is */
	struct acc_sparse *sparse; /* owned; NULL: every block is taken for each theme */
	bool *too_costly; /* [coefficients] blocks or categories are too many to leave each out */
};

/* acc_agreement with the weights as they are. */
enum acc_status acc_run_agreement(const struct acc_patterns *patterns, const struct acc_plan *plan,
				  const struct acc_scope *scope, struct acc_estimate **estimate);

/* Does the interval of a coefficient come from influence values? Otherwise from leaving blocks out.
 */
bool acc_run_influence(const struct acc_agreement_run *run, size_t c);
/* Does the plan's kind of interval use this? */
bool acc_run_uses(const struct acc_agreement_run *run, enum acc_evidence evidence);

/* The tally of one block into run->block. */
void acc_run_fill(struct acc_agreement_run *run, size_t block);

/* The facts of the theme at hand: total tally, units per block, and the estimates' counts. */
enum acc_status acc_run_survey(struct acc_agreement_run *run, struct acc_estimate *facts);

/* The value of coefficient c of the theme at hand, from its total tally, and what its interval
 * starts from. */
void acc_run_value(struct acc_agreement_run *run, size_t c, const struct acc_estimate *facts);

/* An estimate without standard error, interval or test. */
void acc_run_blank(struct acc_estimate *estimate);

/* Number and effective number of clusters and their mean size, from run->pairs and `rated`. */
void acc_run_clusters(const struct acc_agreement_run *run, const bool *rated,
		      struct acc_spread *spread);

/* The same as of another coefficient. */
void acc_run_same_clusters(struct acc_spread *spread, const struct acc_spread *other);

/* Spread of all coefficients of the theme at hand, and what the pool needs of it. */
enum acc_status acc_run_spread(struct acc_agreement_run *run);

/* The part of it that leaves blocks out, of the coefficients that want it. */
enum acc_status acc_run_jackknife(struct acc_agreement_run *run);

/* Its parts, shared with the pool: one block's part of a jackknife (`without` may be NaN) or of
 * influence values; the variance from all of them; units within blocks. */
void acc_run_replicate(struct acc_spread *spread, double times, double without, double value);
void acc_run_psi(struct acc_spread *spread, double times, double psi);
void acc_run_variance(struct acc_spread *spread, bool influence, double pieces);
void acc_run_pool_within(struct acc_agreement_run *run, size_t c);

/* Intervals of all estimates at hand. */
enum acc_status acc_run_finish(struct acc_agreement_run *run);

/* The themes' shares of what is pooled, from their parts of it. */
void acc_run_shares(const struct acc_agreement_run *run, struct acc_estimate *estimate,
		    uint32_t themes);

/* The pooled rows, after all themes; first_theme gives reasons where nothing could be pooled. */
enum acc_status acc_run_pool(struct acc_agreement_run *run, const struct acc_estimate *first_theme);

#endif
