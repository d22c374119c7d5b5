/* plots: whatever the names are, scripts hold them only as labels and data are only numbers. */
#include "tests/unit/made_up_results.h"

#include "plots/label.h"
#include "plots/script.h"

static const char *const themes[] = {"Zq Workload", "Zq Funding", "Zq Autonomy", "Zq Trust",
				     "Zq Expectations about availability outside office hours"};
static const char *const groups[] = {"Zq Students", "Zq Advisors", "Zq Leaders",
				     "Zq Funders",  "Zq Deans",    "Zq Postdocs"};
static const char *const coders[] = {"Zq A", "Zq B", "Zq C"};

static const struct acc_file *
find_file(const struct acc_bundle *bundle, const char *figure, const char *suffix)
{
	char name[64];
	snprintf(name, sizeof name, "%s%s", figure, suffix);
	for (size_t f = 0; f < bundle->files; f++)
		if (!strcmp(bundle->file[f].name, name))
			return &bundle->file[f];
	fail_msg("%s is not there", name);
	return NULL;
}

/* Length of a line with those that continue it. */
static size_t
line_length(const char *line)
{
	size_t length = strcspn(line, "\n");
	while (length && line[length] && line[length - 1] == '\\')
		length += 1 + strcspn(line + length + 1, "\n");
	return length;
}

static bool
line_has(const char *line, const char *what)
{
	const char *at = strstr(line, what);
	return at && at < line + line_length(line);
}

/* Names stand only on the right of `L[n] = `, and labels are drawn only as plain text. */
static void
check_script(const struct acc_file *file)
{
	assert_true(acc_script_untouched(file->text.bytes, file->text.length));
	assert_int_equal(strlen(file->text.bytes), file->text.length);
	for (const char *line = file->text.bytes; *line; line += line_length(line) + 1) {
		if (strncmp(line, "L[", 2)) {
			assert_false(line_has(line, "Zq"));
			assert_true(strncmp(line, "eval", 4));
			assert_false(line_has(line, "@"));
			assert_false(line_has(line, "system"));
			assert_false(line_has(line, "`"));
		}
		if (line_has(line, "set label") &&
		    (line_has(line, " L[") || line_has(line, "pair(")))
			assert_true(line_has(line, "noenhanced"));
		assert_true(strchr(line, '\n') != NULL);
	}
}

static void
check_data(const struct acc_file *file)
{
	size_t rows = 0, columns = 0;
	for (const char *line = file->text.bytes; *line; line += strcspn(line, "\n") + 1) {
		size_t tabs = 0;
		for (const char *c = line; *c != '\n'; c++)
			tabs += *c == '\t';
		assert_false(line_has(line, "Zq"));
		if (*line == '#')
			continue;
		if (rows++ == 0)
			columns = tabs;
		else
			assert_int_equal(strspn(line, "0123456789.-+eNa\t"), strcspn(line, "\n"));
		assert_int_equal(tabs, columns);
	}
	assert_true(rows > 1);
}

static bool
has_intervals(const char *figure)
{
	return strcmp(figure, "difference") && strcmp(figure, "network") && strcmp(figure, "upset");
}

/* Draw every figure that applies, check its files, and return how many there were. */
static size_t
check_figures(const struct study *study, struct acc_bundle *bundle)
{
	struct acc_results results = study_results(study);
	struct acc_figure_options options = {0};
	size_t drawn = 0;
	for (size_t f = 0; f < acc_figure_count; f++) {
		const struct acc_figure *figure = acc_figures[f];
		const char *why = NULL;
		if (!figure->applies(&results, &options, &why)) {
			assert_non_null(why);
			continue;
		}
		figure->draw(&results, &options, bundle);
		check_script(find_file(bundle, figure->key, ".gp"));
		check_data(find_file(bundle, figure->key, ".dat"));
		const struct acc_file *caption = find_file(bundle, figure->key, ".caption.txt");
		assert_non_null(strstr(caption->text.bytes, "Synthetic data."));
		assert_int_equal(strstr(caption->text.bytes, "95%") != NULL,
				 has_intervals(figure->key));
		drawn++;
	}
	assert_true(acc_bundle_complete(bundle));
	return drawn;
}

static void
check_study(size_t theme_count, size_t group_count, size_t coder_count, size_t figures)
{
	struct study study = {.theme = themes,
			      .group = groups,
			      .coder = coders,
			      .themes = theme_count,
			      .groups = group_count,
			      .coders = coder_count};
	struct acc_bundle bundle = {0};
	study_make(&study);
	assert_int_equal(check_figures(&study, &bundle), figures);
	acc_bundle_free(&bundle);
	study_free(&study);
}

