#include "stats/coefficient.h"
#include "stats/near.h"
#include "stats/recall.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const struct acc_coefficient *const acc_coefficients[] = {
#define ACC_COEFFICIENT(name) &acc_coefficient_##name,
#include "stats/coefficients.def"
#undef ACC_COEFFICIENT
};
const size_t acc_coefficient_count = sizeof acc_coefficients / sizeof *acc_coefficients;

bool
acc_name_listed(const char *list, const char *name)
{
	size_t length = strlen(name);
	while (list && *list) {
		size_t item = strcspn(list, ",");
		if (item == length && !memcmp(list, name, length))
			return true;
		list += item + (list[item] == ',');
	}
	return false;
}

const struct acc_coefficient *
acc_coefficient_find(const char *key)
{
	for (size_t i = 0; i < acc_coefficient_count; i++)
		if (!strcmp(key, acc_coefficients[i]->key) ||
		    acc_name_listed(acc_coefficients[i]->alias, key))
			return acc_coefficients[i];
	return NULL;
}

enum acc_reason
acc_chance_correct(const struct acc_disagreement *disagreement, double *value)
{
	*value = NAN;
	if (!(disagreement->expected > 0))
		return ACC_REASON_no_variation;
	*value = 1 - disagreement->observed / disagreement->expected;
	return ACC_DEFINED;
}

enum acc_reason
acc_coefficient_estimate(const struct acc_coefficient *coefficient, const struct acc_tally *tally,
			 const struct acc_weights *weights, struct acc_disagreement *at)
{
	struct acc_recall *recall = tally->recall;
	for (size_t i = 0; recall && i < recall->estimates; i++)
		if (recall->estimate[i].of == coefficient) {
			at->observed = recall->estimate[i].observed;
			at->expected = recall->estimate[i].expected;
			return recall->estimate[i].reason;
		}
	*at = (struct acc_disagreement){NAN, NAN};
	enum acc_reason reason = coefficient->estimate(tally, weights, at);
	if (recall && coefficient->base && recall->estimates < ACC_RECALLED) {
		recall->estimate[recall->estimates].of = coefficient;
		recall->estimate[recall->estimates].reason = reason;
		recall->estimate[recall->estimates].observed = at->observed;
		recall->estimate[recall->estimates++].expected = at->expected;
	}
	return reason;
}

enum acc_reason
acc_coefficient_value(const struct acc_coefficient *coefficient, const struct acc_tally *tally,
		      const struct acc_weights *weights, struct acc_disagreement *disagreement,
		      double *value)
{
	*value = NAN;
	*disagreement = (struct acc_disagreement){NAN, NAN};
	if (!(tally->cell[ACC_TALLY_RATED] > 0))
		return ACC_REASON_no_units;
	if (coefficient->two_coders && tally->coders != 2)
		return tally->coders < 2 ? ACC_REASON_one_coder : ACC_REASON_not_two_coders;
	if (!(tally->cell[ACC_TALLY_PAIRED] > 0))
		return ACC_REASON_no_pairs;
	if (coefficient->binary && tally->categories != 2)
		return ACC_REASON_not_two_categories;
	if (coefficient->identity_only && !acc_weights_identity(weights))
		return ACC_REASON_weighted;
	if (coefficient->scores && !weights->score)
		return ACC_REASON_no_order;
	if (coefficient->needs & ~tally->needs)
		return ACC_REASON_too_many_coders;
	if (weights->directed && !coefficient->directed)
		return ACC_REASON_directed_weights;
	if (weights->ranks && !coefficient->ranks)
		return ACC_REASON_alpha_only;
	if (weights->ranks && !acc_tally_coincidences(tally))
		return ACC_REASON_too_many_codes;
	enum acc_reason reason =
	    acc_coefficient_estimate(coefficient, tally, weights, disagreement);
	if (reason == ACC_DEFINED)
		return acc_chance_correct(disagreement, value);
	*disagreement = (struct acc_disagreement){NAN, NAN};
	return reason;
}

