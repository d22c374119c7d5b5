/* pipeline/render and pipeline/fonts: gnuplot draws what it is given, runs nothing in it, and is
 * not believed when it fails. Without gnuplot nothing is tested but that. */
#include "tests/unit/made_up_results.h"

#include "pipeline/write/fonts.h"
#include "pipeline/write/render.h"
#include "plots/script.h"
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/accord-test-XXXXXX";

static bool
have_gnuplot(void)
{
	return !system("gnuplot --version >/dev/null 2>&1");
}

static void
save(const char *name, const char *bytes, size_t length)
{
	char path[256];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
}

static char *
load(const char *name, size_t *length)
{
	char path[256];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *file = fopen(path, "rb");
	assert_non_null(file);
	char *bytes = calloc(1 << 22, 1);
	assert_non_null(bytes);
	*length = fread(bytes, 1, (1 << 22) - 1, file);
	fclose(file);
	return bytes;
}

static void
save_figures(const struct study *study, struct acc_bundle *bundle)
{
	struct acc_results results = study_results(study);
	struct acc_figure_options options = {0};
	acc_style_add(bundle);
	for (size_t f = 0; f < acc_figure_count; f++) {
		const char *why;
		if (acc_figures[f]->applies(&results, &options, &why))
			acc_figures[f]->draw(&results, &options, bundle);
	}
	for (size_t f = 0; f < bundle->files; f++)
		save(bundle->file[f].name, bundle->file[f].text.bytes, bundle->file[f].text.length);
}

static void
render(const char *script, const char *format, int width)
{
	struct acc_messages messages = {0};
	if (!acc_plot_render(folder, script, format, width, &messages))
		fail_msg("%s", messages.text.bytes);
	assert_int_equal(messages.errors + messages.notes, 0);
	acc_messages_free(&messages);
}

static void
draw_all(const struct study *study, const char *format, int width)
{
	struct acc_bundle bundle = {0};
	save_figures(study, &bundle);
	for (size_t f = 0; f < bundle.files; f++) {
		char *name = bundle.file[f].name;
		if (strstr(name, ".gp") && strcmp(name, "style.gp") && strcmp(name, "page.gp"))
			render(name, format, width);
	}
	acc_bundle_free(&bundle);
}

static void
every_size_of_study_is_drawn(void **state)
{
	(void)state;
	static const char *const names[] = {"One",
					    "Two",
					    "Three",
					    "Four",
					    "Five",
					    "Six",
					    "Seven",
					    "Eight",
					    "Nine",
					    "Ten",
					    "A theme with quite a long name, as they often have"};
	static const size_t sizes[][3] = {{1, 0, 1}, {2, 1, 2}, {11, 3, 3}, {6, 6, 5}, {11, 2, 11}};
	if (!have_gnuplot())
		skip();
	for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
		struct study study = {.theme = names,
				      .group = names,
				      .coder = names,
				      .themes = sizes[s][0],
				      .groups = sizes[s][1],
				      .coders = sizes[s][2]};
		study_make(&study);
		draw_all(&study, "svg", 85);
		draw_all(&study, "pdf", 180);
		study_free(&study);
	}
}

/* Hostile labels as themes, groups and coders: all of them, but fewer for the sanitizers, which do
 * not see what gnuplot does. */
#ifdef __SANITIZE_ADDRESS__
enum { HOSTILE_STEP = 4 * 24 };
#else
enum { HOSTILE_STEP = 24 };
#endif

static void
hostile_names_run_nothing(void **state)
{
	(void)state;
	if (!have_gnuplot())
		skip();
	size_t count;
	char **label = read_hostile_labels(&count);
	for (size_t k = 0; k + 24 <= count; k += HOSTILE_STEP) {
		const char *const *name = (const char *const *)label + k;
		struct study study = {.theme = name,
				      .group = name + 20,
				      .coder = name + 16,
				      .themes = 20,
				      .groups = 4,
				      .coders = 5};
		study_make(&study);
		draw_all(&study, "svg", 180);
		study_free(&study);
	}
	free_hostile_labels(label, count);
	assert_int_not_equal(access("PWNED_x", F_OK), 0);
	char path[256];
	snprintf(path, sizeof path, "%s/PWNED_x", folder);
	assert_int_not_equal(access(path, F_OK), 0);
}

