/* pipeline/render and pipeline/fonts: gnuplot draws what it is given, runs nothing in it, and is
 * not believed when it fails. Without gnuplot nothing is tested but that. FIGURES=all draws every
 * hostile name and every size of study (make check-figures); else a few of them. */
#include "tests/unit/made_up_results.h"

#include "pipeline/write/fonts.h"
#include "pipeline/write/render.h"
#include "plots/label.h"
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

enum { PNG = 2, TIFF = 3 }; /* places in acc_picture_formats */

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
	acc_style_add(bundle, &(struct acc_look){0});
	for (size_t f = 0; f < acc_figure_count; f++) {
		const char *why;
		if (acc_figures[f]->applies(&results, &options, &why))
			acc_figures[f]->draw(&results, &options, bundle);
	}
	for (size_t f = 0; f < bundle->files; f++)
		save(bundle->file[f].name, bundle->file[f].text.bytes, bundle->file[f].text.length);
}

static bool
all_of_them(void)
{
	const char *asked = getenv("FIGURES");
	return asked && !strcmp(asked, "all");
}

static struct acc_picture
picture_of(const char *figure, const char *format, int width)
{
	return (struct acc_picture){.directory = folder,
				    .figure = figure,
				    .format = format,
				    .width = width,
				    .page = 1,
				    .grey = -1,
				    .dpi = 300};
}

static void
render(const char *figure, const char *format, int width)
{
	struct acc_messages messages = {0};
	struct acc_picture picture = picture_of(figure, format, width);
	unsigned pages = 1;
	for (; picture.page <= pages; picture.page++)
		if (!acc_picture_draw(&picture, &pages, &messages))
			fail_msg("%s", messages.text.bytes);
	assert_int_equal(messages.errors + messages.notes, 0);
	acc_messages_free(&messages);
}

