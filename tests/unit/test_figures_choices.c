/* plots: strips, codeline and specification curve say what their tables say, bundled and sorted. */
#include "tests/unit/made_up_choices.h"

#include "plots/script.h"

static const struct acc_figure *
figure_of(const char *key)
{
	for (size_t f = 0; f < acc_figure_count; f++)
		if (!strcmp(acc_figures[f]->key, key))
			return acc_figures[f];
	fail_msg("there is no figure %s", key);
	return NULL;
}

/* Draw one figure into a bundle that the caller frees. */
static void
draw(const char *key, const struct acc_results *results, struct acc_bundle *bundle)
{
	struct acc_figure_options options = {0};
	const char *why = NULL;
	*bundle = (struct acc_bundle){0};
	assert_true(figure_of(key)->applies(results, &options, &why));
	figure_of(key)->draw(results, &options, bundle);
	assert_true(acc_bundle_complete(bundle));
}

/* It is not drawn, and the reason says `text`. */
static void
refuse(const char *key, const struct acc_results *results, const char *text)
{
	struct acc_figure_options options = {0};
	const char *why = NULL;
	assert_false(figure_of(key)->applies(results, &options, &why));
	assert_non_null(strstr(why, text));
}

static void
expect(const struct acc_bundle *bundle, const char *name, const char *text)
{
	for (size_t f = 0; f < bundle->files; f++)
		if (!strcmp(bundle->file[f].name, name)) {
			if (!strstr(bundle->file[f].text.bytes, text))
				fail_msg("'%s' is not in %s:\n%s", text, name,
					 bundle->file[f].text.bytes);
			return;
		}
	fail_msg("%s is not there", name);
}

/* ---- strips ---- */

static const char strip_columns[] = "kind,group,theme,coders,coder_a,coder_b,units,a,b,c,d,kappa,"
				    "prevalence_index,bias_index,note";

static void
a_bar_is_the_table_and_the_worst_theme_comes_last(void **state)
{
	(void)state;
	struct acc_table table = {0};
	struct acc_bundle bundle;
	add_header(&table, strip_columns);
	add_row(&table, "kind", "pair", "theme", "never", "coders", "A,B", "coder_a", "A",
		"coder_b", "B", "units", "20", "a", "0", "b", "0", "c", "0", "d", "20",
		"prevalence_index", "-1", "bias_index", "0", NULL);
	add_row(&table, "kind", "pair", "theme", "rare", "coders", "A,B", "coder_a", "A", "coder_b",
		"B", "units", "20", "a", "1", "b", "2", "c", "0", "d", "17", "kappa", "0.459",
		"prevalence_index", "-0.8", "bias_index", "0.1", NULL);
	add_row(&table, "kind", "coders", "theme", "rare", "units", "20", NULL);
	struct acc_results results = {.explanation = &table};
	draw("strips", &results, &bundle);
	expect(&bundle, "strips.gp", "L[1] = \"rare\"\nL[2] = \"never\"\nL[3] = \"A\"\n");
	expect(&bundle, "strips.dat",
	       "\n1\t1\t1\t2\t0\t17\t20\t0.459\t-0.8\t0.1\n1\t2\t0\t0\t0\t20\t20\tNaN\t-1\t0\n");
	expect(&bundle, "strips.caption.txt", "(20 units)");
	expect(&bundle, "strips.alt.txt", "0.46 (rare, A,B); 1 not defined");
	acc_bundle_free(&bundle);
	acc_table_free(&table);
}

static void
many_pairs_leave_groups_out_and_more_are_refused(void **state)
{
	(void)state;
	static char name[9][16];
	static const char *coder[9];
	static const char *const theme[] = {"t"}, *const group[] = {"g", "h"};
	for (int c = 0; c < 9; c++) {
		snprintf(name[c], sizeof name[c], "C%d", c);
		coder[c] = name[c];
	}
	struct study study = {
	    .theme = theme, .group = group, .coder = coder, .themes = 1, .groups = 2, .coders = 6};
	struct acc_results results = {.explanation = &study.explanation};
	struct acc_bundle bundle;
	add_explanation(&study);
	draw("strips", &results, &bundle);
	expect(&bundle, "strips.gp", "NP = 15; NQ = 15");
	expect(&bundle, "strips.caption.txt", "the 2 groups alone are left out");
	acc_bundle_free(&bundle);
	acc_table_free(&study.explanation);
	study.coders = 8;
	add_explanation(&study);
	refuse("strips", &results, "24 pairs");
	acc_table_free(&study.explanation);
}

