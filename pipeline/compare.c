/* accord compare: do the groups differ, in how reliably they could be coded and in what they say?
 */
#include "pipeline/compare.h"
#include "pipeline/patterns_file.h"
#include "stats/agreement.h"
#include "stats/comparison.h"
#include "stats/interval.h"
#include "stats/prevalence.h"
#include "stats/special.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct acc_field fields[] = {
#define FIELD(name, kind, shown) {#name, ACC_FIELD_##kind, shown},
    FIELDS(FIELD)
#undef FIELD
};

/* What one group says of one quantity, on its own scale and on that of the test. */
struct side {
	const char *group; /* borrowed */
	double count, total, clusters, value, se, low, high;
	const char *method;
	enum acc_reason reason;
	unsigned notes;
	struct acc_arm arm;
};

/* One quantity of one theme: what its rows begin with, and its sides. */
struct subject {
	const char *what, *quantity, *weights, *theme, *layer;
	double least;            /* differences lie within `most - least` */
	const char *test_method; /* NULL: no test on this quantity */
	bool transformed;        /* the test has a scale of its own, worth a row */
	struct side *side;
	size_t sides;
};

struct run {
	struct acc_command *command;
	struct acc_study study;
	struct acc_plan_made made;
	struct acc_sheet sheet;
	double level;
	double *p, *holm;    /* owned, [pairs] */
	struct side *side;   /* owned, [groups] */
	struct acc_arm *arm; /* owned, [groups] */
};

static void
start_row(struct run *run, const struct subject *subject, const char *kind)
{
	struct acc_sheet *sheet = &run->sheet;
	acc_sheet_text(sheet, F_what, subject->what);
	acc_sheet_text(sheet, F_kind, kind);
	acc_sheet_text(sheet, F_quantity, subject->quantity);
	acc_sheet_text(sheet, F_weights, subject->weights);
	acc_sheet_text(sheet, F_theme, subject->theme);
	acc_sheet_text(sheet, F_layer, subject->layer);
	if (run->study.patterns.design == ACC_THEMES)
		acc_sheet_text(sheet, F_seen, acc_seen_names[run->study.patterns.seen]);
}

static void
put_interval(struct run *run, double value, double se, double low, double high)
{
	struct acc_sheet *sheet = &run->sheet;
	acc_sheet_number(sheet, F_value, value);
	acc_sheet_number(sheet, F_se, se);
	acc_sheet_number(sheet, F_ci_low, low);
	acc_sheet_number(sheet, F_ci_high, high);
	acc_sheet_number(sheet, F_level, run->level);
}

static void
put_side(struct run *run, const struct subject *subject, const struct side *side)
{
	struct acc_sheet *sheet = &run->sheet;
	struct acc_text notes = {0};
	start_row(run, subject, "estimate");
	acc_sheet_text(sheet, F_group, side->group);
	acc_sheet_number(sheet, F_count, side->count);
	acc_sheet_number(sheet, F_total, side->total);
	acc_sheet_number(sheet, F_clusters, side->clusters);
	put_interval(run, side->value, side->se, side->low, side->high);
	acc_sheet_text(sheet, F_method, side->method);
	acc_sheet_text(sheet, F_reason, acc_reason_key(side->reason));
	acc_notes_text(&notes, side->notes);
	acc_sheet_text(sheet, F_note, notes.bytes ? notes.bytes : "");
	sheet->failed = sheet->failed || notes.failed;
	acc_text_free(&notes);
	acc_sheet_row(sheet);
}

/* Which groups keep a comparison from being estimable. */
static void
put_blame(struct run *run, const struct subject *subject)
{
	struct acc_text text = {0};
	for (size_t i = 0; i < subject->sides; i++) {
		const struct acc_arm *arm = &subject->side[i].arm;
		if (arm->estimable && arm->se > 0)
			continue;
		acc_text_put(&text, text.length ? ", " : "not enough in: ");
		acc_text_put(&text, subject->side[i].group);
	}
	acc_sheet_text(&run->sheet, F_note, text.bytes ? text.bytes : "");
	run->sheet.failed = run->sheet.failed || text.failed;
	acc_text_free(&text);
}

