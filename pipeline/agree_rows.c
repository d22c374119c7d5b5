#include "pipeline/agree_rows.h"
#include "pipeline/read/patterns_file.h"

#include <math.h>

/* The columns: name, kind, in the table for people. */
#define FIELDS(FIELD)                                                                              \
	FIELD(group, SCOPE, true)                                                                  \
	FIELD(theme, SCOPE, true)                                                                  \
	FIELD(coders, SCOPE, true)                                                                 \
	FIELD(coefficient, TEXT, true)                                                             \
	FIELD(weights, TEXT, false)                                                                \
	FIELD(units, COUNT, true)                                                                  \
	FIELD(ratings, COUNT, false)                                                               \
	FIELD(observed, BOUNDED, true)                                                             \
	FIELD(expected, BOUNDED, true)                                                             \
	FIELD(value, BOUNDED, true)                                                                \
	FIELD(se, BOUNDED, true)                                                                   \
	FIELD(ci_low, BOUNDED, true)                                                               \
	FIELD(ci_high, BOUNDED, true)                                                              \
	FIELD(level, NUMBER, false)                                                                \
	FIELD(method, TEXT, false)                                                                 \
	FIELD(clusters, COUNT, true)                                                               \
	FIELD(reason, TEXT, true)                                                                  \
	FIELD(note, TEXT, true)                                                                    \
	FIELD(seen, TEXT, false)                                                                   \
	FIELD(coder_count, COUNT, false)                                                           \
	FIELD(category, TEXT, true)                                                                \
	FIELD(units_single, COUNT, false)                                                          \
	FIELD(coder_a, TEXT, false)                                                                \
	FIELD(coder_b, TEXT, false)                                                                \
	FIELD(units_a, COUNT, false)                                                               \
	FIELD(units_b, COUNT, false)                                                               \
	FIELD(effective_clusters, NUMBER, false)                                                   \
	FIELD(prevalence, NUMBER, false)                                                           \
	FIELD(share_observed, NUMBER, false)                                                       \
	FIELD(share_expected, NUMBER, false)                                                       \
	FIELD(statistic, NUMBER, false)                                                            \
	FIELD(df1, NUMBER, false)                                                                  \
	FIELD(df2, NUMBER, false)                                                                  \
	FIELD(p, NUMBER, false)                                                                    \
	FIELD(replicates, COUNT, false)                                                            \
	FIELD(replicates_undefined, COUNT, false)                                                  \
	FIELD(population, COUNT, false)                                                            \
	FIELD(minimum, BOUNDED, false)                                                             \
	FIELD(p_minimum, BOUNDED, false)                                                           \
	FIELD(p_fail, BOUNDED, false)                                                              \
	FIELD(benchmark, TEXT, false)                                                              \
	FIELD(benchmark_probability, BOUNDED, false)

ACC_FIELDS(FIELDS)

void
acc_agree_begin(struct acc_agree *run)
{
	acc_sheet_begin(&run->sheet, fields, sizeof fields / sizeof *fields);
}

static void
put_estimate(struct acc_sheet *sheet, const struct acc_estimate *e, double level, bool pair)
{
	struct acc_text notes = {0};
	acc_sheet_number(sheet, F_observed, e->observed);
	acc_sheet_number(sheet, F_expected, e->expected);
	acc_sheet_number(sheet, F_value, e->value);
	acc_sheet_number(sheet, F_se, e->se);
	acc_sheet_number(sheet, F_ci_low, e->low);
	acc_sheet_number(sheet, F_ci_high, e->high);
	acc_sheet_number(sheet, F_level, level);
	acc_sheet_text(sheet, F_method, e->method);
	acc_sheet_number(sheet, F_units, e->units);
	acc_sheet_number(sheet, F_ratings, e->ratings);
	acc_sheet_number(sheet, F_units_single, e->single);
	acc_sheet_number(sheet, F_clusters, e->clusters);
	acc_sheet_number(sheet, F_effective_clusters, e->effective);
	acc_sheet_number(sheet, F_prevalence, e->prevalence);
	acc_sheet_number(sheet, F_share_observed, e->share_observed);
	acc_sheet_number(sheet, F_share_expected, e->share_expected);
	acc_sheet_number(sheet, F_statistic, e->test.statistic);
	acc_sheet_number(sheet, F_df1, e->test.df1);
	acc_sheet_number(sheet, F_df2, e->test.df2);
	acc_sheet_number(sheet, F_p, isnan(e->p) ? e->test.p : e->p);
	if (pair) {
		acc_sheet_number(sheet, F_units_a, e->rated_by[0]);
		acc_sheet_number(sheet, F_units_b, e->rated_by[1]);
	}
	acc_sheet_text(sheet, F_reason, acc_reason_key(e->reason));
	acc_notes_text(&notes, e->notes);
	acc_sheet_text(sheet, F_note, notes.bytes ? notes.bytes : "");
	sheet->failed = sheet->failed || notes.failed;
	acc_text_free(&notes);
}

