/* coders_rows: how a row of accord coders is filled. */
#include "pipeline/coders.h"
#include "pipeline/read/patterns_file.h"

#include <math.h>

const char acc_coders_model[] = "dawid_skene";

void
acc_coders_start(struct acc_coders *run, const struct acc_coders_subject *subject)
{
	struct acc_sheet *sheet = &run->sheet;
	const struct acc_patterns *patterns = &run->study.patterns;
	acc_sheet_text(sheet, F_what, subject->what);
	acc_sheet_text(sheet, F_quantity, subject->quantity);
	acc_sheet_text(sheet, F_coder, subject->coder);
	acc_sheet_text(sheet, F_theme, subject->theme);
	acc_sheet_text(sheet, F_layer, subject->layer);
	acc_sheet_text(sheet, F_group, subject->group);
	acc_sheet_text(sheet, F_versus, subject->versus);
	acc_sheet_number(sheet, F_level, run->made.plan.level);
	if (patterns->design == ACC_THEMES)
		acc_sheet_text(sheet, F_seen, acc_seen_names[patterns->seen]);
}

void
acc_coders_end(struct acc_coders *run, const char *method, enum acc_reason reason, unsigned notes)
{
	struct acc_sheet *sheet = &run->sheet;
	struct acc_text text = {0};
	acc_sheet_text(sheet, F_method, method);
	acc_sheet_text(sheet, F_reason, acc_reason_key(reason));
	acc_notes_text(&text, notes);
	acc_sheet_text(sheet, F_note, text.bytes ? text.bytes : "");
	sheet->failed = sheet->failed || text.failed;
	acc_text_free(&text);
	acc_sheet_row(sheet);
}

void
acc_coders_put(struct acc_coders *run, const struct acc_coders_subject *subject,
	       const struct acc_share *share)
{
	struct acc_sheet *sheet = &run->sheet;
	acc_coders_start(run, subject);
	acc_sheet_number(sheet, F_count, share->count);
	acc_sheet_number(sheet, F_total, share->total);
	acc_sheet_number(sheet, F_value, share->value);
	acc_sheet_number(sheet, F_se, share->se);
	acc_sheet_number(sheet, F_ci_low, share->low);
	acc_sheet_number(sheet, F_ci_high, share->high);
	acc_sheet_number(sheet, F_clusters, share->clusters);
	acc_coders_end(run, share->method ? share->method : "", share->reason, share->notes);
}

uint32_t
acc_coders_question(const struct acc_coders *run, uint32_t theme)
{
	return run->study.patterns.design == ACC_CODES ? 0 : theme;
}

uint32_t
acc_coders_category(const struct acc_coders *run, uint32_t theme)
{
	switch (run->study.patterns.design) {
	case ACC_CODES:
		return theme;
	case ACC_THEMES:
		return 1;
	case ACC_THEME_CODES:
		break;
	}
	return run->study.present;
}

struct acc_share
acc_coders_of_model(const struct acc_coding_error *error, const struct acc_share *all, size_t at)
{
	if (error->reason == ACC_DEFINED)
		return all[at];
	return (struct acc_share){.value = NAN,
				  .se = NAN,
				  .low = NAN,
				  .high = NAN,
				  .count = NAN,
				  .total = NAN,
				  .clusters = NAN,
				  .reason = error->reason,
				  .method = ""};
}