static void
put_test(struct run *run, const struct subject *subject)
{
	struct acc_sheet *sheet = &run->sheet;
	for (size_t i = 0; i < subject->sides; i++)
		run->arm[i] = subject->side[i].arm;
	struct acc_test test = acc_welch(run->arm, subject->sides);
	start_row(run, subject, "test");
	acc_sheet_number(sheet, F_statistic, test.statistic);
	acc_sheet_number(sheet, F_df1, test.df1);
	acc_sheet_number(sheet, F_df2, test.df2);
	acc_sheet_number(sheet, F_p, test.p);
	acc_sheet_text(sheet, F_method, subject->test_method);
	acc_sheet_text(sheet, F_reason, acc_reason_key(test.reason));
	if (test.reason == ACC_REASON_not_estimable)
		put_blame(run, subject);
	acc_sheet_row(sheet);
}

static void
name_pair(struct run *run, const struct side *a, const struct side *b)
{
	acc_sheet_text(&run->sheet, F_group, a->group);
	acc_sheet_text(&run->sheet, F_versus, b->group);
}

static void
put_p(struct run *run, const struct acc_test *test, double holm)
{
	acc_sheet_number(&run->sheet, F_statistic, test->statistic);
	acc_sheet_number(&run->sheet, F_df1, test->df1);
	acc_sheet_number(&run->sheet, F_df2, test->df2);
	acc_sheet_number(&run->sheet, F_p, test->p);
	acc_sheet_number(&run->sheet, F_p_holm, holm);
	acc_sheet_text(&run->sheet, F_reason, acc_reason_key(test->reason));
}

/* Difference of two groups on the scale of the value; its interval from the two intervals, each
 * with its own shape (method of variance estimates recovery, of which Newcombe's method 10 is a
 * case). */
static void
put_difference(struct run *run, const struct subject *subject, const struct side *a,
	       const struct side *b, const struct acc_test *test, double holm)
{
	struct acc_share left = {.value = a->value, .low = a->low, .high = a->high};
	struct acc_share right = {.value = b->value, .low = b->low, .high = b->high};
	double low, high;
	bool guarded = subject->test_method != NULL;
	acc_newcombe(&left, &right, &low, &high);
	if (guarded && test->reason != ACC_DEFINED)
		low = high = NAN;
	start_row(run, subject, "difference");
	name_pair(run, a, b);
	put_interval(run, a->value - b->value, isnan(low) ? NAN : hypot(a->se, b->se), low, high);
	acc_sheet_text(&run->sheet, F_method,
		       isnan(low) ? "" : "interval from both intervals (MOVER)");
	if (guarded)
		put_p(run, test, holm);
	else if (isnan(a->value) || isnan(b->value))
		acc_sheet_text(&run->sheet, F_reason,
			       acc_reason_key(isnan(a->value) ? a->reason : b->reason));
	acc_sheet_row(&run->sheet);
}

static void
put_transformed(struct run *run, const struct subject *subject, const struct side *a,
		const struct side *b, const struct acc_test *test, double holm)
{
	double difference = a->arm.value - b->arm.value, se = hypot(a->arm.se, b->arm.se);
	double half = acc_t_quantile((1 + run->level) / 2, test->df2) * se;
	bool defined = test->reason == ACC_DEFINED;
	start_row(run, subject, "difference_z");
	name_pair(run, a, b);
	if (defined)
		put_interval(run, difference, se, difference - half, difference + half);
	acc_sheet_text(&run->sheet, F_method, defined ? "Welch t on Fisher z" : "");
	put_p(run, test, holm);
	acc_sheet_row(&run->sheet);
}

