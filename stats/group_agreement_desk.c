#include "stats/group_agreement_desk.h"

#include <math.h>

/* ---- making ---- */

#define CUT(array, count) desk->array = acc_statistic_cut(scratch, &at, count, sizeof *desk->array)

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
	CUT(whole, agreement->width);
	CUT(built, agreement->width * agreement->together);
	CUT(at, 2 * coefficients * ACC_LANE_BLOCKS);
	CUT(scratch, 2 * categories);
	CUT(variance, groups * coefficients);
	CUT(pool, 2 * blocks * coefficients);
	CUT(rated, blocks);
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

void
acc_group_desk_add(struct acc_group_desk *desk, const struct acc_group_agreement *agreement,
		   size_t theme)
{
	size_t groups = agreement->people->groups, width = agreement->width;
	const double *row = acc_group_row(agreement, theme, 0);
	for (size_t g = 0; g < groups; g++)
		for (size_t i = 0; i < width; i += 2 * ACC_LANES) {
			acc_lanes sum = acc_lanes_of(0), next = sum;
			for (size_t s = desk->first[g] * ACC_LANES; s < desk->next[g]; s++) {
				const acc_lanes *at =
				    (const void *)(row + desk->place[s] * width + i);
				sum += at[0];
				next += at[1];
			}
			acc_lanes *to = (void *)(desk->sum + g * width + i);
			to[0] = sum;
			to[1] = next;
		}
}

/* ---- blocks ---- */

/* Blocks one after the other that belong to one group. */
struct stretch {
	size_t group, first, end;
	bool whole; /* the first lane of the first block is the group itself */
};

/* Some blocks of a theme. */
struct blocks {
	size_t first, theme, stretches;
	double weight; /* of the theme, in the pool; 0: there is none */
	bool tested;
	struct acc_lane_tallies tallies;
	acc_lane_mask rated[ACC_LANE_BLOCKS];
	struct stretch stretch[ACC_LANE_BLOCKS];
};

