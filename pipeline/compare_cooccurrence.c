/* compare_cooccurrence: which themes go together in one group more than in another. */
#include "pipeline/comparison.h"
#include "stats/edges.h"
#include "stats/mantel.h"

#include <math.h>
#include <stdlib.h>

/* One measure in one layer. */
struct run {
	struct acc_comparison *comparison;
	const struct acc_layer *layer;
	const struct acc_edge_measure *measure;
	const char *layer_name;
	uint32_t groups;
	size_t first, strength; /* subjects: the first edge, and the strength */
};

static void
fill_side(struct acc_side *side, const struct acc_edge *edge)
{
	const struct acc_pair_table *t = &edge->table;
	side->count = t->both;
	side->total = t->both + t->first + t->second + t->neither;
	side->clusters = edge->clusters;
	side->value = edge->weight;
	side->se = edge->se;
	side->low = side->high = NAN;
	side->method = edge->reason == ACC_DEFINED ? "cluster jackknife" : "";
	side->reason = edge->reason;
	side->notes = edge->clusters < 5 ? ACC_NOTE_few_clusters : 0;
	side->df = edge->df;
	side->arm = (struct acc_arm){edge->weight, edge->se, edge->df, edge->reason == ACC_DEFINED};
}

/* Statistics without a p of their own: that of the permutations is the one to read. */
static struct acc_test
without_p(struct acc_test test)
{
	test.p = test.df1 = test.df2 = NAN;
	return test;
}

static bool
add_edge(struct run *run, const struct acc_edges *edges, size_t e)
{
	const struct acc_patterns *patterns = &run->comparison->study.patterns;
	struct acc_subject *subject =
	    acc_comparison_add(run->comparison, "cooccurrence", run->measure->key,
			       acc_layer_theme(patterns, edges->edge[e].first), run->layer_name);
	if (!subject)
		return false;
	subject->theme_b = acc_layer_theme(patterns, edges->edge[e].second);
	subject->test_method = "Welch F, cluster jackknife; p_maxt over all pairs of themes";
	subject->guarded = true;
	for (uint32_t g = 0; g < run->groups; g++)
		fill_side(&subject->side[g], &edges->edge[g * edges->edges + e]);
	acc_subject_test(subject);
	subject->test = without_p(subject->test);
	for (size_t i = 0; i < (size_t)run->groups * (run->groups - 1) / 2; i++)
		subject->pair[i].test = without_p(subject->pair[i].test);
	return true;
}

static bool
add_strength(struct run *run, const struct acc_edges *edges)
{
	const char *name = acc_comparison_name(run->comparison, run->measure->key, "_strength");
	struct acc_subject *subject =
	    name ? acc_comparison_add(run->comparison, "cooccurrence", name, "", run->layer_name)
		 : NULL;
	size_t usable = 0;
	if (!subject)
		return false;
	for (size_t e = 0; e < edges->edges; e++)
		usable += edges->usable[e];
	run->strength = run->comparison->subjects - 1;
	subject->test_method = "permutation of the spread of the strengths";
	for (uint32_t g = 0; g < run->groups; g++) {
		struct acc_side *side = &subject->side[g];
		side->count = side->se = side->low = side->high = side->df = NAN;
		side->clusters = NAN;
		side->total = (double)usable;
		side->value = usable ? edges->strength[g] : NAN;
		side->reason = usable ? ACC_DEFINED : ACC_REASON_empty_margin;
		side->method = "sum of absolute weights over the pairs that all groups have";
	}
	if (!usable)
		subject->test.reason = ACC_REASON_empty_margin;
	return true;
}

/* ---- permutations ---- */

