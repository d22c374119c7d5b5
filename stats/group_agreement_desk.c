#include "stats/group_agreement_desk.h"
#include "stats/comparison.h"
#include "stats/estimable.h"

#include <math.h>

/* ---- making ---- */

static void *
cut(double *scratch, size_t *at, size_t count, size_t size)
{
	void *here = scratch ? scratch + *at : NULL;
	*at += (count * size + sizeof(double) - 1) / sizeof(double);
	return here;
}

#define CUT(array, count) desk->array = cut(scratch, &at, count, sizeof *desk->array)

size_t
acc_group_desk_make(struct acc_group_desk *desk, const struct acc_group_agreement *agreement,
		    double *scratch)
{
	size_t groups = agreement->people->groups, coefficients = agreement->plan->coefficients;
	size_t categories = agreement->plan->weights->categories;
	size_t length = agreement->shape.length, at = 0;
	size_t blocks = agreement->people->clusters / ACC_LANES + groups;
	CUT(first, groups + 1);
	CUT(next, groups);
	CUT(place, blocks * ACC_LANES);
	CUT(sum, groups * agreement->width);
	CUT(built, length);
	CUT(at, 2 * coefficients);
	CUT(scratch, 2 * categories);
	CUT(variance, groups * coefficients);
	CUT(pool, 2 * blocks * coefficients);
	CUT(without, length);
	CUT(value, groups * coefficients);
	CUT(units, 3 * groups);
	CUT(arm, groups);
	CUT(estimable, groups);
	CUT(presence, categories);
	return at;
}

void
acc_group_desk_seat(struct acc_group_desk *desk, const struct acc_group_agreement *agreement,
		    const uint32_t *group)
{
	size_t groups = agreement->people->groups, clusters = agreement->people->clusters, at = 0;
	for (size_t g = 0; g < groups; g++)
		desk->next[g] = 1;
	for (size_t c = 0; c < clusters; c++)
		desk->next[group[c]]++;
	for (size_t g = 0; g < groups; g++) {
		size_t seats = desk->next[g] + ACC_LANES - 1;
		desk->first[g] = at / ACC_LANES;
		desk->next[g] = at + 1;
		at += seats - seats % ACC_LANES;
	}
	desk->first[groups] = at / ACC_LANES;
	for (size_t i = 0; i < at; i++)
		desk->place[i] = (uint32_t)clusters;
	for (size_t c = 0; c < clusters; c++)
		desk->place[desk->next[group[c]]++] = (uint32_t)c;
}

/* ---- groups ---- */

ACC_LANES_INLINE void
add_up(const struct acc_group_agreement *agreement, struct acc_group_desk *desk, size_t theme)
{
	size_t groups = agreement->people->groups, width = agreement->width;
	const double *row = acc_group_row(agreement, theme, 0);
	for (size_t g = 0; g < groups; g++)
		for (size_t i = 0; i < width; i += ACC_LANES) {
			acc_lanes sum = acc_lanes_of(0);
			for (size_t s = desk->first[g] * ACC_LANES; s < desk->next[g]; s++)
				sum += *(const acc_lanes *)(row + desk->place[s] * width + i);
			*(acc_lanes *)(desk->sum + g * width + i) = sum;
		}
}

ACC_LANES_TWICE(add_up,
		(const struct acc_group_agreement *agreement, struct acc_group_desk *desk,
		 size_t theme),
		(agreement, desk, theme))

void
acc_group_desk_add(struct acc_group_desk *desk, const struct acc_group_agreement *agreement,
		   size_t theme)
{
	(agreement->wide ? add_up_wide : add_up_plain)(agreement, desk, theme);
}

/* ---- a block ---- */

/* Somebody is left out, or the whole group is meant. */
static bool
is_wanted(const struct acc_group_agreement *agreement, const struct acc_group_desk *desk,
	  size_t group, size_t seat)
{
	return desk->place[seat] < agreement->people->clusters ||
	       seat == desk->first[group] * ACC_LANES;
}

/* Coefficients without a form, tally by tally. */
static void
one_by_one(const struct acc_group_agreement *agreement, struct acc_group_desk *desk, size_t group,
	   size_t block)
{
	const struct acc_plan *plan = agreement->plan;
	struct acc_tally tally = agreement->shape;
	tally.cell = desk->without;
	for (size_t lane = 0; lane < ACC_LANES; lane++) {
		bool wanted = is_wanted(agreement, desk, group, block * ACC_LANES + lane);
		for (size_t i = 0; wanted && i < tally.length; i++)
			tally.cell[i] = desk->built[i][lane];
		for (size_t k = 0; k < plan->coefficients; k++) {
			struct acc_disagreement at = {NAN, NAN};
			double value;
			if (agreement->form[k])
				continue;
			if (wanted)
				acc_coefficient_value(plan->coefficient[k], &tally, plan->weights,
						      &at, &value);
			desk->at[2 * k][lane] = at.observed;
			desk->at[2 * k + 1][lane] = at.expected;
		}
	}
}

