/* agreement_spread: how much the values of one theme vary from block to block. */
#include "stats/agreement_run.h"

#include <math.h>

/* By how much a value is less without a piece, or with its influence taken away. */
static void
add_moments(struct acc_spread *spread, double times, double less)
{
	spread->moment[0] += times * less;
	spread->moment[1] += times * less * less;
	spread->moment[2] += times * less * less * less;
}

void
acc_run_replicate(struct acc_spread *spread, double times, double without, double value)
{
	if (isnan(without))
		spread->undefined = true;
	else
		add_moments(spread, times, value - without);
}

void
acc_run_psi(struct acc_spread *spread, double times, double psi)
{
	add_moments(spread, times, psi);
}

void
acc_run_variance(struct acc_spread *spread, bool influence, double pieces)
{
	double factor = influence ? pieces / (pieces - 1) : (pieces - 1) / pieces;
	spread->variance = spread->moment[1] * factor;
}

/* The published linearisation differs from the exact influence: where units have one rating its
 * mean is held at kappa, and alpha goes without its small-sample factor. Returns the influence
 * times n. */
static double
as_published(const struct acc_agreement_run *run, const struct acc_coefficient *coefficient,
	     double influence, double value)
{
	const double *cell = run->total.cell;
	if (coefficient->pairs_only)
		return influence * cell[ACC_TALLY_PAIRED] * cell[ACC_TALLY_RATINGS] /
		       (cell[ACC_TALLY_RATINGS] - 1);
	double weight = run->block.cell[ACC_TALLY_PAIRED] > 0
			    ? cell[ACC_TALLY_RATED] / cell[ACC_TALLY_PAIRED]
			    : 0;
	return influence * cell[ACC_TALLY_RATED] + value * (weight - 1);
}

/* One coefficient's variance from influence values, and the slopes the pool needs. */
static enum acc_status
influence(struct acc_agreement_run *run, size_t c)
{
	const struct acc_coefficient *coefficient = run->plan->coefficient[c];
	struct acc_estimate *estimate = &run->estimate[c];
	struct acc_spread *spread = &run->spread[c];
	/* Where D_o and D_e are undefined they have no slope, and the pool goes without them. */
	if (isnan(spread->observed))
		return ACC_OK;
	enum acc_status status =
	    acc_coefficient_gradient(coefficient, &run->total, run->plan->weights,
				     &run->slope_observed, &run->slope_expected);
	bool published = acc_run_uses(run, ACC_EVIDENCE_PUBLISHED);
	double pieces = !published                ? spread->clusters
			: coefficient->pairs_only ? run->total.cell[ACC_TALLY_PAIRED]
						  : run->total.cell[ACC_TALLY_RATED];
	for (size_t b = 0; status == ACC_OK && b < run->blocks.count; b++) {
		acc_run_fill(run, b);
		double observed = acc_tally_dot(&run->slope_observed, &run->block);
		double expected = acc_tally_dot(&run->slope_expected, &run->block);
		run->pool[c].observed[b] += run->weight * observed;
		run->pool[c].expected[b] += run->weight * expected;
		if (estimate->reason != ACC_DEFINED || !run->rated[b])
			continue;
		double value = (-observed + (1 - estimate->value) * expected) / spread->expected;
		if (published)
			value = as_published(run, coefficient, value, estimate->value) / pieces;
		acc_run_psi(spread, (double)run->blocks.times[b], value);
	}
	acc_run_variance(spread, true, pieces);
	return status;
}

/* One block's units about their mean: n/(n - 1) sum (psi_i - mean)^2. A block of one unit says
 * nothing about how its units differ; its whole influence counts. */
struct within {
	double units, sum, squares;
};

static void
add_unit(struct within *within, double units, double psi)
{
	within->units += units;
	within->sum += units * psi;
	within->squares += units * psi * psi;
}

static double
within_variance(const struct within *within)
{
	double n = within->units;
	return n > 1 ? n / (n - 1) * fmax(within->squares - within->sum * within->sum / n, 0)
		     : within->squares;
}

/* What one unit of a pattern adds to D_o and D_e. */
static void
slopes_of_unit(struct acc_agreement_run *run, uint32_t pattern, double *observed, double *expected)
{
	acc_tally_zero(&run->without);
	acc_tally_add(&run->without, &run->panel, pattern, 1, run->plan->weights);
	*observed = acc_tally_dot(&run->slope_observed, &run->without);
	*expected = acc_tally_dot(&run->slope_expected, &run->without);
}

/* For a group of known size: how units vary within blocks. */
static enum acc_status
inside(struct acc_agreement_run *run, size_t c)
{
	struct acc_spread *spread = &run->spread[c];
	if (isnan(spread->observed))
		return ACC_OK;
	enum acc_status status =
	    acc_coefficient_gradient(run->plan->coefficient[c], &run->total, run->plan->weights,
				     &run->slope_observed, &run->slope_expected);
	for (size_t b = 0; status == ACC_OK && b < run->blocks.count; b++) {
		struct within within = {0};
		for (size_t i = run->blocks.first[b]; i < run->blocks.first[b + 1]; i++) {
			uint32_t pattern = run->blocks.pattern[i];
			double units = acc_blocks_units(&run->blocks, run->patterns, b, pattern);
			double observed, expected, value = run->estimate[c].value;
			slopes_of_unit(run, pattern, &observed, &expected);
			run->pool[c].unit_observed[pattern] += run->weight * observed;
			run->pool[c].unit_expected[pattern] += run->weight * expected;
			if (acc_panel_ratings(&run->panel, pattern))
				add_unit(&within, units,
					 (-observed + (1 - value) * expected) / spread->expected);
		}
		spread->within += (double)run->blocks.times[b] * within_variance(&within);
	}
	return status;
}

void
acc_run_pool_within(struct acc_agreement_run *run, size_t c)
{
	const struct acc_pool_sum *pool = &run->pool[c];
	struct acc_spread *spread = &run->spread[c];
	double value = run->estimate[c].value;
	for (size_t b = 0; b < run->blocks.count; b++) {
		struct within within = {0};
		for (size_t i = run->blocks.first[b]; i < run->blocks.first[b + 1]; i++) {
			uint32_t p = run->blocks.pattern[i];
			double psi = -pool->unit_observed[p] + (1 - value) * pool->unit_expected[p];
			if (run->rating_bits[p])
				add_unit(&within,
					 acc_blocks_units(&run->blocks, run->patterns, b, p),
					 psi / pool->sum.expected);
		}
		spread->within += (double)run->blocks.times[b] * within_variance(&within);
	}
}

enum acc_status
acc_run_spread(struct acc_agreement_run *run)
{
	enum acc_status status = ACC_OK;
	for (size_t c = 0; status == ACC_OK && c < run->plan->coefficients; c++)
		if (acc_run_influence(run, c))
			status = influence(run, c);
	if (status == ACC_OK)
		status = acc_run_jackknife(run);
	for (size_t c = 0; run->plan->population && status == ACC_OK && c < run->plan->coefficients;
	     c++)
		status = inside(run, c);
	return status;
}
