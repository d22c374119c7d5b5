/* bootstrap_error: the standard error of a replicate, by influence values of the blocks drawn. */
#include "stats/bootstrap_run.h"
#include "stats/interval.h"

#include <math.h>

void
acc_desk_add_psi(struct acc_psi_sums *drawn, double times, const struct acc_disagreement *slope,
		 double value, double expected)
{
	double psi = (-slope->observed + (1 - value) * slope->expected) / expected;
	drawn->pieces += times;
	drawn->squares += times * psi * psi;
}

double
acc_desk_psi_error(const struct acc_psi_sums *drawn, double value)
{
	if (!(drawn->pieces > 1))
		return NAN;
	return acc_standard_error(drawn->squares * drawn->pieces / (drawn->pieces - 1), value);
}

/* List the cells where a slope is not 0, few of the many that all coefficients need together. */
static size_t
list_steep(struct acc_desk *desk)
{
	size_t steep = 0;
	for (size_t i = 0; i < desk->job->urn.shape.length; i++) {
		struct acc_disagreement at = {desk->slope_observed.cell[i],
					      desk->slope_expected.cell[i]};
		if (at.observed == 0 && at.expected == 0)
			continue;
		desk->steep[steep].cell = i;
		desk->steep[steep++].slope = at;
	}
	return steep;
}

/* Slopes times a block's tally. */
static struct acc_disagreement
along(const struct acc_desk *desk, size_t steep, const double *row)
{
	struct acc_disagreement sum = {0, 0};
	for (size_t i = 0; i < steep; i++) {
		double count = row[desk->steep[i].cell];
		sum.observed += desk->steep[i].slope.observed * count;
		sum.expected += desk->steep[i].slope.expected * count;
	}
	return sum;
}

enum acc_status
acc_desk_error(struct acc_desk *desk, size_t theme, size_t c, double value, double expected,
	       double *error)
{
	const struct acc_urn *urn = &desk->job->urn;
	const struct acc_plan *plan = desk->job->plan;
	double weight = desk->job->pooled ? acc_plan_theme_weight(plan, (uint32_t)theme) : 1;
	struct acc_psi_sums drawn = {0};
	enum acc_status status =
	    acc_coefficient_gradient(plan->coefficient[c], &desk->tally, plan->weights,
				     &desk->slope_observed, &desk->slope_expected);
	size_t steep = list_steep(desk);
	for (size_t b = 0; status == ACC_OK && b < urn->blocks; b++) {
		struct acc_disagreement *sum = &desk->slope[c * urn->blocks + b];
		const double *row = acc_urn_row(urn, theme, b);
		if (!desk->times[b] || !(row[ACC_TALLY_RATED] > 0))
			continue;
		struct acc_disagreement slope = along(desk, steep, row);
		sum->observed += weight * slope.observed;
		sum->expected += weight * slope.expected;
		acc_desk_add_psi(&drawn, desk->times[b], &slope, value, expected);
	}
	*error = isnan(value) ? NAN : acc_desk_psi_error(&drawn, value);
	return status;
}
