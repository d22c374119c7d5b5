/* comparison_rows: the rows of `accord compare`. */
#include "pipeline/compare.h"
#include "pipeline/comparison.h"
#include "pipeline/read/patterns_file.h"
#include "stats/prevalence.h"
#include "stats/special.h"

#include <math.h>
#include <stdio.h>

ACC_FIELD_TABLE(FIELDS)

/* ---- rows ---- */

struct rows {
	const struct acc_comparison *comparison;
	struct acc_sheet sheet;
};

static void
start_row(struct rows *rows, const struct acc_subject *subject, const char *kind)
{
	const struct acc_patterns *patterns = &rows->comparison->study.patterns;
	struct acc_sheet *sheet = &rows->sheet;
	acc_sheet_text(sheet, F_what, subject->what);
	acc_sheet_text(sheet, F_kind, kind);
	acc_sheet_text(sheet, F_quantity, subject->quantity);
	acc_sheet_text(sheet, F_weights, subject->weights);
	acc_sheet_text(sheet, F_theme, subject->theme);
	acc_sheet_text(sheet, F_theme_b, subject->theme_b);
	acc_sheet_text(sheet, F_layer, subject->layer);
	if (patterns->design == ACC_THEMES)
		acc_sheet_text(sheet, F_seen, acc_seen_names[patterns->seen]);
}

static void
put_interval(struct rows *rows, double value, double se, double low, double high)
{
	struct acc_sheet *sheet = &rows->sheet;
	acc_sheet_number(sheet, F_value, value);
	acc_sheet_number(sheet, F_se, se);
	acc_sheet_number(sheet, F_ci_low, low);
	acc_sheet_number(sheet, F_ci_high, high);
	acc_sheet_number(sheet, F_level, rows->comparison->level);
}

static void
put_notes(struct rows *rows, unsigned notes)
{
	struct acc_text text = {0};
	acc_notes_text(&text, notes);
	acc_sheet_text(&rows->sheet, F_note, text.bytes ? text.bytes : "");
	rows->sheet.failed = rows->sheet.failed || text.failed;
	acc_text_free(&text);
}

static void
put_side(struct rows *rows, const struct acc_subject *subject, const struct acc_side *side)
{
	struct acc_sheet *sheet = &rows->sheet;
	start_row(rows, subject, "estimate");
	acc_sheet_text(sheet, F_group, side->group);
	acc_sheet_number(sheet, F_count, side->count);
	acc_sheet_number(sheet, F_total, side->total);
	acc_sheet_number(sheet, F_clusters, side->clusters);
	put_interval(rows, side->value, side->se, side->low, side->high);
	acc_sheet_text(sheet, F_method, side->method);
	acc_sheet_text(sheet, F_reason, acc_reason_key(side->reason));
	acc_sheet_number(sheet, F_low_without, side->low_without);
	acc_sheet_number(sheet, F_high_without, side->high_without);
	acc_sheet_number(sheet, F_coder_low, side->coder_low);
	acc_sheet_number(sheet, F_coder_high, side->coder_high);
	acc_sheet_number(sheet, F_gini, side->gini);
	acc_sheet_number(sheet, F_max_share, side->largest);
	put_notes(rows, side->notes);
	acc_sheet_row(sheet);
}

/* Which groups keep a comparison from being estimable. */
static void
put_blame(struct rows *rows, const struct acc_subject *subject)
{
	struct acc_text text = {0};
	for (size_t i = 0; i < subject->sides; i++) {
		const struct acc_arm *arm = &subject->side[i].arm;
		if (arm->estimable && arm->se > 0)
			continue;
		acc_text_put(&text, text.length ? ", " : "not enough in: ");
		acc_text_put(&text, subject->side[i].group);
	}
	acc_sheet_text(&rows->sheet, F_note, text.bytes ? text.bytes : "");
	rows->sheet.failed = rows->sheet.failed || text.failed;
	acc_text_free(&text);
}

static void
put_permuted(struct rows *rows, const struct acc_permuted *permuted)
{
	acc_sheet_number(&rows->sheet, F_p_permutation, permuted->p);
	acc_sheet_number(&rows->sheet, F_p_min, permuted->p_min);
	acc_sheet_number(&rows->sheet, F_permutations, permuted->permutations);
	acc_sheet_number(&rows->sheet, F_p_maxt, permuted->p_together);
	if (permuted->undefined > (permuted->permutations + permuted->undefined) / 20)
		put_notes(rows, ACC_NOTE_permutations_left_out);
}

static void
put_family(struct rows *rows, const char *of, size_t tests, double adjusted)
{
	char text[64];
	snprintf(text, sizeof text, "%s (%zu)", of, tests);
	acc_sheet_text(&rows->sheet, F_family, text);
	if (!rows->comparison->adjust)
		return;
	acc_sheet_number(&rows->sheet, F_p_adjusted, adjusted);
	acc_sheet_text(&rows->sheet, F_adjust, rows->comparison->adjust);
}

