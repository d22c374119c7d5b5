#include "stats/permutation.h"
#include "stats/parallel.h"
#include "stats/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 512 }; /* permutations of one task */

struct run {
	const struct acc_exchange *exchange;
	const struct acc_statistic *statistic;
	const double *observed;
	double *size;       /* owned, [groups] */
	double assignments; /* infinity: random ones */
	uint64_t permutations;
	uint64_t *larger, *largest, *undefined; /* owned, [tasks * statistics] each */
};

static void
count_sizes(const struct acc_exchange *exchange, double *size)
{
	memset(size, 0, exchange->groups * sizeof *size);
	for (size_t c = 0; c < exchange->clusters; c++)
		size[exchange->group[c]]++;
}

/* The product of binomials C(n_1 + ... + n_g, n_g), each exact as long as it is small. */
static double
assignments(const double *size, size_t groups)
{
	double product = 1, before = 0;
	for (size_t g = 0; g < groups; g++)
		for (double i = 1; i <= size[g]; i++) {
			product *= ++before;
			product /= i;
			if (product > 1e15)
				return INFINITY;
		}
	product = round(product);
	return product <= ACC_PERMUTATION_ENUMERATE ? product : INFINITY;
}

double
acc_permutation_assignments(const struct acc_exchange *exchange)
{
	double *size = acc_array(exchange->groups, sizeof *size);
	if (!size)
		return NAN;
	count_sizes(exchange, size);
	double count = assignments(size, exchange->groups);
	free(size);
	return count;
}

double
acc_permutation_relabellings(const struct acc_exchange *exchange)
{
	double *size = acc_array(exchange->groups, sizeof *size), product = 1;
	if (!size)
		return NAN;
	count_sizes(exchange, size);
	for (size_t g = 0; g < exchange->groups; g++) {
		double alike = 1;
		for (size_t h = 0; h < g; h++)
			alike += size[h] == size[g];
		product *= alike;
	}
	free(size);
	return product;
}

/* The assignment of a rank in lexicographic order. left: scratch, [groups]. */
static void
unrank(const struct run *run, uint64_t rank, double *left, uint32_t *group)
{
	const struct acc_exchange *exchange = run->exchange;
	double here = run->assignments, at = (double)rank;
	memcpy(left, run->size, exchange->groups * sizeof *left);
	for (size_t c = 0; c < exchange->clusters; c++) {
		double rest = (double)(exchange->clusters - c);
		uint32_t g = 0;
		double ways = round(here * left[g] / rest);
		while (at >= ways) {
			at -= ways;
			ways = round(here * left[++g] / rest);
		}
		group[c] = g;
		left[g]--;
		here = ways;
	}
}

static void
shuffle(const struct run *run, uint64_t replicate, gsl_rng *rng, uint32_t *group)
{
	const struct acc_exchange *exchange = run->exchange;
	acc_random_go(rng, &(struct acc_address){exchange->seed, ACC_PURPOSE_PERMUTATION, ACC_NONE,
						 ACC_NONE, replicate});
	memcpy(group, exchange->group, exchange->clusters * sizeof *group);
	for (size_t left = exchange->clusters; left > 1; left--) {
		size_t other = gsl_rng_uniform_int(rng, left);
		uint32_t moved = group[left - 1];
		group[left - 1] = group[other];
		group[other] = moved;
	}
}

/* False for what is undefined. */
static bool
reaches(double statistic, double observed)
{
	return statistic >= observed - ACC_PERMUTATION_TIE * fabs(observed);
}

/* Largest of those tested together, of the ones with an observed statistic. */
static double
largest_of(const struct run *run, const double *value)
{
	double largest = NAN;
	for (size_t i = 0; i < run->statistic->together; i++)
		if (!isnan(run->observed[i]))
			largest = fmax(largest, value[i]);
	return largest;
}

static void
count(struct run *run, size_t task, const double *value)
{
	size_t statistics = run->statistic->statistics;
	double largest = largest_of(run, value);
	for (size_t i = 0; i < statistics; i++) {
		size_t here = task * statistics + i;
		run->larger[here] += reaches(value[i], run->observed[i]) ? 1 : 0;
		run->largest[here] += reaches(largest, run->observed[i]) ? 1 : 0;
		run->undefined[here] += isnan(value[i]) ? 1 : 0;
	}
}

