/* explain_rows: the rows of accord explain. */
#include "pipeline/command/status.h"
#include "pipeline/explain.h"
#include "pipeline/read/patterns_file.h"
#include "stats/coder_swap.h"
#include "stats/paradox.h"

#include <math.h>

static void
put_head(struct acc_explain *run, const struct acc_explained *question, const char *kind,
	 enum acc_reason reason, unsigned notes)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	struct acc_text text = {0};
	acc_sheet_text(&run->sheet, F_kind, kind);
	if (question->group != ACC_NONE)
		acc_sheet_text(&run->sheet, F_group, patterns->group.label[question->group]);
	acc_sheet_text(&run->sheet, F_theme, patterns->theme.label[question->theme]);
	acc_sheet_text(&run->sheet, F_reason, acc_reason_key(reason));
	acc_notes_text(&text, notes);
	acc_sheet_text(&run->sheet, F_note, text.bytes ? text.bytes : "");
	if (patterns->design == ACC_THEMES)
		acc_sheet_text(&run->sheet, F_seen, acc_seen_names[patterns->seen]);
	run->sheet.failed = run->sheet.failed || text.failed;
	acc_text_free(&text);
}

static void
put_coders(struct acc_explain *run, const struct acc_explained *question, size_t i, size_t j)
{
	const struct acc_vocabulary *coders = &run->study.patterns.coder;
	const char *first = coders->label[question->label[i]];
	const char *second = coders->label[question->label[j]];
	struct acc_text text = {0};
	acc_text_put(&text, first);
	acc_text_put(&text, ",");
	acc_text_put(&text, second);
	acc_sheet_text(&run->sheet, F_coders, text.bytes ? text.bytes : "");
	acc_sheet_text(&run->sheet, F_coder_a, first);
	acc_sheet_text(&run->sheet, F_coder_b, second);
	run->sheet.failed = run->sheet.failed || text.failed;
	acc_text_free(&text);
}

static void
put_chi2(struct acc_explain *run, size_t statistic, size_t df, size_t p,
	 const struct acc_chi2 *test)
{
	acc_sheet_number(&run->sheet, statistic, test->statistic);
	if (df != statistic)
		acc_sheet_number(&run->sheet, df, test->df);
	acc_sheet_number(&run->sheet, p, test->p);
}

static void
put_paradox(struct acc_explain *run, const struct acc_paradox *paradox)
{
	struct acc_sheet *sheet = &run->sheet;
	const struct acc_mcnemar *mcnemar = &paradox->mcnemar;
	acc_sheet_number(sheet, F_units, paradox->units);
	acc_sheet_number(sheet, F_a, paradox->a);
	acc_sheet_number(sheet, F_b, paradox->b);
	acc_sheet_number(sheet, F_c, paradox->c);
	acc_sheet_number(sheet, F_d, paradox->d);
	acc_sheet_number(sheet, F_observed, paradox->observed);
	acc_sheet_number(sheet, F_kappa, paradox->kappa);
	acc_sheet_number(sheet, F_kappa_max, paradox->kappa_max);
	acc_sheet_number(sheet, F_pabak, paradox->pabak);
	acc_sheet_number(sheet, F_prevalence_index, paradox->prevalence);
	acc_sheet_number(sheet, F_bias_index, paradox->bias);
	acc_sheet_number(sheet, F_byrt_kappa, paradox->byrt);
	acc_sheet_number(sheet, F_positive_agreement, paradox->positive);
	acc_sheet_number(sheet, F_negative_agreement, paradox->negative);
	put_chi2(run, F_mcnemar, F_mcnemar, F_mcnemar_p, &mcnemar->plain);
	put_chi2(run, F_mcnemar_corrected, F_mcnemar_corrected, F_mcnemar_corrected_p,
		 &mcnemar->corrected);
	acc_sheet_number(sheet, F_mcnemar_exact_p, mcnemar->exact);
	acc_sheet_number(sheet, F_mcnemar_mid_p, mcnemar->mid);
	put_chi2(run, F_stuart_maxwell, F_stuart_maxwell_df, F_stuart_maxwell_p,
		 &paradox->stuart_maxwell);
	put_chi2(run, F_bhapkar, F_bhapkar_df, F_bhapkar_p, &paradox->bhapkar);
	put_chi2(run, F_bowker, F_bowker_df, F_bowker_p, &paradox->bowker);
}

