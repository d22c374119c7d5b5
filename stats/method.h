/* method: one kind of interval: what it needs to know and how it is made from that.
 *
 * Each is one file in stats/intervals/ that ends in its descriptor, and one line in intervals.def.
 */
#ifndef ACC_METHOD_H
#define ACC_METHOD_H

#include "stats/interval.h"

/* What an interval is made from; bits. */
enum acc_evidence {
	ACC_EVIDENCE_JACKKNIFE = 1,  /* values without each block */
	ACC_EVIDENCE_INFLUENCE = 2,  /* influence values summed within blocks */
	ACC_EVIDENCE_PUBLISHED = 4,  /* the published linearisation; units are the blocks */
	ACC_EVIDENCE_REPLICATES = 8, /* bootstrap values */
	ACC_EVIDENCE_ERRORS = 16,    /* the standard error of each bootstrap value */
	ACC_EVIDENCE_NULL = 32,      /* variance if there were chance agreement only */
	ACC_EVIDENCE_POISSON = 64    /* bootstrap values: each cluster Poisson(1) times, by name */
};

struct acc_method {
	const char *key;      /* "bootstrap-t", as in --ci */
	const char *name;     /* a few words, for lists */
	const char *formula;  /* one line, for lists and documents */
	const char *citation; /* "Efron 1987" */
	unsigned evidence;    /* enum acc_evidence bits */
	bool population;      /* has a form for a group of known size */
	/* Set se, low, high, method and p of an estimate whose value is defined, or say why not. */
	enum acc_reason (*make)(struct acc_estimate *, const struct acc_spread *, double level);
};

#define ACC_INTERVAL(constant, name) extern const struct acc_method acc_method_##name;
#include "stats/intervals.def"
#undef ACC_INTERVAL

extern const struct acc_method *const acc_methods[]; /* by enum acc_ci */
extern const size_t acc_method_count;

/* Set se, low, high, method, reason and notes of an estimate whose value is defined. */
void acc_interval(struct acc_estimate *estimate, const struct acc_spread *spread, enum acc_ci ci,
		  double level);

/* Shared by methods: why the spread gives no standard error: too few blocks, or a value without one
 * of them is undefined. */
enum acc_reason acc_method_obstacle(const struct acc_spread *spread);

/* Shared by methods: limits do not go below what a coefficient can be. With missing ratings, or
 * weights whose chance term knows no margins, the value itself can be less; then there is no such
 * bound. */
double acc_method_bounded(double low, const struct acc_estimate *estimate,
			  const struct acc_spread *spread);

/* Shared by methods: the standard error of the variance and value -+ t(df) se, no limit above 1. */
enum acc_reason acc_method_symmetric(struct acc_estimate *estimate, const struct acc_spread *spread,
				     double level);

#endif
