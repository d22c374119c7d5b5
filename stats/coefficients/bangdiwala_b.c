/* Bangdiwala's B: of the area that the coders' shares allow for agreement, the part that is filled,
 * B = sum p_kk^2 / sum p_k+ p_+k (Bangdiwala 1985; Munoz & Bangdiwala 1997), over units both coders
 * rated. It is no kappa: independent coders get sum (p_k+ p_+k)^2 / sum p_k+ p_+k, not 0. Check:
 * irrCAC, abstractors, .805960, se .054495. */
#include "stats/coefficient.h"

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	size_t q = tally->categories;
	const double *cell = acc_tally_cells(tally);
	double filled = 0, area = 0;
	(void)weights;
	for (size_t k = 0; k < q; k++) {
		double row = 0, column = 0;
		for (size_t l = 0; l < q; l++) {
			row += cell[k * q + l];
			column += cell[l * q + k];
		}
		area += row * column;
		filled += cell[k * q + k] * cell[k * q + k];
	}
	if (!(area > 0))
		return ACC_REASON_no_common_category;
	*out = (struct acc_disagreement){(area - filled) / area, 1};
	return ACC_DEFINED;
}

const struct acc_coefficient acc_coefficient_bangdiwala_b = {
    .key = "bangdiwala_b",
    .alias = "bangdiwala",
    .name = "Bangdiwala's B",
    .formula = "sum p_kk^2 / sum p_k+ p_+k",
    .citation = "Munoz & Bangdiwala 1997",
    .two_coders = true,
    .identity_only = true,
    .needs = ACC_NEED_CELLS,
    .least = 0,
    .estimate = estimate,
};