/* The table of more than two categories: a row per cell that holds units. */
static void
put_cells(struct acc_explain *run, const struct acc_explained *question, size_t i, size_t j,
	  const double *table)
{
	const struct acc_vocabulary *codes = &run->study.patterns.code;
	size_t q = question->tally.categories;
	for (size_t cell = 0; q > 2 && cell < q * q; cell++) {
		if (!(table[cell] > 0))
			continue;
		put_head(run, question, "cell", ACC_DEFINED, 0);
		put_coders(run, question, i, j);
		acc_sheet_text(&run->sheet, F_code_a, codes->label[cell / q]);
		acc_sheet_text(&run->sheet, F_code_b, codes->label[cell % q]);
		acc_sheet_number(&run->sheet, F_units, table[cell]);
		acc_sheet_row(&run->sheet);
	}
}

/* The same question where units are nested in people: participants' codings change coders. */
static enum acc_status
put_swap(struct acc_explain *run, const struct acc_explained *question, size_t i, size_t j)
{
	struct acc_coder_swap swap;
	if (!run->clustered)
		return ACC_OK;
	enum acc_status status =
	    acc_coder_swap_make(&swap, &run->study.patterns, &question->panel, &question->blocks,
				(uint32_t)i, (uint32_t)j, run->seed);
	if (status != ACC_OK)
		return status;
	acc_sheet_number(&run->sheet, F_swap, swap.statistic);
	acc_sheet_number(&run->sheet, F_swap_p, swap.p);
	acc_sheet_number(&run->sheet, F_swap_clusters, swap.clusters);
	acc_sheet_number(&run->sheet, F_swaps, swap.swaps);
	return ACC_OK;
}

bool
acc_explain_pair(struct acc_explain *run, const struct acc_explained *question, size_t i, size_t j)
{
	const struct acc_tally *tally = &question->tally;
	const double *table = acc_tally_cells(tally) + acc_tally_pair(tally, i, j);
	size_t present = run->study.present < 2 ? run->study.present : 1;
	struct acc_paradox paradox;
	if (!acc_status_ok(run->command->messages,
			   acc_paradox_of(table, tally->categories, present, &paradox)))
		return false;
	enum acc_reason reason = !(paradox.units > 0)   ? ACC_REASON_no_pairs
				 : isnan(paradox.kappa) ? ACC_REASON_no_variation
							: ACC_DEFINED;
	put_head(run, question, "pair", reason, run->notes);
	put_coders(run, question, i, j);
	put_paradox(run, &paradox);
	if (!acc_status_ok(run->command->messages, put_swap(run, question, i, j)))
		return false;
	acc_sheet_row(&run->sheet);
	put_cells(run, question, i, j, table);
	return true;
}

void
acc_explain_several(struct acc_explain *run, const struct acc_explained *question)
{
	const struct acc_tally *tally = &question->tally;
	double complete = acc_tally_moments(tally)[0];
	struct acc_chi2 test = acc_cochran_q(tally);
	put_head(run, question, "coders",
		 !(complete > 0) ? ACC_REASON_no_complete_units
		 : isnan(test.p) ? ACC_REASON_no_difference
				 : ACC_DEFINED,
		 run->notes);
	acc_sheet_number(&run->sheet, F_units, complete);
	put_chi2(run, F_cochran_q, F_cochran_q_df, F_cochran_q_p, &test);
	acc_sheet_row(&run->sheet);
}
