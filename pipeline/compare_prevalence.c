/* compare_prevalence: what each group says, in people, in units, and how much of it. */
#include "pipeline/compare_prevalence.h"
#include "stats/prevalence.h"

#include <math.h>
#include <stdlib.h>

enum { CODERS_MAX = 100 }; /* with more coders there is no range over them */

/* The shares of all groups and themes in one layer. */
struct shares {
	struct acc_share **share; /* owned, [groups] of [themes] */
	uint32_t groups;
};

typedef enum acc_status measure(const struct acc_patterns *, uint32_t, const struct acc_layer *,
				uint32_t, enum acc_cluster, double, struct acc_share **);

static void
free_shares(struct shares *shares)
{
	for (uint32_t g = 0; shares->share && g < shares->groups; g++)
		free(shares->share[g]);
	free(shares->share);
	*shares = (struct shares){0};
}

static bool
make_shares(struct acc_comparison *comparison, const struct acc_layer *layer, bool density,
	    struct shares *shares)
{
	const struct acc_patterns *patterns = &comparison->study.patterns;
	measure *make = density ? acc_densities : acc_mention_rates;
	*shares = (struct shares){acc_array(patterns->group.count, sizeof *shares->share),
				  patterns->group.count};
	bool good = shares->share != NULL;
	if (!good)
		acc_error_memory(comparison->command->messages);
	for (uint32_t g = 0; good && g < shares->groups; g++)
		good = acc_status_ok(comparison->command->messages,
				     make(patterns, comparison->study.present, layer, g,
					  comparison->made.plan.cluster, comparison->level,
					  &shares->share[g]));
	return good;
}

static void
fill_side(struct acc_side *side, const struct acc_share *s)
{
	double odds = s->value * (1 - s->value);
	double df = s->effective - 1 < 1 ? 1 : s->effective - 1;
	side->count = s->count;
	side->total = s->total;
	side->clusters = s->clusters;
	side->value = s->value;
	side->se = s->se;
	side->low = s->low;
	side->high = s->high;
	side->method = s->method;
	side->reason = s->reason;
	side->notes = s->notes;
	side->df = df;
	side->low_without = s->low_without;
	side->high_without = s->high_without;
	side->arm = (struct acc_arm){.value = log(s->value / (1 - s->value)),
				     .se = s->se / odds,
				     .df = df,
				     .estimable = s->estimable && s->reason == ACC_DEFINED};
}

/* ---- the range over coders ---- */

static void
widen(double value, double *low, double *high)
{
	*low = fmin(*low, value); /* fmin and fmax leave out what is NaN */
	*high = fmax(*high, value);
}

static void
widen_subject(struct acc_subject *subject, const struct shares *one, uint32_t theme)
{
	for (uint32_t g = 0; g < one->groups; g++) {
		double value = one->share[g][theme].value;
		widen(value, &subject->side[g].coder_low, &subject->side[g].coder_high);
		for (uint32_t h = g + 1; h < one->groups; h++) {
			struct acc_pairwise *pair = &subject->pair[acc_subject_pair(subject, g, h)];
			widen(value - one->share[h][theme].value, &pair->coder_low,
			      &pair->coder_high);
		}
	}
}

/* Of the subjects from `first` on, a theme each: lowest and highest value by a single coder. */
static bool
range_over_coders(struct acc_comparison *comparison, size_t first, bool density)
{
	uint32_t coders = comparison->study.patterns.coder.count;
	bool good = true;
	for (uint32_t c = 0; good && coders <= CODERS_MAX && c < coders; c++) {
		struct shares one;
		good =
		    make_shares(comparison, &(struct acc_layer){ACC_LAYER_CODER, c}, density, &one);
		for (size_t i = first; good && i < comparison->subjects; i++)
			widen_subject(&comparison->subject[i], &one, (uint32_t)(i - first));
		free_shares(&one);
	}
	return good;
}

/* ---- subjects ---- */

static bool
add_theme(struct acc_comparison *comparison, const struct shares *shares, uint32_t theme,
	  const char *name, bool density)
{
	struct acc_subject *subject =
	    acc_comparison_add(comparison, "prevalence", density ? "density" : "mention_rate",
			       acc_layer_theme(&comparison->study.patterns, theme), name);
	enum acc_status status = ACC_OK;
	if (!subject)
		return false;
	subject->test_method = density ? "Welch F on logit, cluster jackknife"
				       : "Fisher-Freeman-Halton exact on participants";
	subject->pair_method = "interval from both intervals (MOVER)";
	subject->guarded = density;
	subject->exact = !density;
	for (uint32_t g = 0; g < shares->groups; g++)
		fill_side(&subject->side[g], &shares->share[g][theme]);
	if (density)
		acc_subject_test(subject);
	else
		status = acc_prevalence_test_mentions(subject);
	if (status == ACC_OK && density && comparison->classical)
		status = acc_prevalence_test_segments(subject);
	for (uint32_t g = 0; !density && g < shares->groups; g++)
		subject->side[g].df = NAN; /* no t on this scale */
	return acc_status_ok(comparison->command->messages, status);
}

static bool
compare_shares(struct acc_comparison *comparison, const struct acc_layer *layer, const char *name,
	       bool density)
{
	struct shares shares;
	size_t first = comparison->subjects;
	uint32_t themes = acc_layer_themes(&comparison->study.patterns);
	bool good = make_shares(comparison, layer, density, &shares);
	for (uint32_t t = 0; good && t < themes; t++)
		good = add_theme(comparison, &shares, t, name, density);
	free_shares(&shares);
	good = good && range_over_coders(comparison, first, density);
	if (good && density && comparison->permutations)
		good = acc_status_ok(comparison->command->messages,
				     acc_prevalence_permute(comparison, layer, first));
	return good;
}

static bool
compare_layer(struct acc_comparison *comparison, const struct acc_layer *layer, const char *name)
{
	return compare_shares(comparison, layer, name, false) &&
	       compare_shares(comparison, layer, name, true);
}

/* ---- volume ---- */

static bool
compare_volume(struct acc_comparison *comparison)
{
	const struct acc_patterns *patterns = &comparison->study.patterns;
	enum acc_cluster cluster = acc_cluster_resolve(patterns, comparison->made.plan.cluster);
	if (cluster == ACC_CLUSTER_UNIT)
		return true;
	struct acc_subject *subject =
	    acc_comparison_add(comparison, "prevalence", "volume", "", "");
	if (!subject)
		return false;
	subject->pairs = false;
	for (uint32_t g = 0; g < patterns->group.count; g++) {
		struct acc_side *side = &subject->side[g];
		struct acc_volume volume;
		if (!acc_status_ok(comparison->command->messages,
				   acc_volume(patterns, g, cluster, &volume)))
			return false;
		side->count = side->se = side->low = side->high = NAN;
		side->total = volume.units;
		side->clusters = volume.clusters;
		side->value = volume.median;
		side->gini = volume.gini;
		side->largest = volume.largest;
		side->method = "median units per participant";
		if (cluster == ACC_CLUSTER_DOCUMENT)
			side->method = "median units per document";
		if (!(volume.clusters > 0))
			side->reason = ACC_REASON_no_participants;
	}
	return true;
}

bool
acc_compare_prevalence(struct acc_comparison *comparison)
{
	return acc_compare_layers(comparison, compare_layer) && compare_volume(comparison);
}
