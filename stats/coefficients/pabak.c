/* PABAK, prevalence-adjusted bias-adjusted kappa: 2 p_o - 1, kappa as it would be with the two
 * categories equally frequent in both coders, D_e = 1/2 (Byrt, Bishop & Carlin 1993; Maxwell's
 * random error coefficient, 1977). Its form for q categories, (q p_o - 1) / (q - 1), is
 * Brennan-Prediger's kappa and has that name here; so this is for two categories. Check: the table
 * 12, 5, 3, 30, .68. */
#include "stats/coefficient.h"

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	(void)weights;
	out->observed = acc_observed_per_unit(tally);
	out->expected = 0.5;
	return ACC_DEFINED;
}

const struct acc_coefficient acc_coefficient_pabak = {
    .key = "pabak",
    .alias = "maxwell_re",
    .name = "PABAK",
    .formula = "2 p_o - 1; for q categories see brennan_prediger",
    .citation = "Byrt et al. 1993",
    .binary = true,
    .identity_only = true,
    .least = -1,
    .estimate = estimate,
    .gradient = acc_observed_alone_gradient,
};
