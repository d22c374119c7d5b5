#include "stats/pair_agreement.h"
#include "stats/layer.h"

#include <math.h>
#include <stdlib.h>

/* What is added up of a pair over units of r coders, x of whom gave both. */
struct sums {
	double rated, paired; /* units with r >= 1, with r >= 2 */
	double share;         /* of x / r */
	double disagreement;  /* of 2 x (r - x) / (r (r - 1)) */
};

struct making {
	const struct acc_patterns *patterns;
	uint32_t present, themes;
	struct sums *sums; /* owned, [pairs]; with theme codes all of a pair, else beyond `all` */
	struct sums all;   /* what every pair has where coders look for all themes */
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

static void
add_pattern(struct making *making, const struct acc_pattern *pattern, double units)
{
	bool some = making->patterns->design == ACC_THEME_CODES;
	double coders = (double)pattern->ratings;
	for (size_t i = 0; i < pattern->ratings; i++)
		count_coder(making, pattern->rating[2 * i + 1]);
	if (!some)
		add_unit(&making->all, coders, 0, units);
	for (size_t k = 0; k < making->touches; k++) {
		size_t at = making->touched[k];
		struct sums unit = {0};
		add_unit(&unit, some ? making->looked[at] : coders, making->both[at], units);
		making->sums[at].share += unit.share;
		making->sums[at].disagreement += unit.disagreement;
		making->sums[at].rated += some ? unit.rated : 0;
		making->sums[at].paired += some ? unit.paired : 0;
		making->both[at] = making->looked[at] = 0;
	}
	making->touches = 0;
}

static struct acc_pair_agreement
finish(const struct sums *sums, const struct sums *all)
{
	double rated = sums->rated + all->rated, paired = sums->paired + all->paired;
	double share = sums->share / rated;
	struct acc_pair_agreement pair = {.units = paired, .value = NAN};
	pair.observed = sums->disagreement / paired;
	pair.expected = 2 * share * (1 - share);
	if (!(paired > 0))
		pair.reason = ACC_REASON_no_pairs;
	else if (!(pair.expected > 0))
		pair.reason = ACC_REASON_no_variation;
	else
		pair.value = 1 - pair.observed / pair.expected;
	return pair;
}

enum acc_status
acc_pair_agreement_make(struct acc_pair_agreement *pair, const struct acc_patterns *patterns,
			const struct acc_blocks *blocks, uint32_t present)
{
	uint32_t themes = acc_layer_themes(patterns);
	size_t pairs = themes ? (size_t)themes * (themes - 1) / 2 : 0;
	struct making making = {.patterns = patterns,
				.present = present,
				.themes = themes,
				.sums = acc_array(pairs, sizeof *making.sums),
				.both = acc_array(pairs, sizeof *making.both),
				.looked = acc_array(pairs, sizeof *making.looked),
				.touched = acc_array(pairs, sizeof *making.touched),
				.theme = acc_array(2 * (size_t)themes, sizeof *making.theme)};
	bool good = making.sums && making.both && making.looked && making.touched && making.theme;
	for (size_t i = 0; good && i < blocks->first[blocks->count]; i++) {
		struct acc_pattern pattern = acc_patterns_get(patterns, blocks->pattern[i]);
		add_pattern(&making, &pattern, (double)pattern.count);
	}
	for (size_t at = 0; good && at < pairs; at++)
		pair[at] = finish(&making.sums[at], &making.all);
	free(making.sums);
	free(making.both);
	free(making.looked);
	free(making.touched);
	free(making.theme);
	return good ? ACC_OK : ACC_NO_MEMORY;
}
