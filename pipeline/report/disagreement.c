/* Chapter: what drives disagreement: themes, coders, prevalence and bias, segments. */
#include "pipeline/report/report.h"

#include <string.h>

enum { SEGMENTS = 20 };

static bool
shares(const struct acc_report *report, const struct acc_result_rows *rows, size_t row)
{
	return acc_row_is_agreement(report, row) && acc_row_has(rows, row, "group", "", NULL) &&
	       *acc_table_text(&rows->table, row, "share_observed");
}

static bool
without(const struct acc_report *report, const struct acc_result_rows *rows, size_t row)
{
	const char *quantity = acc_table_text(&rows->table, row, "quantity");
	size_t length = strlen(report->coefficient);
	return acc_row_has(rows, row, "what", "agreement", NULL) &&
	       !strncmp(quantity, report->coefficient, length) &&
	       !strcmp(quantity + length, ":change_without") &&
	       *acc_table_text(&rows->table, row, "coder");
}

static bool
uses(const struct acc_report *report, const struct acc_result_rows *rows, size_t row)
{
	(void)report;
	return acc_row_has(rows, row, "what", "coder", "quantity", "use_rate", NULL);
}

static bool
hits(const struct acc_report *report, const struct acc_result_rows *rows, size_t row)
{
	(void)report;
	return acc_row_has(rows, row, "what", "coder", "quantity", "sensitivity", NULL);
}

static bool
rejections(const struct acc_report *report, const struct acc_result_rows *rows, size_t row)
{
	(void)report;
	return acc_row_has(rows, row, "what", "coder", "quantity", "specificity", NULL);
}

static bool
pairs(const struct acc_report *report, const struct acc_result_rows *rows, size_t row)
{
	(void)report;
	return acc_row_has(rows, row, "kind", "pair", "group", "", NULL);
}

static bool
all(const struct acc_report *report, const struct acc_result_rows *rows, size_t row)
{
	(void)report, (void)rows, (void)row;
	return true;
}

static const struct acc_column share_columns[] = {
    {"Theme", ACC_CELL_LABEL, {"theme"}, "All themes", false},
    {"Share of observed disagreement", ACC_CELL_PERCENT, {"share_observed"}, NULL, false},
    {"Share of disagreement by chance", ACC_CELL_PERCENT, {"share_expected"}, NULL, false},
    {"Prevalence", ACC_CELL_PERCENT, {"prevalence"}, NULL, false},
};
static const struct acc_column without_columns[] = {
    {"Coder left out", ACC_CELL_LABEL, {"coder"}, NULL, false},
    {"Theme", ACC_CELL_LABEL, {"theme"}, "All themes", false},
    {"Change [CI]", ACC_CELL_BOUNDED, {"value", "ci_low", "ci_high"}, NULL, false},
};
static const struct acc_column use_column[] = {
    {"Share [CI]", ACC_CELL_PERCENT, {"value", "ci_low", "ci_high"}, NULL, false}};
static const struct acc_column error_column[] = {
    {"Value [CI]", ACC_CELL_BOUNDED, {"value", "ci_low", "ci_high"}, NULL, false}};
static const struct acc_column pair_columns[] = {
    {"Theme", ACC_CELL_LABEL, {"theme"}, "All themes", false},
    {"First coder", ACC_CELL_LABEL, {"coder_a"}, NULL, false},
    {"Second coder", ACC_CELL_LABEL, {"coder_b"}, NULL, false},
    {"Kappa", ACC_CELL_BOUNDED, {"kappa"}, NULL, false},
    {"Largest possible", ACC_CELL_BOUNDED, {"kappa_max"}, NULL, false},
    {"Prevalence index", ACC_CELL_BOUNDED, {"prevalence_index"}, NULL, false},
    {"Bias index", ACC_CELL_BOUNDED, {"bias_index"}, NULL, false},
    {"McNemar mid-p", ACC_CELL_P, {"mcnemar_mid_p"}, NULL, false},
};
static const struct acc_column segment_columns[] = {
    {"Unit", ACC_CELL_LABEL, {"unit"}, NULL, false},
    {"Document", ACC_CELL_LABEL, {"document"}, "", false},
    {"Participant", ACC_CELL_LABEL, {"participant"}, "", false},
    {"Theme", ACC_CELL_LABEL, {"theme"}, "", false},
    {"Coders", ACC_CELL_LABEL, {"coders"}, NULL, false},
    {"Gave", ACC_CELL_LABEL, {"gave"}, NULL, false},
    {"Share", ACC_CELL_PERCENT, {"contribution"}, NULL, false},
};

/* A row for each theme, a column for each coder. */
static void
by_coder(struct acc_report *report, const char *id, const char *caption,
	 const struct acc_column *column, acc_row_wanted *wanted)
{
	acc_table_pivot(report,
			&(struct acc_table_plan){.id = id,
						 .caption = caption,
						 .column = column,
						 .most = report->top,
						 .kind = ACC_RESULT_CODERS,
						 .wanted = wanted},
			"theme", "Theme", "All themes", "coder");
}

static void
write_disagreement(struct acc_report *report)
{
	const char *name = acc_coefficient_people(report, report->coefficient);
	struct acc_document *document = &report->document;
	acc_table_of(
	    report,
	    &(struct acc_table_plan){
		"disagreement-themes",
		"Each theme\xe2\x80\x99s share of all disagreement, beside its share by chance.",
		share_columns, 4, 0, 0, ACC_RESULT_AGREEMENT, shares, "share_observed", false});
	acc_table_of(
	    report,
	    &(struct acc_table_plan){
		"disagreement-coders",
		acc_keep_printf(document, "%s without each coder, less that of all.", name),
		without_columns, 3, 2, report->top, ACC_RESULT_CODERS, without, NULL, false});
	by_coder(report, "disagreement-use",
		 "Share of units that each coder gave each theme, with intervals.", use_column,
		 uses);
	by_coder(
	    report, "disagreement-sensitivity",
	    "Sensitivity: of the units that have a theme under a model of latent truth, the share "
	    "that the coder gave it, with intervals.",
	    error_column, hits);
	by_coder(
	    report, "disagreement-specificity",
	    "Specificity: of the units that do not have it under the model, the share that the "
	    "coder did not give it, with intervals.",
	    error_column, rejections);
	acc_table_of(report, &(struct acc_table_plan){
				 "disagreement-pairs",
				 "What kappa is made of, for each two coders, over all groups.",
				 pair_columns, 8, 3, report->top, ACC_RESULT_EXPLANATION, pairs,
				 NULL, false});
	acc_table_of(
	    report,
	    &(struct acc_table_plan){
		"disagreement-units",
		"Units to discuss, worst first: what each coder gave, and the unit\xe2\x80\x99s "
		"share of all observed disagreement.",
		segment_columns, 7, 0, report->top < SEGMENTS ? report->top : SEGMENTS,
		ACC_RESULT_DISAGREEMENTS, all, NULL, false});
}

const struct acc_chapter acc_chapter_disagreement = {"disagreement", "What drives disagreement",
						     write_disagreement};