static void
put_p(struct rows *rows, const struct acc_subject *subject, const struct acc_test *test,
      const struct acc_verdict *verdict)
{
	acc_sheet_number(&rows->sheet, F_statistic, test->statistic);
	acc_sheet_number(&rows->sheet, F_df1, test->df1);
	acc_sheet_number(&rows->sheet, F_df2, test->df2);
	acc_sheet_number(&rows->sheet, F_p, verdict->p);
	acc_sheet_text(&rows->sheet, F_p_by, verdict->by);
	acc_sheet_number(&rows->sheet, subject->exact ? F_p_exact : F_p_welch, test->p);
	acc_sheet_text(&rows->sheet, F_reason, acc_reason_key(test->reason));
}

static void
put_test(struct rows *rows, const struct acc_subject *subject)
{
	struct acc_sheet *sheet = &rows->sheet;
	start_row(rows, subject, "test");
	put_p(rows, subject, &subject->test, &subject->verdict);
	acc_sheet_text(sheet, F_method, subject->test_method);
	acc_sheet_number(sheet, F_p_bh, subject->bh);
	acc_sheet_number(sheet, F_p_mid, subject->mid_p);
	acc_sheet_number(sheet, F_cramers_v, subject->cramers_v);
	acc_sheet_number(sheet, F_cramers_v_bergsma, subject->bergsma);
	if (!isnan(subject->verdict.p))
		put_family(rows,
			   *subject->theme_b ? "pairs of themes"
			   : *subject->theme ? "themes"
					     : "pooled",
			   subject->family, subject->adjusted);
	if (subject->test.reason == ACC_REASON_not_estimable)
		put_blame(rows, subject);
	put_permuted(rows, &subject->permuted);
	acc_sheet_row(sheet);
}

/* What all rows of a pair of groups share. */
static void
put_pair(struct rows *rows, const struct acc_subject *subject, const struct acc_side *a,
	 const struct acc_side *b, const struct acc_pairwise *pair)
{
	size_t tests = 0;
	for (size_t i = 0; i < subject->sides * (subject->sides - 1) / 2; i++)
		tests += isnan(subject->pair[i].verdict.p) ? 0 : 1;
	acc_sheet_text(&rows->sheet, F_group, a->group);
	acc_sheet_text(&rows->sheet, F_versus, b->group);
	put_p(rows, subject, &pair->test, &pair->verdict);
	acc_sheet_number(&rows->sheet, F_p_holm, pair->holm);
	acc_sheet_number(&rows->sheet, F_p_mid, pair->mid_p);
	if (!isnan(pair->verdict.p) && !subject->association)
		put_family(rows, "pairs of groups", tests, pair->adjusted);
	put_permuted(rows, &pair->permuted);
}

/* Is the difference smaller than the margin, on the scale of the value? */
static void
put_equivalence(struct rows *rows, const struct acc_side *a, const struct acc_side *b,
		const struct acc_pairwise *pair)
{
	double margin = rows->comparison->margin;
	struct acc_arm left = {a->value, a->se, a->df, a->arm.estimable};
	struct acc_arm right = {b->value, b->se, b->df, b->arm.estimable};
	if (isnan(margin) || pair->test.reason != ACC_DEFINED)
		return;
	acc_sheet_number(&rows->sheet, F_margin, margin);
	acc_sheet_number(&rows->sheet, F_p_tost, acc_equivalence(&left, &right, margin));
}

/* Difference of two groups on the scale of the value; its interval from the two intervals, each
 * with its own shape (method of variance estimates recovery, of which Newcombe's method 10 is a
 * case). */
static void
put_difference(struct rows *rows, const struct acc_subject *subject, const struct acc_side *a,
	       const struct acc_side *b, const struct acc_pairwise *pair)
{
	struct acc_share left = {.value = a->value, .low = a->low, .high = a->high};
	struct acc_share right = {.value = b->value, .low = b->low, .high = b->high};
	bool refused = subject->guarded && pair->test.reason != ACC_DEFINED;
	double low = NAN, high = NAN;
	if (subject->pair_method && !refused)
		acc_newcombe(&left, &right, &low, &high);
	start_row(rows, subject, "difference");
	put_pair(rows, subject, a, b, pair);
	put_interval(rows, a->value - b->value,
		     refused || (subject->pair_method && isnan(low)) ? NAN : hypot(a->se, b->se),
		     low, high);
	acc_sheet_text(&rows->sheet, F_method, isnan(low) ? "" : subject->pair_method);
	acc_sheet_number(&rows->sheet, F_coder_low, pair->coder_low);
	acc_sheet_number(&rows->sheet, F_coder_high, pair->coder_high);
	if (!isnan(a->df))
		put_equivalence(rows, a, b, pair);
	if (pair->test.reason == ACC_DEFINED && (isnan(a->value) || isnan(b->value)))
		acc_sheet_text(&rows->sheet, F_reason,
			       acc_reason_key(isnan(a->value) ? a->reason : b->reason));
	acc_sheet_row(&rows->sheet);
}