static enum acc_status
permute(const struct run *run, const uint32_t *group, size_t groups, struct acc_permuted *permuted)
{
	struct acc_people people;
	struct acc_edges edges;
	const struct acc_comparison *comparison = run->comparison;
	enum acc_status status = acc_people_make(&people, &comparison->study.patterns, group,
						 groups, comparison->made.plan.cluster);
	if (status != ACC_OK)
		return status;
	status =
	    acc_edges_make(&edges, &people, comparison->study.present, run->layer, run->measure);
	if (status == ACC_OK) {
		struct acc_exchange exchange =
		    acc_comparison_exchange(comparison, people.group, people.clusters, groups);
		struct acc_statistic statistic = acc_edges_statistic(&edges);
		status = acc_permute(&exchange, &statistic, permuted);
		acc_edges_free(&edges);
	}
	acc_people_free(&people);
	return status;
}

/* Where to put the permutations of one pair of groups, or (pair SIZE_MAX) of all. */
static void
put(const struct run *run, size_t edges, size_t pair, const struct acc_permuted *permuted)
{
	for (size_t e = 0; e <= edges; e++) {
		size_t at = e < edges ? run->first + e : run->strength;
		struct acc_subject *subject = &run->comparison->subject[at];
		struct acc_test *test = &subject->test;
		struct acc_permuted *into = &subject->permuted;
		if (pair != SIZE_MAX) {
			test = &subject->pair[pair].test;
			into = &subject->pair[pair].permuted;
		}
		if (test->reason == ACC_DEFINED)
			*into = permuted[e];
	}
}

static enum acc_status
permute_all(const struct run *run, const uint32_t *group, size_t edges)
{
	struct acc_permuted *permuted = acc_array(edges + 1, sizeof *permuted);
	if (!permuted)
		return ACC_NO_MEMORY;
	enum acc_status status = permute(run, group, run->groups, permuted);
	size_t pair = 0;
	if (status == ACC_OK)
		put(run, edges, SIZE_MAX, permuted);
	for (uint32_t i = 0; run->groups <= ACC_PAIRED_GROUPS_MAX && i < run->groups; i++)
		for (uint32_t j = i + 1; status == ACC_OK && j < run->groups; j++, pair++) {
			if (run->groups > 2)
				status = permute(run, (uint32_t[]){i, j}, 2, permuted);
			if (status == ACC_OK)
				put(run, edges, pair, permuted);
		}
	free(permuted);
	return status;
}

/* ---- association of two groups' matrices ---- */

/* Themes that have a weight with some other theme in both groups. */
static size_t
common_themes(const struct acc_edges *edges, uint32_t a, uint32_t b, uint32_t *theme)
{
	size_t themes = 0;
	for (uint32_t t = 0; t < edges->themes; t++) {
		bool has = false;
		for (size_t e = 0; e < edges->edges; e++) {
			const struct acc_edge *one = &edges->edge[a * edges->edges + e];
			const struct acc_edge *other = &edges->edge[b * edges->edges + e];
			has = has || ((one->first == t || one->second == t) &&
				      !isnan(one->weight) && !isnan(other->weight));
		}
		if (has)
			theme[themes++] = t;
	}
	return themes;
}

static void
fill_matrix(const struct acc_edges *edges, uint32_t group, const uint32_t *theme, size_t themes,
	    double *matrix)
{
	for (size_t e = 0; e < edges->edges; e++) {
		const struct acc_edge *edge = &edges->edge[group * edges->edges + e];
		for (size_t i = 0; i < themes; i++)
			for (size_t j = 0; j < themes; j++)
				if ((edge->first == theme[i] && edge->second == theme[j]) ||
				    (edge->first == theme[j] && edge->second == theme[i]))
					matrix[i * themes + j] = edge->weight;
	}
}

