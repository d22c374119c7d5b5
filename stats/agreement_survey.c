#include "stats/agreement_run.h"
#include "stats/agreement_sparse.h"
#include "stats/estimable.h"

#include <math.h>
#include <stdlib.h>

static void
add_presence(const struct acc_agreement_run *run, size_t block, struct acc_presence *presence)
{
	const struct acc_panel *panel = &run->panel;
	double times = (double)run->blocks.times[block];
	for (size_t i = run->blocks.first[block]; i < run->blocks.first[block + 1]; i++) {
		uint32_t pattern = run->blocks.pattern[i];
		double units = acc_blocks_units(&run->blocks, run->patterns, block, pattern);
		double ratings = (double)acc_panel_ratings(panel, pattern);
		for (size_t m = panel->first[pattern]; m < panel->first[pattern + 1]; m += 2) {
			struct acc_presence *of = &presence[panel->mark[m + 1]];
			of->mass += times * units / ratings;
			of->clusters += of->seen == block + 1 ? 0 : times;
			of->seen = block + 1;
		}
	}
}

static double
clusters_without(const void *context, size_t common)
{
	const struct acc_agreement_run *run = context;
	const struct acc_panel *panel = &run->panel;
	double clusters = 0;
	for (size_t b = 0; b < run->blocks.count; b++) {
		bool other = false;
		for (size_t i = run->blocks.first[b]; i < run->blocks.first[b + 1]; i++) {
			size_t first = panel->first[run->blocks.pattern[i]];
			size_t last = panel->first[run->blocks.pattern[i] + 1];
			for (size_t m = first; !other && m < last; m += 2)
				other = panel->mark[m + 1] != common;
		}
		clusters += other ? (double)run->blocks.times[b] : 0;
	}
	return clusters;
}

enum acc_status
acc_run_survey(struct acc_agreement_run *run, struct acc_estimate *facts)
{
	struct acc_presence *presence = acc_array(run->panel.categories, sizeof *presence);
	if (!presence)
		return ACC_NO_MEMORY;
	acc_tally_zero(&run->total);
	for (size_t b = 0; b < run->blocks.count; b++) {
		acc_run_fill(run, b);
		acc_tally_accumulate(&run->total, (double)run->blocks.times[b], &run->block);
		add_presence(run, b, presence);
		run->pairs[b] = run->block.cell[ACC_TALLY_PAIRED];
		run->rated[b] = run->block.cell[ACC_TALLY_RATED] > 0;
		run->pool_rated[b] = run->pool_rated[b] || (run->rated[b] && run->weight > 0);
	}
	const double *cell = run->total.cell;
	*facts = (struct acc_estimate){
	    .units = cell[ACC_TALLY_PAIRED],
	    .ratings = cell[ACC_TALLY_RATINGS],
	    .single = cell[ACC_TALLY_RATED] - cell[ACC_TALLY_PAIRED],
	    .prevalence = NAN,
	    .estimable = acc_estimable(&run->weights, presence, run->panel.categories,
				       clusters_without, run),
	};
	uint32_t present = run->patterns->design == ACC_THEMES        ? 1
			   : run->patterns->design == ACC_THEME_CODES ? run->plan->present
								      : ACC_NONE;
	if (!run->weights.sets && present < run->panel.categories && cell[ACC_TALLY_RATED] > 0)
		facts->prevalence = acc_tally_share(&run->total)[present] / cell[ACC_TALLY_RATED];
	for (size_t j = 0; run->scope->coders == 2 && j < 2; j++)
		facts->rated_by[j] = acc_weights_sum(
		    run->plan->weights, acc_tally_margin(&run->total) + j * run->total.categories);
	if (!facts->estimable)
		facts->notes |= ACC_NOTE_rare_category;
	if (cell[ACC_TALLY_RATINGS] < cell[ACC_TALLY_RATED] * (double)run->scope->coders)
		facts->notes |= ACC_NOTE_missing_ratings;
	if (run->blocks.kind == ACC_CLUSTER_UNIT && !acc_run_uses(run, ACC_EVIDENCE_PUBLISHED))
		facts->notes |= ACC_NOTE_units_as_clusters;
	free(presence);
	return ACC_OK;
}

void
acc_run_clusters(const struct acc_agreement_run *run, const bool *rated, struct acc_spread *spread)
{
	double units = 0, squares = 0;
	spread->clusters = 0;
	for (size_t b = 0; b < run->blocks.count; b++) {
		double times = (double)run->blocks.times[b];
		spread->clusters += rated[b] ? times : 0;
		units += times * run->pairs[b];
		squares += times * run->pairs[b] * run->pairs[b];
	}
	spread->effective = squares > 0 ? units * units / squares : 0;
	spread->design = units > 0 ? squares / units : 0;
	spread->df = spread->clusters - 1;
	spread->df_fisher = spread->effective - 1 < 1 ? 1 : spread->effective - 1;
	if (run->plan->population) {
		uint32_t group = run->scope->group, groups = run->patterns->group.count;
		double people = run->plan->population[group == ACC_NONE ? groups : group];
		spread->fraction = people > 0 ? fmin(spread->clusters / people, 1) : 0;
	}
}

void
acc_run_same_clusters(struct acc_spread *spread, const struct acc_spread *other)
{
	spread->clusters = other->clusters;
	spread->effective = other->effective;
	spread->design = other->design;
	spread->df = other->df;
	spread->df_fisher = other->df_fisher;
	spread->fraction = other->fraction;
}
