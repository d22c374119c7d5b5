/* Results of a study that never was, for the tests of the figures: every theme, group and coder
 * that is named gets rows; every fifth value is undefined. */
#ifndef ACC_MADE_UP_RESULTS_H
#define ACC_MADE_UP_RESULTS_H

#include "plots/figure.h"
#include "plots/theme_list.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct study {
	const char *const *theme, *const *group, *const *coder;
	size_t themes, groups, coders;
	struct acc_table agreement, cooccurrence, sets, comparison, map, saturation;
	unsigned values; /* made so far */
};

/* ---- filling a table by column names: "name", "value", ..., NULL ---- */

static void
add_row(struct acc_table *table, ...)
{
	const char *field[32];
	for (size_t c = 0; c < table->columns; c++)
		field[c] = "";
	va_list list;
	va_start(list, table);
	for (const char *name; (name = va_arg(list, const char *));) {
		size_t c = acc_table_column(table, name);
		assert_true(c < table->columns);
		field[c] = va_arg(list, const char *);
	}
	va_end(list);
	assert_true(acc_table_row(table, field));
}

static void
add_header(struct acc_table *table, const char *line)
{
	const char *field[32];
	char *copy = strdup(line), *rest = copy;
	size_t columns = 0;
	for (char *name; (name = strtok_r(rest, ",", &rest));)
		field[columns++] = name;
	assert_true(acc_table_header(table, field, columns));
	free(copy);
}

/* The next value, low and high; every fifth is empty. */
struct estimate {
	char value[16], low[16], high[16];
};

static struct estimate
next_estimate(struct study *study)
{
	struct estimate e = {"", "", ""};
	unsigned k = study->values++;
	double value = ((double)(k * 37 % 100) - 15) / 100;
	if (k % 5 == 4)
		return e;
	snprintf(e.value, sizeof e.value, "%.2f", value);
	snprintf(e.low, sizeof e.low, "%.2f", value - 0.2);
	snprintf(e.high, sizeof e.high, "%.2f", value + 0.3);
	return e;
}

/* ---- the three results ---- */

static void
add_agreement(struct study *study, const char *group, const char *theme, const char *coders,
	      const char *first, const char *second)
{
	static const char *const coefficient[] = {"percent_agreement", "cohen_kappa"};
	for (size_t k = 0; k < 2; k++) {
		struct estimate e = next_estimate(study);
		add_row(&study->agreement, "group", group, "theme", theme, "coders", coders,
			"coefficient", coefficient[k], "weights", "identity", "units",
			*coders && study->values % 7 == 0 ? "0" : "120", "value", e.value, "ci_low",
			e.low, "ci_high", e.high, "level", "0.95", "method", "jackknife",
			"clusters", "12", "coder_a", first, "coder_b", second, "units_a", "150",
			"units_b", "140", NULL);
	}
}

static void
add_pairs_of_coders(struct study *study, const char *group)
{
	char pair[4096];
	for (size_t a = 0; a < study->coders; a++)
		for (size_t b = a + 1; b < study->coders; b++) {
			snprintf(pair, sizeof pair, "%s,%s", study->coder[a], study->coder[b]);
			add_agreement(study, group, "", pair, study->coder[a], study->coder[b]);
		}
}

static void
add_pairs_of_themes(struct study *study, const char *group)
{
	for (size_t a = 0; a < study->themes; a++)
		for (size_t b = a + 1; b < study->themes; b++) {
			struct estimate e = next_estimate(study);
			add_row(&study->cooccurrence, "group", group, "layer", "majority",
				"theme_a", study->theme[a], "theme_b", study->theme[b], "units",
				"120", "n_a", "30", "n_b", "20", "n_ab", (a + b) % 3 ? "3" : "12",
				"phi", e.value, "phi_low", e.low, "phi_high", e.high, "level",
				"0.95", "method", "bootstrap", "clusters", "12", "test",
				"permutation", "p_adjusted", (a + b) % 2 ? "0.2" : "0.01", "adjust",
				"bh", "family", "7", NULL);
		}
}

/* Rows that differ between two groups, as `accord compare --what cooccurrence` has them. */
static void
add_edges(struct study *study, const char *kind, const char *group, const char *versus)
{
	for (size_t a = 0; a < study->themes; a++)
		for (size_t b = a + 1; b < study->themes; b++) {
			struct estimate e = next_estimate(study);
			add_row(&study->comparison, "what", "cooccurrence", "kind", kind,
				"quantity", "log_odds_ratio", "layer", "majority", "theme",
				study->theme[a], "theme_b", study->theme[b], "group", group,
				"versus", versus, "value", e.value, "count", "4", "clusters", "12",
				"level", "0.95", "permutations", "999", "p_maxt",
				*e.value ? "0.04" : "", NULL);
		}
}