static void
any_number_of_themes_groups_and_coders(void **state)
{
	(void)state;
	check_study(5, 3, 3, 10);
	check_study(5, 6, 3, 10);
	check_study(5, 1, 2, 9); /* nothing to compare */
	check_study(2, 0, 2, 7);
	check_study(1, 0, 1, 4); /* no pairs of themes, none of coders */
}

static void
nothing_to_draw_is_said(void **state)
{
	(void)state;
	struct acc_results results = {0};
	struct acc_figure_options options = {0};
	for (size_t f = 0; f < acc_figure_count; f++) {
		const char *why = NULL;
		assert_false(acc_figures[f]->applies(&results, &options, &why));
		assert_non_null(why);
	}
}

static void
too_much_for_a_page_is_said(void **state)
{
	(void)state;
	static char name[200][16];
	static const char *theme[200];
	for (int k = 0; k < 200; k++) {
		snprintf(name[k], sizeof name[k], "%d", k);
		theme[k] = name[k];
	}
	struct study study = {.theme = theme, .themes = 200};
	struct acc_figure_options options = {0};
	study_make(&study);
	struct acc_results results = study_results(&study);
	for (size_t f = 0; f < acc_figure_count; f++) {
		const char *why = NULL;
		/* A curve of themes; and sets, of which those that fit are drawn. */
		if (strcmp(acc_figures[f]->key, "saturation") &&
		    strcmp(acc_figures[f]->key, "upset"))
			assert_false(acc_figures[f]->applies(&results, &options, &why));
	}
	study_free(&study);
	/* One theme is no matter of the saturation figure, but thirty groups are. */
	study = (struct study){.theme = theme, .themes = 1, .group = theme, .groups = 30};
	study_make(&study);
	results = study_results(&study);
	for (size_t f = 0; f < acc_figure_count; f++) {
		const char *why = NULL;
		assert_false(acc_figures[f]->applies(&results, &options, &why));
		assert_non_null(why);
	}
	study_free(&study);
}

static void
undefined_is_nan_and_the_worst_comes_last(void **state)
{
	(void)state;
	static const char *const two[] = {"undefined", "good"};
	struct study study = {.theme = two, .themes = 2};
	add_header(&study.agreement,
		   "group,theme,coders,coefficient,weights,units,value,ci_low,ci_high,"
		   "level,method,clusters,note");
	add_row(&study.agreement, "theme", "undefined", "coefficient", "fleiss_kappa", "units", "9",
		NULL);
	add_row(&study.agreement, "theme", "good", "coefficient", "fleiss_kappa", "units", "9",
		"value", "0.5", "ci_low", "-0.1", "ci_high", "1.1", NULL);
	struct acc_results results = {.agreement = &study.agreement};
	struct acc_figure_options options = {.coefficient = "fleiss_kappa"};
	struct acc_bundle bundle = {0};
	acc_figures[0]->draw(&results, &options, &bundle);
	assert_non_null(strstr(find_file(&bundle, "forest", ".dat")->text.bytes,
			       "\n1\t1\t9\t0.5\t-0.1\t1.1\n2\t1\t9\tNaN\tNaN\tNaN\n"));
	assert_non_null(strstr(find_file(&bundle, "forest", ".gp")->text.bytes,
			       "L[1] = \"good\"\nL[2] = \"undefined\"\n"));
	assert_null(strstr(find_file(&bundle, "forest", ".caption.txt")->text.bytes, "Synthetic"));
	acc_bundle_free(&bundle);
	study_free(&study);
}

/* The data of one figure of made-up results. */
static char *
data_of(const struct acc_results *results, const char *key)
{
	struct acc_figure_options options = {0};
	struct acc_bundle bundle = {0};
	char *data = NULL;
	for (size_t f = 0; f < acc_figure_count; f++)
		if (!strcmp(acc_figures[f]->key, key)) {
			acc_figures[f]->draw(results, &options, &bundle);
			data = strdup(find_file(&bundle, key, ".dat")->text.bytes);
		}
	acc_bundle_free(&bundle);
	assert_non_null(data);
	return data;
}

/* Dots are adjusted p values below .05, not intervals; edges of a network that groups differ in are
 * told apart from those that were only found. */