static void
put_transformed(struct rows *rows, const struct acc_subject *subject, const struct acc_side *a,
		const struct acc_side *b, const struct acc_pairwise *pair)
{
	double difference = a->arm.value - b->arm.value, se = hypot(a->arm.se, b->arm.se);
	double half = acc_t_quantile((1 + rows->comparison->level) / 2, pair->test.df2) * se;
	bool defined = pair->test.reason == ACC_DEFINED;
	start_row(rows, subject, "difference_z");
	put_pair(rows, subject, a, b, pair);
	if (defined)
		put_interval(rows, difference, se, difference - half, difference + half);
	acc_sheet_text(&rows->sheet, F_method, defined ? "Welch t on Fisher z" : "");
	acc_sheet_row(&rows->sheet);
}

static void
put_association(struct rows *rows, const struct acc_subject *subject, const struct acc_side *a,
		const struct acc_side *b, const struct acc_pairwise *pair)
{
	start_row(rows, subject, "association");
	put_pair(rows, subject, a, b, pair);
	acc_sheet_number(&rows->sheet, F_value, pair->test.statistic);
	acc_sheet_text(&rows->sheet, F_method,
		       "Mantel correlation, themes relabelled, one-sided: not a test of equality");
	acc_sheet_row(&rows->sheet);
}

static void
put_naive(struct rows *rows, const struct acc_subject *subject, const struct acc_naive *naive)
{
	struct acc_subject about = *subject;
	if (!naive->method)
		return;
	about.quantity = naive->quantity ? naive->quantity : subject->quantity;
	start_row(rows, &about, "classical");
	acc_sheet_number(&rows->sheet, F_value, naive->value);
	acc_sheet_number(&rows->sheet, F_statistic, naive->statistic);
	acc_sheet_number(&rows->sheet, F_df1, naive->df);
	acc_sheet_number(&rows->sheet, F_p, naive->p);
	acc_sheet_text(&rows->sheet, F_method, naive->method);
	acc_sheet_text(&rows->sheet, F_reason, acc_reason_key(naive->reason));
	acc_sheet_row(&rows->sheet);
}

static void
put_intraclass(struct rows *rows, const struct acc_subject *subject, const struct acc_side *side)
{
	struct acc_subject about = *subject;
	if (isnan(side->intraclass))
		return;
	about.quantity = "intraclass_kappa";
	start_row(rows, &about, "classical");
	acc_sheet_text(&rows->sheet, F_group, side->group);
	put_interval(rows, side->intraclass, NAN, side->intraclass_low, side->intraclass_high);
	acc_sheet_text(&rows->sheet, F_method,
		       "naive: Donner-Eliasziw interval by goodness of fit, units independent");
	acc_sheet_row(&rows->sheet);
}

static void
put_subject(struct rows *rows, const struct acc_subject *subject)
{
	for (size_t i = 0; subject->estimates && i < subject->sides; i++)
		put_side(rows, subject, &subject->side[i]);
	if (subject->test_method)
		put_test(rows, subject);
	for (size_t i = 0; i < ACC_NAIVES; i++)
		put_naive(rows, subject, &subject->naive[i]);
	for (size_t i = 0; i < subject->sides; i++)
		put_intraclass(rows, subject, &subject->side[i]);
	for (size_t i = 0; subject->pairs && i < subject->sides; i++)
		for (size_t j = i + 1; j < subject->sides; j++) {
			const struct acc_side *a = &subject->side[i], *b = &subject->side[j];
			const struct acc_pairwise *pair =
			    &subject->pair[acc_subject_pair(subject, i, j)];
			if (subject->association)
				put_association(rows, subject, a, b, pair);
			else
				put_difference(rows, subject, a, b, pair);
			if (subject->transformed)
				put_transformed(rows, subject, a, b, pair);
		}
}

void
acc_comparison_write(struct acc_comparison *comparison)
{
	struct rows rows = {.comparison = comparison};
	if (!acc_comparison_conclude(comparison)) {
		acc_error_memory(comparison->command->messages);
		return;
	}
	acc_sheet_begin(&rows.sheet, fields, sizeof fields / sizeof *fields);
	for (size_t i = 0; i < comparison->subjects; i++)
		put_subject(&rows, &comparison->subject[i]);
	bool good = true;
	for (unsigned kind = 0; good && kind < ACC_DEPENDENT_KINDS; kind++)
		if (comparison->dependent & 1u << kind)
			good = acc_compare_dependent((enum acc_dependent_kind)kind,
						     comparison->command, &comparison->study,
						     &comparison->made, &rows.sheet);
	if (good)
		acc_sheet_write(&rows.sheet, comparison->command);
	acc_sheet_free(&rows.sheet);
}
