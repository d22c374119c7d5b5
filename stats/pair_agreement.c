#include "stats/pair_agreement.h"
#include "stats/layer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What is added up of a pair over units of r coders, x of whom gave both. */
struct sums {
	double rated, paired; /* units with r >= 1, with r >= 2 */
	double share;         /* of x / r */
	double disagreement;  /* of 2 x (r - x) / (r (r - 1)) */
};

/* Where coders look for all themes r is the unit's: sums of whole numbers, one r after the other,
 * so that the order of units does not show. */

struct making {
	const struct acc_patterns *patterns;
	uint32_t present, themes;
	struct sums *sums; /* owned, [pairs]; theme codes */
	double *x, *apart; /* owned, [pairs]: of the r at hand, of x and of x (r - x); else */
	uint32_t *both;    /* owned, [pairs]: x of the unit at hand */
	uint32_t *looked;  /* owned, [pairs]: r of the unit at hand, theme codes */
	size_t *touched;   /* owned, [pairs]: where x or r is not 0 */
	size_t touches;
	uint32_t *theme; /* owned, [2 * themes]: applied, then looked for, by the coder at hand */
};

static size_t
place(uint32_t themes, uint32_t a, uint32_t b)
{
	return (size_t)a * (2 * (size_t)themes - a - 1) / 2 + b - a - 1;
}

/* Count a coder in every pair of a list of themes. */
static void
count_list(struct making *making, const uint32_t *theme, size_t count, uint32_t *into)
{
	for (size_t i = 0; i < count; i++)
		for (size_t j = i + 1; j < count; j++) {
			size_t at = place(making->themes, theme[i], theme[j]);
			if (!making->both[at] && !making->looked[at])
				making->touched[making->touches++] = at;
			into[at]++;
		}
}

static void
count_coder(struct making *making, uint32_t value)
{
	size_t length, applied = 0, looked = 0;
	const uint32_t *word = acc_pool_get(&making->patterns->value, value, &length);
	uint32_t *seen = making->theme + making->themes;
	enum acc_design design = making->patterns->design;
	for (size_t w = 0; w < length; w += 2) {
		if (design != ACC_THEME_CODES || word[w + 1] == making->present)
			making->theme[applied++] = word[w + (design == ACC_CODES)];
		seen[looked++] = word[w];
	}
	if (design == ACC_THEME_CODES)
		count_list(making, seen, looked, making->looked);
	count_list(making, making->theme, applied, making->both);
}

static void
add_unit(struct sums *sums, double r, double x, double units)
{
	if (r < 1)
		return;
	sums->rated += units;
	sums->share += units * x / r;
	if (r < 2)
		return;
	sums->paired += units;
	sums->disagreement += units * 2 * x * (r - x) / (r * (r - 1));
}

/* theme codes: r is the pair's own. */
static void
add_looked(struct making *making, double units)
{
	for (size_t k = 0; k < making->touches; k++) {
		size_t at = making->touched[k];
		add_unit(&making->sums[at], making->looked[at], making->both[at], units);
	}
}

static void
add_whole(struct making *making, double coders, double units)
{
	for (size_t k = 0; k < making->touches; k++) {
		size_t at = making->touched[k];
		double x = making->both[at];
		making->x[at] += units * x;
		making->apart[at] += units * x * (coders - x);
	}
}

static void
add_pattern(struct making *making, const struct acc_pattern *pattern)
{
	for (size_t i = 0; i < pattern->ratings; i++)
		count_coder(making, pattern->rating[2 * i + 1]);
	if (making->patterns->design == ACC_THEME_CODES)
		add_looked(making, (double)pattern->count);
	else
		add_whole(making, (double)pattern->ratings, (double)pattern->count);
	for (size_t k = 0; k < making->touches; k++)
		making->both[making->touched[k]] = making->looked[making->touched[k]] = 0;
	making->touches = 0;
}

/* ---- results ---- */

/* pair->observed and ->expected are the sums of disagreements and of shares until then. */
static void
finish(struct acc_pair_agreement *pair, double rated, double paired)
{
	double share = pair->expected / rated;
	pair->units = paired;
	pair->value = NAN;
	pair->observed /= paired;
	pair->expected = 2 * share * (1 - share);
	if (!(paired > 0))
		pair->reason = ACC_REASON_no_pairs;
	else if (!(pair->expected > 0))
		pair->reason = ACC_REASON_no_variation;
	else
		pair->value = 1 - pair->observed / pair->expected;
}

void
acc_pair_agreement_class(struct acc_pair_agreement *pair, size_t pairs, size_t coders,
			 const double *x, const double *apart)
{
	double r = (double)coders;
	for (size_t at = 0; at < pairs && coders > 0; at++) {
		pair[at].expected += x[at] / r;
		pair[at].observed += coders > 1 ? 2 * apart[at] / (r * (r - 1)) : 0;
	}
}

