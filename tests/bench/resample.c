/* resample: what 10,000 bootstrap replicates cost, and that it does not depend on the units.
 *
 * 3 coders, 5 codes, the standard coefficients; the patterns are made with their counts, as
 * tabulate would leave them. */
#include "stats/resample.h"
#include "stats/bootstrap.h"
#include "tests/parts/simulated.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { CODERS = 3, CODES = 5, MISSING = CODES, REPLICATES = 10000 };

static double
seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static uint32_t
label(struct acc_vocabulary *vocabulary, const char *prefix, unsigned number)
{
	char text[32];
	uint32_t at;
	snprintf(text, sizeof text, "%s%u", prefix, number);
	must_be_ok(acc_vocabulary_add(vocabulary, text, &at));
	return at;
}

/* Coders who give the true code with chance 0.7, else any of the codes or none. */
static void
add_unit(struct acc_patterns *patterns, gsl_rng *rng)
{
	uint32_t word[3 + 2 * CODERS] = {ACC_NONE, ACC_NONE, ACC_NONE}, length = 3;
	uint32_t truth = (uint32_t)gsl_rng_uniform_int(rng, CODES);
	for (uint32_t j = 0; j < CODERS; j++) {
		bool knows = gsl_rng_uniform(rng) < 0.7;
		uint32_t given = knows ? truth : (uint32_t)gsl_rng_uniform_int(rng, CODES + 1);
		if (given == MISSING)
			continue;
		word[length++] = j;
		must_be_ok(
		    acc_pool_add(&patterns->value, (uint32_t[]){0, given}, 2, &word[length++]));
	}
	must_be_ok(acc_patterns_add(patterns, word, length, 1, NULL));
}

static struct acc_patterns
make(unsigned units)
{
	struct acc_patterns patterns = {.design = ACC_CODES};
	gsl_rng *rng = gsl_rng_alloc(acc_rng_philox);
	label(&patterns.theme, "", 0);
	for (unsigned j = 0; j < CODERS; j++)
		label(&patterns.coder, "coder", j);
	for (unsigned k = 0; k < CODES; k++)
		label(&patterns.code, "code", k);
	for (unsigned u = 0; u < units; u++)
		add_unit(&patterns, rng);
	gsl_rng_free(rng);
	must_be_ok(acc_patterns_canonical(&patterns, NULL));
	return patterns;
}

static double
measure(unsigned units)
{
	struct acc_patterns patterns = make(units);
	double score[CODES] = {1, 2, 3, 4, 5};
	struct acc_weights weights;
	struct acc_replicates replicates;
	must_be_ok(acc_weights_make(&weights, acc_scheme_find("quadratic"), score, CODES));
	const struct acc_coefficient *standard[64];
	size_t count = 0, alpha = 0;
	for (size_t i = 0; i < acc_coefficient_count && count < 64; i++)
		if (acc_coefficients[i]->standard)
			standard[count++] = acc_coefficients[i];
	while (standard[alpha] != &acc_coefficient_krippendorff_alpha)
		alpha++;
	struct acc_plan plan = {.coefficient = standard,
				.coefficients = count,
				.weights = &weights,
				.cluster = ACC_CLUSTER_UNIT};
	struct acc_scope scope = {.group = ACC_NONE, .coders = CODERS};
	struct acc_draw draw = {.seed = 1, .count = REPLICATES};
	double start = seconds();
	must_be_ok(acc_bootstrap(&patterns, &plan, &scope, 0, &draw, &replicates));
	double taken = seconds() - start;
	struct acc_resample resample = acc_resample_make(
	    replicates.value + alpha * replicates.count, NULL, REPLICATES, NAN, NAN);
	printf("%8u units, %u patterns: %d replicates of %zu coefficients in %.3f s "
	       "(alpha %.4f to %.4f)\n",
	       units, patterns.vector.count, REPLICATES, count, taken,
	       acc_resample_quantile(&resample, 0.025), acc_resample_quantile(&resample, 0.975));
	acc_replicates_free(&replicates);
	acc_weights_free(&weights);
	acc_patterns_free(&patterns);
	return taken;
}

int
main(void)
{
	double small = measure(10000), large = measure(1000000);
	printf("%u coders, %u codes; a hundred times the units take %.2f times the time\n", CODERS,
	       CODES, large / small);
	return 0;
}
