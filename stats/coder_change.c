#include "stats/coder_change.h"
#include "stats/interval.h"

#include <math.h>
#include <stdlib.h>

enum { WITH, WITHOUT, SIDES };

/* One side of the comparison: all coders, or all but one. */
struct side {
	struct acc_panel panel;
	struct acc_tally total, block, rest;
	struct acc_disagreement sum;   /* over themes */
	struct acc_disagreement *pool; /* [blocks] the same without the block */
};

struct run {
	const struct acc_patterns *patterns;
	const struct acc_plan *plan;
	struct acc_blocks blocks;
	uint32_t *coder_of; /* [coders], for the side without one */
	struct side side[SIDES];
	double *units; /* [blocks] with two ratings or more, of the theme at hand */
	double *pool_units;
	struct acc_coder_change *change;
};

static void
fill(struct run *run, struct side *side, size_t block)
{
	acc_tally_zero(&side->block);
	for (size_t i = run->blocks.first[block]; i < run->blocks.first[block + 1]; i++)
		acc_tally_add(
		    &side->block, &side->panel, run->blocks.pattern[i],
		    acc_blocks_units(&run->blocks, run->patterns, block, run->blocks.pattern[i]),
		    run->plan->weights);
}

static enum acc_reason
value_of(const struct run *run, const struct acc_tally *tally, struct acc_disagreement *at,
	 double *value)
{
	return acc_coefficient_value(run->plan->coefficient[0], tally, run->plan->weights, at,
				     value);
}

static void
add_up(struct run *run)
{
	for (int s = 0; s < SIDES; s++) {
		struct side *side = &run->side[s];
		acc_tally_zero(&side->total);
		for (size_t b = 0; b < run->blocks.count; b++) {
			fill(run, side, b);
			for (size_t i = 0; i < side->total.length; i++)
				side->total.cell[i] +=
				    (double)run->blocks.times[b] * side->block.cell[i];
			if (s == WITH)
				run->units[b] = side->block.cell[ACC_TALLY_PAIRED];
		}
	}
}

/* Clusters with a unit of two ratings, and Kish's number. */
static void
count_clusters(const struct run *run, const double *units, struct acc_coder_change *change)
{
	double squares = 0;
	change->units = change->clusters = 0;
	for (size_t b = 0; b < run->blocks.count; b++) {
		double times = (double)run->blocks.times[b];
		change->units += times * units[b];
		change->clusters += units[b] > 0 ? times : 0;
		squares += times * units[b] * units[b];
	}
	change->effective = squares > 0 ? change->units * change->units / squares : 0;
}

static void
start(const struct run *run, const double *units, double with, double without,
      enum acc_reason reason, struct acc_coder_change *change)
{
	*change = (struct acc_coder_change){.with = with,
					    .without = without,
					    .change = without - with,
					    .se = NAN,
					    .low = NAN,
					    .high = NAN,
					    .reason = reason,
					    .method = ""};
	count_clusters(run, units, change);
}

static void
finish(const struct run *run, double variance, struct acc_coder_change *change)
{
	double clusters = change->clusters;
	if (change->reason != ACC_DEFINED)
		return;
	change->notes = (clusters < 5 ? ACC_NOTE_few_clusters : 0) |
			(run->blocks.kind == ACC_CLUSTER_UNIT ? ACC_NOTE_units_as_clusters : 0);
	change->se = acc_standard_error(variance * (clusters - 1) / clusters, 1);
	if (clusters < 2)
		change->reason = ACC_REASON_one_cluster;
	else if (isnan(change->se))
		change->reason = ACC_REASON_one_cluster_varies;
	else if (change->se == 0)
		change->reason = ACC_REASON_no_spread;
	if (change->reason != ACC_DEFINED) {
		change->se = NAN;
		return;
	}
	double half = acc_half_width(change->se, change->effective, run->plan->level);
	change->low = change->change - half;
	change->high = change->change + half;
	change->method = "paired cluster jackknife, t(effective clusters - 1)";
}

static void
add_part(struct acc_disagreement *sum, const struct acc_disagreement *part)
{
	if (isnan(part->observed) || isnan(part->expected))
		return;
	sum->observed += part->observed;
	sum->expected += part->expected;
}

