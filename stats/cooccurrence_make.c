/* cooccurrence: all pairs of a layer, with their measures and intervals. */
#include "stats/cooccurrence_run.h"

#include <math.h>
#include <stdlib.h>

void
acc_cooccurrence_free(struct acc_cooccurrence *result)
{
	free(result->pair);
	free(result->association);
	*result = (struct acc_cooccurrence){0};
}

/* ---- the jackknife ---- */

static double
units_of(const struct acc_pair_table *table)
{
	return table->both + table->first + table->second + table->neither;
}

/* Does a measure's interval come from its table alone? */
static bool
is_closed(const struct acc_cooccurrence_run *run, const struct acc_measure *measure)
{
	return acc_measure_is_closed(measure) || (measure->limits && run->ci == ACC_PAIR_CI_NAIVE);
}

static void
set_pair(struct acc_cooccurrence_run *run, size_t at, uint32_t s, uint32_t t)
{
	struct acc_pair *pair = &run->result->pair[at];
	enum acc_reason reason = acc_layer_pairs_reason(&run->from, s, t);
	*pair =
	    (struct acc_pair){.first = s, .second = t, .table = acc_pairs_table(&run->total, s, t)};
	if (reason != ACC_DEFINED)
		pair->table = (struct acc_pair_table){NAN, NAN, NAN, NAN};
	for (size_t m = 0; m < run->plan->measures; m++) {
		struct acc_association *association =
		    &run->result->association[at * run->plan->measures + m];
		*association = (struct acc_association){NAN, NAN, NAN, reason};
		if (reason == ACC_DEFINED && acc_layer_is_soft(run->from.kind) &&
		    acc_measure_is_closed(run->plan->measure[m]))
			association->reason = ACC_REASON_fractional_counts;
		else if (reason == ACC_DEFINED)
			association->reason = acc_measure_value(run->plan->measure[m], &pair->table,
								&association->value);
	}
}

/* How far a leave-one-out value is from the value. */
static double
deviation(const struct acc_measure *measure, double without, double value)
{
	if (measure->compared_on_scale)
		return measure->transform(without) - measure->transform(value);
	return without - value;
}

/* Leave `times` blocks with this table out of a pair, one after the other. */
static void
leave_out(struct acc_cooccurrence_run *run, size_t at, const struct acc_pair_table *table,
	  double times)
{
	struct acc_pair *pair = &run->result->pair[at];
	double units = units_of(table);
	struct acc_pair_table rest = {
	    pair->table.both - table->both, pair->table.first - table->first,
	    pair->table.second - table->second, pair->table.neither - table->neither};
	if (!(units > 0) || times == 0)
		return;
	pair->clusters += times;
	run->squares[at] += times * units * units;
	for (size_t m = 0; m < run->plan->measures; m++) {
		size_t here = at * run->plan->measures + m;
		double value;
		if (run->result->association[here].reason != ACC_DEFINED ||
		    is_closed(run, run->plan->measure[m]))
			continue;
		acc_measure_value(run->plan->measure[m], &rest, &value);
		value =
		    deviation(run->plan->measure[m], value, run->result->association[here].value);
		run->variance[here] += times * value * value;
	}
}

static void
leave_out_singles(struct acc_cooccurrence_run *run, size_t at, uint32_t s, uint32_t t)
{
	struct acc_pair_table table = acc_pairs_table(&run->single, s, t);
	leave_out(run, at, &(struct acc_pair_table){.both = 1}, table.both);
	leave_out(run, at, &(struct acc_pair_table){.first = 1}, table.first);
	leave_out(run, at, &(struct acc_pair_table){.second = 1}, table.second);
	leave_out(run, at, &(struct acc_pair_table){.neither = 1}, table.neither);
}

static void
leave_out_block(struct acc_cooccurrence_run *run, size_t at, uint32_t s, uint32_t t)
{
	struct acc_pair_table table = acc_pairs_table(&run->block, s, t);
	leave_out(run, at, &table, run->times);
}