static void
the_same_script_gives_the_same_bytes(void **state)
{
	(void)state;
	static const char *const names[] = {"One", "Two", "Three"};
	static const char *const formats[] = {"pdf", "svg", "png"};
	struct study study = {
	    .theme = names, .group = names, .coder = names, .themes = 3, .groups = 3, .coders = 3};
	if (!have_gnuplot())
		skip();
	study_make(&study);
	for (size_t f = 0; f < 3; f++) {
		char name[64];
		size_t length[2];
		snprintf(name, sizeof name, "forest-85.%s", formats[f]);
		draw_all(&study, formats[f], 85);
		char *first = load(name, &length[0]);
		sleep(f == 0 ? 1 : 0);
		unlink(name);
		render("forest.gp", formats[f], 85);
		char *second = load(name, &length[1]);
		assert_int_equal(length[0], length[1]);
		assert_memory_equal(first, second, length[0]);
		free(first);
		free(second);
	}
	study_free(&study);
}

static void
expect_failure(const char *script, const char *format, enum acc_exit code, const char *said)
{
	struct acc_messages messages = {0};
	assert_false(acc_plot_render(folder, script, format, 85, &messages));
	assert_int_equal(messages.code, code);
	assert_non_null(strstr(messages.text.bytes, said));
	acc_messages_free(&messages);
}

static void
failures_are_errors(void **state)
{
	(void)state;
	expect_failure("forest.gp", "docx", ACC_EXIT_USAGE, "pdf, svg or png");
	expect_failure("../x.gp", "pdf", ACC_EXIT_USAGE, "pdf, svg or png");
	if (!have_gnuplot())
		skip();
	static const char syntax[] = "plot (\n", warning[] = "set output OUTPUT; plot x, 'none'\n",
			  silent[] = "x = 1\n";
	save("syntax.gp", syntax, sizeof syntax - 1);
	save("warning.gp", warning, sizeof warning - 1);
	save("silent.gp", silent, sizeof silent - 1);
	expect_failure("syntax.gp", "svg", ACC_EXIT_IO,
		       "syntax.gp: error: gnuplot drew no picture");
	expect_failure("warning.gp", "svg", ACC_EXIT_IO, "none");
	expect_failure("silent.gp", "svg", ACC_EXIT_IO, "not whole");
	expect_failure("absent.gp", "svg", ACC_EXIT_IO, "absent.gp");
	char path[256];
	snprintf(path, sizeof path, "%s/warning-85.svg", folder);
	assert_int_not_equal(access(path, F_OK), 0);
}

static void
without_gnuplot_there_is_a_note(void **state)
{
	(void)state;
	char *path = strdup(getenv("PATH"));
	setenv("PATH", folder, 1);
	expect_failure("forest.gp", "svg", ACC_EXIT_DONE, "gnuplot-nox");
	setenv("PATH", path, 1);
	free(path);
}

static void
characters_without_a_font_are_noted(void **state)
{
	(void)state;
	struct acc_messages messages = {0};
	struct acc_bundle bundle = {0};
	struct acc_text *script = acc_bundle_add(&bundle, "a.gp");
	acc_text_put(script, "L[1] = \"Workload\"\n");
	acc_fonts_check(&bundle, &messages);
	assert_int_equal(messages.notes, 0);
	if (!system("fc-list :charset=41 family 2>/dev/null | grep -q .")) {
		acc_text_put(script,
			     "L[2] = \"\xF4\x80\x80\x80\"\n"); /* private use: no font has it */
		acc_fonts_check(&bundle, &messages);
		assert_int_equal(messages.notes, 1);
		assert_non_null(strstr(messages.text.bytes, "U+100000"));
	}
	acc_messages_free(&messages);
	acc_bundle_free(&bundle);
}

static int
make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int
remove_one(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
	(void)status, (void)kind, (void)walk;
	return remove(path);
}

static int
remove_folder(void **state)
{
	(void)state;
	return nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_size_of_study_is_drawn),
	    cmocka_unit_test(hostile_names_run_nothing),
	    cmocka_unit_test(the_same_script_gives_the_same_bytes),
	    cmocka_unit_test(failures_are_errors),
	    cmocka_unit_test(without_gnuplot_there_is_a_note),
	    cmocka_unit_test(characters_without_a_font_are_noted),
	};
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