static enum acc_status
permute_batch(void *context, size_t task)
{
	struct run *run = context;
	const struct acc_statistic *statistic = run->statistic;
	gsl_rng *rng = gsl_rng_alloc(acc_rng_philox);
	uint32_t *group = acc_array(run->exchange->clusters, sizeof *group);
	double *left = acc_array(run->exchange->groups, sizeof *left);
	double *scratch = acc_array(statistic->scratch, sizeof *scratch);
	double *value = acc_array(statistic->statistics, sizeof *value);
	enum acc_status status = rng && group && left && scratch && value ? ACC_OK : ACC_NO_MEMORY;
	uint64_t first = (uint64_t)task * BATCH, end = first + BATCH;
	for (uint64_t b = first; status == ACC_OK && b < end && b < run->permutations; b++) {
		if (isinf(run->assignments))
			shuffle(run, b, rng, group);
		else
			unrank(run, b, left, group);
		statistic->of(statistic->context, group, scratch, value);
		count(run, task, value);
	}
	if (rng)
		gsl_rng_free(rng);
	free(group);
	free(left);
	free(scratch);
	free(value);
	return status;
}

static double
share(const struct run *run, double reached, double m)
{
	return isinf(run->assignments) ? (reached + 1) / (m + 1) : reached / m;
}

static double
sum_of(const struct run *run, const uint64_t *count, size_t tasks, size_t statistic)
{
	double sum = 0;
	for (size_t task = 0; task < tasks; task++)
		sum += (double)count[task * run->statistic->statistics + statistic];
	return sum;
}

static void
conclude(const struct run *run, size_t tasks, struct acc_permuted *permuted)
{
	double all = (double)run->permutations;
	double same = acc_permutation_relabellings(run->exchange);
	for (size_t i = 0; i < run->statistic->statistics; i++) {
		permuted[i] = (struct acc_permuted){.observed = run->observed[i],
						    .p = NAN,
						    .p_together = NAN,
						    .p_min = NAN,
						    .permutations = NAN,
						    .undefined = NAN};
		if (isnan(run->observed[i]) || run->permutations == 0)
			continue;
		double undefined = sum_of(run, run->undefined, tasks, i), m = all - undefined;
		permuted[i].p = share(run, sum_of(run, run->larger, tasks, i), m);
		if (i < run->statistic->together)
			permuted[i].p_together =
			    share(run, sum_of(run, run->largest, tasks, i), all);
		permuted[i].p_min = isinf(run->assignments) ? 1 / (m + 1) : same / m;
		permuted[i].permutations = m;
		permuted[i].undefined = undefined;
	}
}

/* The observed statistics; then all permutations. */
static enum acc_status
work(struct run *run, double *observed, double *scratch, struct acc_permuted *permuted)
{
	const struct acc_statistic *statistic = run->statistic;
	size_t tasks = (size_t)((run->permutations + BATCH - 1) / BATCH), cells;
	statistic->of(statistic->context, run->exchange->group, scratch, observed);
	if (__builtin_mul_overflow(tasks, statistic->statistics, &cells))
		return ACC_TOO_LARGE;
	run->larger = acc_array(cells, sizeof *run->larger);
	run->largest = acc_array(cells, sizeof *run->largest);
	run->undefined = acc_array(cells, sizeof *run->undefined);
	if (!run->larger || !run->largest || !run->undefined)
		return ACC_NO_MEMORY;
	enum acc_status status = acc_parallel(run->exchange->threads, tasks, permute_batch, run);
	if (status == ACC_OK)
		conclude(run, tasks, permuted);
	return status;
}

enum acc_status
acc_permute(const struct acc_exchange *exchange, const struct acc_statistic *statistic,
	    struct acc_permuted *permuted)
{
	double *observed = acc_array(statistic->statistics, sizeof *observed);
	double *scratch = acc_array(statistic->scratch, sizeof *scratch);
	struct run run = {.exchange = exchange,
			  .statistic = statistic,
			  .observed = observed,
			  .size = acc_array(exchange->groups, sizeof *run.size)};
	enum acc_status status = observed && scratch && run.size ? ACC_OK : ACC_NO_MEMORY;
	if (status == ACC_OK) {
		count_sizes(exchange, run.size);
		run.assignments = assignments(run.size, exchange->groups);
		run.permutations =
		    isinf(run.assignments) ? exchange->random : (uint64_t)run.assignments;
		if (exchange->random == 0)
			run.permutations = 0;
		status = work(&run, observed, scratch, permuted);
	}
	free(observed);
	free(scratch);
	free(run.size);
	free(run.larger);
	free(run.largest);
	free(run.undefined);
	return status;
}
