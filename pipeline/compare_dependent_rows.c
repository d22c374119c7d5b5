/* compare_dependent_rows: rows of values that are about the same segments, and of their
 * differences. */
#include "pipeline/compare_dependent.h"
#include "pipeline/read/patterns_file.h"
#include "stats/special.h"

#include <math.h>

static void
start_row(struct acc_dependent *run, const char *kind)
{
	struct acc_sheet *sheet = run->sheet;
	const struct acc_patterns *patterns = &run->study->patterns;
	acc_sheet_text(sheet, F_what, run->family.what);
	acc_sheet_text(sheet, F_kind, kind);
	acc_sheet_text(sheet, F_quantity, run->family.quantity);
	acc_sheet_text(sheet, F_theme, run->family.theme);
	acc_sheet_text(sheet, F_weights, run->made->weights_name);
	if (patterns->design == ACC_THEMES)
		acc_sheet_text(sheet, F_seen, acc_seen_names[patterns->seen]);
}

static void
put_test(struct acc_dependent *run, const struct acc_test *test, const char *by)
{
	struct acc_sheet *sheet = run->sheet;
	acc_sheet_number(sheet, F_statistic, test->statistic);
	acc_sheet_number(sheet, F_df1, test->df1);
	acc_sheet_number(sheet, F_df2, test->df2);
	acc_sheet_number(sheet, F_p, test->p);
	acc_sheet_text(sheet, F_p_by, isnan(test->p) ? "" : by);
	acc_sheet_text(sheet, F_reason, acc_reason_key(test->reason));
}

/* Are all equal that have a value? */
static enum acc_status
put_all(struct acc_dependent *run)
{
	struct acc_test test;
	size_t count = 0;
	for (size_t i = 0; i < run->family.count; i++)
		if (!isnan(run->influences.value[run->family.column[i]]))
			run->defined[count++] = run->family.column[i];
	enum acc_status status = acc_dependent_all(&run->influences, run->defined, count, &test);
	start_row(run, "test");
	acc_sheet_number(run->sheet, F_count, (double)count);
	put_test(run, &test, "Hotelling");
	acc_sheet_text(
	    run->sheet, F_method,
	    test.reason == ACC_DEFINED ? "Hotelling T2 on cluster influence, same segments" : "");
	acc_sheet_row(run->sheet);
	return status;
}

static void
put_difference(struct acc_dependent *run, size_t a, size_t b, size_t pair)
{
	const struct acc_difference *differ = &run->differ[pair];
	struct acc_sheet *sheet = run->sheet;
	bool defined = differ->test.reason == ACC_DEFINED;
	double level = run->made->plan.level;
	double half = acc_t_quantile((1 + level) / 2, differ->test.df2) * differ->se;
	start_row(run, "difference");
	acc_sheet_text(sheet, run->family.field, run->family.label[a]);
	acc_sheet_text(sheet, F_versus, run->family.label[b]);
	acc_sheet_number(sheet, F_clusters, differ->clusters);
	acc_sheet_number(sheet, F_value, differ->value);
	acc_sheet_number(sheet, F_se, differ->se);
	acc_sheet_number(sheet, F_ci_low, differ->value - half);
	acc_sheet_number(sheet, F_ci_high, differ->value + half);
	acc_sheet_number(sheet, F_level, level);
	put_test(run, &differ->test, "t");
	acc_sheet_number(sheet, F_p_holm, run->holm[pair]);
	acc_sheet_text(sheet, F_method,
		       defined ? "t(clusters - 1) on cluster influence, same segments" : "");
	acc_sheet_text(sheet, F_note, defined && differ->clusters < 5 ? "few_clusters" : "");
	acc_sheet_row(sheet);
}

enum acc_status
acc_dependent_put(struct acc_dependent *run)
{
	const struct acc_family *family = &run->family;
	size_t pairs = 0;
	enum acc_status status = family->all ? put_all(run) : ACC_OK;
	for (size_t a = 0; a < family->count; a++)
		for (size_t b = a + 1; b < family->count; b++, pairs++) {
			run->differ[pairs] = acc_dependent_pair(&run->influences, family->column[a],
								family->column[b]);
			run->p[pairs] = run->differ[pairs].test.p;
		}
	if (status == ACC_OK)
		status = acc_adjust(ACC_ADJUST_HOLM, run->p, pairs, run->holm);
	pairs = 0;
	for (size_t a = 0; status == ACC_OK && a < family->count; a++)
		for (size_t b = a + 1; status == ACC_OK && b < family->count; b++)
			put_difference(run, a, b, pairs++);
	return status;
}