/* Coefficients without a form, tally by tally; nobody is left out of the whole group only. */
static void
one_by_one(const struct acc_group_agreement *agreement, struct acc_group_desk *desk,
	   const struct blocks *blocks, size_t b, bool whole)
{
	const struct acc_plan *plan = agreement->plan;
	struct acc_tally tally = agreement->shape;
	tally.cell = desk->without;
	for (size_t lane = 0; lane < ACC_LANES; lane++) {
		uint32_t place = desk->place[(blocks->first + b) * ACC_LANES + lane];
		bool wanted = place < agreement->people->clusters || (whole && lane == 0);
		for (size_t i = 0; wanted && i < tally.length; i++)
			tally.cell[i] = desk->built[b * blocks->tallies.length + i][lane];
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

/* The value of the whole group, and the squares of what leaving people out changes. `step`: from
 * one block to the next. */
static void
deviate(struct acc_group_desk *desk, size_t here, const struct stretch *stretch,
	const acc_lanes *observed, const acc_lanes *expected, size_t step,
	const acc_lane_mask *rated)
{
	acc_lanes squares = desk->variance[here], whole = acc_lanes_of(desk->value[here]);
	if (stretch->whole) {
		size_t first = stretch->first * step;
		squares = acc_lanes_of(0);
		whole = acc_lanes_of(acc_lanes_correct(observed[first], expected[first])[0]);
		desk->value[here] = whole[0];
	}
	for (size_t b = stretch->first; b < stretch->end; b++) {
		acc_lanes apart = acc_lanes_correct(observed[b * step], expected[b * step]) - whole;
		squares += acc_lanes_where(rated[b], apart * apart);
	}
	desk->variance[here] = squares;
}

/* What a coefficient adds to the pool; nothing where it is undefined. */
static void
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
static void
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
	for (size_t i = 0; at->tested && i < at->stretches; i++)
		deviate(desk, at->stretch[i].group * coefficients + k, &at->stretch[i], observed,
			expected, 1, at->rated);
}

/* The tallies of a block; agreement->built is even. */
static void
build(const struct acc_group_agreement *agreement, struct acc_group_desk *desk,
      struct blocks *blocks, size_t b)
{
	const uint32_t *place = desk->place + (blocks->first + b) * ACC_LANES;
	const double *first = acc_group_row(agreement, blocks->theme, place[0]);
	const double *second = acc_group_row(agreement, blocks->theme, place[1]);
	acc_lanes *built = desk->built + b * blocks->tallies.length;
	const acc_lanes *whole = desk->whole;
	size_t rated = agreement->shape.length + ACC_GROUP_RATED;
	for (size_t i = 0, cells = agreement->built; i < cells; i += 2) {
		acc_lanes out[2];
		acc_lanes_turn(*(const acc_lanes *)(first + i), *(const acc_lanes *)(second + i),
			       out);
		built[i] = whole[i] - out[0];
		built[i + 1] = whole[i + 1] - out[1];
	}
	blocks->rated[b] = acc_lanes_positive((acc_lanes){first[rated], second[rated]});
}

/* The group at hand in all lanes. */
static void
spread_out(const struct acc_group_agreement *agreement, struct acc_group_desk *desk, size_t group)
{
	const double *sum = desk->sum + group * agreement->width;
	for (size_t i = 0; i < agreement->built; i++)
		desk->whole[i] = acc_lanes_of(sum[i]);
}

/* The tallies of some blocks, group by group from *group on. */
static void
build_all(const struct acc_group_agreement *agreement, struct acc_group_desk *desk,
	  struct blocks *blocks, size_t *group)
{
	size_t end = blocks->first + blocks->tallies.blocks;
	blocks->stretches = 0;
	for (size_t b = blocks->first; b < end; ++*group) {
		size_t last = desk->first[*group + 1] < end ? desk->first[*group + 1] : end;
		bool whole = b == desk->first[*group];
		if (whole)
			spread_out(agreement, desk, *group);
		blocks->stretch[blocks->stretches++] =
		    (struct stretch){*group, b - blocks->first, last - blocks->first, whole};
		for (; b < last; b++) {
			build(agreement, desk, blocks, b - blocks->first);
			if (agreement->formless)
				one_by_one(agreement, desk, blocks, b - blocks->first, whole);
			whole = false;
		}
		if (desk->first[*group + 1] > end)
			break;
	}
}

void
acc_group_desk_theme(struct acc_group_desk *desk, const struct acc_group_agreement *agreement,
		     size_t theme, bool tested)
{
	const struct acc_weights *weights = agreement->plan->weights;
	size_t last = desk->first[agreement->people->groups], group = 0;
	struct blocks at;
	at.theme = theme;
	at.weight = agreement->themes > 1 ? acc_group_weight(agreement, theme) : 0;
	at.tested = tested;
	at.tallies.cell = desk->built;
	at.tallies.scratch = desk->scratch;
	at.tallies.length = agreement->width;
	at.tallies.categories = weights->categories;
	at.tallies.coders = agreement->coders;
	at.tallies.distance = weights->disagreement ? weights->disagreement : agreement->distance;
	at.tallies.total = agreement->total;
	if (!tested && !(at.weight > 0))
		return;
	for (at.first = 0; at.first < last; at.first += agreement->together) {
		size_t left = last - at.first;
		at.tallies.blocks = left < agreement->together ? left : agreement->together;
		build_all(agreement, desk, &at, &group);
		acc_lane_tallies_begin(&at.tallies);
		for (size_t k = 0; k < agreement->plan->coefficients; k++)
			take(agreement, desk, &at, k);
	}
}

/* ---- the pool ---- */

void
acc_group_desk_pool(struct acc_group_desk *desk, const struct acc_group_agreement *agreement)
{
	size_t coefficients = agreement->plan->coefficients;
	size_t groups = agreement->people->groups, blocks = desk->first[groups];
	for (size_t b = 0; b < blocks; b++) {
		const uint32_t *place = desk->place + b * ACC_LANES;
		desk->rated[b] = acc_lanes_positive(
		    (acc_lanes){agreement->rated[place[0]], agreement->rated[place[1]]});
	}
	for (size_t g = 0; g < groups; g++) {
		struct stretch stretch = {g, desk->first[g], desk->first[g + 1], true};
		for (size_t k = 0; k < coefficients; k++) {
			const acc_lanes *pool = desk->pool + 2 * k * desk->blocks;
			deviate(desk, g * coefficients + k, &stretch, pool, pool + 1, 2,
				desk->rated);
		}
	}
}