static void
marks_are_adjusted_tests(void **state)
{
	(void)state;
	static const char *const three[] = {"a", "b", "c"};
	struct study study = {.theme = three, .themes = 3};
	study_make(&study);
	struct acc_table empty = study.cooccurrence;
	study.cooccurrence = (struct acc_table){0};
	acc_table_free(&empty);
	add_header(&study.cooccurrence, "group,layer,theme_a,theme_b,units,n_a,n_b,n_ab,phi,"
					"phi_low,phi_high,test,p_adjusted,adjust,family");
	add_row(&study.cooccurrence, "layer", "majority", "theme_a", "a", "theme_b", "b", "units",
		"90", "n_a", "20", "n_b", "20", "n_ab", "15", "phi", "0.6", "phi_low", "0.4",
		"phi_high", "0.8", "p_adjusted", "0.2", NULL);
	add_row(&study.cooccurrence, "layer", "majority", "theme_a", "a", "theme_b", "c", "units",
		"90", "n_a", "20", "n_b", "30", "n_ab", "9", "phi", "0.21", "phi_low", "-0.1",
		"phi_high", "0.5", "p_adjusted", "0.04", NULL);
	add_row(&study.cooccurrence, "layer", "majority", "theme_a", "b", "theme_b", "c", "units",
		"90", "n_a", "20", "n_b", "30", "n_ab", "12", "phi", "0.4", NULL);
	add_row(&study.comparison, "what", "cooccurrence", "kind", "test", "layer", "majority",
		"theme", "c", "theme_b", "b", "p_maxt", "0.01", NULL);
	struct acc_results results = study_results(&study);
	char *map = data_of(&results, "cooccurrence"), *net = data_of(&results, "network");
	assert_non_null(strstr(map, "\t15\t0.6\t0.4\t0.8\t0.2\t0.6\t0\n"));
	assert_non_null(strstr(map, "\t9\t0.21\t-0.1\t0.5\t0.04\t0.21\t1\n"));
	assert_non_null(strstr(net, "\t15\t0.6\t0.2\tNaN\t4\t1\n"));
	assert_non_null(strstr(net, "\t9\t0.21\t0.04\tNaN\t2\t2\n"));
	assert_non_null(strstr(net, "\t12\t0.4\tNaN\t0.01\t3\t3\n"));
	free(map);
	free(net);
	study_free(&study);
}

/* A difference is shown as the ratio of odds ratios, and what is undefined has no colour. */
static void
differences_are_ratios(void **state)
{
	(void)state;
	struct study study = {0};
	study_make(&study);
	add_row(&study.comparison, "what", "cooccurrence", "kind", "difference", "quantity",
		"log_odds_ratio", "layer", "majority", "group", "x", "versus", "y", "theme", "a",
		"theme_b", "b", "value", "0.6931471805599453", "p_maxt", "0.03", NULL);
	add_row(&study.comparison, "what", "cooccurrence", "kind", "difference", "quantity",
		"log_odds_ratio", "layer", "majority", "group", "x", "versus", "y", "theme", "a",
		"theme_b", "c", NULL);
	struct acc_results results = study_results(&study);
	char *data = data_of(&results, "difference");
	assert_non_null(strstr(data, "\t2\t0.03\t1\t1\tNaN\n"));
	assert_non_null(strstr(data, "\tNaN\tNaN\tNaN\t0\tNaN\n"));
	free(data);
	study_free(&study);
}

static void
lists_of_names_come_back(void **state)
{
	(void)state;
	static const char *const names[] = {"a + b", "+",  "C++",   "x +", "+ y",
					    " + ",   "++", "a  b ", "z",   " "};
	enum { N = sizeof names / sizeof *names };
	struct acc_text list = {0}, name = {0};
	for (size_t i = 0; i < N; i++)
		acc_theme_list_put(&list, names[i], i == 0);
	const char *at = list.bytes;
	for (size_t i = 0; i < N; i++) {
		assert_true(acc_theme_list_next(&at, &name));
		assert_string_equal(name.bytes, names[i]);
	}
	assert_false(acc_theme_list_next(&at, &name));
	assert_memory_equal(list.bytes, "a ++ b + ++ + C++ + x ++", 24);
	acc_text_free(&list);
	acc_text_free(&name);
}

static void
an_edited_script_is_known(void **state)
{
	(void)state;
	struct acc_bundle bundle = {0};
	acc_style_add(&bundle, &(struct acc_look){0});
	struct acc_text *style = &bundle.file[0].text;
	assert_true(acc_script_untouched(style->bytes, style->length));
	char *size = strstr(style->bytes, "FS = JTEXT");
	assert_non_null(size);
	size[5] = 'j';
	assert_false(acc_script_untouched(style->bytes, style->length));
	assert_false(acc_script_untouched("", 0));
	assert_false(acc_script_untouched("plot x", 6));
	assert_false(acc_script_untouched("plot x\n", 7));
	acc_bundle_free(&bundle);
}

/* ---- labels ---- */

