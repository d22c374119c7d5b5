/* coding_error_shares: from the jackknife of a fit to shares with errors and intervals. */
#include "stats/coding_error.h"
#include "stats/coding_error_run.h"
#include "stats/interval.h"
#include "stats/special.h"

#include <math.h>

static double
square(double x)
{
	return x * x;
}

static struct acc_share
share_of(const struct acc_error_run *run, size_t at, size_t source, double total)
{
	const struct acc_error_spread *spread = &run->of[source];
	struct acc_share share = {.value = run->here[at],
				  .total = total,
				  .se = NAN,
				  .low = NAN,
				  .high = NAN,
				  .clusters = spread->clusters,
				  .effective = spread->units * spread->units / spread->squares,
				  .method = ""};
	double pieces = run->of[acc_error_sources(run) - 1].clusters;
	if (isnan(share.value)) {
		share.reason = spread->units > 0 ? ACC_REASON_empty_margin : ACC_REASON_no_units;
		return share;
	}
	share.count = share.value * total;
	share.notes = (spread->clusters < 5 ? ACC_NOTE_few_clusters : 0) |
		      (run->blocks.kind == ACC_CLUSTER_UNIT ? ACC_NOTE_units_as_clusters : 0) |
		      (total < 5 ? ACC_NOTE_rare_category : 0);
	if (run->too_many) {
		share.reason = ACC_REASON_too_many_clusters;
		return share;
	}
	share.se = acc_standard_error(run->squares[at] * (pieces - 1) / pieces, share.value);
	if (spread->clusters < 2)
		share.reason = ACC_REASON_one_cluster;
	else if (isnan(share.se))
		share.reason = ACC_REASON_one_cluster_varies;
	else
		acc_share_interval(&share, spread->squares / spread->units, run->level);
	return share;
}

static void
set_coders(struct acc_error_run *run)
{
	size_t q = run->result->categories;
	for (size_t j = 0; j < run->result->coders; j++) {
		const double *mass = run->fit.mass + j * q;
		double all = 0;
		for (size_t k = 0; k < q; k++)
			all += mass[k];
		for (size_t k = 0; k < q; k++) {
			run->result->sensitivity[j * q + k] =
			    share_of(run, 2 * j * q + k, j, mass[k]);
			run->result->specificity[j * q + k] =
			    share_of(run, (2 * j + 1) * q + k, j, all - mass[k]);
		}
	}
}

static void
set_prevalences(struct acc_error_run *run)
{
	size_t q = run->result->categories, coders = run->result->coders;
	for (size_t g = 0; g <= run->result->groups; g++)
		for (size_t k = 0; k < q; k++)
			run->result->prevalence[g * q + k] = share_of(
			    run, (2 * coders + g) * q + k, coders + g, run->of[coders + g].units);
}

static struct acc_share
difference_of(const struct acc_error_run *run, const struct acc_share *a, const struct acc_share *b,
	      double squares)
{
	double va = a->se * a->se, vb = b->se * b->se;
	double fa = fmax(1, a->effective - 1), fb = fmax(1, b->effective - 1);
	double df = square(va + vb) / (va * va / fa + vb * vb / fb);
	double pieces = run->of[acc_error_sources(run) - 1].clusters;
	struct acc_share share = {.value = a->value - b->value,
				  .clusters = a->clusters + b->clusters,
				  .notes = a->notes | b->notes,
				  .se = NAN,
				  .low = NAN,
				  .high = NAN,
				  .count = NAN,
				  .total = NAN,
				  .reason = a->reason != ACC_DEFINED ? a->reason : b->reason,
				  .method = ""};
	if (share.reason != ACC_DEFINED)
		return share;
	share.se = acc_standard_error(squares * (pieces - 1) / pieces, 1);
	double half = acc_t_quantile((1 + run->level) / 2, df) * share.se;
	share.reason = share.se > 0 && isfinite(half) ? ACC_DEFINED : ACC_REASON_no_spread;
	if (share.reason != ACC_DEFINED)
		return share;
	share.low = fmax(-1, share.value - half);
	share.high = fmin(1, share.value + half);
	share.method = "cluster jackknife of the model, t(Satterthwaite)";
	return share;
}

static void
set_differences(struct acc_error_run *run)
{
	size_t q = run->result->categories, groups = run->result->groups, at = 0;
	for (size_t g = 0; g < groups; g++)
		for (size_t h = g + 1; h < groups; h++)
			for (size_t k = 0; k < q; k++, at++)
				run->result->difference[at] =
				    difference_of(run, &run->result->prevalence[g * q + k],
						  &run->result->prevalence[h * q + k],
						  run->squares[acc_error_values(run) + at]);
}

void
acc_error_shares(struct acc_error_run *run)
{
	set_coders(run);
	set_prevalences(run);
	set_differences(run);
}
