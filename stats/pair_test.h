/* pair test: do two themes meet more or less often than chance would have it?
 *
 * Each test is one file in stats/pair_tests/ that ends in its descriptor, and one line in
 * pair_tests.def. They differ in what chance may do. */
#ifndef ACC_PAIR_TEST_H
#define ACC_PAIR_TEST_H

#include "stats/cooccurrence.h"
#include "stats/hypergeometric.h"

/* One pair: its count of units with both against what chance gives. */
struct acc_chance {
	double mean, deviation; /* of the count by chance */
	double size;            /* (count - mean) / deviation: the standardised effect size */
	double p, p_adjusted;   /* NaN where undefined */
	enum acc_reason reason;
};

/* What is tested, all pairs of a group and layer: the family. */
struct acc_family {
	const struct acc_patterns *patterns;
	const struct acc_blocks *blocks;
	struct acc_layer layer;
	uint32_t present;
	const struct acc_pair *pair; /* all of acc_cooccurrence.pair */
	size_t pairs;
	uint64_t seed;
	uint32_t group; /* as in acc_address */
	uint64_t draws; /* random draws; 0: the test's own number, or none */
};

struct acc_pair_test {
	const char *key;
	const char *name;
	const char *about;
	const char *citation;
	bool naive;     /* takes units as independent */
	bool one_sided; /* looks at one direction only */
	uint64_t draws; /* made unless told; 0: it counts all cases and draws nothing */
	/* Set mean, deviation, p of chance[pairs]; all else is done for it. */
	enum acc_status (*run)(const struct acc_family *, struct acc_chance *chance);
};

extern const struct acc_pair_test *const acc_pair_tests[];
extern const size_t acc_pair_test_count;
const struct acc_pair_test *acc_pair_test_find(const char *key);

/* Run a test over a family and adjust its p values: Benjamini and Hochberg's, or (dependent)
 * Benjamini and Yekutieli's. chance[pairs] is the caller's; *tested pairs have a p value. */
enum acc_status acc_pair_test_run(const struct acc_pair_test *test, const struct acc_family *family,
				  bool dependent, struct acc_chance *chance, size_t *tested);

/* ---- for the tests ---- */

/* Twice the smaller tail, at most 1. */
double acc_two_sided(double lower, double upper);

/* What chance gives where units are independent and margins stand; p is what `tail` takes of it. */
void acc_chance_hypergeometric(const struct acc_family *family,
			       double (*tail)(const struct acc_hypergeometric *),
			       struct acc_chance *chance);

/* Replicates of the count of each pair under chance, added up. */
struct acc_chance_sums {
	double *sum, *square;   /* owned, [pairs] */
	uint64_t *least, *most; /* owned, [pairs]: replicates with no more, no less than observed */
	const uint32_t *observed; /* borrowed, [pairs] */
	size_t pairs;
	uint64_t draws;
};
enum acc_status acc_chance_sums_make(struct acc_chance_sums *sums, size_t pairs,
				     const uint32_t *observed);
void acc_chance_sums_free(struct acc_chance_sums *sums);
void acc_chance_sums_add(struct acc_chance_sums *sums, const uint32_t *count);
/* p = (b + 1) / (draws + 1) of each tail. */
void acc_chance_sums_end(const struct acc_chance_sums *sums, struct acc_chance *chance);

#endif