/* The value of the whole group, or the squares of what leaving people out changes. */
ACC_LANES_INLINE void
deviate(struct acc_group_desk *desk, size_t here, acc_lanes value, acc_lane_mask counts, bool whole)
{
	if (whole) {
		desk->value[here] = value[0];
		desk->variance[here] = acc_lanes_of(0);
	}
	acc_lanes apart = value - acc_lanes_of(desk->value[here]);
	desk->variance[here] += acc_lanes_where(counts, apart * apart);
}

struct block {
	size_t group, number;
	double weight; /* of the theme, in the pool; 0: there is none */
	bool tested;
	struct acc_lane_tally tally;
};

/* What coefficient k has of a block. */
ACC_LANES_INLINE void
take(const struct acc_group_agreement *agreement, struct acc_group_desk *desk,
     const struct block *block, acc_lane_mask rated, size_t k)
{
	size_t coefficients = agreement->plan->coefficients;
	acc_lanes observed = desk->at[2 * k], expected = desk->at[2 * k + 1];
	if (agreement->form[k]) {
		agreement->form[k](&block->tally, &observed, &expected);
		observed = acc_lanes_defined(block->tally.defined, observed);
	}
	if (block->weight > 0) {
		acc_lanes *pool = desk->pool + 2 * (block->number * coefficients + k);
		acc_lane_mask defined = acc_lanes_numbers(observed);
		pool[0] += acc_lanes_where(defined, block->weight * observed);
		pool[1] += acc_lanes_where(defined, block->weight * expected);
	}
	if (block->tested)
		deviate(desk, block->group * coefficients + k,
			acc_lanes_correct(observed, expected), rated,
			block->number == desk->first[block->group]);
}

ACC_LANES_INLINE void
leave_out(const struct acc_group_agreement *agreement, struct acc_group_desk *desk, size_t theme,
	  struct block *block)
{
	const double *sum = desk->sum + block->group * agreement->width, *row[ACC_LANES];
	for (size_t lane = 0; lane < ACC_LANES; lane++)
		row[lane] =
		    acc_group_row(agreement, theme, desk->place[block->number * ACC_LANES + lane]);
	for (size_t i = 0; i < agreement->built; i++)
		desk->built[i] = acc_lanes_of(sum[i]) - acc_lanes_gather(row, i);
	acc_lanes rated = acc_lanes_gather(row, agreement->shape.length + ACC_GROUP_RATED);
	acc_lane_tally_begin(&block->tally);
	if (agreement->formless)
		one_by_one(agreement, desk, block->group, block->number);
	for (size_t k = 0; k < agreement->plan->coefficients; k++)
		take(agreement, desk, block, acc_lanes_positive(rated), k);
}

ACC_LANES_INLINE void
sweep(const struct acc_group_agreement *agreement, struct acc_group_desk *desk, size_t theme,
      bool tested)
{
	const struct acc_weights *weights = agreement->plan->weights;
	struct block block = {.weight =
				  agreement->themes > 1 ? acc_group_weight(agreement, theme) : 0,
			      .tested = tested,
			      .tally = {.cell = desk->built,
					.scratch = desk->scratch,
					.categories = weights->categories,
					.coders = agreement->coders,
					.distance = weights->disagreement ? weights->disagreement
									  : agreement->distance,
					.total = acc_weights_total(weights)}};
	if (!tested && !(block.weight > 0))
		return;
	for (block.group = 0; block.group < agreement->people->groups; block.group++)
		for (block.number = desk->first[block.group];
		     block.number < desk->first[block.group + 1]; block.number++)
			leave_out(agreement, desk, theme, &block);
}

ACC_LANES_TWICE(sweep,
		(const struct acc_group_agreement *agreement, struct acc_group_desk *desk,
		 size_t theme, bool tested),
		(agreement, desk, theme, tested))

void
acc_group_desk_theme(struct acc_group_desk *desk, const struct acc_group_agreement *agreement,
		     size_t theme, bool tested)
{
	(agreement->wide ? sweep_wide : sweep_plain)(agreement, desk, theme, tested);
}

/* ---- the pool ---- */

ACC_LANES_INLINE void
sweep_pool(const struct acc_group_agreement *agreement, struct acc_group_desk *desk)
{
	size_t coefficients = agreement->plan->coefficients;
	for (size_t g = 0; g < agreement->people->groups; g++)
		for (size_t b = desk->first[g]; b < desk->first[g + 1]; b++) {
			const uint32_t *place = desk->place + b * ACC_LANES;
			acc_lanes rated;
			for (size_t lane = 0; lane < ACC_LANES; lane++)
				rated[lane] = agreement->rated[place[lane]];
			for (size_t k = 0; k < coefficients; k++) {
				const acc_lanes *at = desk->pool + 2 * (b * coefficients + k);
				deviate(desk, g * coefficients + k, acc_lanes_correct(at[0], at[1]),
					acc_lanes_positive(rated), b == desk->first[g]);
			}
		}
}

ACC_LANES_TWICE(sweep_pool,
		(const struct acc_group_agreement *agreement, struct acc_group_desk *desk),
		(agreement, desk))

void
acc_group_desk_pool(struct acc_group_desk *desk, const struct acc_group_agreement *agreement)
{
	(agreement->wide ? sweep_pool_wide : sweep_pool_plain)(agreement, desk);
}
