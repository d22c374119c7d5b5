#include "stats/coding_error.h"
#include "stats/interval.h"
#include "stats/special.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void
acc_coding_error_free(struct acc_coding_error *result)
{
	free(result->sensitivity);
	free(result->specificity);
	free(result->prevalence);
	free(result->difference);
	*result = (struct acc_coding_error){0};
}

/* Rated units of one kind (by a coder, of a group, of all), cluster by cluster. */
struct spread {
	double units, squares, clusters;
};

struct run {
	const struct acc_patterns *patterns;
	struct acc_coding_error *result;
	struct acc_blocks blocks;
	struct acc_panel panel;
	struct acc_votes votes;
	size_t strata;          /* groups, and a last one for units without a group */
	double *units, *rest;   /* [strata * votes] of all, and without the block at hand */
	struct spread *of;      /* [coders + groups + 1] */
	double *block;          /* [coders + groups + 1] units of the block at hand */
	double *here, *without; /* [coders + groups + 1] * 2 * categories: values */
	double *squares;        /* [values + differences] sums of squares; NaN: undefined */
	struct acc_dawid_skene fit;
	double level;
	bool too_many; /* clusters to leave out one by one */
};

static size_t
pairs_of(const struct run *run)
{
	size_t groups = run->result->groups;
	return groups ? groups * (groups - 1) / 2 : 0;
}

static size_t
sources(const struct run *run)
{
	return run->result->coders + run->result->groups + 1;
}

/* ---- units ---- */

static size_t
stratum_of(const struct run *run, uint32_t pattern)
{
	uint32_t group = acc_patterns_get(run->patterns, pattern).group;
	return group == ACC_NONE ? run->strata - 1 : group;
}

/* Take `sign` times one block from, or to, the units; and count what is rated in it. */
static void
move_block(struct run *run, double *units, size_t block, double sign)
{
	memset(run->block, 0, sources(run) * sizeof *run->block);
	for (size_t i = run->blocks.first[block]; i < run->blocks.first[block + 1]; i++) {
		uint32_t number = run->blocks.pattern[i];
		size_t stratum = stratum_of(run, number);
		double here = acc_blocks_units(&run->blocks, run->patterns, block, number);
		if (!acc_panel_ratings(&run->panel, number))
			continue;
		units[stratum * run->votes.vote.count + run->votes.of[number]] += sign * here;
		for (size_t m = run->panel.first[number]; m < run->panel.first[number + 1]; m += 2)
			run->block[run->panel.mark[m]] += here;
		if (stratum < run->result->groups)
			run->block[run->result->coders + stratum] += here;
		run->block[sources(run) - 1] += here;
	}
}

static void
count_units(struct run *run)
{
	for (size_t b = 0; b < run->blocks.count; b++) {
		double times = (double)run->blocks.times[b];
		move_block(run, run->units, b, times);
		for (size_t s = 0; s < sources(run); s++) {
			double units = run->block[s];
			run->of[s].units += times * units;
			run->of[s].squares += times * units * units;
			run->of[s].clusters += units > 0 ? times : 0;
		}
	}
}

/* ---- values ---- */

/* All numbers of a fit: sensitivities and specificities of the coders, then prevalences. */
static void
read_values(const struct run *run, const struct acc_dawid_skene *fit, const double *units,
	    double *value)
{
	size_t q = fit->categories, groups = run->result->groups;
	double *overall = value + (2 * fit->coders + groups) * q, total = 0;
	for (size_t j = 0; j < fit->coders; j++)
		for (size_t k = 0; k < q; k++) {
			value[2 * j * q + k] = acc_sensitivity(fit, j, k);
			value[(2 * j + 1) * q + k] = acc_specificity(fit, j, k);
		}
	memset(overall, 0, q * sizeof *overall);
	for (size_t s = 0; s < run->strata; s++) {
		double rated = 0;
		for (size_t v = 0; v < fit->votes; v++)
			rated += units[s * fit->votes + v];
		for (size_t k = 0; k < q; k++) {
			if (s < groups)
				value[(2 * fit->coders + s) * q + k] = fit->prevalence[s * q + k];
			if (rated > 0)
				overall[k] += rated * fit->prevalence[s * q + k];
		}
		total += rated;
	}
	for (size_t k = 0; k < q; k++)
		overall[k] /= total;
}

static size_t
values(const struct run *run)
{
	return (2 * run->result->coders + run->result->groups + 1) * run->result->categories;
}

static double
square(double x)
{
	return x * x;
}

static void
add_squares(struct run *run, double times)
{
	size_t q = run->result->categories, groups = run->result->groups, at = values(run);
	size_t first = 2 * run->result->coders * q;
	for (size_t i = 0; i < values(run); i++)
		run->squares[i] += times * square(run->without[i] - run->here[i]);
	for (size_t g = 0; g < groups; g++)
		for (size_t h = g + 1; h < groups; h++)
			for (size_t k = 0; k < q; k++) {
				size_t a = first + g * q + k, b = first + h * q + k;
				run->squares[at++] +=
				    times * square(run->without[a] - run->without[b] -
						   (run->here[a] - run->here[b]));
			}
}

/* Cells of all fits together past which they would take minutes: many coders who each rate a few
 * units answer in as many ways as there are units. */
static const double most_cells = 2e7;

