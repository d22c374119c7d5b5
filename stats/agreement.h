/* agreement: the coefficients of a study with their intervals: per theme and pooled over themes,
 * for one group or all, for some coders or all. */
#ifndef ACC_AGREEMENT_H
#define ACC_AGREEMENT_H

#include "stats/blocks.h"
#include "stats/coefficient.h"

/* How standard error and interval are made (docs/methods.md section 4). */
enum acc_ci {
	ACC_CI_AUTO, /* cluster jackknife, Fisher's z, t on effective clusters, degenerate rule */
	ACC_CI_JACKKNIFE, /* cluster jackknife, symmetric, t(clusters - 1) */
	ACC_CI_LINEAR, /* exact influence values summed within clusters, symmetric, t(clusters - 1)
			*/
	ACC_CI_GWET    /* the published linearisation for independent units, as irrCAC prints it */
};

struct acc_plan {
	const struct acc_coefficient *const *coefficient; /* borrowed */
	size_t coefficients;
	const struct acc_weights *weights; /* borrowed */
	enum acc_ci ci;
	enum acc_cluster cluster;
	double level; /* 0.95 */
};

/* Things a careful reader wants to know about a number that is there; bits. See notes.def. */
enum acc_note {
#define ACC_NOTE(bit, key, sentence) ACC_NOTE_##key = 1 << (bit),
#include "stats/notes.def"
#undef ACC_NOTE
};

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
	double prevalence; /* share of the theme (present/absent), NaN where there is none */
	bool estimable;    /* two categories with mass in clusters enough to compare groups */
};

/* Which units and ratings to use. */
struct acc_scope {
	uint32_t group;           /* ACC_NONE: all */
	const uint32_t *coder_of; /* as in acc_panel_make; NULL: all coders */
	size_t coders;
};

/* Estimates of all coefficients for each theme and, last, pooled over themes:
 * estimate[theme * coefficients + c], owned by the caller, (themes + 1) * coefficients long. With
 * one theme only the pooled row equals it. */
enum acc_status acc_agreement(const struct acc_patterns *patterns, const struct acc_plan *plan,
			      const struct acc_scope *scope, struct acc_estimate **estimate);

#endif
