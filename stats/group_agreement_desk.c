#include "stats/group_agreement_desk.h"

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
	CUT(built, length * ACC_LANE_BLOCKS);
	CUT(at, 2 * coefficients * ACC_LANE_BLOCKS);
	CUT(scratch, 2 * categories);
	CUT(variance, groups * coefficients);
	CUT(pool, 2 * blocks * coefficients);
	CUT(without, length);
	CUT(value, groups * coefficients);
	CUT(units, 3 * groups);
	CUT(arm, groups);
	CUT(estimable, groups);
	CUT(presence, categories);
	desk->blocks = blocks;
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

/* ---- blocks ---- */

/* Some blocks of a theme. */
struct blocks {
	size_t first, theme;
	double weight; /* of the theme, in the pool; 0: there is none */
	bool tested;
	struct acc_lane_tallies tallies;
	acc_lane_mask rated[ACC_LANE_BLOCKS];
	size_t group[ACC_LANE_BLOCKS];
	bool whole[ACC_LANE_BLOCKS]; /* the first lane is the group itself */
};

/* Coefficients without a form, tally by tally; nobody is left out of the whole group only. */
static void
one_by_one(const struct acc_group_agreement *agreement, struct acc_group_desk *desk,
	   const struct blocks *blocks, size_t b)
{
	const struct acc_plan *plan = agreement->plan;
	struct acc_tally tally = agreement->shape;
	tally.cell = desk->without;
	for (size_t lane = 0; lane < ACC_LANES; lane++) {
		uint32_t place = desk->place[(blocks->first + b) * ACC_LANES + lane];
		bool wanted =
		    place < agreement->people->clusters || (blocks->whole[b] && lane == 0);
		for (size_t i = 0; wanted && i < tally.length; i++)
			tally.cell[i] = desk->built[b * tally.length + i][lane];
		for (size_t k = 0; k < plan->coefficients; k++) {
			struct acc_disagreement at = {NAN, NAN};
			double value;
			if (agreement->form[k])
				continue;
			if (wanted)
				acc_coefficient_value(plan->coefficient[k], &tally, plan->weights,
						      &at, &value);
			acc_lanes *of = desk->at + 2 * k * ACC_LANE_BLOCKS;
			of[b][lane] = at.observed;
			of[ACC_LANE_BLOCKS + b][lane] = at.expected;
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

/* What a coefficient adds to the pool; nothing where it is undefined. */
ACC_LANES_INLINE void
add_pool(acc_lanes *pool, double weight, const acc_lanes *observed, const acc_lanes *expected,
	 size_t blocks)
{
	for (size_t b = 0; b < blocks; b++) {
		acc_lane_mask defined = acc_lanes_numbers(observed[b]);
		pool[2 * b] += acc_lanes_where(defined, weight * observed[b]);
		pool[2 * b + 1] += acc_lanes_where(defined, weight * expected[b]);
	}
}

/* What coefficient k has of some blocks. */
ACC_LANES_INLINE void
take(const struct acc_group_agreement *agreement, struct acc_group_desk *desk,
     const struct blocks *at, size_t k)
{
	size_t coefficients = agreement->plan->coefficients, blocks = at->tallies.blocks;
	acc_lanes *observed = desk->at + 2 * k * ACC_LANE_BLOCKS;
	acc_lanes *expected = observed + ACC_LANE_BLOCKS;
	if (agreement->form[k]) {
		agreement->form[k](&at->tallies, observed, expected);
		for (size_t b = 0; b < blocks; b++)
			observed[b] = acc_lanes_defined(at->tallies.defined[b], observed[b]);
	}
	if (at->weight > 0)
		add_pool(desk->pool + 2 * (k * desk->blocks + at->first), at->weight, observed,
			 expected, blocks);
	for (size_t b = 0; at->tested && b < blocks; b++)
		deviate(desk, at->group[b] * coefficients + k,
			acc_lanes_correct(observed[b], expected[b]), at->rated[b], at->whole[b]);
}

/* The tallies of a block. */
ACC_LANES_INLINE void
build(const struct acc_group_agreement *agreement, struct acc_group_desk *desk,
      struct blocks *blocks, size_t b)
{
	const double *sum = desk->sum + blocks->group[b] * agreement->width, *row[ACC_LANES];
	const uint32_t *place = desk->place + (blocks->first + b) * ACC_LANES;
	acc_lanes *built = desk->built + b * agreement->shape.length;
	for (size_t lane = 0; lane < ACC_LANES; lane++)
		row[lane] = acc_group_row(agreement, blocks->theme, place[lane]);
	for (size_t i = 0, cells = agreement->built; i < cells; i++)
		built[i] = acc_lanes_of(sum[i]) - acc_lanes_gather(row, i);
	blocks->rated[b] =
	    acc_lanes_positive(acc_lanes_gather(row, agreement->shape.length + ACC_GROUP_RATED));
}

ACC_LANES_INLINE void
leave_out(const struct acc_group_agreement *agreement, struct acc_group_desk *desk,
	  struct blocks *blocks, size_t *group)
{
	for (size_t b = 0; b < blocks->tallies.blocks; b++) {
		while (desk->first[*group + 1] <= blocks->first + b)
			++*group;
		blocks->group[b] = *group;
		blocks->whole[b] = desk->first[*group] == blocks->first + b;
		build(agreement, desk, blocks, b);
		if (agreement->formless)
			one_by_one(agreement, desk, blocks, b);
	}
	acc_lane_tallies_begin(&blocks->tallies);
	for (size_t k = 0; k < agreement->plan->coefficients; k++)
		take(agreement, desk, blocks, k);
}

ACC_LANES_INLINE void
sweep(const struct acc_group_agreement *agreement, struct acc_group_desk *desk, size_t theme,
      bool tested)
{
	const struct acc_weights *weights = agreement->plan->weights;
	struct blocks blocks;
	size_t last = desk->first[agreement->people->groups], group = 0;
	blocks.theme = theme;
	blocks.weight = agreement->themes > 1 ? acc_group_weight(agreement, theme) : 0;
	blocks.tested = tested;
	blocks.tallies.cell = desk->built;
	blocks.tallies.scratch = desk->scratch;
	blocks.tallies.length = agreement->shape.length;
	blocks.tallies.categories = weights->categories;
	blocks.tallies.coders = agreement->coders;
	blocks.tallies.distance =
	    weights->disagreement ? weights->disagreement : agreement->distance;
	blocks.tallies.total = agreement->total;
	if (!tested && !(blocks.weight > 0))
		return;
	for (blocks.first = 0; blocks.first < last; blocks.first += ACC_LANE_BLOCKS) {
		size_t left = last - blocks.first;
		blocks.tallies.blocks = left < ACC_LANE_BLOCKS ? left : ACC_LANE_BLOCKS;
		leave_out(agreement, desk, &blocks, &group);
	}
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
			const acc_lanes *at = desk->pool + 2 * b;
			const uint32_t *place = desk->place + b * ACC_LANES;
			acc_lanes rated;
			for (size_t lane = 0; lane < ACC_LANES; lane++)
				rated[lane] = agreement->rated[place[lane]];
			for (size_t k = 0; k < coefficients; k++, at += 2 * desk->blocks)
				deviate(desk, g * coefficients + k, acc_lanes_correct(at[0], at[1]),
					acc_lanes_positive(rated), b == desk->first[g]);
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