/* Leave out the clusters one by one and fit again, from where the whole ended. */
static enum acc_status
jackknife(struct run *run)
{
	enum acc_status status = ACC_OK;
	size_t cells = run->strata * run->votes.vote.count;
	run->too_many = (double)run->blocks.count * (double)cells > most_cells;
	if (run->too_many)
		return ACC_OK;
	for (size_t b = 0; status == ACC_OK && b < run->blocks.count; b++) {
		struct acc_dawid_skene fit;
		memcpy(run->rest, run->units, cells * sizeof *run->rest);
		move_block(run, run->rest, b, -1);
		if (!(run->block[sources(run) - 1] > 0))
			continue;
		for (size_t i = 0; i < cells; i++) /* rounding of shares of equal units */
			run->rest[i] = run->rest[i] < 1e-9 ? 0 : run->rest[i];
		status = acc_dawid_skene_make(&fit, &run->votes, run->rest, run->strata, &run->fit);
		if (status != ACC_OK)
			break;
		read_values(run, &fit, run->rest, run->without);
		add_squares(run, (double)run->blocks.times[b]);
		acc_dawid_skene_free(&fit);
	}
	return status;
}

/* ---- shares ---- */

static struct acc_share
share_of(const struct run *run, size_t at, size_t source, double total)
{
	const struct spread *spread = &run->of[source];
	struct acc_share share = {.value = run->here[at],
				  .total = total,
				  .se = NAN,
				  .low = NAN,
				  .high = NAN,
				  .clusters = spread->clusters,
				  .effective = spread->units * spread->units / spread->squares,
				  .method = ""};
	double pieces = run->of[sources(run) - 1].clusters;
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
set_coders(struct run *run)
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
set_prevalences(struct run *run)
{
	size_t q = run->result->categories, coders = run->result->coders;
	for (size_t g = 0; g <= run->result->groups; g++)
		for (size_t k = 0; k < q; k++)
			run->result->prevalence[g * q + k] = share_of(
			    run, (2 * coders + g) * q + k, coders + g, run->of[coders + g].units);
}

static struct acc_share
difference_of(const struct run *run, const struct acc_share *a, const struct acc_share *b,
	      double squares)
{
	double va = a->se * a->se, vb = b->se * b->se;
	double fa = fmax(1, a->effective - 1), fb = fmax(1, b->effective - 1);
	double df = square(va + vb) / (va * va / fa + vb * vb / fb);
	double pieces = run->of[sources(run) - 1].clusters;
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
set_differences(struct run *run)
{
	size_t q = run->result->categories, groups = run->result->groups, at = 0;
	for (size_t g = 0; g < groups; g++)
		for (size_t h = g + 1; h < groups; h++)
			for (size_t k = 0; k < q; k++, at++)
				run->result->difference[at] =
				    difference_of(run, &run->result->prevalence[g * q + k],
						  &run->result->prevalence[h * q + k],
						  run->squares[values(run) + at]);
}

/* ---- one run ---- */

static enum acc_status
begin(struct run *run, uint32_t theme, enum acc_cluster cluster)
{
	const struct acc_patterns *patterns = run->patterns;
	struct acc_coding_error *result = run->result;
	size_t coders = patterns->coder.count, groups = patterns->group.count;
	enum acc_status status = acc_blocks_make(&run->blocks, patterns, ACC_NONE, cluster);
	if (status == ACC_OK)
		status = acc_panel_make(&run->panel, patterns, theme, NULL, coders);
	if (status == ACC_OK)
		status = acc_votes_make(&run->votes, &run->panel);
	if (status != ACC_OK)
		return status;
	size_t q = run->panel.categories, cells = (groups + 1) * run->votes.vote.count;
	*result = (struct acc_coding_error){.categories = q, .coders = coders, .groups = groups};
	run->strata = groups + 1;
	result->sensitivity = acc_array(coders * q, sizeof *result->sensitivity);
	result->specificity = acc_array(coders * q, sizeof *result->specificity);
	result->prevalence = acc_array((groups + 1) * q, sizeof *result->prevalence);
	result->difference = acc_array(pairs_of(run) * q, sizeof *result->difference);
	run->units = acc_array(cells, sizeof *run->units);
	run->rest = acc_array(cells, sizeof *run->rest);
	run->of = acc_array(sources(run), sizeof *run->of);
	run->block = acc_array(sources(run), sizeof *run->block);
	run->here = acc_array(values(run), sizeof *run->here);
	run->without = acc_array(values(run), sizeof *run->without);
	run->squares = acc_array(values(run) + pairs_of(run) * q, sizeof *run->squares);
	bool made = result->sensitivity && result->specificity && result->prevalence &&
		    result->difference && run->units && run->rest && run->of && run->block &&
		    run->here && run->without && run->squares;
	return made ? ACC_OK : ACC_NO_MEMORY;
}

static void
end(struct run *run)
{
	acc_blocks_free(&run->blocks);
	acc_panel_free(&run->panel);
	acc_votes_free(&run->votes);
	acc_dawid_skene_free(&run->fit);
	free(run->units);
	free(run->rest);
	free(run->of);
	free(run->block);
	free(run->here);
	free(run->without);
	free(run->squares);
}

enum acc_status
acc_coding_error_make(struct acc_coding_error *result, const struct acc_patterns *patterns,
		      uint32_t theme, enum acc_cluster cluster, double level)
{
	struct run run = {.patterns = patterns, .result = result, .level = level};
	*result = (struct acc_coding_error){0};
	enum acc_status status = begin(&run, theme, cluster);
	if (status == ACC_OK) {
		count_units(&run);
		status = acc_dawid_skene_make(&run.fit, &run.votes, run.units, run.strata, NULL);
	}
	if (status == ACC_OK)
		result->reason = run.fit.reason;
	if (status == ACC_OK && result->reason == ACC_DEFINED) {
		read_values(&run, &run.fit, run.units, run.here);
		status = jackknife(&run);
		set_coders(&run);
		set_prevalences(&run);
		set_differences(&run);
	}
	end(&run);
	if (status != ACC_OK)
		acc_coding_error_free(result);
	return status;
}
