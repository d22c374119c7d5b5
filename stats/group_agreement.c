#include "stats/group_agreement.h"
#include "stats/group_agreement_cells.h"

#include <stdlib.h>

enum { CELLS_MAX = 100000000 }; /* doubles */

void
acc_group_agreement_free(struct acc_group_agreement *agreement)
{
	if (!agreement)
		return;
	acc_tally_free(&agreement->shape);
	acc_panel_free(&agreement->panel);
	free(agreement->cell);
	free(agreement->mass);
	free(agreement->pairs);
	free(agreement->rated);
	free(agreement->paired);
	free(agreement->coder_of);
	free(agreement);
}

/* ---- making ---- */

static void
take_coders(void *context, size_t cluster, uint32_t number, double units)
{
	struct acc_group_agreement *agreement = context;
	struct acc_pattern pattern = acc_patterns_get(agreement->people->patterns, number);
	(void)cluster, (void)units;
	for (size_t i = 0; i < pattern.ratings; i++)
		agreement->coder_of[pattern.rating[2 * i]] = 0;
}

/* A coder of other groups only is not in the panel, as in the estimates. */
static enum acc_status
find_coders(struct acc_group_agreement *agreement)
{
	uint32_t all = agreement->people->patterns->coder.count;
	agreement->coder_of = acc_array(all, sizeof *agreement->coder_of);
	if (!agreement->coder_of)
		return ACC_NO_MEMORY;
	for (uint32_t j = 0; j < all; j++)
		agreement->coder_of[j] = ACC_NONE;
	acc_people_each(agreement->people, take_coders, agreement);
	for (uint32_t j = 0; j < all; j++)
		if (agreement->coder_of[j] != ACC_NONE)
			agreement->coder_of[j] = (uint32_t)agreement->coders++;
	return ACC_OK;
}

static void
take(void *context, size_t cluster, uint32_t pattern, double units)
{
	struct acc_group_agreement *agreement = context;
	struct acc_tally tally = agreement->shape;
	const struct acc_panel *panel = &agreement->panel;
	size_t ratings = acc_panel_ratings(panel, pattern);
	double *mass = acc_group_mass(agreement, agreement->theme, cluster);
	for (size_t i = panel->first[pattern]; i < panel->first[pattern + 1]; i += 2)
		mass[panel->mark[i + 1]] += units / (double)ratings;
	tally.cell = acc_group_cells(agreement, agreement->theme, cluster);
	acc_tally_add(&tally, &agreement->panel, pattern, units, agreement->plan->weights);
	if (!(acc_group_weight(agreement, agreement->theme) > 0))
		return;
	agreement->rated[cluster] = agreement->rated[cluster] || ratings > 0;
	agreement->paired[pattern] = agreement->paired[pattern] || ratings > 1;
}

static void
take_pairs(void *context, size_t cluster, uint32_t pattern, double units)
{
	struct acc_group_agreement *agreement = context;
	agreement->pairs[cluster] += agreement->paired[pattern] ? units : 0;
}

static enum acc_status
fill(struct acc_group_agreement *agreement)
{
	const struct acc_patterns *patterns = agreement->people->patterns;
	struct acc_scope scope = {
	    .group = ACC_NONE, .coder_of = agreement->coder_of, .coders = agreement->coders};
	for (uint32_t t = 0; t < agreement->themes; t++) {
		enum acc_status status =
		    acc_plan_panel(agreement->plan, patterns, &scope, t, &agreement->panel);
		if (status != ACC_OK)
			return status;
		agreement->theme = t;
		acc_people_each(agreement->people, take, agreement);
		acc_panel_free(&agreement->panel);
	}
	acc_people_each(agreement->people, take_pairs, agreement);
	return ACC_OK;
}

static enum acc_status
allocate(struct acc_group_agreement *agreement)
{
	const struct acc_people *people = agreement->people;
	const struct acc_plan *plan = agreement->plan;
	size_t categories = plan->weights->categories, coders = agreement->coders, all, masses;
	size_t rows = people->clusters * agreement->themes;
	enum acc_status status =
	    acc_tally_make_for(&agreement->shape, acc_weights_columns(plan->weights), coders,
			       acc_plan_needs(plan, categories, coders));
	if (status != ACC_OK)
		return status;
	if (__builtin_mul_overflow(rows, agreement->shape.length, &all) || all > CELLS_MAX ||
	    __builtin_mul_overflow(rows, categories, &masses) || masses > CELLS_MAX)
		return ACC_TOO_LARGE;
	agreement->cell = acc_array(all, sizeof *agreement->cell);
	agreement->mass = acc_array(masses, sizeof *agreement->mass);
	agreement->pairs = acc_array(people->clusters, sizeof *agreement->pairs);
	agreement->rated = acc_array(people->clusters, sizeof *agreement->rated);
	agreement->paired = acc_array(people->patterns->vector.count, sizeof *agreement->paired);
	return agreement->cell && agreement->mass && agreement->pairs && agreement->rated &&
		       agreement->paired
		   ? ACC_OK
		   : ACC_NO_MEMORY;
}

struct acc_group_agreement *
acc_group_agreement_make(const struct acc_people *people, const struct acc_plan *plan,
			 enum acc_status *status)
{
	struct acc_group_agreement *agreement = acc_array(1, sizeof *agreement);
	*status = ACC_NO_MEMORY;
	if (!agreement)
		return NULL;
	agreement->people = people;
	agreement->plan = plan;
	agreement->themes = acc_plan_questions(plan, people->patterns);
	*status = find_coders(agreement);
	if (*status == ACC_OK)
		*status = allocate(agreement);
	if (*status == ACC_OK)
		*status = fill(agreement);
	if (*status == ACC_OK)
		return agreement;
	acc_group_agreement_free(agreement);
	return NULL;
}