/* Read back what stands between the quotes of a gnuplot string. */
static char *
unquote(const char *quoted)
{
	assert_int_equal(*quoted, '"');
	char *text = calloc(strlen(quoted) + 1, 1), *end = text;
	assert_non_null(text);
	const char *c = quoted + 1;
	for (; *c && *c != '"'; c++) {
		assert_true((unsigned char)*c >= 0x20);
		assert_int_not_equal(*c, '`');
		bool escaped = *c == '\\';
		c += escaped;
		*end++ = escaped && *c == 'n' ? '\n' : *c;
	}
	assert_string_equal(c, "\"");
	return text;
}

static void
hostile_labels_come_through(void **state)
{
	(void)state;
	size_t count;
	char **label = read_hostile_labels(&count);
	assert_true(count > 150);
	for (size_t k = 0; k < count; k++) {
		struct acc_text clean = {0}, quoted = {0};
		bool cut = acc_label_clean(&clean, label[k], 60);
		acc_label_quote(&quoted, clean.bytes);
		char *back = unquote(quoted.bytes);
		assert_string_equal(back, clean.bytes);
		if (!cut && !strpbrk(label[k], "\n\r\t\x7f\x1b]&") && strlen(label[k]) < 60 &&
		    !strstr(clean.bytes, "\xEF\xBF\xBD"))
			assert_string_equal(back, label[k]);
		assert_true(acc_label_em(clean.bytes) < 130);
		free(back);
		acc_text_free(&clean);
		acc_text_free(&quoted);
	}
	free_hostile_labels(label, count);
}

static void
hostile_names_change_no_other_line(void **state)
{
	(void)state;
	size_t count;
	char **label = read_hostile_labels(&count);
	for (size_t k = 0; k + 8 <= count; k += 8) {
		const char *const *name = (const char *const *)label + k;
		struct study study = {.theme = name,
				      .group = name + 3,
				      .coder = name + 5,
				      .themes = 3,
				      .groups = 2,
				      .coders = 3};
		struct acc_bundle bundle = {0};
		study_make(&study);
		check_figures(&study, &bundle);
		acc_bundle_free(&bundle);
		study_free(&study);
	}
	free_hostile_labels(label, count);
}

static void
expect_clean(const char *name, unsigned columns, const char *expected)
{
	struct acc_text text = {0};
	bool cut = acc_label_clean(&text, name, columns);
	assert_string_equal(text.bytes ? text.bytes : "", expected);
	assert_int_equal(cut, strstr(expected, "…") != NULL);
	acc_text_free(&text);
}

static void
labels_are_cleaned_and_cut(void **state)
{
	(void)state;
	expect_clean("", 5, "");
	expect_clean("abcde", 5, "abcde");
	expect_clean("abcdef", 5, "abcd…");
	expect_clean("日本語", 6, "日本語");
	expect_clean("日本語", 5, "日本…");
	expect_clean("e\xCC\x81tude", 5, "e\xCC\x81tude");
	expect_clean("a\nb\x7f\xC2\x85", 0,
		     "a\xEF\xBF\xBD"
		     "b\xEF\xBF\xBD\xEF\xBF\xBD");
	expect_clean("\xE2\x80\xAE"
		     "evil",
		     0,
		     "\xEF\xBF\xBD"
		     "evil");
	expect_clean("\xFF", 0, "\xEF\xBF\xBD");
	expect_clean("]]>", 0, "]]\xE2\x80\x8B>");
	expect_clean("&#60;", 0, "&\xE2\x80\x8B#60;");
}

static void
expect_broken(const char *label, double em, const char *expected)
{
	struct acc_text text = {0};
	acc_label_break(&text, label, em);
	assert_string_equal(text.bytes, expected);
	acc_text_free(&text);
}

static void
long_names_break_in_the_middle(void **state)
{
	(void)state;
	expect_broken("Short", 13, "Short");
	expect_broken("Institutional policy of the faculty", 13,
		      "Institutional policy\nof the faculty");
	expect_broken("研究資金の安定性と将来の見通し", 13, "研究資金の安定性\nと将来の見通し");
	expect_broken("Donaudampfschifffahrtsgesellschaft", 13,
		      "Donaudampfschiff-\nfahrtsgesellschaft");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(any_number_of_themes_groups_and_coders),
	    cmocka_unit_test(nothing_to_draw_is_said),
	    cmocka_unit_test(too_much_for_a_page_is_said),
	    cmocka_unit_test(undefined_is_nan_and_the_worst_comes_last),
	    cmocka_unit_test(marks_are_adjusted_tests),
	    cmocka_unit_test(differences_are_ratios),
	    cmocka_unit_test(lists_of_names_come_back),
	    cmocka_unit_test(an_edited_script_is_known),
	    cmocka_unit_test(hostile_labels_come_through),
	    cmocka_unit_test(hostile_names_change_no_other_line),
	    cmocka_unit_test(labels_are_cleaned_and_cut),
	    cmocka_unit_test(long_names_break_in_the_middle),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