/* Every pair of groups, adjusted together. */
static void
put_pairs(struct run *run, const struct subject *subject)
{
	size_t sides = subject->sides, pairs = sides * (sides - 1) / 2, at = 0;
	for (size_t i = 0; i < sides; i++)
		for (size_t j = i + 1; j < sides; j++)
			run->p[at++] =
			    acc_welch_pair(&subject->side[i].arm, &subject->side[j].arm).p;
	if (acc_holm(run->p, pairs, run->holm) != ACC_OK) {
		run->sheet.failed = true;
		return;
	}
	at = 0;
	for (size_t i = 0; i < sides; i++)
		for (size_t j = i + 1; j < sides; j++, at++) {
			const struct side *a = &subject->side[i], *b = &subject->side[j];
			struct acc_test test = acc_welch_pair(&a->arm, &b->arm);
			put_difference(run, subject, a, b, &test, run->holm[at]);
			if (subject->transformed)
				put_transformed(run, subject, a, b, &test, run->holm[at]);
		}
}

static void
put_subject(struct run *run, const struct subject *subject)
{
	for (size_t i = 0; i < subject->sides; i++)
		put_side(run, subject, &subject->side[i]);
	if (subject->test_method)
		put_test(run, subject);
	put_pairs(run, subject);
}

/* ---- agreement ---- */

static void
agreement_side(struct side *side, const char *group, const struct acc_estimate *e)
{
	double df = e->effective - 1 < 1 ? 1 : e->effective - 1;
	*side = (struct side){.group = group,
			      .count = NAN,
			      .total = e->units,
			      .clusters = e->clusters,
			      .value = e->value,
			      .se = e->se,
			      .low = e->low,
			      .high = e->high,
			      .method = e->method,
			      .reason = e->reason,
			      .notes = e->notes};
	side->arm = (struct acc_arm){.value = acc_fisher(e->value),
				     .se = e->se * acc_fisher_slope(e->value),
				     .df = df,
				     .estimable = e->estimable && e->reason == ACC_DEFINED};
}

static void
agreement_rows(struct run *run, struct acc_estimate *const *estimate)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	const struct acc_plan *plan = &run->made.plan;
	uint32_t themes = acc_plan_questions(plan, patterns);
	bool one = patterns->design == ACC_CODES || plan->weights->sets;
	for (uint32_t t = one ? themes : 0; t <= themes; t++)
		for (size_t c = 0; c < plan->coefficients; c++) {
			struct subject subject = {
			    .what = "agreement",
			    .quantity = plan->coefficient[c]->key,
			    .weights = run->made.weights_name,
			    .theme = t < themes ? patterns->theme.label[t] : "",
			    .layer = "",
			    .test_method = "Welch F on Fisher z, cluster jackknife",
			    .transformed = true,
			    .side = run->side,
			    .sides = patterns->group.count};
			bool two = false;
			for (uint32_t g = 0; g < patterns->group.count; g++) {
				const struct acc_estimate *e =
				    &estimate[g][t * plan->coefficients + c];
				two = two || e->reason == ACC_REASON_not_two_coders;
				agreement_side(&run->side[g], patterns->group.label[g], e);
			}
			if (!two || run->made.chosen)
				put_subject(run, &subject);
		}
}

static bool
compare_agreement(struct run *run)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	uint32_t groups = patterns->group.count;
	struct acc_estimate **estimate = acc_array(groups, sizeof *estimate);
	bool good = estimate != NULL;
	if (!good)
		acc_error_memory(run->command->messages);
	for (uint32_t g = 0; good && g < groups; g++) {
		struct acc_scope scope = {.group = g};
		uint32_t *coder_of = NULL;
		good = acc_status_ok(run->command->messages,
				     acc_scope_coders(patterns, g, &coder_of, &scope.coders));
		scope.coder_of = coder_of;
		good = good && acc_status_ok(
				   run->command->messages,
				   acc_agreement(patterns, &run->made.plan, &scope, &estimate[g]));
		free(coder_of);
	}
	if (good)
		agreement_rows(run, estimate);
	for (uint32_t g = 0; estimate && g < groups; g++)
		free(estimate[g]);
	free(estimate);
	return good;
}