static enum acc_status
associate(const struct run *run, const struct acc_edges *edges, uint32_t a, uint32_t b,
	  struct acc_pairwise *pair)
{
	const struct acc_comparison *comparison = run->comparison;
	size_t square = edges->themes * edges->themes;
	uint32_t *theme = acc_array(edges->themes, sizeof *theme);
	double *left = acc_array(square, sizeof *left), *right = acc_array(square, sizeof *right);
	struct acc_mantel mantel;
	enum acc_status status = theme && left && right ? ACC_OK : ACC_NO_MEMORY;
	if (status == ACC_OK) {
		size_t themes = common_themes(edges, a, b, theme);
		fill_matrix(edges, a, theme, themes, left);
		fill_matrix(edges, b, theme, themes, right);
		status = acc_mantel(left, right, themes, comparison->seed, comparison->permutations,
				    &mantel);
	}
	if (status == ACC_OK) {
		pair->test.statistic = mantel.r;
		pair->test.reason = isnan(mantel.r) ? ACC_REASON_empty_margin : ACC_DEFINED;
		pair->permuted.p = mantel.p;
		pair->permuted.p_min = mantel.p_min;
		pair->permuted.permutations = mantel.permutations;
	}
	free(theme);
	free(left);
	free(right);
	return status;
}

static bool
add_associations(struct run *run, const struct acc_edges *edges)
{
	struct acc_subject *subject = acc_comparison_add(run->comparison, "cooccurrence",
							 run->measure->key, "", run->layer_name);
	enum acc_status status = ACC_OK;
	if (!subject)
		return false;
	subject->estimates = false;
	subject->association = true;
	for (uint32_t i = 0; i < run->groups; i++)
		for (uint32_t j = i + 1; status == ACC_OK && j < run->groups; j++)
			status = associate(run, edges, i, j,
					   &subject->pair[acc_subject_pair(subject, i, j)]);
	return acc_status_ok(run->comparison->command->messages, status);
}

/* ---- subjects ---- */

static bool
add_subjects(struct run *run, const struct acc_edges *edges)
{
	bool good = true;
	run->first = run->comparison->subjects;
	for (size_t e = 0; good && e < edges->edges; e++)
		good = add_edge(run, edges, e);
	return good && add_strength(run, edges) && add_associations(run, edges);
}

static bool
compare_measure(struct run *run)
{
	struct acc_comparison *comparison = run->comparison;
	struct acc_people people;
	struct acc_edges edges;
	uint32_t *group = acc_array(run->groups, sizeof *group);
	enum acc_status status = group ? ACC_OK : ACC_NO_MEMORY;
	for (uint32_t g = 0; status == ACC_OK && g < run->groups; g++)
		group[g] = g;
	if (status == ACC_OK)
		status = acc_people_make(&people, &comparison->study.patterns, group, run->groups,
					 comparison->made.plan.cluster);
	bool good = status == ACC_OK;
	if (good) {
		status = acc_edges_make(&edges, &people, comparison->study.present, run->layer,
					run->measure);
		good = status == ACC_OK;
		if (good) {
			good = add_subjects(run, &edges);
			if (good && comparison->permutations)
				status = permute_all(run, group, edges.edges);
			acc_edges_free(&edges);
		}
		acc_people_free(&people);
	}
	free(group);
	return acc_status_ok(comparison->command->messages, status) && good;
}

static bool
compare_layer(struct acc_comparison *comparison, const struct acc_layer *layer, const char *name)
{
	const char *words[8] = {NULL};
	unsigned wanted = 1;
	bool good = true;
	for (size_t m = 0; m < acc_edge_measure_count; m++)
		words[m] = acc_edge_measures[m].key;
	if (comparison->edge)
		wanted = acc_list_bits(comparison->command, "edge", comparison->edge, words,
				       acc_edge_measure_count);
	for (size_t m = 0; wanted && good && m < acc_edge_measure_count; m++) {
		struct run run = {.comparison = comparison,
				  .layer = layer,
				  .measure = &acc_edge_measures[m],
				  .layer_name = name,
				  .groups = comparison->study.patterns.group.count};
		if (wanted & 1u << m)
			good = compare_measure(&run);
	}
	return good && wanted;
}

bool
acc_compare_cooccurrence(struct acc_comparison *comparison)
{
	return acc_compare_layers(comparison, compare_layer);
}