static void
each_pair(struct acc_cooccurrence_run *run,
	  void (*act)(struct acc_cooccurrence_run *, size_t, uint32_t, uint32_t))
{
	size_t at = 0;
	for (uint32_t s = 0; s < run->total.themes; s++)
		for (uint32_t t = s + 1; t < run->total.themes; t++)
			act(run, at++, s, t);
}

/* Without a jackknife the clusters of a pair are known where everything was looked for. */
static void
set_clusters(struct acc_cooccurrence_run *run, size_t at, uint32_t s, uint32_t t)
{
	(void)s, (void)t;
	bool all = run->patterns->design != ACC_THEME_CODES;
	run->result->pair[at].clusters = all ? run->clusters : NAN;
	run->squares[at] = all ? run->cluster_squares : NAN;
}

/* Blocks of one unit differ only in the cell that their unit is in, so they are left out together;
 * the others one by one. */
static void
jackknife(struct acc_cooccurrence_run *run)
{
	each_pair(run, leave_out_singles);
	for (size_t b = 0; b < run->blocks->count; b++)
		if (!acc_cooccurrence_is_single(run, b)) {
			acc_cooccurrence_count_block(run, b);
			each_pair(run, leave_out_block);
		}
}

/* ---- the end of a pair ---- */

static void
finish_pair(struct acc_cooccurrence_run *run, size_t at)
{
	struct acc_pair *pair = &run->result->pair[at];
	double units = units_of(&pair->table);
	pair->effective = units > 0 ? units * units / run->squares[at] : 0;
	if (run->incomplete)
		pair->notes |= ACC_NOTE_missing_ratings;
	if (run->blocks->kind == ACC_CLUSTER_UNIT && !run->plan->pieces)
		pair->notes |= ACC_NOTE_units_as_clusters;
	if (pair->clusters >= 2 && pair->clusters < 5)
		pair->notes |= ACC_NOTE_few_clusters;
	for (size_t m = 0; m < run->plan->measures; m++) {
		size_t here = at * run->plan->measures + m;
		struct acc_association *association = &run->result->association[here];
		const struct acc_measure *measure = run->plan->measure[m];
		if (association->reason != ACC_DEFINED || run->plan->ci == ACC_PAIR_CI_NONE)
			continue;
		if (run->ci == ACC_PAIR_CI_NONE)
			association->reason = ACC_REASON_too_many_pairs;
		else if (is_closed(run, measure))
			association->reason = measure->limits(
			    &pair->table, run->plan->level, &association->low, &association->high);
		else if (run->ci == ACC_PAIR_CI_NAIVE)
			association->reason = ACC_REASON_no_interval;
		else
			association->reason = acc_association_interval(
			    association, measure, pair, run->variance[here], run->plan->level);
	}
}

/* About a second of leaving out. */
static const double too_many = 1e8;

/* How intervals are made of so many pairs, `apart` blocks being left out one by one. */
static enum acc_pair_ci
resolved(const struct acc_cooccurrence_plan *plan, size_t pairs, double apart, bool *left_out)
{
	/* Exact limits take about as long as a hundred. */
	double steps = (double)pairs * (double)plan->measures * (100 + apart);
	*left_out = plan->ci == ACC_PAIR_CI_AUTO && steps > too_many;
	if (*left_out)
		return ACC_PAIR_CI_NONE;
	return plan->ci == ACC_PAIR_CI_AUTO ? ACC_PAIR_CI_JACKKNIFE : plan->ci;
}

static void
resolve(struct acc_cooccurrence_run *run)
{
	double apart = run->apart;
	for (size_t b = 0; b < run->blocks->count; b++)
		apart += !acc_cooccurrence_is_single(run, b);
	run->ci = resolved(run->plan, run->result->pairs, apart, &run->result->left_out);
	run->result->method =
	    run->ci == ACC_PAIR_CI_NONE    ? ""
	    : run->ci == ACC_PAIR_CI_NAIVE ? "from the table, units independent"
	    : run->blocks->kind == ACC_CLUSTER_UNIT
		? "unit jackknife, scale of the measure, t(units - 1)"
		: "cluster jackknife, scale of the measure, t(effective clusters - 1)";
}