/* ---- prevalence ---- */

static void
share_side(struct side *side, const char *group, const struct acc_share *s)
{
	double odds = s->value * (1 - s->value);
	double df = s->effective - 1 < 1 ? 1 : s->effective - 1;
	*side = (struct side){.group = group,
			      .count = s->count,
			      .total = s->total,
			      .clusters = s->clusters,
			      .value = s->value,
			      .se = s->se,
			      .low = s->low,
			      .high = s->high,
			      .method = s->method,
			      .reason = s->reason,
			      .notes = s->notes};
	side->arm = (struct acc_arm){.value = log(s->value / (1 - s->value)),
				     .se = s->se / odds,
				     .df = df,
				     .estimable = s->estimable && s->reason == ACC_DEFINED};
}

typedef enum acc_status measure(const struct acc_patterns *, uint32_t, const struct acc_layer *,
				uint32_t, enum acc_cluster, double, struct acc_share **);

static bool
compare_shares(struct run *run, const struct acc_layer *layer, const char *name, bool density)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	uint32_t groups = patterns->group.count, themes = acc_layer_themes(patterns);
	measure *make = density ? acc_densities : acc_mention_rates;
	struct acc_share **share = acc_array(groups, sizeof *share);
	bool good = share != NULL;
	if (!good)
		acc_error_memory(run->command->messages);
	for (uint32_t g = 0; good && g < groups; g++)
		good = acc_status_ok(run->command->messages,
				     make(patterns, run->study.present, layer, g,
					  run->made.plan.cluster, run->level, &share[g]));
	for (uint32_t t = 0; good && t < themes; t++) {
		struct subject subject = {
		    .what = "prevalence",
		    .quantity = density ? "density" : "mention_rate",
		    .weights = "",
		    .theme = acc_layer_theme(patterns, t),
		    .layer = name,
		    .test_method = density ? "Welch F on logit, cluster jackknife" : NULL,
		    .side = run->side,
		    .sides = groups};
		for (uint32_t g = 0; g < groups; g++)
			share_side(&run->side[g], patterns->group.label[g], &share[g][t]);
		put_subject(run, &subject);
	}
	for (uint32_t g = 0; share && g < groups; g++)
		free(share[g]);
	free(share);
	return good;
}

static bool
compare_layer(struct run *run, const struct acc_layer *layer, const char *name)
{
	return compare_shares(run, layer, name, false) && compare_shares(run, layer, name, true);
}

static bool
compare_prevalence(struct run *run)
{
	static const char *const words[] = {"any", "majority", "all", "each"};
	const char *given = run->command->settings.layer;
	unsigned layers =
	    acc_list_bits(run->command, "layer", given ? given : "majority", words, 4);
	const struct acc_vocabulary *coders = &run->study.patterns.coder;
	if (run->study.patterns.design == ACC_THEME_CODES && run->study.present == ACC_NONE) {
		acc_error(run->command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "which code means that a theme applies? Say --present CODE, or leave "
			  "prevalence out with --what agreement");
		return false;
	}
	bool good = layers != 0;
	for (unsigned i = 0; good && i < 3; i++)
		if (layers & 1u << i)
			good = compare_layer(
			    run, &(struct acc_layer){.kind = (enum acc_layer_kind)i}, words[i]);
	for (uint32_t c = 0; good && layers & 8 && c < coders->count; c++) {
		struct acc_text name = {0};
		acc_text_put(&name, "coder:");
		acc_text_put(&name, coders->label[c]);
		good = !name.failed &&
		       compare_layer(run, &(struct acc_layer){ACC_LAYER_CODER, c}, name.bytes);
		acc_text_free(&name);
	}
	return good;
}

