/* accord report: results and figures to one file for people, or for their paper. */
#include "pipeline/report/report.h"
#include "pipeline/command/command.h"
#include "pipeline/read/whole.h"
#include "pipeline/report/writer.h"
#include "pipeline/write/output.h"
#include "stats/base.h"

#include <stdio.h>
#include <string.h>

enum { TOP = 200, CHAPTERS_MAX = 32 };

static const struct {
	const char *name;
	void (*write)(struct acc_text *, const struct acc_writing *);
} formats[] = {{"html", acc_write_html},
	       {"markdown", acc_write_markdown},
	       {"latex", acc_write_latex},
	       {"json", acc_write_json},
	       {"bibtex", acc_write_bibtex}};
enum { FORMATS = sizeof formats / sizeof *formats };

static size_t
choose_format(struct acc_command *command)
{
	const char *name[FORMATS];
	for (size_t i = 0; i < FORMATS; i++)
		name[i] = formats[i].name;
	const char *given = command->settings.report_format;
	return given ? acc_choice(command, "format", given, name, FORMATS) : 0;
}

static unsigned
choose_chapters(struct acc_command *command)
{
	const char *name[CHAPTERS_MAX];
	const char *given = command->settings.report_section;
	for (size_t i = 0; i < acc_chapter_count && i < CHAPTERS_MAX; i++)
		name[i] = acc_chapters[i]->id;
	return given ? acc_list_bits(command, "section", given, name, acc_chapter_count) : 0;
}

static void
choose_top(struct acc_command *command, struct acc_report *report)
{
	double top = TOP;
	const char *given = command->settings.report_top;
	if (given &&
	    !(acc_number(given, &top) && top >= 1 && top <= 1e9 && top == (double)(size_t)top))
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "--top '%s': it is a whole number, 1 or more", acc_visible(given));
	else
		report->top = (size_t)top;
}

static bool
read_provenance(struct acc_text *text, const char *path, struct acc_messages *messages)
{
	bool good = acc_whole_read(text, path, messages);
	if (good && text->bytes && strlen(text->bytes) != text->length) {
		acc_error(messages, ACC_EXIT_DATA, (struct acc_place){path, 0, 0},
			  "holds a NUL; a record of provenance is text");
		good = false;
	}
	return good;
}

static void
write_report(struct acc_command *command, struct acc_report *report, size_t format)
{
	struct acc_text text = {0};
	const char *figures = command->settings.report_figures;
	unsigned chosen = choose_chapters(command);
	if (command->messages->errors)
		return;
	acc_report_write(report, chosen);
	if (!report->document.failed)
		formats[format].write(&text,
				      &(struct acc_writing){.document = &report->document,
							    .files = &report->files,
							    .figures = figures ? figures : "",
							    .whole = !chosen});
	if (report->document.failed || text.failed)
		acc_error_memory(command->messages);
	else if (!command->messages->errors)
		acc_output_write(command->settings.output, text.bytes ? text.bytes : "",
				 text.length, command->file[0], command->messages);
	acc_text_free(&text);
}

static void
report_run(struct acc_command *command)
{
	const struct acc_settings *settings = &command->settings;
	struct acc_report report = {.coefficient = settings->coefficient,
				    .layer = settings->layer,
				    .cluster = settings->report_cluster};
	struct acc_text provenance = {0};
	report.document.title =
	    settings->report_title ? settings->report_title : "Agreement report";
	report.document.synthetic = settings->report_synthetic != NULL;
	size_t format = choose_format(command);
	choose_top(command, &report);
	if (!command->files)
		acc_error(
		    command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
		    "accord report needs results: the CSV that accord agree, explain, cooccur, "
		    "compare, coders, map, saturate or disagree wrote");
	bool good =
	    !command->messages->errors &&
	    acc_results_read(&report.files, command->file, command->files, command->messages) &&
	    (!settings->report_figures ||
	     acc_pictures_read(&report.pictures, settings->report_figures, command->messages)) &&
	    (!settings->report_provenance ||
	     read_provenance(&provenance, settings->report_provenance, command->messages));
	report.provenance = provenance.bytes;
	if (good) {
		acc_report_choose(&report);
		write_report(command, &report, format);
	}
	acc_document_free(&report.document);
	acc_results_free(&report.files);
	acc_pictures_free(&report.pictures);
	acc_text_free(&provenance);
}

const struct acc_stage acc_stage_report = {
    .name = "report",
    .summary = "results and figures as one page to read, tables and a methods paragraph to paste",
    .operands = "RESULTS...",
    .about =
	"Reads what the other stages wrote (CSV, in any order) and the folder that accord plot "
	"made, and "
	"writes one self-contained HTML file: sample, checks, agreement, what drives disagreement, "
	"co-occurrence, comparisons, figures with captions, a methods paragraph, checklists "
	"(GRRAS, COREQ) "
	"filled where the data tell, provenance, and the sources that it used. Nothing is fetched "
	"when it is "
	"read. The same as Markdown, LaTeX (booktabs), JSON (docs/report.schema.json), or the "
	"sources alone "
	"as BibTeX. It judges nothing that was not asked for with --minimum or --benchmark. With "
	"--section "
	"the LaTeX is a piece for \\input.",
    .examples = "accord report out/*.csv --figures out/figures --output report.html\n"
		"    the whole report\n"
		"accord report out/*.csv --format latex --section agreement --output tables.tex\n"
		"    the tables of one chapter, for \\input\n"
		"accord report out/*.csv --format markdown --section methods\n"
		"    the methods paragraph\n"
		"accord report out/*.csv --format bibtex --output methods.bib\n"
		"    the sources of the methods that were used\n",
    .groups = ACC_GROUP_REPORT | ACC_GROUP_COEFFICIENT | ACC_GROUP_LAYER | ACC_GROUP_OUTPUT,
    .run = report_run,
};
