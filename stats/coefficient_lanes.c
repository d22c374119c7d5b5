#include "stats/coefficient_lanes.h"

/* ---- parts ---- */

/* Where the arrays of a tally begin, as in stats/tally.c. */
ACC_LANES_INLINE const acc_lanes *
share_of(const struct acc_lane_tallies *at, size_t block)
{
	return at->cell + block * at->length + ACC_TALLY_ARRAYS;
}

ACC_LANES_INLINE const acc_lanes *
used_of(const struct acc_lane_tallies *at, size_t block)
{
	return share_of(at, block) + at->categories;
}

ACC_LANES_INLINE const acc_lanes *
margin_of(const struct acc_lane_tallies *at, size_t block, size_t coder)
{
	return used_of(at, block) + (coder + 1) * at->categories;
}

ACC_LANES_INLINE acc_lanes
sum_of(const acc_lanes *p, size_t categories)
{
	acc_lanes sum = p[0];
	for (size_t k = 1; k < categories; k++)
		sum += p[k];
	return sum;
}

ACC_LANES_INLINE bool
two_alike(const struct acc_lane_tallies *at)
{
	return !at->distance && at->categories == 2;
}

/* Sum over k and l of d(k, l) p[k] q[l]. */
ACC_LANES_INLINE acc_lanes
chance(const struct acc_lane_tallies *at, const acc_lanes *p, const acc_lanes *q)
{
	size_t categories = at->categories;
	acc_lanes sum = acc_lanes_of(0);
	if (two_alike(at))
		return p[0] * q[1] + p[1] * q[0];
	if (!at->distance) {
		acc_lanes total = sum_of(q, categories);
		for (size_t k = 0; k < categories; k++)
			sum += p[k] * (total - q[k]);
		return sum;
	}
	for (size_t k = 0; k < categories; k++) {
		const double *distance = at->distance + k * categories;
		acc_lanes row = acc_lanes_of(0);
		for (size_t l = 0; l < categories; l++)
			row += distance[l] * q[l];
		sum += p[k] * row;
	}
	return sum;
}

/* ---- forms; what they mean is said in stats/coefficients/ ---- */

static void
percent(const struct acc_lane_tallies *at, acc_lanes *observed, acc_lanes *expected)
{
	for (size_t b = 0; b < at->blocks; b++) {
		observed[b] = at->observed[b];
		expected[b] = acc_lanes_of(1);
	}
}

static void
equal_chance(const struct acc_lane_tallies *at, acc_lanes *observed, acc_lanes *expected)
{
	double categories = (double)at->categories, mean = at->total / (categories * categories);
	for (size_t b = 0; b < at->blocks; b++) {
		observed[b] = at->observed[b];
		expected[b] = acc_lanes_of(mean);
	}
}

static void
shares(const struct acc_lane_tallies *at, acc_lanes *observed, acc_lanes *expected)
{
	for (size_t b = 0; b < at->blocks; b++) {
		acc_lanes both = chance(at, share_of(at, b), share_of(at, b));
		observed[b] = at->observed[b];
		expected[b] = both * at->inverse[b] * at->inverse[b];
	}
}

static void
hard(const struct acc_lane_tallies *at, acc_lanes *observed, acc_lanes *expected)
{
	double categories = (double)at->categories, all = categories * categories;
	double factor = (all - at->total) / (all - categories);
	for (size_t b = 0; b < at->blocks; b++) {
		acc_lanes sum = acc_lanes_of(0);
		for (size_t k = 0; k < at->categories; k++) {
			acc_lanes p = share_of(at, b)[k] * at->inverse[b];
			sum += p * (1 - p);
		}
		observed[b] = at->observed[b];
		expected[b] = 1 - factor * sum;
	}
}

static void
coincidences(const struct acc_lane_tallies *at, acc_lanes *observed, acc_lanes *expected)
{
	for (size_t b = 0; b < at->blocks; b++) {
		const acc_lanes *cell = at->cell + b * at->length;
		acc_lanes ratings = cell[ACC_TALLY_RATINGS], inverse = 1 / ratings;
		acc_lanes both = chance(at, used_of(at, b), used_of(at, b));
		observed[b] = (ratings - 1) * inverse * (cell[ACC_TALLY_WEIGHTED] * inverse);
		expected[b] = both * inverse * inverse;
	}
}