/* ---- the stage ---- */

enum { GROUPS_MAX = 1000 };

static bool
check(struct run *run)
{
	uint32_t groups = run->study.patterns.group.count;
	struct acc_place place = {run->command->files ? run->command->file[0] : "-", 0, 0};
	if (groups < 2)
		acc_error(run->command->messages, ACC_EXIT_DATA, place,
			  "comparing needs 2 groups or more; there %s %u. Name their column with "
			  "--group",
			  groups == 1 ? "is" : "are", (unsigned)groups);
	else if (groups > GROUPS_MAX)
		acc_error(run->command->messages, ACC_EXIT_LIMIT, place,
			  "%u groups are more than %d; is --group the right column?",
			  (unsigned)groups, GROUPS_MAX);
	else {
		run->side = acc_array(groups, sizeof *run->side);
		run->arm = acc_array(groups, sizeof *run->arm);
		run->p = acc_array((size_t)groups * groups, sizeof *run->p);
		run->holm = acc_array((size_t)groups * groups, sizeof *run->holm);
		if (!run->side || !run->arm || !run->p || !run->holm)
			acc_error_memory(run->command->messages);
	}
	return !run->command->messages->errors;
}

static void
compare(struct acc_command *command)
{
	static const char *const words[] = {"agreement", "prevalence", "themes"};
	struct run run = {.command = command};
	const char *given = command->settings.what;
	acc_sheet_begin(&run.sheet, fields, sizeof fields / sizeof *fields);
	unsigned what = given ? acc_list_bits(command, "what", given, words, 3) : 3;
	bool good = !command->messages->errors && acc_study_read(command, &run.study, false) &&
		    (!(what & 3) || check(&run)) && acc_plan_make(&run.made, command, &run.study);
	run.level = run.made.plan.level;
	/* Alone in its group, no coder agrees or disagrees: what is said can be compared all the
	 * same. */
	if (good && what & 1 && run.study.patterns.coder.count > 1)
		good = compare_agreement(&run);
	if (good && what & 2)
		good = compare_prevalence(&run);
	if (good && what & 4)
		good = acc_compare_themes(command, &run.study, &run.made, &run.sheet);
	if (good)
		acc_sheet_write(&run.sheet, command);
	free(run.side);
	free(run.arm);
	free(run.p);
	free(run.holm);
	acc_sheet_free(&run.sheet);
	acc_plan_free(&run.made);
	acc_study_free(&run.study);
}

const struct acc_stage acc_stage_compare = {
    .name = "compare",
    .summary = "do the groups differ, in agreement and in what they say?",
    .operands = "[FILE]",
    .about =
	"For each theme and quantity: the estimate of each group, Welch's F that all are equal, "
	"and each pairwise difference with its interval and Holm's correction. Segments are "
	"nested in people: variances come from leaving out participants. Where a group has "
	"too little of a theme, in too few people, the test is not estimable and says so. "
	"--what themes compares the agreement on the themes with each other: they are coded on "
	"the same segments, so what they share cancels.",
    .examples = "accord compare study.patterns --output comparison.csv\n"
		"    agreement and prevalence by group\n"
		"accord compare ratings.csv --what prevalence --layer any,majority,each\n"
		"    what groups say, by whose codings count\n"
		"accord compare ratings.csv --what themes --coefficient alpha\n"
		"    are some themes coded more reliably than others?\n",
    .groups = ACC_GROUP_INPUT | ACC_GROUP_STUDY | ACC_GROUP_COEFFICIENT | ACC_GROUP_WEIGHTS |
	      ACC_GROUP_POOL | ACC_GROUP_UNCERTAINTY | ACC_GROUP_LAYER | ACC_GROUP_COMPARISON |
	      ACC_GROUP_RESULTS | ACC_GROUP_OUTPUT,
    .run = compare,
};