static enum acc_status
begin(struct acc_cooccurrence_run *run, struct acc_layer layer)
{
	struct acc_pairs *each[] = {&run->total, &run->single, &run->block};
	struct acc_cooccurrence *result = run->result;
	size_t themes = acc_layer_themes(run->patterns);
	size_t pairs = themes ? themes * (themes - 1) / 2 : 0, all = pairs * run->plan->measures;
	result->pairs = pairs;
	resolve(run);
	size_t needed = run->ci == ACC_PAIR_CI_JACKKNIFE ? sizeof each / sizeof *each : 1;
	enum acc_status status =
	    acc_layer_pairs_make(&run->from, run->patterns, layer, run->plan->present);
	for (size_t i = 0; status == ACC_OK && i < needed; i++)
		status = acc_pairs_make(each[i], run->patterns);
	run->variance =
	    acc_array(run->ci == ACC_PAIR_CI_JACKKNIFE ? all : 0, sizeof *run->variance);
	run->squares = acc_array(pairs, sizeof *run->squares);
	/* set_pair fills them. */
	bool room = acc_array_reserve((void **)&result->pair, &result->room, pairs + 1,
				      sizeof *result->pair) &&
		    acc_array_reserve((void **)&result->association, &result->association_room,
				      all + 1, sizeof *result->association);
	return status == ACC_OK && (!run->variance || !run->squares || !room) ? ACC_NO_MEMORY
									      : status;
}

static void
end(struct acc_cooccurrence_run *run)
{
	acc_layer_pairs_free(&run->from);
	acc_pairs_free(&run->total);
	acc_pairs_free(&run->single);
	acc_pairs_free(&run->block);
	free(run->variance);
	free(run->squares);
}

static enum acc_status
make(struct acc_cooccurrence_run *run, struct acc_layer layer,
     const struct acc_layer_counts *counts)
{
	struct acc_cooccurrence *result = run->result;
	enum acc_status status = begin(run, layer);
	if (status == ACC_OK) {
		if (counts)
			acc_cooccurrence_take_counts(run, counts);
		else
			acc_cooccurrence_count_all(run);
		each_pair(run, set_pair);
		if (run->ci == ACC_PAIR_CI_JACKKNIFE)
			jackknife(run);
		else
			each_pair(run, set_clusters);
		for (size_t at = 0; at < result->pairs; at++)
			finish_pair(run, at);
	} else
		acc_cooccurrence_free(result);
	end(run);
	return status;
}

enum acc_status
acc_cooccurrence_make(struct acc_cooccurrence *result, const struct acc_patterns *patterns,
		      const struct acc_blocks *blocks, struct acc_layer layer,
		      const struct acc_cooccurrence_plan *plan)
{
	struct acc_cooccurrence_run run = {
	    .patterns = patterns, .blocks = blocks, .plan = plan, .result = result};
	return make(&run, layer, NULL);
}

enum acc_status
acc_cooccurrence_counted(struct acc_cooccurrence *result, const struct acc_patterns *labels,
			 enum acc_cluster kind, const struct acc_list_counts *counts,
			 struct acc_layer layer, const struct acc_cooccurrence_plan *plan)
{
	struct acc_blocks none = {.kind = acc_cluster_resolve(labels, kind)};
	struct acc_cooccurrence_run run = {.patterns = labels,
					   .blocks = &none,
					   .plan = plan,
					   .apart = (double)counts->apart,
					   .result = result};
	size_t at = layer.kind + (layer.kind == ACC_LAYER_CODER ? layer.coder : 0);
	return make(&run, layer, &counts->layer[at]);
}

bool
acc_cooccurrence_countable(const struct acc_cooccurrence_plan *plan,
			   const struct acc_list_counts *counts)
{
	bool left_out;
	return !counts->apart || resolved(plan, counts->pairs, (double)counts->apart, &left_out) !=
				     ACC_PAIR_CI_JACKKNIFE;
}