/* All themes one by one, the first two together, and none. */
static void
add_sets(struct study *study, const char *group)
{
	struct acc_text list = {0};
	for (size_t t = 0; t < study->themes; t++) {
		list.length = 0;
		acc_theme_list_put(&list, study->theme[t], true);
		add_row(&study->sets, "group", group, "layer", "majority", "themes", list.bytes,
			"size", "1", "n", "7", "units", "120", NULL);
	}
	if (study->themes > 1) {
		list.length = 0;
		acc_theme_list_put(&list, study->theme[0], true);
		acc_theme_list_put(&list, study->theme[1], false);
		add_row(&study->sets, "group", group, "layer", "majority", "themes", list.bytes,
			"size", "2", "n", "3", "units", "120", NULL);
	}
	add_row(&study->sets, "group", group, "layer", "majority", "themes", "", "size", "0", "n",
		"30", "units", "120", NULL);
	acc_text_free(&list);
}

static void
add_prevalence(struct study *study, const char *kind, const char *theme, const char *group,
	       const char *versus)
{
	struct estimate e = next_estimate(study);
	add_row(&study->comparison, "what", "prevalence", "kind", kind, "quantity", "density",
		"theme", theme, "layer", "majority", "group", group, "versus", versus, "value",
		e.value, "ci_low", e.low, "ci_high", e.high, "level", "0.95", "method", "bootstrap",
		"clusters", "12", NULL);
}

static void
add_test(struct study *study, const char *theme)
{
	bool refused = study->values++ % 5 == 4;
	add_row(&study->comparison, "what", "agreement", "kind", "test", "quantity", "cohen_kappa",
		"weights", "identity", "theme", theme, "method", "Welch F", "statistic",
		refused ? "" : "2.5", "df1", refused ? "" : "2", "df2", refused ? "" : "11.25", "p",
		refused ? "" : "0.125", NULL);
}

static void
add_group_agreement(struct study *study, const char *theme)
{
	for (size_t g = 0; g < study->groups; g++) {
		struct estimate e = next_estimate(study);
		add_row(&study->comparison, "what", "agreement", "kind", "estimate", "quantity",
			"cohen_kappa", "weights", "identity", "theme", theme, "group",
			study->group[g], "value", e.value, "ci_low", e.low, "ci_high", e.high,
			"level", "0.95", "method", "jackknife", "clusters", "12", NULL);
	}
	if (study->groups)
		add_test(study, theme);
}

static void
add_point(struct study *study, const char *kind, const char *name, const char *group)
{
	char x[16], y[16];
	unsigned k = study->values++;
	bool ellipse = k % 4 > 0;
	snprintf(x, sizeof x, "%.2f", (double)(k * 37 % 100) / 100 - 0.4);
	snprintf(y, sizeof y, "%.2f", (double)(k * 53 % 100) / 100 - 0.5);
	add_row(&study->map, "layer", "majority", "kind", kind, "name", name, "group", group,
		"count", k % 7 ? "12" : "2", "x", x, "y", y, "ellipse_a", ellipse ? "0.3" : "",
		"ellipse_b", ellipse ? "0.1" : "", "ellipse_angle", ellipse ? "30" : "", "level",
		"0.95", "method", "bootstrap", "clusters", "12", NULL);
}

static void
add_map(struct study *study)
{
	static const char *const axis[] = {"1", "2"};
	for (size_t a = 0; a < 2; a++)
		add_row(&study->map, "layer", "majority", "kind", "axis", "name", axis[a], "share",
			a ? "0.25" : "0.75", NULL);
	for (size_t t = 0; t < study->themes; t++)
		add_point(study, "theme", study->theme[t], "");
	for (size_t g = 0; g < study->groups; g++) {
		add_point(study, "group", study->group[g], study->group[g]);
		for (int k = 0; k < 5; k++)
			add_point(study, "participant", "someone", study->group[g]);
	}
}

static void
add_curve(struct study *study, const char *group, unsigned participants)
{
	char m[16], value[16], low[16], high[16], coverage[16];
	for (unsigned k = 1; k <= participants; k++) {
		double themes = 9 - 6.0 / k;
		snprintf(m, sizeof m, "%u", k);
		snprintf(value, sizeof value, "%.2f", themes);
		snprintf(low, sizeof low, "%.2f", themes - 1);
		snprintf(high, sizeof high, "%.2f", themes + 1.0 / k);
		snprintf(coverage, sizeof coverage, "%.2f", 1 - 0.4 / k);
		bool last = k == participants;
		add_row(&study->saturation, "layer", "majority", "group", group, "quantity",
			"themes", "participants", m, "value", value, "low", last ? "" : low, "high",
			last ? "" : high, "level", "0.95", "coverage", coverage, NULL);
	}
	add_row(&study->saturation, "layer", "majority", "group", group, "quantity", "chao2",
		"value", "9.5", "low", "9", "high", "12.25", NULL);
	add_row(&study->saturation, "layer", "majority", "group", group, "quantity",
		"themes_at_coverage", "value", "7", "coverage", "0.9", NULL);
}

