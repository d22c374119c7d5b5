/* saturation_stop: when the rule of Guest, Namey and Chen says that enough people were asked. */
#include "stats/random.h"
#include "stats/saturation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

double
acc_new_information(const struct acc_accumulation *accumulation, size_t m,
		    const struct acc_stop_rule *rule)
{
	double more = accumulation[m + rule->run - 1].themes - accumulation[m - 1].themes;
	return (more > 1e-12 ? more : 0) / accumulation[rule->base - 1].themes;
}

enum { ALL_ORDERS_MAX = 7 };

struct search {
	const struct acc_incidence *incidence;
	const struct acc_stop_rule *rule;
	size_t *order;   /* owned, [participants] */
	double *named;   /* owned, [participants] themes named by the first m + 1 */
	size_t words;    /* of 64 themes */
	uint64_t *has;   /* owned, [participants * words] bits: the themes of each */
	uint64_t *known; /* owned, [words] */
	double *stop;    /* owned, [participants + 1]: orders that stop there; the last: never */
};

static void
take_sets(struct search *search)
{
	const struct acc_incidence *incidence = search->incidence;
	for (size_t p = 0; p < incidence->participants; p++)
		for (size_t t = 0; t < incidence->themes; t++)
			if (incidence->has[p * incidence->themes + t])
				search->has[p * search->words + t / 64] |= (uint64_t)1 << t % 64;
}

static void
follow(struct search *search)
{
	size_t words = search->words;
	int named = 0;
	memset(search->known, 0, words * sizeof *search->known);
	for (size_t m = 0; m < search->incidence->participants; m++) {
		const uint64_t *has = search->has + search->order[m] * words;
		for (size_t w = 0; w < words; w++) {
			named += __builtin_popcountll(has[w] & ~search->known[w]);
			search->known[w] |= has[w];
		}
		search->named[m] = named;
	}
}

/* Where the rule stops in this order; participants when it does not. */
static size_t
find_stop(const struct search *search)
{
	const struct acc_stop_rule *rule = search->rule;
	const double *named = search->named;
	size_t participants = search->incidence->participants;
	double most = rule->threshold * named[rule->base - 1] * (1 + 1e-12);
	for (size_t m = rule->base; m + rule->run <= participants; m++)
		if (named[rule->base - 1] > 0 && named[m + rule->run - 1] - named[m - 1] <= most)
			return m;
	return participants;
}

/* The next order in lexicographic sequence; false after the last. */
static bool
next_order(size_t *order, size_t count)
{
	size_t i = count - 1, j = count - 1;
	while (i > 0 && order[i - 1] >= order[i])
		i--;
	if (i == 0)
		return false;
	while (order[j] <= order[i - 1])
		j--;
	size_t swap = order[i - 1];
	order[i - 1] = order[j];
	order[j] = swap;
	for (j = count - 1; i < j; i++, j--) {
		swap = order[i];
		order[i] = order[j];
		order[j] = swap;
	}
	return true;
}

static void
start_order(struct search *search)
{
	for (size_t i = 0; i < search->incidence->participants; i++)
		search->order[i] = i;
}

static size_t
try_all(struct search *search)
{
	size_t orders = 0;
	start_order(search);
	do {
		follow(search);
		search->stop[find_stop(search)]++;
		orders++;
	} while (next_order(search->order, search->incidence->participants));
	return orders;
}

/* As gsl_ran_shuffle, number for number. */
static void
shuffle(gsl_rng *rng, size_t *order, size_t count)
{
	for (size_t left = count; left > 1; left--) {
		size_t other = gsl_rng_uniform_int(rng, left), moved = order[left - 1];
		order[left - 1] = order[other];
		order[other] = moved;
	}
}

static enum acc_status
try_some(struct search *search, uint64_t seed, uint32_t group, size_t orders)
{
	gsl_rng *rng = gsl_rng_alloc(acc_rng_philox);
	if (!rng)
		return ACC_NO_MEMORY;
	for (size_t b = 0; b < orders; b++) {
		struct acc_address address = {.seed = seed,
					      .purpose = ACC_PURPOSE_ORDER,
					      .group = group,
					      .theme = ACC_NONE,
					      .replicate = b};
		acc_random_go(rng, &address);
		start_order(search);
		shuffle(rng, search->order, search->incidence->participants);
		follow(search);
		search->stop[find_stop(search)]++;
	}
	gsl_rng_free(rng);
	return ACC_OK;
}

/* The least m at which at least this share of the orders has stopped; infinite if none. */
static double
quantile(const struct search *search, double share, double orders)
{
	double sum = 0;
	for (size_t m = 0; m < search->incidence->participants; m++) {
		sum += search->stop[m];
		if (sum >= share * orders - 1e-9)
			return (double)m;
	}
	return INFINITY;
}

enum acc_status
acc_stop_make(struct acc_stop *stop, const struct acc_incidence *incidence,
	      const struct acc_stop_rule *rule, uint64_t seed, uint32_t group, size_t orders)
{
	size_t participants = incidence->participants;
	size_t words = (incidence->themes + 63) / 64;
	struct search search = {incidence,
				rule,
				acc_array(participants, sizeof *search.order),
				acc_array(participants, sizeof *search.named),
				words,
				acc_array(participants * words, sizeof *search.has),
				acc_array(words, sizeof *search.known),
				acc_array(participants + 1, sizeof *search.stop)};
	enum acc_status status = ACC_OK;
	*stop = (struct acc_stop){NAN, NAN, NAN, NAN, 0, participants <= ALL_ORDERS_MAX};
	if (!search.order || !search.named || !search.has || !search.known || !search.stop)
		status = ACC_NO_MEMORY;
	else if (participants >= rule->base + rule->run && rule->base > 0) {
		take_sets(&search);
		if (stop->all_orders)
			orders = try_all(&search);
		else
			status = try_some(&search, seed, group, orders);
		stop->orders = (double)orders;
		stop->median = quantile(&search, 0.5, stop->orders);
		stop->low = quantile(&search, 0.05, stop->orders);
		stop->high = quantile(&search, 0.95, stop->orders);
		stop->reached = 1 - search.stop[participants] / stop->orders;
	}
	free(search.order);
	free(search.named);
	free(search.has);
	free(search.known);
	free(search.stop);
	return status;
}
