#include "stats/pair_test.h"
#include "stats/comparison.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ACC_PAIR_TEST(name) extern const struct acc_pair_test acc_pair_test_##name;
#include "stats/pair_tests.def"
#undef ACC_PAIR_TEST

const struct acc_pair_test *const acc_pair_tests[] = {
#define ACC_PAIR_TEST(name) &acc_pair_test_##name,
#include "stats/pair_tests.def"
#undef ACC_PAIR_TEST
};
const size_t acc_pair_test_count = sizeof acc_pair_tests / sizeof *acc_pair_tests;

const struct acc_pair_test *
acc_pair_test_find(const char *key)
{
	for (size_t i = 0; i < acc_pair_test_count; i++)
		if (!strcmp(key, acc_pair_tests[i]->key))
			return acc_pair_tests[i];
	return NULL;
}

double
acc_two_sided(double lower, double upper)
{
	return fmin(1, 2 * fmin(lower, upper));
}

void
acc_chance_hypergeometric(const struct acc_family *family,
			  double (*tail)(const struct acc_hypergeometric *),
			  struct acc_chance *chance)
{
	for (size_t i = 0; i < family->pairs; i++) {
		const struct acc_pair_table *table = &family->pair[i].table;
		if (acc_pair_constant(table)) {
			chance[i].reason = ACC_REASON_empty_margin;
			continue;
		}
		struct acc_hypergeometric h = acc_hypergeometric(table, 0);
		chance[i].mean = h.mean;
		chance[i].deviation = sqrt(h.variance);
		chance[i].p = tail(&h);
	}
}

enum acc_status
acc_pair_test_run(const struct acc_pair_test *test, const struct acc_family *family, bool dependent,
		  struct acc_chance *chance, size_t *tested)
{
	double *p = acc_array(2 * family->pairs, sizeof *p), *adjusted = p + family->pairs;
	struct acc_family made = *family;
	if (!p)
		return ACC_NO_MEMORY;
	if (!made.draws)
		made.draws = test->draws;
	*tested = 0;
	for (size_t i = 0; i < family->pairs; i++)
		chance[i] = (struct acc_chance){NAN, NAN, NAN, NAN, NAN, ACC_DEFINED};
	enum acc_status status = test->run(&made, chance);
	for (size_t i = 0; status == ACC_OK && i < family->pairs; i++) {
		struct acc_chance *c = &chance[i];
		if (c->reason == ACC_DEFINED && !(c->deviation > 0))
			c->reason = ACC_REASON_nothing_to_permute;
		if (c->reason == ACC_DEFINED)
			c->size = (family->pair[i].table.both - c->mean) / c->deviation;
		else
			c->p = NAN;
		p[i] = c->p;
		*tested += isnan(c->p) ? 0 : 1;
	}
	if (status == ACC_OK)
		status = acc_adjust(dependent ? ACC_ADJUST_BY : ACC_ADJUST_BH, p, family->pairs,
				    adjusted);
	for (size_t i = 0; status == ACC_OK && i < family->pairs; i++)
		chance[i].p_adjusted = adjusted[i];
	free(p);
	return status;
}

/* ---- replicates ---- */

enum acc_status
acc_chance_sums_make(struct acc_chance_sums *sums, size_t pairs, const uint32_t *observed)
{
	*sums = (struct acc_chance_sums){.sum = acc_array(pairs, sizeof *sums->sum),
					 .square = acc_array(pairs, sizeof *sums->square),
					 .least = acc_array(pairs, sizeof *sums->least),
					 .most = acc_array(pairs, sizeof *sums->most),
					 .observed = observed,
					 .pairs = pairs};
	return sums->sum && sums->square && sums->least && sums->most ? ACC_OK : ACC_NO_MEMORY;
}

void
acc_chance_sums_free(struct acc_chance_sums *sums)
{
	free(sums->sum);
	free(sums->square);
	free(sums->least);
	free(sums->most);
	*sums = (struct acc_chance_sums){0};
}

void
acc_chance_sums_add(struct acc_chance_sums *sums, const uint32_t *count)
{
	sums->draws++;
	for (size_t i = 0; i < sums->pairs; i++) {
		double from = (double)count[i] - (double)sums->observed[i];
		sums->sum[i] += from;
		sums->square[i] += from * from;
		sums->least[i] += from <= 0;
		sums->most[i] += from >= 0;
	}
}

void
acc_chance_sums_end(const struct acc_chance_sums *sums, struct acc_chance *chance)
{
	double draws = (double)sums->draws;
	for (size_t i = 0; i < sums->pairs; i++) {
		double from = sums->sum[i] / draws;
		chance[i].mean = from; /* relative to the observed count; see below */
		chance[i].deviation = sqrt(fmax(0, sums->square[i] / draws - from * from));
		chance[i].p = acc_two_sided(((double)sums->least[i] + 1) / (draws + 1),
					    ((double)sums->most[i] + 1) / (draws + 1));
	}
}
