#include "stats/coding_error.h"
#include "stats/coding_error_run.h"

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

static size_t
pairs_of(const struct acc_error_run *run)
{
	size_t groups = run->result->groups;
	return groups ? groups * (groups - 1) / 2 : 0;
}

/* ---- units ---- */

static size_t
stratum_of(const struct acc_error_run *run, uint32_t pattern)
{
	uint32_t group = acc_patterns_get(run->patterns, pattern).group;
	return group == ACC_NONE ? run->strata - 1 : group;
}

/* Take `sign` times one block from, or to, the units; and count what is rated in it. */
static void
move_block(struct acc_error_run *run, double *units, size_t block, double sign)
{
	memset(run->block, 0, acc_error_sources(run) * sizeof *run->block);
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
		run->block[acc_error_sources(run) - 1] += here;
	}
}

static void
count_units(struct acc_error_run *run)
{
	for (size_t b = 0; b < run->blocks.count; b++) {
		double times = (double)run->blocks.times[b];
		move_block(run, run->units, b, times);
		for (size_t s = 0; s < acc_error_sources(run); s++) {
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
read_values(const struct acc_error_run *run, const struct acc_dawid_skene *fit, const double *units,
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

static double
square(double x)
{
	return x * x;
}

static void
add_squares(struct acc_error_run *run, double times)
{
	size_t q = run->result->categories, groups = run->result->groups,
	       at = acc_error_values(run);
	size_t first = 2 * run->result->coders * q;
	for (size_t i = 0; i < acc_error_values(run); i++)
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
jackknife(struct acc_error_run *run)
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
		if (!(run->block[acc_error_sources(run) - 1] > 0))
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

/* ---- one run ---- */

static enum acc_status
begin(struct acc_error_run *run, uint32_t theme, enum acc_cluster cluster)
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
	run->coders = coders;
	run->groups = groups;
	run->categories = q;
	run->strata = groups + 1;
	result->sensitivity = acc_array(coders * q, sizeof *result->sensitivity);
	result->specificity = acc_array(coders * q, sizeof *result->specificity);
	result->prevalence = acc_array((groups + 1) * q, sizeof *result->prevalence);
	result->difference = acc_array(pairs_of(run) * q, sizeof *result->difference);
	run->units = acc_array(cells, sizeof *run->units);
	run->rest = acc_array(cells, sizeof *run->rest);
	run->of = acc_array(acc_error_sources(run), sizeof *run->of);
	run->block = acc_array(acc_error_sources(run), sizeof *run->block);
	run->here = acc_array(acc_error_values(run), sizeof *run->here);
	run->without = acc_array(acc_error_values(run), sizeof *run->without);
	run->squares = acc_array(acc_error_values(run) + pairs_of(run) * q, sizeof *run->squares);
	bool made = result->sensitivity && result->specificity && result->prevalence &&
		    result->difference && run->units && run->rest && run->of && run->block &&
		    run->here && run->without && run->squares;
	return made ? ACC_OK : ACC_NO_MEMORY;
}

static void
end(struct acc_error_run *run)
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
	struct acc_error_run run = {.patterns = patterns, .result = result, .level = level};
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
		acc_error_shares(&run);
	}
	end(&run);
	if (status != ACC_OK)
		acc_coding_error_free(result);
	return status;
}