static void
take_theme(struct run *run, struct acc_coder_change *change)
{
	double value[SIDES], variance = 0;
	enum acc_reason reason = ACC_DEFINED;
	add_up(run);
	for (int s = SIDES - 1; s >= 0; s--) {
		struct acc_disagreement at;
		enum acc_reason why = value_of(run, &run->side[s].total, &at, &value[s]);
		reason = why != ACC_DEFINED ? why : reason;
		add_part(&run->side[s].sum, &at);
	}
	start(run, run->units, value[WITH], value[WITHOUT], reason, change);
	for (size_t b = 0; b < run->blocks.count; b++) {
		double left[SIDES];
		for (int s = 0; s < SIDES; s++) {
			struct side *side = &run->side[s];
			struct acc_disagreement at;
			fill(run, side, b);
			acc_tally_subtract(&side->rest, &side->total, &side->block);
			value_of(run, &side->rest, &at, &left[s]);
			add_part(&side->pool[b], &at);
		}
		double off = left[WITHOUT] - left[WITH] - change->change;
		run->pool_units[b] = fmax(run->pool_units[b], run->units[b]);
		if (run->units[b] > 0)
			variance += (double)run->blocks.times[b] * off * off;
	}
	finish(run, variance, change);
}

static void
take_pool(struct run *run, struct acc_coder_change *change)
{
	double value[SIDES], variance = 0;
	enum acc_reason reason = ACC_DEFINED;
	for (int s = SIDES - 1; s >= 0; s--) {
		enum acc_reason why = acc_chance_correct(&run->side[s].sum, &value[s]);
		reason = why != ACC_DEFINED ? why : reason;
	}
	start(run, run->pool_units, value[WITH], value[WITHOUT], reason, change);
	for (size_t b = 0; b < run->blocks.count; b++) {
		double left[SIDES];
		for (int s = 0; s < SIDES; s++)
			acc_chance_correct(&run->side[s].pool[b], &left[s]);
		double off = left[WITHOUT] - left[WITH] - change->change;
		if (run->pool_units[b] > 0)
			variance += (double)run->blocks.times[b] * off * off;
	}
	finish(run, variance, change);
}

static enum acc_status
begin(struct run *run, uint32_t coder)
{
	size_t coders = run->patterns->coder.count;
	enum acc_status status =
	    acc_blocks_make(&run->blocks, run->patterns, ACC_NONE, run->plan->cluster);
	if (status != ACC_OK)
		return status;
	run->coder_of = acc_array(coders, sizeof *run->coder_of);
	run->units = acc_array(run->blocks.count, sizeof *run->units);
	run->pool_units = acc_array(run->blocks.count, sizeof *run->pool_units);
	run->change = acc_array((size_t)run->patterns->theme.count + 1, sizeof *run->change);
	if (!run->coder_of || !run->units || !run->pool_units || !run->change)
		return ACC_NO_MEMORY;
	for (uint32_t j = 0; j < coders; j++)
		run->coder_of[j] = j == coder ? ACC_NONE : j - (j > coder);
	for (size_t s = 0; status == ACC_OK && s < SIDES; s++) {
		struct side *side = &run->side[s];
		struct acc_tally *tally[] = {&side->total, &side->block, &side->rest};
		size_t categories = run->plan->weights->categories;
		unsigned needs = acc_plan_needs(run->plan, categories, coders - s);
		for (size_t i = 0; status == ACC_OK && i < 3; i++)
			status = acc_tally_make_for(tally[i], categories, coders - s, needs);
		side->pool = acc_array(run->blocks.count, sizeof *side->pool);
		if (status == ACC_OK && !side->pool)
			status = ACC_NO_MEMORY;
	}
	return status;
}

static void
end(struct run *run)
{
	acc_blocks_free(&run->blocks);
	for (size_t s = 0; s < SIDES; s++) {
		struct side *side = &run->side[s];
		acc_tally_free(&side->total);
		acc_tally_free(&side->block);
		acc_tally_free(&side->rest);
		free(side->pool);
	}
	free(run->coder_of);
	free(run->units);
	free(run->pool_units);
}

enum acc_status
acc_coder_change_make(const struct acc_patterns *patterns, const struct acc_plan *plan,
		      uint32_t coder, struct acc_coder_change **change)
{
	struct run run = {.patterns = patterns, .plan = plan};
	size_t coders = patterns->coder.count;
	enum acc_status status = begin(&run, coder);
	for (uint32_t t = 0; status == ACC_OK && t < patterns->theme.count; t++) {
		status = acc_panel_make(&run.side[WITH].panel, patterns, t, NULL, coders);
		if (status == ACC_OK)
			status = acc_panel_make(&run.side[WITHOUT].panel, patterns, t, run.coder_of,
						coders - 1);
		if (status == ACC_OK)
			take_theme(&run, &run.change[t]);
		acc_panel_free(&run.side[WITH].panel);
		acc_panel_free(&run.side[WITHOUT].panel);
	}
	if (status == ACC_OK && patterns->theme.count == 1)
		run.change[1] = run.change[0];
	else if (status == ACC_OK)
		take_pool(&run, &run.change[patterns->theme.count]);
	end(&run);
	if (status == ACC_OK)
		*change = run.change;
	else
		free(run.change);
	return status;
}