static void
study_make(struct study *study)
{
	add_header(&study->agreement,
		   "group,theme,coders,coefficient,weights,units,value,ci_low,"
		   "ci_high,level,method,clusters,note,coder_a,coder_b,units_a,units_b");
	add_header(&study->cooccurrence,
		   "group,layer,theme_a,theme_b,units,n_a,n_b,n_ab,phi,phi_low,"
		   "phi_high,level,method,clusters,note,test,ses,p,p_adjusted,adjust,family");
	add_header(&study->sets, "group,layer,themes,size,n,units,share");
	add_header(
	    &study->comparison,
	    "what,kind,quantity,weights,theme,layer,group,versus,count,total,clusters,value,"
	    "ci_low,ci_high,level,statistic,df1,df2,p,method,note,theme_b,permutations,p_maxt");
	add_header(&study->map, "layer,kind,name,group,count,x,y,share,ellipse_a,ellipse_b,"
				"ellipse_angle,level,clusters,method,note");
	add_header(&study->saturation, "layer,group,quantity,participants,value,low,high,level,"
				       "sd_over_orders,coverage,method,note");
	if (study->groups)
		add_map(study);
	for (size_t t = 0; t <= study->themes && study->groups; t++)
		add_group_agreement(study, t < study->themes ? study->theme[t] : "");
	for (size_t g = 0; g <= study->groups; g++) {
		const char *group = g < study->groups ? study->group[g] : "";
		for (size_t t = 0; t < study->themes; t++) {
			add_agreement(study, group, study->theme[t], "", "", "");
			add_prevalence(study, "estimate", study->theme[t], group, "");
			for (size_t h = 0; h < g && g < study->groups; h++)
				add_prevalence(study, "difference", study->theme[t],
					       study->group[h], group);
		}
		add_curve(study, group, 3 + 4 * (unsigned)g);
		add_agreement(study, group, "", "", "", "");
		add_pairs_of_coders(study, group);
		add_pairs_of_themes(study, group);
		add_sets(study, group);
		for (size_t h = 0; h < g && g < study->groups; h++)
			add_edges(study, "difference", study->group[h], group);
		if (g < study->groups)
			add_edges(study, "estimate", group, "");
		else if (study->groups > 1)
			add_edges(study, "test", "", "");
	}
}

static struct acc_results
study_results(const struct study *study)
{
	return (struct acc_results){.agreement = &study->agreement,
				    .cooccurrence = &study->cooccurrence,
				    .sets = &study->sets,
				    .comparison = &study->comparison,
				    .map = &study->map,
				    .saturation = &study->saturation,
				    .synthetic = true};
}

static void
study_free(struct study *study)
{
	acc_table_free(&study->agreement);
	acc_table_free(&study->cooccurrence);
	acc_table_free(&study->sets);
	acc_table_free(&study->comparison);
	acc_table_free(&study->map);
	acc_table_free(&study->saturation);
}

/* ---- hostile labels: id, class, repeat, unit; the unit is written with C escapes ---- */

static char *
unescape(const char *unit, unsigned long repeat)
{
	char once[4096], *label;
	size_t length = 0;
	for (const char *c = unit; *c && *c != '\n' && length < sizeof once - 1; c++) {
		if (*c != '\\')
			once[length++] = *c;
		else if (*++c == 'x') {
			char digits[3] = {c[1], c[2], 0};
			once[length++] = (char)strtoul(digits, NULL, 16);
			c += 2;
		} else
			once[length++] = *c == 'n'   ? '\n'
					 : *c == 'r' ? '\r'
					 : *c == 't' ? '\t'
						     : *c;
	}
	once[length] = 0;
	label = calloc(length * repeat + 1, 1);
	assert_non_null(label);
	for (unsigned long k = 0; k < repeat; k++)
		memcpy(label + k * length, once, length);
	return label;
}

/* All of them, NULL last; no label is empty. */
static char **
read_hostile_labels(size_t *count)
{
	FILE *file = fopen("tests/hostile_labels.txt", "r");
	assert_non_null(file);
	char **label = calloc(1000, sizeof *label), *line = NULL;
	size_t room = 0;
	*count = 0;
	assert_non_null(label);
	while (getline(&line, &room, file) > 0) {
		char *repeat = *line == '#' ? NULL : strchr(line, '\t');
		repeat = repeat ? strchr(repeat + 1, '\t') : NULL;
		char *unit = repeat ? strchr(repeat + 1, '\t') : NULL;
		if (!unit)
			continue;
		label[*count] = unescape(unit + 1, strtoul(repeat + 1, NULL, 10));
		if (*label[*count])
			++*count;
		else
			free(label[*count]);
	}
	free(line);
	fclose(file);
	return label;
}

static void
free_hostile_labels(char **label, size_t count)
{
	for (size_t k = 0; k < count; k++)
		free(label[k]);
	free(label);
}

#endif