/* Is it good enough? The tail that tests the minimum is also the chance of failing it, unless
 * replicates say how often that happened. */
static void
put_minimum(struct acc_agree *run, const struct acc_estimate *e)
{
	struct acc_sheet *sheet = &run->sheet;
	double minimum = run->made->minimum, p = acc_minimum_p(e, minimum), probability;
	if (run->made->plan.minimum) {
		acc_sheet_number(sheet, F_minimum, minimum);
		acc_sheet_number(sheet, F_p_minimum, p);
		acc_sheet_number(sheet, F_p_fail,
				 isnan(e->below_minimum) || isnan(p) ? p : e->below_minimum);
	}
	if (!run->scale)
		return;
	const char *level = acc_benchmark(run->scale, e, &probability);
	acc_sheet_text(sheet, F_benchmark, level ? level : "");
	acc_sheet_number(sheet, F_benchmark_probability, probability);
}

/* The error under chance agreement, replicates and the size of the group. */
static void
put_evidence(struct acc_agree *run, const struct acc_scope *scope, const struct acc_estimate *e)
{
	struct acc_sheet *sheet = &run->sheet;
	const double *population = run->made->population;
	if (e->replicates > 0) {
		acc_sheet_number(sheet, F_replicates, e->replicates);
		acc_sheet_number(sheet, F_replicates_undefined, e->undefined);
	}
	if (population)
		acc_sheet_number(
		    sheet, F_population,
		    population[scope->group == ACC_NONE ? run->study->patterns.group.count
							: scope->group]);
}

static void
put_row(struct acc_agree *run, const struct acc_scope *scope, const char *theme,
	const struct acc_agree_pair *pair, const struct acc_coefficient *coefficient,
	const struct acc_estimate *estimate)
{
	const struct acc_patterns *patterns = &run->study->patterns;
	struct acc_sheet *sheet = &run->sheet;
	/* Unasked, only what is defined for this many coders. */
	if (!run->made->chosen && estimate->reason == ACC_REASON_not_two_coders)
		return;
	if (scope->group != ACC_NONE)
		acc_sheet_text(sheet, F_group, patterns->group.label[scope->group]);
	acc_sheet_text(sheet, F_theme, theme);
	acc_sheet_text(sheet, F_coders, pair->both);
	acc_sheet_text(sheet, F_coder_a, pair->first);
	acc_sheet_text(sheet, F_coder_b, pair->second);
	acc_sheet_text(sheet, F_coefficient, coefficient->key);
	acc_sheet_text(sheet, F_weights, scope->category ? "identity" : run->made->weights_name);
	if (scope->category)
		acc_sheet_text(sheet, F_category, patterns->code.label[scope->category - 1]);
	if (patterns->design == ACC_THEMES)
		acc_sheet_text(sheet, F_seen, acc_seen_names[patterns->seen]);
	acc_sheet_count(sheet, F_coder_count, scope->coders);
	put_estimate(sheet, estimate, run->made->plan.level, *pair->both != 0);
	put_evidence(run, scope, estimate);
	put_minimum(run, estimate);
	acc_sheet_row(sheet);
}

void
acc_agree_rows(struct acc_agree *run, const struct acc_scope *scope,
	       const struct acc_agree_pair *pair, const struct acc_estimate *estimate)
{
	const struct acc_patterns *patterns = &run->study->patterns;
	const struct acc_plan *plan = scope->category ? &run->one : &run->made->plan;
	uint32_t themes = acc_plan_questions(plan, patterns);
	bool one =
	    patterns->design == ACC_CODES || plan->weights->sets || !(run->by & ACC_BY_THEME);
	for (uint32_t t = one ? themes : 0; t <= themes; t++) {
		bool pooled = t == themes;
		for (size_t c = 0; c < plan->coefficients; c++)
			put_row(run, scope, pooled ? "" : patterns->theme.label[t], pair,
				plan->coefficient[c], &estimate[t * plan->coefficients + c]);
	}
}
