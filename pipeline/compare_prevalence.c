/* compare_prevalence: what each group says, in people, in units, and how much of it. */
#include "pipeline/comparison.h"
#include "stats/contingency.h"
#include "stats/group_density.h"
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

/* ---- tests ---- */

/* People, or units, with and without the theme, of some groups (every `step`th from `first` on):
 * [2 * groups]. */
static void
fill_table(const struct acc_subject *subject, size_t first, size_t step, size_t groups,
	   double *cell)
{
	for (size_t i = 0; i < groups; i++) {
		const struct acc_side *side = &subject->side[first + i * step];
		cell[i] = side->count;
		cell[groups + i] = side->total - side->count;
	}
}

/* The exact test of a table of people; *independence may be NULL. */
static enum acc_status
test_table(const double *cell, size_t groups, struct acc_test *test, double *mid_p,
	   struct acc_independence *independence)
{
	struct acc_contingency table = {cell, 2, groups};
	struct acc_independence made = acc_pearson(&table);
	struct acc_exact exact;
	enum acc_status status = acc_fisher_freeman_halton(&table, &exact);
	enum acc_reason reason = ACC_DEFINED;
	if (status == ACC_TOO_LARGE)
		reason = ACC_REASON_too_many_tables;
	if (isnan(made.chi2))
		reason = ACC_REASON_empty_margin;
	*test = (struct acc_test){made.chi2, made.df, NAN, reason ? NAN : exact.p, reason};
	*mid_p = reason ? NAN : exact.mid_p;
	if (independence)
		*independence = made;
	return status == ACC_TOO_LARGE ? ACC_OK : status;
}

static enum acc_status
test_mentions(struct acc_subject *subject)
{
	struct acc_independence made;
	double *cell = acc_array(2 * subject->sides, sizeof *cell);
	enum acc_status status = cell ? ACC_OK : ACC_NO_MEMORY;
	if (status == ACC_OK) {
		fill_table(subject, 0, 1, subject->sides, cell);
		status = test_table(cell, subject->sides, &subject->test, &subject->mid_p, &made);
		subject->cramers_v = made.cramers_v;
		subject->bergsma = made.bergsma;
	}
	for (size_t i = 0; status == ACC_OK && i < subject->sides; i++)
		for (size_t j = i + 1; status == ACC_OK && j < subject->sides; j++) {
			struct acc_pairwise *pair = &subject->pair[acc_subject_pair(subject, i, j)];
			fill_table(subject, i, j - i, 2, cell);
			status = test_table(cell, 2, &pair->test, &pair->mid_p, NULL);
		}
	free(cell);
	return status;
}

static enum acc_status
test_segments(struct acc_subject *subject)
{
	double *cell = acc_array(2 * subject->sides, sizeof *cell);
	if (!cell)
		return ACC_NO_MEMORY;
	fill_table(subject, 0, 1, subject->sides, cell);
	struct acc_independence made =
	    acc_pearson(&(struct acc_contingency){cell, 2, subject->sides});
	subject->naive[0] =
	    (struct acc_naive){.method = "naive: Pearson chi-square on units, units independent",
			       .value = NAN,
			       .statistic = made.chi2,
			       .df = made.df,
			       .p = made.p,
			       .reason = isnan(made.p) ? ACC_REASON_empty_margin : ACC_DEFINED};
	free(cell);
	return ACC_OK;
}

/* Permute some groups (numbers of the study): permuted[themes]. */
static enum acc_status
permute(const struct acc_comparison *comparison, const struct acc_layer *layer,
	const uint32_t *group, size_t groups, struct acc_permuted *permuted)
{
	struct acc_people people;
	struct acc_group_density density;
	enum acc_status status = acc_people_make(&people, &comparison->study.patterns, group,
						 groups, comparison->made.plan.cluster);
	if (status != ACC_OK)
		return status;
	status = acc_group_density_make(&density, &people, comparison->study.present, layer);
	if (status == ACC_OK) {
		struct acc_exchange exchange =
		    acc_comparison_exchange(comparison, people.group, people.clusters, groups);
		struct acc_statistic statistic = acc_group_density_statistic(&density);
		status = acc_permute(&exchange, &statistic, permuted);
		acc_group_density_free(&density);
	}
	acc_people_free(&people);
	return status;
}

static void
put_all(struct acc_comparison *comparison, size_t first, const struct acc_permuted *permuted)
{
	for (size_t i = first; i < comparison->subjects; i++) {
		struct acc_subject *subject = &comparison->subject[i];
		if (subject->test.reason == ACC_DEFINED)
			subject->permuted = permuted[i - first];
	}
}

static void
put_pair(struct acc_comparison *comparison, size_t first, const struct acc_permuted *permuted,
	 size_t pair)
{
	for (size_t i = first; i < comparison->subjects; i++) {
		struct acc_pairwise *of = &comparison->subject[i].pair[pair];
		if (of->test.reason == ACC_DEFINED)
			of->permuted = permuted[i - first];
	}
}

/* The densities from subject `first` on, a theme each. */
static enum acc_status
permute_densities(struct acc_comparison *comparison, const struct acc_layer *layer, size_t first)
{
	uint32_t groups = comparison->study.patterns.group.count;
	uint32_t *group = acc_array(groups, sizeof *group);
	struct acc_permuted *permuted = acc_array(comparison->subjects - first, sizeof *permuted);
	enum acc_status status = group && permuted ? ACC_OK : ACC_NO_MEMORY;
	size_t pair = 0;
	for (uint32_t g = 0; status == ACC_OK && g < groups; g++)
		group[g] = g;
	if (status == ACC_OK)
		status = permute(comparison, layer, group, groups, permuted);
	if (status == ACC_OK)
		put_all(comparison, first, permuted);
	for (uint32_t i = 0; groups <= ACC_PAIRED_GROUPS_MAX && i < groups; i++)
		for (uint32_t j = i + 1; status == ACC_OK && j < groups; j++, pair++) {
			if (groups > 2)
				status =
				    permute(comparison, layer, (uint32_t[]){i, j}, 2, permuted);
			if (status == ACC_OK)
				put_pair(comparison, first, permuted, pair);
		}
	free(group);
	free(permuted);
	return status == ACC_TOO_LARGE ? ACC_OK : status;
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
		status = test_mentions(subject);
	if (status == ACC_OK && density && comparison->classical)
		status = test_segments(subject);
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
				     permute_densities(comparison, layer, first));
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
