/* accord plot: results to gnuplot scripts, tidy data, captions and pictures. */
#include "pipeline/draw.h"
#include "pipeline/write/output.h"
#include "pipeline/write/sheet.h"
#include "stats/vocabulary.h"

#include <stdlib.h>
#include <string.h>

enum {
	CODELINE,
	CURVE,
	EXPLANATION,
	AGREEMENT,
	COOCCURRENCE,
	SETS,
	CODERS,
	COMPARISON,
	MAP,
	SATURATION,
	KINDS
};

/* The kinds of results, told apart by a column that those below them have not, and the columns that
 * tell their rows apart. */
static const struct {
	const char *sign, *key[12];
} kinds[KINDS] = {
    [CODELINE] = {"state", {"document", "unit", "theme", "coder"}},
    [CURVE] = {"left_out",
	       {"what", "group", "theme", "theme_a", "theme_b", "quantity", "weights", "missing",
		"left_out", "layer", "window"}},
    [EXPLANATION] = {"prevalence_index", {"kind", "group", "theme", "coders", "code_a", "code_b"}},
    [AGREEMENT] = {"coder_count", {"group", "theme", "coders", "coefficient", "weights", "level"}},
    [COOCCURRENCE] = {"theme_a", {"group", "layer", "theme_a", "theme_b"}},
    [SETS] = {"themes", {"group", "layer", "themes"}},
    [CODERS] = {"coder", {"what", "quantity", "coder", "theme", "layer", "group", "versus"}},
    [COMPARISON] = {"versus",
		    {"what", "kind", "quantity", "weights", "theme", "theme_b", "layer", "group",
		     "versus"}},
    [MAP] = {"ellipse_a", {"layer", "kind", "name", "group"}},
    [SATURATION] = {"sd_over_orders",
		    {"layer", "group", "quantity", "participants", "base", "run", "threshold",
		     "coverage"}},
};

struct run {
	struct acc_command *command;
	struct acc_table table[KINDS];
	struct acc_vocabulary known[KINDS]; /* rows that are there already */
	struct acc_figure_options options;
	struct acc_draw draw;
};

/* ---- reading results ---- */

/* Add a row unless another file had it. */
static bool
add_row(struct run *run, size_t kind, const struct acc_table *table, size_t row)
{
	struct acc_text key = {0};
	uint32_t before = run->known[kind].count, number;
	for (size_t i = 0; i < 12 && kinds[kind].key[i]; i++) {
		acc_text_put(&key, acc_table_text(table, row, kinds[kind].key[i]));
		acc_text_put(&key, "\x1f");
	}
	bool good =
	    !key.failed && acc_vocabulary_add(&run->known[kind], key.bytes, &number) == ACC_OK;
	if (good && run->known[kind].count > before)
		good = acc_table_row(&run->table[kind],
				     (const char *const *)table->cell + row * table->columns);
	acc_text_free(&key);
	if (!good)
		acc_error_memory(run->command->messages);
	return good;
}

static bool
same_columns(const struct acc_table *a, const struct acc_table *b)
{
	bool same = a->columns == b->columns;
	for (size_t i = 0; same && i < a->columns; i++)
		same = !strcmp(a->name[i], b->name[i]);
	return same;
}

static bool
add_table(struct run *run, const struct acc_table *table, const char *file)
{
	struct acc_place place = {file, 1, 0};
	size_t kind = 0;
	while (kind < KINDS && acc_table_column(table, kinds[kind].sign) == table->columns)
		kind++;
	if (kind == KINDS) {
		acc_error(run->command->messages, ACC_EXIT_DATA, place,
			  "these are not results of accord agree, explain, cooccur, compare, map, "
			  "saturate, codeline or specify; figures are drawn from results");
		return false;
	}
	struct acc_table *all = &run->table[kind];
	if (!all->columns &&
	    !acc_table_header(all, (const char *const *)table->name, table->columns)) {
		acc_error_memory(run->command->messages);
		return false;
	}
	if (!same_columns(all, table)) {
		acc_error(run->command->messages, ACC_EXIT_DATA, place,
			  "its columns differ from those of the other results of its kind; make "
			  "both with the same accord");
		return false;
	}
	bool good = true;
	for (size_t r = 0; good && r < table->rows; r++)
		good = add_row(run, kind, table, r);
	return good;
}

static bool
read_results(struct run *run)
{
	bool good = true;
	if (!run->command->files)
		acc_error(run->command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "accord plot needs results: the CSV that accord agree, explain, cooccur, "
			  "compare, map, saturate, codeline or specify wrote");
	for (size_t i = 0; good && i < run->command->files; i++) {
		struct acc_table table = {0};
		const char *file = run->command->file[i];
		good = acc_sheet_read(&table, file, run->command->messages) &&
		       add_table(run, &table, file);
		acc_table_free(&table);
	}
	return good && !run->command->messages->errors;
}

/* ---- drawing ---- */

static unsigned
chosen_figures(struct run *run)
{
	const char *name[32];
	const char *given = run->command->settings.figure;
	size_t count = acc_figure_count < 32 ? acc_figure_count : 32;
	if (!given)
		return 0;
	for (size_t i = 0; i < count; i++)
		name[i] = acc_figures[i]->key;
	return acc_list_bits(run->command, "figure", given, name, count);
}