static void
draw_all(const struct study *study, const char *format, int width)
{
	struct acc_bundle bundle = {0};
	save_figures(study, &bundle);
	for (size_t f = 0; f < acc_figure_count; f++) {
		char name[64];
		snprintf(name, sizeof name, "%s.gp", acc_figures[f]->key);
		for (size_t i = 0; i < bundle.files; i++)
			if (!strcmp(bundle.file[i].name, name))
				render(acc_figures[f]->key, format, width);
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
	static const size_t sizes[][3] = {{1, 0, 1}, {11, 3, 3}, {2, 1, 2}, {6, 6, 5}, {11, 2, 11}};
	if (!have_gnuplot())
		skip();
	for (size_t s = 0; s < (all_of_them() ? sizeof sizes / sizeof *sizes : 2); s++) {
		struct study study = {.theme = names,
				      .group = names,
				      .coder = names,
				      .themes = sizes[s][0],
				      .groups = sizes[s][1],
				      .coders = sizes[s][2]};
		study_make(&study);
		draw_all(&study, "svg", 85);
		if (all_of_them())
			draw_all(&study, "pdf", 180);
		study_free(&study);
	}
}

/* ---- hostile names ---- */

/* The text of an SVG, a line for each piece of it. */
static struct acc_text
text_of_svg(const char *svg)
{
	static const struct {
		const char *entity, *letter;
	} entities[] = {
	    {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}};
	struct acc_text text = {0};
	bool inside = false;
	for (const char *c = svg; *c; c++) {
		size_t e = 0;
		while (e < 5 && strncmp(c, entities[e].entity, strlen(entities[e].entity)))
			e++;
		if (*c == '<' || (*c == '>' && !inside)) { /* gnuplot leaves a > in text */
			inside = *c == '>';
			acc_text_put(&text, "\n");
		} else if (inside && e < 5) {
			acc_text_put(&text, entities[e].letter);
			c += strlen(entities[e].entity) - 1;
		} else if (inside)
			acc_text_bytes(&text, c, 1);
	}
	assert_false(text.failed);
	return text;
}

/* The clean-up of docs/formats.md, section 4: every line of the cleaned name is text of its own. */
static void
expect_name(const struct acc_text *text, const char *name, unsigned columns, double em)
{
	struct acc_text clean = {0}, broken = {0};
	acc_label_clean(&clean, name, columns);
	acc_label_break(&broken, clean.bytes, em);
	for (char *rest = broken.bytes, *line; (line = strtok_r(rest, "\n", &rest));) {
		struct acc_text whole = {0};
		acc_text_printf(&whole, "\n%s\n", line);
		if (!strstr(text->bytes, whole.bytes))
			fail_msg("not in the figure: %s", line);
		acc_text_free(&whole);
	}
	acc_text_free(&clean);
	acc_text_free(&broken);
}

static void
expect_names(const char *figure, const char *const *name, size_t count, unsigned columns, double em)
{
	char file[64];
	size_t length;
	snprintf(file, sizeof file, "%s-180.svg", figure);
	char *svg = load(file, &length);
	struct acc_text text = text_of_svg(svg);
	for (size_t k = 0; k < count; k++)
		expect_name(&text, name[k], columns, em);
	acc_text_free(&text);
	free(svg);
}

static void
hostile_names_run_nothing(void **state)
{
	(void)state;
	if (!have_gnuplot())
		skip();
	size_t count;
	char **label = read_hostile_labels(&count);
	for (size_t k = 0; k < count; k += all_of_them() ? 20 : 100) {
		const char *const *name =
		    (const char *const *)label + (k + 24 <= count ? k : count - 24);
		struct study study = {.theme = name,
				      .group = name + 20,
				      .coder = name + 16,
				      .themes = 20,
				      .groups = 4,
				      .coders = 5};
		study_make(&study);
		draw_all(&study, "svg", 180);
		expect_names("forest", study.theme, study.themes, ACC_LABEL_ROW, 13);
		expect_names("forest", study.group, study.groups, ACC_LABEL_ROW, 1e9);
		expect_names("coders", study.coder, study.coders, 24, 1e9);
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
	struct study study = {
	    .theme = names, .group = names, .coder = names, .themes = 3, .groups = 3, .coders = 3};
	if (!have_gnuplot())
		skip();
	study_make(&study);
	struct acc_bundle bundle = {0};
	save_figures(&study, &bundle);
	acc_bundle_free(&bundle);
	char *bytes[2][ACC_PICTURE_FORMATS];
	size_t length[2][ACC_PICTURE_FORMATS];
	for (size_t run = 0; run < 2; run++) {
		sleep((unsigned)run); /* the second time is another time */
		for (size_t f = 0; f < ACC_PICTURE_FORMATS; f++) {
			char name[64];
			bool slow = f == PNG || f == TIFF;
			const char *format = acc_picture_formats[slow && !all_of_them() ? 0 : f];
			snprintf(name, sizeof name, "forest-85.%s", format);
			render("forest", format, 85);
			bytes[run][f] = load(name, &length[run][f]);
		}
	}
	for (size_t f = 0; f < ACC_PICTURE_FORMATS; f++) {
		assert_int_equal(length[0][f], length[1][f]);
		assert_memory_equal(bytes[0][f], bytes[1][f], length[0][f]);
		free(bytes[0][f]);
		free(bytes[1][f]);
	}
	study_free(&study);
}

static void
expect_failure(const char *figure, const char *format, enum acc_exit code, const char *said)
{
	struct acc_messages messages = {0};
	struct acc_picture picture = picture_of(figure, format, 85);
	unsigned pages;
	assert_false(acc_picture_draw(&picture, &pages, &messages));
	assert_int_equal(messages.code, code);
	assert_non_null(strstr(messages.text.bytes, said));
	acc_messages_free(&messages);
}

static void
failures_are_errors(void **state)
{
	(void)state;
	expect_failure("forest", "docx", ACC_EXIT_USAGE, "pdf, svg, png, tiff or eps");
	expect_failure("../x", "pdf", ACC_EXIT_USAGE, "pdf, svg, png, tiff or eps");
	if (!have_gnuplot())
		skip();
	static const char syntax[] = "plot (\n", warning[] = "set output OUTPUT; plot x, 'none'\n",
			  silent[] = "x = 1\n";
	save("syntax.gp", syntax, sizeof syntax - 1);
	save("warning.gp", warning, sizeof warning - 1);
	save("silent.gp", silent, sizeof silent - 1);
	expect_failure("syntax", "svg", ACC_EXIT_IO, "syntax.gp: error: gnuplot drew no picture");
	expect_failure("warning", "svg", ACC_EXIT_IO, "none");
	expect_failure("silent", "svg", ACC_EXIT_IO, "not whole");
	expect_failure("absent", "svg", ACC_EXIT_IO, "absent.gp");
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
	expect_failure("forest", "svg", ACC_EXIT_DONE, "gnuplot-nox");
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
