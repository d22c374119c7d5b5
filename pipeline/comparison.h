/* comparison: what `accord compare` finds, gathered until all of it is there, then adjusted for the
 * number of tests and written as rows. */
#ifndef ACC_PIPELINE_COMPARISON_H
#define ACC_PIPELINE_COMPARISON_H

#include "pipeline/command/plan.h"
#include "pipeline/write/sheet.h"
#include "stats/comparison.h"
#include "stats/layer.h"
#include "stats/permutation.h"

/* What one group says of one quantity, on its own scale and on that of the test. */
struct acc_side {
	const char *group; /* borrowed */
	double count, total, clusters, value, se, low, high;
	const char *method;
	enum acc_reason reason;
	unsigned notes;
	struct acc_arm arm;
	double df;                        /* of a t on the scale of the value */
	double low_without, high_without; /* range leaving out one person */
	double coder_low, coder_high;     /* range over single coders */
	double gini, largest;             /* volume only */
	/* --classical, two coders and codes: intraclass kappa and its interval; NaN without. */
	double intraclass, intraclass_low, intraclass_high;
};

/* The p to report of a test, and where it comes from: "permutation", "Welch", "mid-p"; "" with NaN
 * where there is none. */
struct acc_verdict {
	double p;
	const char *by; /* static */
};

/* Two groups: the difference of their sides. */
struct acc_pairwise {
	struct acc_test test;
	struct acc_permuted permuted;
	struct acc_verdict verdict; /* filled by acc_comparison_write */
	double mid_p, coder_low, coder_high;
	double holm, adjusted; /* filled by acc_comparison_write */
};

/* A test that takes units as independent. */
struct acc_naive {
	const char *method; /* NULL: not there */
	const char *quantity;
	double value, statistic, df, p;
	enum acc_reason reason;
};
enum { ACC_NAIVES = 2 };

/* One quantity of one theme. Strings are borrowed. */
struct acc_subject {
	const char *what, *quantity, *weights, *theme, *theme_b, *layer;
	const char *test_method; /* of the test of all groups; NULL: none */
	const char *pair_method; /* of an interval made from both intervals; NULL: no intervals */
	bool guarded;            /* a difference has an interval only where its test is defined */
	bool transformed;        /* the test has a scale of its own, worth a row */
	bool estimates;          /* the groups have rows */
	bool pairs;              /* the pairs of groups have rows */
	bool association;        /* they are correlations, not differences */
	bool exact;              /* the p of the tests is exact, and there is a mid-p */
	struct acc_test test;
	struct acc_permuted permuted;
	struct acc_verdict verdict; /* filled by acc_comparison_write */
	double mid_p, cramers_v, bergsma;
	struct acc_naive naive[ACC_NAIVES];
	size_t sides;
	struct acc_side *side;     /* owned, [sides] */
	struct acc_pairwise *pair; /* owned, [sides * (sides - 1) / 2]: (0, 1), (0, 2), ... */
	double bh, adjusted;       /* filled by acc_comparison_write */
	size_t family;             /* likewise: tests adjusted together */
};

enum { ACC_PAIRED_GROUPS_MAX = 10 }; /* with more groups, pairs are not permuted */

/* The options of the stage, and what was found. */
struct acc_comparison {
	struct acc_command *command;
	struct acc_study study;
	struct acc_plan_made made;
	double level, margin; /* margin NaN: no equivalence test */
	uint64_t permutations, seed;
	bool classical;
	unsigned
	    dependent; /* what is compared on the same segments: bits 1 << acc_dependent_kind */
	const char *adjust; /* NULL: only the usual ones */
	enum acc_adjustment adjustment;
	const char *edge;            /* --edge, or NULL */
	struct acc_subject *subject; /* owned */
	size_t subjects, capacity;
	char **name; /* owned: names that subjects borrow */
	size_t names, name_capacity;
};

void acc_comparison_free(struct acc_comparison *comparison);

/* A new subject with all its sides and pairs, undefined; NULL with a message. The pointer holds
 * until the next call. */
struct acc_subject *acc_comparison_add(struct acc_comparison *comparison, const char *what,
				       const char *quantity, const char *theme, const char *layer);

/* A name that lives as long as the comparison; NULL with a message. */
const char *acc_comparison_name(struct acc_comparison *comparison, const char *first,
				const char *second);

/* No estimate, no permutation. */
struct acc_permuted acc_not_permuted(void);

/* How people change places: all groups, or two. False with a message. */
struct acc_exchange acc_comparison_exchange(const struct acc_comparison *comparison,
					    const uint32_t *group, size_t clusters, size_t groups);

/* Welch's tests of a subject from its arms: all groups, and each pair. */
void acc_subject_test(struct acc_subject *subject);

/* The place of groups i < j among the pairs. */
size_t acc_subject_pair(const struct acc_subject *subject, size_t i, size_t j);

/* Choose the p to report of every test, and adjust it; acc_comparison_write begins with it. False:
 * out of memory. */
bool acc_comparison_conclude(struct acc_comparison *comparison);

/* Adjust, make the rows and write them. */
void acc_comparison_write(struct acc_comparison *comparison);

/* What can be compared; subjects are added. False with messages. */
bool acc_compare_agreement(struct acc_comparison *comparison);
bool acc_compare_prevalence(struct acc_comparison *comparison);
bool acc_compare_cooccurrence(struct acc_comparison *comparison);

/* Call act for every layer that --layer names (majority unless it says so). False with messages. */
bool acc_compare_layers(struct acc_comparison *comparison,
			bool (*act)(struct acc_comparison *, const struct acc_layer *,
				    const char *name));

#endif