static void
draw_figures(struct run *run, const struct acc_results *results, unsigned chosen)
{
	size_t drawn = 0;
	for (size_t i = 0; i < acc_figure_count && !run->command->messages->errors; i++) {
		const struct acc_figure *figure = acc_figures[i];
		const char *why = "";
		struct acc_bundle bundle = {0};
		if (chosen && !(chosen & 1u << i))
			continue;
		if (!figure->applies(results, &run->options, &why)) {
			acc_note(run->command->messages, (struct acc_place){0},
				 "%s is not drawn: %s", figure->key, why);
			continue;
		}
		figure->draw(results, &run->options, &bundle);
		acc_draw_figure(&run->draw, figure, &bundle);
		acc_bundle_free(&bundle);
		drawn++;
	}
	if (!drawn && !run->command->messages->errors)
		acc_error(run->command->messages, ACC_EXIT_DATA, (struct acc_place){0},
			  "there is nothing to draw in these results");
}

static bool
choose_widths(struct run *run, const char *given)
{
	struct acc_draw *draw = &run->draw;
	size_t count;
	char **item = acc_list_split(given, &count);
	bool good = item != NULL;
	if (!item)
		acc_error_memory(run->command->messages);
	for (size_t i = 0; good && i < count; i++) {
		double width;
		good = count <= ACC_WIDTHS_MAX && acc_number(item[i], &width) && width >= 40 &&
		       width <= 400 && width == (double)(int)width;
		if (good)
			draw->width[draw->widths++] = (int)width;
		else
			acc_error(
			    run->command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			    "--width '%s': widths are whole millimetres from 40 to 400, such as "
			    "85,180",
			    acc_visible(item[i]));
	}
	acc_list_free(item);
	return good;
}

/* The journal that was asked for, else the first; NULL with a message: there is none of that name.
 */
static const struct acc_journal *
choose_journal(struct run *run)
{
	const char *name[32], *given = run->command->settings.journal;
	size_t count = acc_journal_count < 32 ? acc_journal_count : 32;
	for (size_t j = 0; j < count; j++)
		name[j] = acc_journals[j].key;
	size_t j = given ? acc_choice(run->command, "journal", given, name, count) : 0;
	return j < count ? &acc_journals[j] : NULL;
}

static bool
choose(struct run *run)
{
	static const char *const colors[] = {"0", "1"};
	const struct acc_settings *settings = &run->command->settings;
	const struct acc_journal *journal = choose_journal(run);
	size_t color =
	    settings->color ? acc_choice(run->command, "color", settings->color, colors, 2) : 1;
	if (!journal || color == 2)
		return false;
	run->options = (struct acc_figure_options){.coefficient = settings->coefficient,
						   .layer = settings->layer,
						   .measure = settings->measure};
	run->draw = (struct acc_draw){
	    .messages = run->command->messages,
	    .directory = settings->directory ? settings->directory : "figures",
	    .look = {.journal = journal, .grey = color == 0},
	    .journal = settings->journal,
	    .grey = settings->color ? color == 0 : -1,
	    .inlined = settings->inline_data != NULL,
	    .pictures = !settings->draw,
	};
	run->draw.formats =
	    acc_list_bits(run->command, "format",
			  settings->figure_format ? settings->figure_format : journal->formats,
			  acc_picture_formats, ACC_PICTURE_FORMATS);
	return run->draw.formats &&
	       choose_widths(run, settings->width ? settings->width : journal->widths);
}

/* The results of a kind, or NULL. */
static const struct acc_table *
given(const struct run *run, size_t kind)
{
	return run->table[kind].columns ? &run->table[kind] : NULL;
}

static void
plot(struct acc_command *command)
{
	struct run run = {.command = command};
	bool good = choose(&run);
	unsigned chosen = good ? chosen_figures(&run) : 0;
	good = good && !command->messages->errors && read_results(&run) &&
	       acc_output_directory(run.draw.directory, command->messages);
	struct acc_results results = {
	    .agreement = given(&run, AGREEMENT),
	    .cooccurrence = given(&run, COOCCURRENCE),
	    .sets = given(&run, SETS),
	    .comparison = given(&run, COMPARISON),
	    .map = given(&run, MAP),
	    .saturation = given(&run, SATURATION),
	    .explanation = given(&run, EXPLANATION),
	    .codeline = given(&run, CODELINE),
	    .curve = given(&run, CURVE),
	    .synthetic = command->settings.synthetic != NULL,
	};
	if (good) {
		acc_draw_begin(&run.draw);
		draw_figures(&run, &results, chosen);
		acc_draw_end(&run.draw);
	}
	for (size_t i = 0; i < KINDS; i++) {
		acc_table_free(&run.table[i]);
		acc_vocabulary_free(&run.known[i]);
	}
}

const struct acc_stage acc_stage_plot = {
    .name = "plot",
    .summary = "figures from results: gnuplot scripts, data, captions, pictures",
    .operands = "RESULTS...",
    .about = "Reads what accord agree, explain, cooccur, compare, map, saturate, codeline and "
	     "specify wrote (CSV) and writes, for each figure "
	     "there is something to draw for, NAME.gp (the script, what an author may change on "
	     "top), NAME.dat (its data), NAME.caption.txt, NAME.alt.txt (the figure in words, for "
	     "those who do not see it) and NAME-WIDTH.FORMAT. A script that was edited by hand is "
	     "never overwritten. Only what changed is drawn again. Without gnuplot the scripts are "
	     "still written; TIFF takes pdftoppm, too.",
    .examples = "accord plot agreement.csv pairs.csv cooccurrence.csv comparison.csv --output "
		"figures\n"
		"    every figure, 85 and 180 mm wide, as PDF and SVG\n"
		"accord plot agreement.csv --figure forest --width 120 --format png\n"
		"    one of them\n"
		"accord plot *.csv --journal frontiers\n"
		"    as a journal wants them (see accord list journals)\n",
    .groups = ACC_GROUP_FIGURE | ACC_GROUP_COEFFICIENT | ACC_GROUP_LAYER | ACC_GROUP_MEASURE,
    .run = plot,
};
