/* Bangdiwala's B: of the area that the coders' shares allow for agreement, the part that is filled,
 * B = sum p_kk^2 / sum p_k+ p_+k (Bangdiwala 1985; Munoz & Bangdiwala 1997), over units both coders
 * rated. Weighted: around each category's square lie the rectangles of what agrees with it at least
 * as much, each as dark as that weight; together sum over k, l, m of p_kl p_mk min(w_kl, w_mk). It
 * is no kappa: independent coders get sum (p_k+ p_+k)^2 / sum p_k+ p_+k, not 0. Check: irrCAC,
 * abstractors, .805960, se .054495; weighted, vcdExtra, mammograms, .836648. */
#include "stats/coefficient.h"

#include <math.h>

/* How empty the rectangle of cells (k, l) and (m, k) is: 1 - min(w_kl, w_mk), at most 1. */
static double
emptiness(const struct acc_weights *weights, size_t k, size_t l, size_t m)
{
	if (acc_weights_identity(weights))
		return l != k || m != k;
	double row = l == k ? 0 : acc_weights_between(weights, k, l);
	double column = m == k ? 0 : acc_weights_between(weights, m, k);
	return fmin(fmax(row, column), 1);
}

struct areas {
	double empty, whole;
};

static struct areas
areas_of(const struct acc_tally *tally, const struct acc_weights *weights)
{
	size_t q = tally->categories;
	const double *cell = acc_tally_cells(tally);
	bool identity = acc_weights_identity(weights);
	struct areas areas = {0};
	for (size_t k = 0; k < q; k++) {
		double row = 0, column = 0, same = cell[k * q + k];
		for (size_t l = 0; l < q; l++) {
			row += cell[k * q + l];
			column += cell[l * q + k];
		}
		areas.whole += row * column;
		areas.empty += identity ? row * column - same * same : 0;
		for (size_t l = 0; !identity && l < q; l++)
			for (size_t m = 0; m < q; m++)
				areas.empty +=
				    cell[k * q + l] * cell[m * q + k] * emptiness(weights, k, l, m);
	}
	return areas;
}

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	struct areas areas = areas_of(tally, weights);
	if (!(areas.whole > 0))
		return ACC_REASON_no_common_category;
	*out = (struct acc_disagreement){areas.empty / areas.whole, 1};
	return ACC_DEFINED;
}

/* Cell (k, l) lies in the row of k and in the column of l. */
static void
gradient(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_tally *observed, struct acc_tally *expected)
{
	size_t q = tally->categories;
	const double *cell = acc_tally_cells(tally);
	double *slope = acc_tally_cells(observed);
	struct areas areas = areas_of(tally, weights);
	double share = areas.empty / areas.whole;
	(void)expected;
	for (size_t k = 0; areas.whole > 0 && k < q; k++)
		for (size_t l = 0; l < q; l++)
			for (size_t m = 0; m < q; m++) {
				double at = cell[m * q + k] / areas.whole;
				slope[k * q + l] += at * (emptiness(weights, k, l, m) - share);
				slope[m * q + k] += cell[k * q + l] / areas.whole *
						    (emptiness(weights, k, l, m) - share);
			}
}

const struct acc_coefficient acc_coefficient_bangdiwala_b = {
    .key = "bangdiwala_b",
    .alias = "bangdiwala,bangdiwala_b_weighted",
    .name = "Bangdiwala's B",
    .formula = "sum p_kk^2 / sum p_k+ p_+k",
    .citation = "Munoz & Bangdiwala 1997",
    .two_coders = true,
    .needs = ACC_NEED_CELLS,
    .least = 0,
    .estimate = estimate,
    .gradient = gradient,
};