/* Central differences of one cell, by Richardson's rule on two steps. */
static void
differentiate(const struct acc_coefficient *coefficient, struct acc_tally *tally,
	      const struct acc_weights *weights, size_t cell, double *observed, double *expected)
{
	double at = tally->cell[cell], step = 3e-4 * fabs(at);
	double slope[2][2];
	for (int halving = 0; halving < 2; halving++, step /= 2) {
		struct acc_disagreement above = {0}, below = {0};
		tally->cell[cell] = at + step;
		enum acc_reason up = coefficient->estimate(tally, weights, &above);
		tally->cell[cell] = at - step;
		enum acc_reason down = coefficient->estimate(tally, weights, &below);
		bool defined = up == ACC_DEFINED && down == ACC_DEFINED;
		slope[halving][0] = defined ? (above.observed - below.observed) / (2 * step) : 0;
		slope[halving][1] = defined ? (above.expected - below.expected) / (2 * step) : 0;
	}
	tally->cell[cell] = at;
	*observed = (4 * slope[1][0] - slope[0][0]) / 3;
	*expected = (4 * slope[1][1] - slope[0][1]) / 3;
}

/* A study twice as large may have another value by a small-sample term (degrees of freedom). Held
 * fixed, influence values sum to zero. */
static void
hold_size(const struct acc_tally *tally, struct acc_tally *slope)
{
	slope->cell[ACC_TALLY_RATED] -= acc_tally_dot(slope, tally) / tally->cell[ACC_TALLY_RATED];
}

enum acc_status
acc_coefficient_gradient(const struct acc_coefficient *coefficient, const struct acc_tally *tally,
			 const struct acc_weights *weights, struct acc_tally *observed,
			 struct acc_tally *expected)
{
	acc_tally_zero(observed);
	acc_tally_zero(expected);
	if (coefficient->gradient) {
		coefficient->gradient(tally, weights, observed, expected);
		return ACC_OK;
	}
	struct acc_tally moved;
	enum acc_status status =
	    acc_tally_make_for(&moved, tally->categories, tally->coders, tally->needs);
	if (status != ACC_OK)
		return status;
	memcpy(moved.cell, tally->cell, tally->length * sizeof *tally->cell);
	/* A cell that no unit filled has no part in any influence. */
	for (size_t i = 0; i < tally->length; i++)
		if (tally->cell[i] != 0)
			differentiate(coefficient, &moved, weights, i, &observed->cell[i],
				      &expected->cell[i]);
	acc_tally_free(&moved);
	hold_size(tally, observed);
	hold_size(tally, expected);
	return ACC_OK;
}

void
acc_uncorrected(double value, struct acc_disagreement *out)
{
	*out = (struct acc_disagreement){1 - value, 1};
}

double
acc_observed_per_unit(const struct acc_tally *tally)
{
	return tally->cell[ACC_TALLY_OBSERVED] / tally->cell[ACC_TALLY_PAIRED];
}

void
acc_observed_per_unit_gradient(const struct acc_tally *tally, struct acc_tally *gradient)
{
	double paired = tally->cell[ACC_TALLY_PAIRED];
	gradient->cell[ACC_TALLY_OBSERVED] += 1 / paired;
	gradient->cell[ACC_TALLY_PAIRED] -= acc_observed_per_unit(tally) / paired;
}

void
acc_observed_alone_gradient(const struct acc_tally *tally, const struct acc_weights *weights,
			    struct acc_tally *observed, struct acc_tally *expected)
{
	(void)weights, (void)expected;
	acc_observed_per_unit_gradient(tally, observed);
}

double
acc_expected_shared(const struct acc_weights *weights, const double *sums, double total)
{
	double form = weights->near ? acc_near_form(weights->near, weights, sums)
				    : acc_weights_chance(weights, sums, sums);
	return form / (total * total);
}

void
acc_expected_shared_gradient(const struct acc_weights *weights, const double *sums, double total,
			     double *sums_gradient, double *total_gradient)
{
	acc_weights_slope(weights, sums, 2 / (total * total), sums_gradient);
	*total_gradient -= 2 * acc_expected_shared(weights, sums, total) / total;
}

bool
acc_coefficient_anonymous(const struct acc_coefficient *coefficient)
{
	/* Units "that every coder rated" need to know how many coders there are, and analysis of
	 * variance which coder is which. */
	unsigned who =
	    ACC_NEED_CELLS | ACC_NEED_PAIRS | ACC_NEED_COMPLETE | ACC_NEED_MOMENTS | ACC_NEED_ANOVA;
	return !coefficient->by_coder && !coefficient->two_coders && !(coefficient->needs & who);
}
