#include "stats/coefficient_lanes.h"

/* ---- parts ---- */

/* Where the arrays of a tally begin, as in stats/tally.c. */
ACC_LANES_INLINE const acc_lanes *
share_of(const struct acc_lane_tally *tally)
{
	return tally->cell + ACC_TALLY_ARRAYS;
}

ACC_LANES_INLINE const acc_lanes *
used_of(const struct acc_lane_tally *tally)
{
	return share_of(tally) + tally->categories;
}

ACC_LANES_INLINE const acc_lanes *
margin_of(const struct acc_lane_tally *tally, size_t coder)
{
	return used_of(tally) + (coder + 1) * tally->categories;
}

ACC_LANES_INLINE acc_lanes
sum_of(const acc_lanes *p, size_t categories)
{
	acc_lanes sum = p[0];
	for (size_t k = 1; k < categories; k++)
		sum += p[k];
	return sum;
}

/* Sum over k and l of d(k, l) p[k] q[l]. */
ACC_LANES_INLINE acc_lanes
chance(const struct acc_lane_tally *tally, const acc_lanes *p, const acc_lanes *q)
{
	size_t categories = tally->categories;
	acc_lanes sum = acc_lanes_of(0);
	if (!tally->distance && categories == 2)
		return p[0] * q[1] + p[1] * q[0];
	if (!tally->distance) {
		acc_lanes total = sum_of(q, categories);
		for (size_t k = 0; k < categories; k++)
			sum += p[k] * (total - q[k]);
		return sum;
	}
	for (size_t k = 0; k < categories; k++) {
		const double *distance = tally->distance + k * categories;
		acc_lanes row = acc_lanes_of(0);
		for (size_t l = 0; l < categories; l++)
			row += distance[l] * q[l];
		sum += p[k] * row;
	}
	return sum;
}

/* ---- forms; what they mean is said in stats/coefficients/ ---- */

ACC_LANES_INLINE void
percent(const struct acc_lane_tally *tally, acc_lanes *observed, acc_lanes *expected)
{
	*observed = tally->observed;
	*expected = acc_lanes_of(1);
}

ACC_LANES_INLINE void
equal_chance(const struct acc_lane_tally *tally, acc_lanes *observed, acc_lanes *expected)
{
	double categories = (double)tally->categories;
	*observed = tally->observed;
	*expected = acc_lanes_of(tally->total / (categories * categories));
}

ACC_LANES_INLINE void
shares(const struct acc_lane_tally *tally, acc_lanes *observed, acc_lanes *expected)
{
	const acc_lanes *share = share_of(tally);
	*observed = tally->observed;
	*expected = chance(tally, share, share) * tally->inverse * tally->inverse;
}

ACC_LANES_INLINE void
hard(const struct acc_lane_tally *tally, acc_lanes *observed, acc_lanes *expected)
{
	double categories = (double)tally->categories;
	double all = categories * categories, factor = (all - tally->total) / (all - categories);
	acc_lanes sum = acc_lanes_of(0);
	for (size_t k = 0; k < tally->categories; k++) {
		acc_lanes p = share_of(tally)[k] * tally->inverse;
		sum += p * (1 - p);
	}
	*observed = tally->observed;
	*expected = 1 - factor * sum;
}

ACC_LANES_INLINE void
coincidences(const struct acc_lane_tally *tally, acc_lanes *observed, acc_lanes *expected)
{
	acc_lanes ratings = tally->cell[ACC_TALLY_RATINGS], inverse = 1 / ratings;
	const acc_lanes *used = used_of(tally);
	*observed = (ratings - 1) * inverse * (tally->cell[ACC_TALLY_WEIGHTED] * inverse);
	*expected = chance(tally, used, used) * inverse * inverse;
}

ACC_LANES_INLINE void
two_margins(const struct acc_lane_tally *tally, acc_lanes *observed, acc_lanes *expected)
{
	const acc_lanes *first = margin_of(tally, 0), *second = margin_of(tally, 1);
	acc_lanes both = chance(tally, first, second) + chance(tally, second, first);
	*observed = tally->observed;
	*expected =
	    both / 2 / (sum_of(first, tally->categories) * sum_of(second, tally->categories));
}

/* All ordered pairs of coders less each with itself; one without ratings has no share. */
ACC_LANES_INLINE void
margins(const struct acc_lane_tally *tally, acc_lanes *observed, acc_lanes *expected)
{
	size_t categories = tally->categories;
	acc_lanes *sum = tally->scratch, *share = sum + categories;
	acc_lanes own = acc_lanes_of(0), coders = own;
	for (size_t k = 0; k < categories; k++)
		sum[k] = acc_lanes_of(0);
	for (size_t j = 0; j < tally->coders; j++) {
		const acc_lanes *margin = margin_of(tally, j);
		acc_lanes units = sum_of(margin, categories);
		acc_lane_mask rated = acc_lanes_positive(units);
		acc_lanes inverse = acc_lanes_where(rated, 1 / units);
		for (size_t k = 0; k < categories; k++) {
			share[k] = margin[k] * inverse;
			sum[k] += share[k];
		}
		own += chance(tally, share, share);
		coders += acc_lanes_where(rated, acc_lanes_of(1));
	}
	acc_lanes mean = (chance(tally, sum, sum) - own) / (coders * (coders - 1));
	*observed = acc_lanes_defined((acc_lane_mask)(coders > 1), tally->observed);
	*expected = acc_lanes_where((acc_lane_mask)(mean >= 1e-15), mean);
}

#define FORM(name)                                                                                 \
	ACC_LANES_TWICE(                                                                           \
	    name, (const struct acc_lane_tally *tally, acc_lanes *observed, acc_lanes *expected),  \
	    (tally, observed, expected))
FORM(percent)
FORM(equal_chance)
FORM(shares)
FORM(hard)
FORM(coincidences)
FORM(two_margins)
FORM(margins)

/* ---- which has which ---- */

static const struct {
	const struct acc_coefficient *coefficient;
	acc_lane_form *plain, *wide;
	size_t categories; /* it takes at least so many */
} forms[] = {
    {&acc_coefficient_percent_agreement, percent_plain, percent_wide, 1},
    {&acc_coefficient_brennan_prediger, equal_chance_plain, equal_chance_wide, 2},
    {&acc_coefficient_fleiss_kappa, shares_plain, shares_wide, 1},
    {&acc_coefficient_scott_pi, shares_plain, shares_wide, 1},
    {&acc_coefficient_gwet_ac, hard_plain, hard_wide, 2},
    {&acc_coefficient_krippendorff_alpha, coincidences_plain, coincidences_wide, 1},
    {&acc_coefficient_cohen_kappa, two_margins_plain, two_margins_wide, 1},
    {&acc_coefficient_conger_kappa, margins_plain, margins_wide, 1},
};

acc_lane_form *
acc_coefficient_lanes(const struct acc_coefficient *coefficient, const struct acc_weights *weights,
		      size_t coders, bool wide)
{
	bool other = weights->ranks || weights->directed || weights->moment;
	if (other || (coefficient->two_coders && coders != 2))
		return NULL;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (forms[i].coefficient == coefficient &&
		    weights->categories >= forms[i].categories)
			return wide ? forms[i].wide : forms[i].plain;
	return NULL;
}
