#include "stats/ordinal.h"

/* Walk the categories in order with their ridits: below is the count of those before. */
static double
step(double *below, double count, double total)
{
	double ridit = (*below + count / 2) / total;
	*below += count;
	return ridit;
}

void
acc_ordinal_ridits(const double *count, size_t categories, double *ridit)
{
	double total = 0, below = 0;
	for (size_t k = 0; k < categories; k++)
		total += count[k];
	for (size_t k = 0; k < categories; k++)
		ridit[k] = total > 0 ? step(&below, count[k], total) : 0;
}

struct acc_disagreement
acc_ordinal_disagreement(const struct acc_tally *tally)
{
	size_t categories = tally->categories;
	const double *used = acc_tally_used(tally), *o = acc_tally_coincidences(tally);
	double n = tally->cell[ACC_TALLY_RATINGS], below_k = 0;
	struct acc_disagreement sum = {0, 0};
	for (size_t k = 0; k < categories; k++) {
		double z_k = step(&below_k, used[k], n), below_l = 0;
		for (size_t l = 0; l < categories; l++) {
			double apart = z_k - step(&below_l, used[l], n);
			sum.observed += o[k * categories + l] * apart * apart;
		}
		sum.expected += 2 * used[k] * (z_k - 0.5) * (z_k - 0.5);
	}
	return (struct acc_disagreement){(n - 1) / n * sum.observed / n, sum.expected / n};
}

/* From slopes in the ridits, which are replaced, to slopes in the counts and in n: count g moves
 * the ridits above it by 1 / n and its own by half of that. */
static void
through_ridits(const struct acc_tally *tally, double *slope, double *slope_n)
{
	const double *used = acc_tally_used(tally);
	double n = tally->cell[ACC_TALLY_RATINGS], below = 0, above = 0;
	for (size_t k = 0; k < tally->categories; k++)
		*slope_n -= slope[k] * step(&below, used[k], n) / n;
	for (size_t k = tally->categories; k-- > 0;) {
		double own = slope[k];
		slope[k] = (above + own / 2) / n;
		above += own;
	}
}

static void
observed_gradient(const struct acc_tally *tally, struct acc_tally *observed)
{
	size_t categories = tally->categories;
	const double *used = acc_tally_used(tally), *o = acc_tally_coincidences(tally);
	double *slope = acc_tally_used(observed), *slope_o = acc_tally_coincidences(observed);
	double *slope_n = &observed->cell[ACC_TALLY_RATINGS];
	double n = tally->cell[ACC_TALLY_RATINGS], scale = (n - 1) / n / n, below_k = 0;
	for (size_t k = 0; k < categories; k++) {
		double z_k = step(&below_k, used[k], n), below_l = 0;
		for (size_t l = 0; l < categories; l++) {
			double apart = z_k - step(&below_l, used[l], n);
			slope_o[k * categories + l] = scale * apart * apart;
			slope[k] +=
			    2 * scale * (o[k * categories + l] + o[l * categories + k]) * apart;
		}
	}
	through_ridits(tally, slope, slope_n);
	*slope_n -= acc_ordinal_disagreement(tally).observed / n;
}

static void
expected_gradient(const struct acc_tally *tally, struct acc_tally *expected)
{
	const double *used = acc_tally_used(tally);
	double *slope = acc_tally_used(expected), *slope_n = &expected->cell[ACC_TALLY_RATINGS];
	double n = tally->cell[ACC_TALLY_RATINGS], below = 0;
	for (size_t k = 0; k < tally->categories; k++)
		slope[k] = 4 * used[k] / n * (step(&below, used[k], n) - 0.5);
	through_ridits(tally, slope, slope_n);
	*slope_n -= acc_ordinal_disagreement(tally).expected / n;
	below = 0;
	for (size_t k = 0; k < tally->categories; k++) {
		double apart = step(&below, used[k], n) - 0.5;
		slope[k] += 2 * apart * apart / n;
	}
}

void
acc_ordinal_gradient(const struct acc_tally *tally, struct acc_tally *observed,
		     struct acc_tally *expected)
{
	observed_gradient(tally, observed);
	expected_gradient(tally, expected);
}