void
acc_pair_agreement_end(struct acc_pair_agreement *pair, size_t pairs, double rated, double paired)
{
	for (size_t at = 0; at < pairs; at++)
		finish(&pair[at], rated, paired);
}

/* The patterns of `blocks`, those with fewer ratings first; owned by the caller. NULL: no memory.
 */
static uint32_t *
by_ratings(const struct making *making, const struct acc_blocks *blocks)
{
	const struct acc_patterns *patterns = making->patterns;
	size_t count = blocks->first[blocks->count];
	uint32_t *order = acc_array(count, sizeof *order);
	size_t *place = acc_array((size_t)patterns->coder.count + 2, sizeof *place);
	for (size_t i = 0; order && place && i < count; i++)
		place[acc_patterns_get(patterns, blocks->pattern[i]).ratings + 1]++;
	for (size_t r = 0; place && r < patterns->coder.count; r++)
		place[r + 1] += place[r];
	for (size_t i = 0; order && place && i < count; i++)
		order[place[acc_patterns_get(patterns, blocks->pattern[i]).ratings]++] =
		    blocks->pattern[i];
	if (!place) {
		free(order);
		order = NULL;
	}
	free(place);
	return order;
}

static bool
make_whole(struct making *making, const struct acc_blocks *blocks, struct acc_pair_agreement *pair,
	   size_t pairs)
{
	size_t count = blocks->first[blocks->count];
	double rated = 0, paired = 0;
	uint32_t *order = by_ratings(making, blocks);
	for (size_t i = 0; order && i < count; i++) {
		struct acc_pattern pattern = acc_patterns_get(making->patterns, order[i]);
		bool last =
		    i + 1 == count ||
		    acc_patterns_get(making->patterns, order[i + 1]).ratings != pattern.ratings;
		rated += pattern.ratings > 0 ? (double)pattern.count : 0;
		paired += pattern.ratings > 1 ? (double)pattern.count : 0;
		add_pattern(making, &pattern);
		if (!last)
			continue;
		acc_pair_agreement_class(pair, pairs, pattern.ratings, making->x, making->apart);
		memset(making->x, 0, pairs * sizeof *making->x);
		memset(making->apart, 0, pairs * sizeof *making->apart);
	}
	acc_pair_agreement_end(pair, pairs, rated, paired);
	free(order);
	return order;
}

static void
make_looked(struct making *making, const struct acc_blocks *blocks, struct acc_pair_agreement *pair,
	    size_t pairs)
{
	for (size_t i = 0; i < blocks->first[blocks->count]; i++) {
		struct acc_pattern pattern = acc_patterns_get(making->patterns, blocks->pattern[i]);
		add_pattern(making, &pattern);
	}
	for (size_t at = 0; at < pairs; at++) {
		pair[at].observed = making->sums[at].disagreement;
		pair[at].expected = making->sums[at].share;
		finish(&pair[at], making->sums[at].rated, making->sums[at].paired);
	}
}

enum acc_status
acc_pair_agreement_make(struct acc_pair_agreement *pair, const struct acc_patterns *patterns,
			const struct acc_blocks *blocks, uint32_t present)
{
	uint32_t themes = acc_layer_themes(patterns);
	bool looked = patterns->design == ACC_THEME_CODES;
	size_t pairs = themes ? (size_t)themes * (themes - 1) / 2 : 0;
	struct making making = {.patterns = patterns,
				.present = present,
				.themes = themes,
				.sums = acc_array(looked ? pairs : 0, sizeof *making.sums),
				.x = acc_array(looked ? 0 : pairs, sizeof *making.x),
				.apart = acc_array(looked ? 0 : pairs, sizeof *making.apart),
				.both = acc_array(pairs, sizeof *making.both),
				.looked = acc_array(pairs, sizeof *making.looked),
				.touched = acc_array(pairs, sizeof *making.touched),
				.theme = acc_array(2 * (size_t)themes, sizeof *making.theme)};
	bool good = making.sums && making.x && making.apart && making.both && making.looked &&
		    making.touched && making.theme;
	memset(pair, 0, pairs * sizeof *pair);
	if (good && looked)
		make_looked(&making, blocks, pair, pairs);
	else if (good)
		good = make_whole(&making, blocks, pair, pairs);
	free(making.sums);
	free(making.x);
	free(making.apart);
	free(making.both);
	free(making.looked);
	free(making.touched);
	free(making.theme);
	return good ? ACC_OK : ACC_NO_MEMORY;
}