static void
two_margins(const struct acc_lane_tallies *at, acc_lanes *observed, acc_lanes *expected)
{
	for (size_t b = 0; b < at->blocks; b++) {
		const acc_lanes *first = margin_of(at, b, 0), *second = margin_of(at, b, 1);
		acc_lanes units = sum_of(first, at->categories) * sum_of(second, at->categories);
		observed[b] = at->observed[b];
		expected[b] = (chance(at, first, second) + chance(at, second, first)) / 2 / units;
	}
}

/* Two categories: their shares are p and q. */
ACC_LANES_INLINE acc_lanes
two_chances(const struct acc_lane_tallies *at, size_t block, acc_lanes *coders)
{
	acc_lanes p = acc_lanes_of(0), q = p, own = p;
	for (size_t j = 0; j < at->coders; j++) {
		const acc_lanes *margin = margin_of(at, block, j);
		acc_lanes units = margin[0] + margin[1];
		acc_lane_mask rated = acc_lanes_positive(units);
		acc_lanes inverse = acc_lanes_where(rated, 1 / units);
		acc_lanes first = margin[0] * inverse, second = margin[1] * inverse;
		p += first;
		q += second;
		own += first * second;
		*coders += acc_lanes_where(rated, acc_lanes_of(1));
	}
	return 2 * (p * q - own);
}

ACC_LANES_INLINE acc_lanes
more_chances(const struct acc_lane_tallies *at, size_t block, acc_lanes *coders)
{
	size_t categories = at->categories;
	acc_lanes *sum = at->scratch, *share = sum + categories, own = acc_lanes_of(0);
	for (size_t k = 0; k < categories; k++)
		sum[k] = acc_lanes_of(0);
	for (size_t j = 0; j < at->coders; j++) {
		const acc_lanes *margin = margin_of(at, block, j);
		acc_lanes units = sum_of(margin, categories);
		acc_lane_mask rated = acc_lanes_positive(units);
		acc_lanes inverse = acc_lanes_where(rated, 1 / units);
		for (size_t k = 0; k < categories; k++) {
			share[k] = margin[k] * inverse;
			sum[k] += share[k];
		}
		own += chance(at, share, share);
		*coders += acc_lanes_where(rated, acc_lanes_of(1));
	}
	return chance(at, sum, sum) - own;
}

/* All ordered pairs of coders less each with itself; one without ratings has no share. */
static void
margins(const struct acc_lane_tallies *at, acc_lanes *observed, acc_lanes *expected)
{
	for (size_t b = 0; b < at->blocks; b++) {
		acc_lanes coders = acc_lanes_of(0);
		acc_lanes mean =
		    two_alike(at) ? two_chances(at, b, &coders) : more_chances(at, b, &coders);
		mean /= coders * (coders - 1);
		observed[b] =
		    acc_lanes_defined(acc_lanes_above(coders, acc_lanes_of(1)), at->observed[b]);
		expected[b] = acc_lanes_where(acc_lanes_reach(mean, acc_lanes_of(1e-15)), mean);
	}
}

/* ---- which has which ---- */

static const struct {
	const struct acc_coefficient *coefficient;
	acc_lane_form *form;
	size_t categories; /* it takes at least so many */
} forms[] = {
    {&acc_coefficient_percent_agreement, percent, 1},
    {&acc_coefficient_brennan_prediger, equal_chance, 2},
    {&acc_coefficient_fleiss_kappa, shares, 1},
    {&acc_coefficient_scott_pi, shares, 1},
    {&acc_coefficient_gwet_ac, hard, 2},
    {&acc_coefficient_krippendorff_alpha, coincidences, 1},
    {&acc_coefficient_cohen_kappa, two_margins, 1},
    {&acc_coefficient_conger_kappa, margins, 1},
};

acc_lane_form *
acc_coefficient_lanes(const struct acc_coefficient *coefficient, const struct acc_weights *weights,
		      size_t coders)
{
	bool other = weights->ranks || weights->directed || weights->moment;
	if (other || (coefficient->two_coders && coders != 2))
		return NULL;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (forms[i].coefficient == coefficient &&
		    weights->categories >= forms[i].categories)
			return forms[i].form;
	return NULL;
}
