/* tally: the sums that every coefficient of one question is made of.
 *
 * A question is a theme (or the single code); its categories are the codes it can get. The tally is
 * linear in the units: adding units adds tallies, leaving a cluster out subtracts its tally. It is
 * one array of doubles, so that gradients and influence values have the same shape.
 *
 * With r_i the ratings of unit i and r_ik those of category k, D_i the mean disagreement over the
 * pairs of ratings of unit i: */
#ifndef ACC_TALLY_H
#define ACC_TALLY_H

#include "stats/patterns.h"
#include "stats/weights.h"

enum acc_tally_cell {
	ACC_TALLY_RATED,    /* units with r_i >= 1 */
	ACC_TALLY_PAIRED,   /* units with r_i >= 2 */
	ACC_TALLY_RATINGS,  /* sum of r_i over units with r_i >= 2 */
	ACC_TALLY_OBSERVED, /* sum of D_i over units with r_i >= 2 */
	ACC_TALLY_WEIGHTED, /* sum of r_i D_i over units with r_i >= 2 */
	ACC_TALLY_ARRAYS    /* the arrays below begin here */
};

/* Arrays that only some coefficients need; bits. A coefficient says so in its descriptor. */
enum acc_need {
	ACC_NEED_COINCIDENCES = 1, /* [categories^2] sum of r_ik (r_il - [k = l]) / (r_i - 1) */
	ACC_NEED_SPECIFIC = 2, /* [2 * categories] sum of r_ik (r_ik - 1), then of r_ik (r_i - 1) */
	ACC_NEED_CELLS = 4, /* [pairs of coders * categories^2] units to which i gave k and j l, for
			       i < j in the order (0,1) (0,2) (1,2) (0,3) ... */
	ACC_NEED_COMPLETE =
	    8,                 /* units that every coder rated: [1] how many, [1] the sum of each
 unit's largest disagreement,
				  then [coders * categories] margins and, with ACC_NEED_CELLS, cells */
	ACC_NEED_MOMENTS = 16, /* units that every coder rated, as scores y: [1] how many, [1] sum
				 of squares around each unit's mean, [1] sum of squares of each
				 unit's sum, then [coders] sums of y; y is the score less the first
				 category's, so that nothing is lost to a distant origin */
	ACC_NEED_ANOVA = 32,   /* all units with a rating, as such scores: see acc_anova_sums */
	ACC_NEED_PAIRS = 64    /* [pairs of coders, 2] units that both rated, and the sum of their
				  disagreements there; pairs in the order of ACC_NEED_CELLS */
};

enum { ACC_TALLY_PARTS = 10 }; /* the sums and margins, then the optional arrays */

struct acc_tally {
	size_t categories; /* columns of the arrays: acc_weights_columns */
	size_t coders;
	unsigned needs;                 /* enum acc_need bits: the optional arrays it has */
	size_t at[ACC_TALLY_PARTS + 1]; /* where each part begins; the next one ends it */
	size_t length;                  /* doubles in cell */
	double *cell;                   /* owned */
	struct acc_recall *recall; /* borrowed: answers already given (stats/recall.h), or NULL */
	size_t *touched;           /* owned, [length]: cells that were added to; NULL: not kept */
	bool *is_touched;          /* owned, [length]: is in touched */
	size_t touches;
};

/* The arrays inside a tally. */
double *acc_tally_share(
    const struct acc_tally *tally); /* [categories] sum of r_ik / r_i, r_i >= 1 */
double *acc_tally_used(const struct acc_tally *tally);   /* [categories] sum of r_ik, r_i >= 2 */
double *acc_tally_margin(const struct acc_tally *tally); /* [coders * categories] units to which
							    coder j gave k, r_i >= 1 */

/* The optional arrays, in the order of enum acc_need; NULL where the tally lacks them. */
double *acc_tally_coincidences(const struct acc_tally *tally);
double *acc_tally_specific(const struct acc_tally *tally);
double *acc_tally_cells(const struct acc_tally *tally);
double *acc_tally_complete(const struct acc_tally *tally);
double *acc_tally_complete_margin(const struct acc_tally *tally);
double *acc_tally_complete_cells(const struct acc_tally *tally);
double *acc_tally_moments(const struct acc_tally *tally);
double *acc_tally_anova(const struct acc_tally *tally);
double *acc_tally_pairs(const struct acc_tally *tally);

/* The sums of ACC_NEED_ANOVA; behind them come four arrays, see acc_anova_sums. What goes by scores
 * is 0 where codes have none. */
enum acc_anova_cell {
	ACC_ANOVA_UNITS,   /* n: units with a rating */
	ACC_ANOVA_SQUARES, /* sum of T_i^2 / r_i, T_i the sum of unit i's scores */
	ACC_ANOVA_WITHIN,  /* sum of squares around each unit's mean */
	ACC_ANOVA_SIZES,   /* sum of r_i^2 */
	ACC_ANOVA_INVERSE, /* sum of 1 / r_i */
	ACC_ANOVA_MIXED,   /* sum of x_i (r_i - x_i) / r_i, x_i ratings in the second category */
	ACC_ANOVA_ARRAYS
};

