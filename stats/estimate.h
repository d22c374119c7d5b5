/* estimate: a number with its uncertainty, or the reason why there is none. */
#ifndef ACC_ESTIMATE_H
#define ACC_ESTIMATE_H

#include "stats/base.h"

#include <math.h>

/* How standard error and interval are made (docs/methods.md section 4); see intervals.def. */
enum acc_ci {
#define ACC_INTERVAL(constant, name) ACC_CI_##constant,
#include "stats/intervals.def"
#undef ACC_INTERVAL
};

/* Things a careful reader wants to know about a number that is there; bits. See notes.def. */
enum acc_note {
#define ACC_NOTE(bit, key, sentence) ACC_NOTE_##key = 1 << (bit),
#include "stats/notes.def"
#undef ACC_NOTE
};

/* The test that comes with some coefficients, and the interval made from it; NaN where there is
 * none. */
struct acc_classical {
	double statistic, df1, df2, p; /* df2 is NaN where the statistic is chi-square */
	double low, high;
	const char *method; /* of the interval; static */
};

/* No test. */
static inline struct acc_classical
acc_classical_none(void)
{
	return (struct acc_classical){NAN, NAN, NAN, NAN, NAN, NAN, ""};
}

/* One coefficient of one question. */
struct acc_estimate {
	double observed, expected; /* agreement */
	double value, se, low, high;
	enum acc_reason reason; /* why value, or interval, is undefined */
	unsigned notes;         /* enum acc_note bits */
	const char *method;     /* static; "" when there is no interval */
	double units, ratings;  /* with two ratings or more */
	double single;          /* units with one rating */
	double clusters, effective;
	double df;                    /* of tests on Fisher's z */
	double independent;           /* independent units that it is worth if none disagree */
	double p;                     /* two-sided test of 0, by the error under chance agreement */
	double replicates, undefined; /* of a bootstrap, and those without a value or an error */
	double below_minimum;         /* share of replicates below the plan's minimum; NaN */
	double rated_by[2];           /* of exactly two coders: the units each rated */
	double share_observed, share_expected; /* of a theme in what is pooled; NaN where nothing
						  is, or nothing is shared */
	double prevalence; /* share of the theme (present/absent), NaN where there is none */
	struct acc_classical test; /* of the coefficient, units independent */
	bool estimable; /* two categories with mass in clusters enough to compare groups */
};

#endif
