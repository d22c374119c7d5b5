/* coefficient: chance-corrected agreement, kappa = 1 - D_o / D_e, as a function of a tally.
 *
 * Each coefficient is one file in stats/coefficients/ that ends in its descriptor, and one line in
 * coefficients.def. It says how much the coders disagree (D_o) and how much they would by chance
 * (D_e); the correction itself, intervals, tests, groups, pairs and pooling are done once for all.
 */
#ifndef ACC_COEFFICIENT_H
#define ACC_COEFFICIENT_H

#include "stats/estimate.h"
#include "stats/tally.h"
#include "stats/weights.h"

/* Observed and expected disagreement. */
struct acc_disagreement {
	double observed, expected;
};

struct acc_coefficient {
	const char *key;      /* "fleiss_kappa" */
	const char *alias;    /* other names it goes by, separated by commas: "fleiss" */
	const char *name;     /* "Fleiss' kappa" */
	const char *formula;  /* chance term in one line, for lists and documents */
	const char *citation; /* "Fleiss 1971" */
	bool standard;        /* computed when nobody says which */
	bool two_coders;      /* defined for exactly two coders */
	bool binary;          /* defined for two categories, absent and present in this order */
	bool identity_only;   /* knows equal and different codes only, no weights between */
	bool scores;          /* of numeric or ordered codes: takes acc_weights.score */
	bool diagnostic;      /* explains another coefficient; has no interval */
	bool pairs_only;      /* units with one rating do not enter at all */
	bool sets;            /* about sets: asked for with weights that are distances of sets */
	bool by_coder;        /* reads the coders' margins: who gave a code matters */
	bool coders_summed;   /* but only their sum, which is the same whoever gave it */
	unsigned needs;       /* optional arrays of the tally: enum acc_need bits */
	bool by_chance;       /* it knows the categories through acc_weights_... functions only, so
				 that a tally of moments is enough */
	bool near;            /* with a matrix of weights, one replicate near the whole costs the
				 categories and not their square (stats/near.h) */
	bool ranks;           /* defined for Krippendorff's ordinal difference */
	bool base;            /* others build on it: what it says of a tally is kept for them */
	bool directed;        /* defined for weights that are not symmetric */
	double least;         /* smallest possible value: -1, or 0 for uncorrected agreement */
	/* D_o and D_e, or why they are undefined. The tally has a pair of ratings. */
	enum acc_reason (*estimate)(const struct acc_tally *, const struct acc_weights *,
				    struct acc_disagreement *);
	/* Their gradients in the cells of the tally, added to two zeroed tallies of its shape.
	 * NULL: taken numerically. Small-sample factors are held fixed, so that influences sum to
	 * zero. */
	void (*gradient)(const struct acc_tally *, const struct acc_weights *,
			 struct acc_tally *observed, struct acc_tally *expected);
	/* Variance if coders agreed by chance only, every unit having `ratings` ratings; NaN where
	 * no formula is known. NULL: nowhere. */
	double (*null_variance)(const struct acc_tally *, const struct acc_weights *,
				double ratings);
	/* The published test that the value is 0, and where there is one the interval, for
	 * independent units; NULL: there is none. */
	void (*test)(const struct acc_tally *, const struct acc_weights *, double level,
		     struct acc_classical *);
};

/* Each coefficient by its name, so that one can build on another. */
#define ACC_COEFFICIENT(name) extern const struct acc_coefficient acc_coefficient_##name;
#include "stats/coefficients.def"
#undef ACC_COEFFICIENT

extern const struct acc_coefficient *const acc_coefficients[];
extern const size_t acc_coefficient_count;

/* The coefficient of a key or alias, or NULL. */
const struct acc_coefficient *acc_coefficient_find(const char *key);

/* Does it not ask who gave what? Then folded patterns (stats/fold.h) are enough for it. */
bool acc_coefficient_anonymous(const struct acc_coefficient *coefficient);

/* The chance correction, in one place: 1 - D_o / D_e with its degenerate case. */
enum acc_reason acc_chance_correct(const struct acc_disagreement *disagreement, double *value);

/* Everything a coefficient needs before and after estimate(): checks, estimate, correction. *value
 * and *disagreement are NaN when the reason is not ACC_DEFINED. */
enum acc_reason acc_coefficient_value(const struct acc_coefficient *coefficient,
				      const struct acc_tally *tally,
				      const struct acc_weights *weights,
				      struct acc_disagreement *disagreement, double *value);

/* coefficient->estimate(), or what it said of the same tally before (stats/recall.h). */
enum acc_reason acc_coefficient_estimate(const struct acc_coefficient *coefficient,
					 const struct acc_tally *tally,
					 const struct acc_weights *weights,
					 struct acc_disagreement *at);

/* The gradients of D_o and D_e, by the closed form or numerically. Zeroes them first. */
enum acc_status acc_coefficient_gradient(const struct acc_coefficient *coefficient,
					 const struct acc_tally *tally,
					 const struct acc_weights *weights,
					 struct acc_tally *observed, struct acc_tally *expected);

/* Is `name` in a list of names separated by commas (NULL: an empty one)? */
bool acc_name_listed(const char *list, const char *name);

/* Shared by coefficients without a chance term: D_o = 1 - value, D_e = 1. */
void acc_uncorrected(double value, struct acc_disagreement *out);

/* Shared by coefficients: mean disagreement per unit, OBSERVED / PAIRED, and its gradient. */
double acc_observed_per_unit(const struct acc_tally *tally);
void acc_observed_per_unit_gradient(const struct acc_tally *tally, struct acc_tally *gradient);

/* The .gradient of coefficients with that D_o whose D_e is the same for all tallies. */
void acc_observed_alone_gradient(const struct acc_tally *tally, const struct acc_weights *weights,
				 struct acc_tally *observed, struct acc_tally *expected);

/* Shared by coefficients: D_e = sum of d(k, l) pi_k pi_l for pi = sums / total, and its gradient in
 * the sums (an array of the tally, at the same offset in `gradient`) and in the cell of the total.
 */
double acc_expected_shared(const struct acc_weights *weights, const double *sums, double total);
void acc_expected_shared_gradient(const struct acc_weights *weights, const double *sums,
				  double total, double *sums_gradient, double *total_gradient);

#endif
