/* accord plot: results to gnuplot scripts, tidy data, captions and pictures. */
#include "pipeline/draw.h"
#include "pipeline/read/results.h"
#include "pipeline/write/output.h"

#include <stdlib.h>
#include <string.h>

struct run {
	struct acc_command *command;
	struct acc_result_files files;
	struct acc_figure_options options;
	struct acc_draw draw;
};

static bool
read_results(struct run *run)
{
	struct acc_command *command = run->command;
	if (command->files)
		return acc_results_read(&run->files, command->file, command->files,
					command->messages);
	acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
		  "accord plot needs results: the CSV that accord agree, cooccur, compare, map or "
		  "saturate wrote");
	return false;
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
given(const struct run *run, enum acc_result_kind kind)
{
	const struct acc_table *table = &run->files.rows[kind].table;
	return table->columns ? table : NULL;
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
	    .agreement = given(&run, ACC_RESULT_AGREEMENT),
	    .cooccurrence = given(&run, ACC_RESULT_COOCCURRENCE),
	    .sets = given(&run, ACC_RESULT_SETS),
	    .comparison = given(&run, ACC_RESULT_COMPARISON),
	    .map = given(&run, ACC_RESULT_MAP),
	    .saturation = given(&run, ACC_RESULT_SATURATION),
	    .synthetic = command->settings.synthetic != NULL,
	};
	if (good) {
		acc_draw_begin(&run.draw);
		draw_figures(&run, &results, chosen);
		acc_draw_end(&run.draw);
	}
	acc_results_free(&run.files);
}

const struct acc_stage acc_stage_plot = {
    .name = "plot",
    .summary = "figures from results: gnuplot scripts, data, captions, pictures",
    .operands = "RESULTS...",
    .about = "Reads what accord agree, cooccur, compare, map and saturate wrote (CSV) and writes, "
	     "for each figure "
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