/* The arrays: [coders] ratings, [coders] sum of scores, [coders] sum of scores less the unit's
 * mean, and of the coders two by two, j >= l at j (j + 1) / 2 + l, the units the coder rated (j =
 * l) less the sum over units both rated of 1 / r_i. */
struct acc_anova_sums {
	double *cell; /* [ACC_ANOVA_ARRAYS] */
	double *ratings, *scores, *apart, *pairs;
};

struct acc_anova_sums acc_anova_sums_of(const struct acc_tally *tally);

/* The number of the pair of coders i < j, and where its table begins in the cells. */
static inline size_t
acc_pair_number(size_t i, size_t j)
{
	return j * (j - 1) / 2 + i;
}

size_t acc_tally_pair(const struct acc_tally *tally, size_t i, size_t j);

/* A zeroed tally, with the arrays of `needs` (the first form: without any); free with
 * acc_tally_free. ACC_TOO_LARGE when an array would not fit in memory. */
enum acc_status acc_tally_make(struct acc_tally *tally, size_t categories, size_t coders);
enum acc_status acc_tally_make_for(struct acc_tally *tally, size_t categories, size_t coders,
				   unsigned needs);
void acc_tally_free(struct acc_tally *tally);

/* A tally without cells, which the caller lends it: [length]. */
enum acc_status acc_tally_shape(struct acc_tally *tally, size_t categories, size_t coders,
				unsigned needs);

void acc_tally_zero(struct acc_tally *tally);

/* Let a zeroed tally keep which cells were added to, where that pays, so that the functions below
 * take time by the units added and not by the categories. */
enum acc_status acc_tally_sparse(struct acc_tally *tally);

/* into += times * b. */
void acc_tally_accumulate(struct acc_tally *into, double times, const struct acc_tally *b);

/* into = a - b, all of one shape; where b is sparse, `into` must equal a before, and does again
 * after acc_tally_restore. */
void acc_tally_subtract(struct acc_tally *into, const struct acc_tally *a,
			const struct acc_tally *b);
void acc_tally_restore(struct acc_tally *into, const struct acc_tally *a,
		       const struct acc_tally *b);

/* Sum of a[i] b[i]: a gradient times a tally. */
double acc_tally_dot(const struct acc_tally *a, const struct acc_tally *b);

/* A panel: the patterns of a study seen as one question asked of some of its coders. */
struct acc_panel {
	size_t categories, coders;
	size_t patterns;
	size_t *first;     /* owned, [patterns + 1] into mark */
	uint32_t *mark;    /* owned: coder, category, coder, category, ... */
	double *count;     /* scratch of acc_tally_add, [categories], zero between calls */
	uint32_t *touched; /* scratch of acc_tally_add, [categories] */
};

/* Project patterns on a theme and some coders. coder_of[coder of the study] = coder of the panel,
 * or ACC_NONE to leave one out; NULL: all coders. In the themes design the categories are 0 absent
 * and 1 present; otherwise they are the codes. */
enum acc_status acc_panel_make(struct acc_panel *panel, const struct acc_patterns *patterns,
			       uint32_t theme, const uint32_t *coder_of, size_t coders);

/* The same with a category per value: category_of[value], ACC_NONE where the coder did not rate. */
enum acc_status acc_panel_make_of(struct acc_panel *panel, const struct acc_patterns *patterns,
				  const uint32_t *category_of, size_t categories,
				  const uint32_t *coder_of, size_t coders);
void acc_panel_free(struct acc_panel *panel);

/* Make it a panel of two categories: one of them (1) against all others (0). */
enum acc_status acc_panel_collapse(struct acc_panel *panel, uint32_t category);

/* Ratings of a pattern in this panel. */
size_t acc_panel_ratings(const struct acc_panel *panel, uint32_t pattern);

/* Count the ratings of a pattern per category into panel->count, and list the categories that have
 * any in panel->touched; returns how many. The second zeroes them again. */
size_t acc_panel_count(const struct acc_panel *panel, uint32_t pattern);
void acc_panel_uncount(const struct acc_panel *panel, size_t touched);

/* Mean disagreement over the pairs of ratings of a pattern; 0 when it has fewer than two, and for
 * ranks, which follow from a whole tally. Directed weights need a panel of two coders. */
double acc_panel_disagreement(const struct acc_panel *panel, uint32_t pattern,
			      const struct acc_weights *weights);

/* Add `units` units of a pattern to a tally. */
void acc_tally_add(struct acc_tally *tally, const struct acc_panel *panel, uint32_t pattern,
		   double units, const struct acc_weights *weights);

#endif