static void
codes_without_a_theme_have_no_strips(void **state)
{
	(void)state;
	struct acc_table table = {0};
	add_header(&table, strip_columns);
	add_row(&table, "kind", "pair", "coders", "A,B", "coder_a", "A", "coder_b", "B", "units",
		"20", "kappa", "0.5", NULL);
	struct acc_results results = {.explanation = &table};
	refuse("strips", &results, "two categories");
	acc_table_free(&table);
}

/* ---- codeline ---- */

static void
add_place(struct acc_table *table, size_t place, const char *coder, const char *state)
{
	char number[16];
	snprintf(number, sizeof number, "%zu", place);
	add_row(table, "document", "D", "unit", number, "place", number, "theme", "t", "coder",
		coder, "state", state, NULL);
}

static void
what_was_seen_is_runs_and_what_was_applied_cells(void **state)
{
	(void)state;
	static const char *const states[] = {"absent", "applied", "not_seen", "not_seen", "absent"};
	struct acc_table table = {0};
	struct acc_bundle bundle;
	add_header(&table, "document,unit,place,theme,coder,state");
	for (size_t k = 0; k < 5; k++) {
		add_place(&table, k + 1, "A", states[k]);
		add_place(&table, k + 1, "B", "applied");
	}
	struct acc_results results = {.codeline = &table, .synthetic = true};
	draw("codeline", &results, &bundle);
	expect(&bundle, "codeline.dat",
	       "share\n1\t1\t1\t1\t2\t0\n1\t1\t1\t5\t5\t0\n1\t1\t1\t2\t2\t1\n"
	       "1\t1\t2\t1\t5\t0\n1\t1\t2\t1\t1\t1\n1\t1\t2\t2\t2\t1\n");
	expect(&bundle, "codeline.gp", "CELLS[1] = 5; UNITS[1] = 5\n");
	expect(&bundle, "codeline.caption.txt", "Themes along 1 transcript (5 units)");
	expect(&bundle, "codeline.caption.txt", "Synthetic data.");
	expect(&bundle, "codeline.alt.txt", "0.75 (t)");
	acc_bundle_free(&bundle);
	acc_table_free(&table);
}

/* Of 601 units two in a row are a cell. */
static void
a_long_transcript_is_bundled(void **state)
{
	(void)state;
	struct acc_table table = {0};
	struct acc_bundle bundle;
	add_header(&table, "document,unit,place,theme,coder,state");
	for (size_t k = 1; k <= 601; k++)
		add_place(&table, k, "A", k == 4 || k == 601 ? "applied" : "absent");
	struct acc_results results = {.codeline = &table};
	draw("codeline", &results, &bundle);
	expect(&bundle, "codeline.gp", "BUNDLE = 2 ");
	expect(&bundle, "codeline.gp", "CELLS[1] = 301; UNITS[1] = 601\n");
	expect(&bundle, "codeline.dat",
	       "share\n1\t1\t1\t1\t301\t0\n1\t1\t1\t2\t2\t0.5\n1\t1\t1\t301\t301\t1\n");
	expect(&bundle, "codeline.caption.txt", "A cell stands for 2 units in a row");
	acc_bundle_free(&bundle);
	acc_table_free(&table);
}

static void
documents_are_panels_and_too_many_are_refused(void **state)
{
	(void)state;
	static const char *const two[] = {"a", "b"};
	struct study study = {.theme = two, .coder = two, .themes = 2, .coders = 2};
	struct acc_results results = {.codeline = &study.codeline};
	struct acc_bundle bundle;
	add_codeline(&study);
	draw("codeline", &results, &bundle);
	expect(&bundle, "codeline.gp",
	       "CELLS[1] = 12; UNITS[1] = 12\nCELLS[2] = 42; UNITS[2] = 42\n");
	expect(&bundle, "codeline.gp", "L[5] = \"first\"\nL[6] = \"second\"\n");
	expect(&bundle, "codeline.caption.txt", "Themes along 2 transcripts (54 units)");
	acc_bundle_free(&bundle);
	for (size_t d = 0; d < 60; d++) {
		char name[16];
		snprintf(name, sizeof name, "D%zu", d);
		add_unit(&study, name, 1);
	}
	refuse("codeline", &results, "60 documents");
	acc_table_free(&study.codeline);
}

