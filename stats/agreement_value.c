#include "stats/agreement_run.h"

#include <math.h>

void
acc_run_blank(struct acc_estimate *estimate)
{
	estimate->se = estimate->low = estimate->high = estimate->df = estimate->p = NAN;
	estimate->below_minimum = NAN;
	estimate->method = "";
	estimate->test = acc_classical_none();
}

/* Ratings of every unit that has any; NaN where they differ. */
static double
equal_ratings(const struct acc_agreement_run *run)
{
	double equal = 0;
	for (size_t i = 0; i < run->blocks.first[run->blocks.count]; i++) {
		double ratings = (double)acc_panel_ratings(&run->panel, run->blocks.pattern[i]);
		if (ratings > 0 && equal > 0 && ratings != equal)
			return NAN;
		equal = ratings > 0 ? ratings : equal;
	}
	return equal;
}

/* The tally may lack what a coefficient that is not defined would need. */
static double
null_variance(const struct acc_agreement_run *run, const struct acc_coefficient *coefficient,
	      enum acc_reason reason)
{
	return reason == ACC_DEFINED && coefficient->null_variance &&
		       acc_run_uses(run, ACC_EVIDENCE_NULL)
		   ? coefficient->null_variance(&run->total, run->plan->weights, equal_ratings(run))
		   : NAN;
}

/* Where only units that every coder rated are used, those are the ones to report. */
static void
count_complete(const struct acc_agreement_run *run, struct acc_estimate *estimate)
{
	estimate->units = acc_tally_complete(&run->total)[0];
	estimate->ratings = estimate->units * (double)run->scope->coders;
}

void
acc_run_value(struct acc_agreement_run *run, size_t c, const struct acc_estimate *facts)
{
	struct acc_disagreement at;
	double value;
	enum acc_reason reason = acc_coefficient_value(run->plan->coefficient[c], &run->total,
						       &run->weights, &at, &value);
	struct acc_estimate *estimate = &run->estimate[c];
	*estimate = *facts;
	estimate->reason = reason;
	estimate->value = value;
	estimate->observed = 1 - at.observed;
	estimate->expected = 1 - at.expected;
	acc_run_blank(estimate);
	if (run->plan->coefficient[c]->needs & ACC_NEED_COMPLETE && reason == ACC_DEFINED)
		count_complete(run, estimate);
	if (reason == ACC_DEFINED && run->plan->coefficient[c]->test)
		run->plan->coefficient[c]->test(&run->total, run->plan->weights, run->plan->level,
						&estimate->test);
	run->spread[c] = (struct acc_spread){
	    .observed = at.observed,
	    .expected = at.expected,
	    .least = run->plan->coefficient[c]->least,
	    .null_variance = null_variance(run, run->plan->coefficient[c], reason),
	    .complete_pair = run->scope->coders == 2 && !(facts->single > 0)};
	/* The same of all coefficients. */
	if (c == 0)
		acc_run_clusters(run, run->rated, &run->spread[0]);
	else
		acc_run_same_clusters(&run->spread[c], &run->spread[0]);
	estimate->clusters = run->spread[c].clusters;
	estimate->effective = run->spread[c].effective;
	estimate->share_observed = run->weight * at.observed;
	estimate->share_expected = run->weight * at.expected;
	if (!isnan(at.observed)) {
		run->pool[c].sum.observed += run->weight * at.observed;
		run->pool[c].sum.expected += run->weight * at.expected;
		run->pool[c].weight += run->weight;
		run->pool[c].ratings += estimate->ratings;
	}
}

/* The interval that a coefficient's own test gives is for independent units. */
static void
prefer_classical(const struct acc_agreement_run *run, struct acc_estimate *estimate)
{
	bool there = isfinite(estimate->test.low) && isfinite(estimate->test.high);
	if (!there || estimate->reason != ACC_DEFINED || run->plan->ci != ACC_CI_AUTO ||
	    run->blocks.kind != ACC_CLUSTER_UNIT)
		return;
	estimate->low = estimate->test.low;
	estimate->high = estimate->test.high;
	estimate->method = estimate->test.method;
}

/* The replicates of a coefficient of the question at hand. */
static struct acc_resample
resample(struct acc_agreement_run *run, size_t c)
{
	struct acc_replicates *replicates = &run->replicates;
	size_t at = (run->question * replicates->coefficients + c) * replicates->count;
	const double *minimum = run->plan->minimum;
	return acc_resample_make(
	    replicates->value + at, replicates->error ? replicates->error + at : NULL,
	    replicates->count, run->estimate[c].value, minimum ? *minimum : NAN);
}

static void
finish(struct acc_agreement_run *run, size_t c)
{
	struct acc_spread *spread = &run->spread[c];
	if (spread->fraction > 0 && acc_methods[run->plan->ci]->population)
		acc_finite_population(spread, run->estimate[c].units);
	else
		spread->fraction = 0;
	spread->resample = acc_run_uses(run, ACC_EVIDENCE_REPLICATES)
			       ? resample(run, c)
			       : (struct acc_resample){.below_minimum = NAN};
	acc_interval(&run->estimate[c], spread, run->plan->ci, run->plan->level);
	prefer_classical(run, &run->estimate[c]);
}

enum acc_status
acc_run_finish(struct acc_agreement_run *run)
{
	for (size_t c = 0; c < run->plan->coefficients; c++) {
		if (run->estimate[c].reason == ACC_REASON_no_memory)
			return ACC_NO_MEMORY;
		if (run->estimate[c].reason != ACC_DEFINED)
			continue;
		if (run->too_costly[c])
			run->estimate[c].notes |= ACC_NOTE_by_influence;
		if (run->plan->coefficient[c]->diagnostic)
			run->estimate[c].reason = ACC_REASON_diagnostic;
		else
			finish(run, c);
	}
	return ACC_OK;
}
