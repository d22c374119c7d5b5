#include "stats/group_agreement.h"
#include "stats/group_agreement_cells.h"

#include <stdlib.h>

enum {
	CELLS_MAX = 100000000, /* doubles */
	NEAR = 2048            /* cells of blocks that stay in the first cache */
};

void
acc_group_agreement_free(struct acc_group_agreement *agreement)
{
	if (!agreement)
		return;
	acc_tally_free(&agreement->shape);
	acc_panel_free(&agreement->panel);
	free(agreement->row);
	free(agreement->distance);
	free(agreement->form);
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
	double *row = acc_group_row(agreement, agreement->theme, cluster);
	double *mass = acc_group_mass(agreement, row);
	for (size_t i = panel->first[pattern]; i < panel->first[pattern + 1]; i += 2)
		mass[panel->mark[i + 1]] += units / (double)ratings;
	tally.cell = row;
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

/* What of a row follows from the rest of it. */
static void
complete(struct acc_group_agreement *agreement, size_t cluster)
{
	double *row = acc_group_row(agreement, agreement->theme, cluster);
	double *more = acc_group_more(agreement, row), *has = acc_group_has(agreement, row);
	const double *mass = acc_group_mass(agreement, row);
	more[ACC_GROUP_RATED] = row[ACC_TALLY_RATED] > 0;
	more[ACC_GROUP_SQUARED] = row[ACC_TALLY_PAIRED] * row[ACC_TALLY_PAIRED];
	for (size_t k = 0; k < agreement->plan->weights->categories; k++)
		has[k] = mass[k] > 0;
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
		for (size_t c = 0; c < agreement->people->clusters; c++)
			complete(agreement, c);
	}
	acc_people_each(agreement->people, take_pairs, agreement);
	return ACC_OK;
}

static enum acc_status
allocate(struct acc_group_agreement *agreement)
{
	const struct acc_people *people = agreement->people;
	const struct acc_plan *plan = agreement->plan;
	size_t categories = plan->weights->categories, coders = agreement->coders, all;
	size_t rows = (people->clusters + 1) * agreement->themes, width;
	enum acc_status status =
	    acc_tally_make_for(&agreement->shape, acc_weights_columns(plan->weights), coders,
			       acc_plan_needs(plan, categories, coders));
	if (status != ACC_OK)
		return status;
	width = agreement->shape.length + ACC_GROUP_ARRAYS + 2 * categories + 2 * ACC_LANES - 1;
	agreement->width = width - width % (2 * ACC_LANES);
	agreement->together = NEAR / agreement->width;
	agreement->together = agreement->together < 1                 ? 1
			      : agreement->together > ACC_LANE_BLOCKS ? ACC_LANE_BLOCKS
								      : agreement->together;
	if (__builtin_mul_overflow(rows, agreement->width, &all) || all > CELLS_MAX)
		return ACC_TOO_LARGE;
	agreement->row = acc_array(all, sizeof *agreement->row);
	agreement->pairs = acc_array(people->clusters + 1, sizeof *agreement->pairs);
	agreement->rated = acc_array(people->clusters + 1, sizeof *agreement->rated);
	agreement->paired = acc_array(people->patterns->vector.count, sizeof *agreement->paired);
	return agreement->row && agreement->pairs && agreement->rated && agreement->paired
		   ? ACC_OK
		   : ACC_NO_MEMORY;
}

enum { DISTANCES = 32 }; /* categories past which closed forms are faster than all pairs */

/* The disagreement of all pairs of categories, where the weights have no matrix of their own. */
static enum acc_status
find_distances(struct acc_group_agreement *agreement)
{
	const struct acc_weights *weights = agreement->plan->weights;
	size_t categories = weights->categories;
	agreement->forms = !weights->scheme || categories <= DISTANCES;
	if (!weights->scheme || !agreement->forms)
		return ACC_OK;
	agreement->distance = acc_array(categories * categories, sizeof *agreement->distance);
	if (!agreement->distance)
		return ACC_NO_MEMORY;
	for (size_t i = 0; i < categories * categories; i++)
		agreement->distance[i] =
		    acc_weights_between(weights, i / categories, i % categories);
	return ACC_OK;
}

/* Which coefficients are worked out several tallies at a time. */
static enum acc_status
find_forms(struct acc_group_agreement *agreement)
{
	const struct acc_plan *plan = agreement->plan;
	agreement->total = plan->weights->ranks ? 0 : acc_weights_total(plan->weights);
	agreement->form = acc_array(plan->coefficients, sizeof *agreement->form);
	if (!agreement->form)
		return ACC_NO_MEMORY;
	for (size_t k = 0; k < plan->coefficients; k++) {
		if (agreement->forms)
			agreement->form[k] = acc_coefficient_lanes(
			    plan->coefficient[k], plan->weights, agreement->coders);
		if (!agreement->form[k])
			agreement->formless = true;
	}
	agreement->built = agreement->shape.at[agreement->formless ? ACC_TALLY_PARTS : 1];
	agreement->built += agreement->built % 2;
	return ACC_OK;
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
		*status = find_distances(agreement);
	if (*status == ACC_OK)
		*status = find_forms(agreement);
	if (*status == ACC_OK)
		*status = fill(agreement);
	if (*status == ACC_OK)
		return agreement;
	acc_group_agreement_free(agreement);
	return NULL;
}