/* ---- specification curve ---- */

static void
specify(struct acc_table *table, const char *coefficient, const char *left_out, const char *value,
	const char *main)
{
	add_row(table, "what", "agreement", "quantity", coefficient, "missing", "listed",
		"left_out", left_out, "main", main, "value", value, "ci_low", *value ? "0.1" : "",
		"ci_high", *value ? "0.9" : "", "level", "0.95", "units", "9", "clusters", "5",
		"reason", *value ? "" : "no_variation", NULL);
}

static void
specifications_rise_and_undefined_ones_come_last(void **state)
{
	(void)state;
	struct acc_table table = {0};
	struct acc_bundle bundle;
	add_header(&table, "what,group,theme,theme_a,theme_b,quantity,weights,missing,left_out,"
			   "layer,window,main,units,value,ci_low,ci_high,level,method,clusters,"
			   "reason,note");
	specify(&table, "krippendorff_alpha", "", "0.7", "yes");
	specify(&table, "gwet_ac", "", "0.8", "");
	specify(&table, "krippendorff_alpha", "A", "", "");
	specify(&table, "gwet_ac", "A", "0.4", "");
	struct acc_results results = {.curve = &table};
	draw("specification", &results, &bundle);
	/* Rows: Coefficient, alpha, AC; Missing rows, listed; Coder left out, nobody, A. */
	expect(&bundle, "specification.gp",
	       "ROWS1 = 8; array HEADS1[9] = [1, 0, 0, 1, 0, 1, 0, 0, ");
	expect(&bundle, "specification.gp",
	       "KIND[1] = 1; N[1] = 4; DEFINED[1] = 3; MEDIAN[1] = 0.7\n");
	expect(&bundle, "specification.dat",
	       "main\n1\t1\t0\t0.4\t0.1\t0.9\t0\n1\t1\t3\t0\tNaN\tNaN\t0\n1\t1\t5\t0\tNaN\tNaN\t0\n"
	       "1\t1\t8\t0\tNaN\tNaN\t0\n1\t2\t0\t0.7\t0.1\t0.9\t1\n1\t2\t2\t");
	expect(&bundle, "specification.dat",
	       "\n1\t4\t0\tNaN\tNaN\tNaN\t0\n1\t4\t2\tNaN\tNaN\tNaN\t0\n");
	expect(&bundle, "specification.caption.txt",
	       "4 specifications, median 0.70, from 0.40 to 0.80");
	expect(&bundle, "specification.caption.txt",
	       "not defined (1: all coders used one category only");
	acc_bundle_free(&bundle);
	acc_table_free(&table);
}

static void
measures_without_a_common_scale_are_not_drawn(void **state)
{
	(void)state;
	static const char *const two[] = {"a", "b"};
	struct study study = {.theme = two, .themes = 2};
	struct acc_bundle bundle;
	add_specifications(&study);
	struct acc_results results = {.curve = &study.specifications};
	draw("specification", &results, &bundle);
	expect(&bundle, "specification.gp", "a + b");
	expect(&bundle, "specification.caption.txt", "Not drawn, on another scale: lift");
	acc_bundle_free(&bundle);
	acc_table_free(&study.specifications);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_bar_is_the_table_and_the_worst_theme_comes_last),
	    cmocka_unit_test(many_pairs_leave_groups_out_and_more_are_refused),
	    cmocka_unit_test(codes_without_a_theme_have_no_strips),
	    cmocka_unit_test(what_was_seen_is_runs_and_what_was_applied_cells),
	    cmocka_unit_test(a_long_transcript_is_bundled),
	    cmocka_unit_test(documents_are_panels_and_too_many_are_refused),
	    cmocka_unit_test(specifications_rise_and_undefined_ones_come_last),
	    cmocka_unit_test(measures_without_a_common_scale_are_not_drawn),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
