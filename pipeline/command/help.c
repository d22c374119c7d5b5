/* help: what a stage does and takes, from the same tables that parse its command line. */
#include "pipeline/command/command.h"

#include <string.h>

enum { WIDTH = 80, INDENT = 26 };

/* Append words, broken before `WIDTH` columns and indented. */
static void
wrap(struct acc_text *text, const char *words, size_t indent, size_t column)
{
	while (*words) {
		size_t length = strcspn(words, " ");
		if (column + length + 1 > WIDTH && column > indent) {
			acc_text_printf(text, "\n%*s", (int)indent, "");
			column = indent;
		}
		acc_text_bytes(text, words, length);
		column += length;
		words += length;
		words += strspn(words, " ");
		if (*words) {
			acc_text_put(text, " ");
			column++;
		}
	}
	acc_text_put(text, "\n");
}

static bool
accepts(const struct acc_stage *stage, const struct acc_option *option)
{
	return stage->groups & option->group || option->group == ACC_GROUP_GENERAL;
}

static const char *
heading(unsigned group)
{
	static const struct {
		unsigned group;
		const char *heading;
	} headings[] = {{ACC_GROUP_INPUT, "Input"},
			{ACC_GROUP_STUDY, "Labels"},
			{ACC_GROUP_COEFFICIENT | ACC_GROUP_WEIGHTS | ACC_GROUP_BREAKDOWN |
			     ACC_GROUP_INTERVAL | ACC_GROUP_UNCERTAINTY | ACC_GROUP_LAYER |
			     ACC_GROUP_MEASURE | ACC_GROUP_COMPARISON | ACC_GROUP_QUEUE |
			     ACC_GROUP_POOL | ACC_GROUP_THREADS,
			 "What is estimated"},
			{ACC_GROUP_PARTS | ACC_GROUP_SHARD | ACC_GROUP_SHARDS, "Shards"},
			{ACC_GROUP_FIGURE, "Figures"},
			{ACC_GROUP_RESULTS | ACC_GROUP_OUTPUT, "Output"},
			{ACC_GROUP_GENERAL, "General"}};
	for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
		if (headings[i].group & group)
			return headings[i].heading;
	return "";
}

static void
put_option(struct acc_text *text, const struct acc_option *option)
{
	struct acc_text name = {0};
	acc_text_printf(&name, "  --%s%s%s", option->name, *option->metavar ? " " : "",
			option->metavar);
	acc_text_put(text, name.bytes ? name.bytes : "");
	if (name.length + 2 > INDENT)
		acc_text_printf(text, "\n%*s", INDENT, "");
	else
		acc_text_printf(text, "%*s", (int)(INDENT - name.length), "");
	wrap(text, option->help, INDENT, INDENT);
	acc_text_free(&name);
}

static void
put_options(struct acc_text *text, const struct acc_stage *stage)
{
	const char *last = "";
	for (size_t i = 0; i < acc_option_count; i++) {
		if (!accepts(stage, &acc_options[i]))
			continue;
		const char *here = heading(acc_options[i].group);
		if (strcmp(here, last))
			acc_text_printf(text, "\n%s:\n", here);
		last = here;
		put_option(text, &acc_options[i]);
	}
}

static const char exits[] =
    "Exit status: 0 done, 1 the data cannot be right, 2 the command line makes no sense,\n"
    "3 reading or writing failed, 4 out of memory or past a limit.\n";

static void
put_examples(struct acc_text *text, const char *examples)
{
	for (const char *line = examples; *line;) {
		size_t length = strcspn(line, "\n");
		acc_text_put(text, "  ");
		acc_text_bytes(text, line, length);
		acc_text_put(text, "\n");
		line += length + (line[length] == '\n');
	}
}

static void
program_help(struct acc_text *text)
{
	acc_text_put(text, "accord: agreement between coders, from CSV to figures.\n\n"
			   "Usage: accord STAGE [options] [FILE...]\n\n"
			   "Examples:\n"
			   "  accord agree ratings.csv\n"
			   "      every coefficient with its interval, per theme and group\n"
			   "  accord tabulate ratings.csv --output study.patterns\n"
			   "  accord compare study.patterns --output comparison.csv\n"
			   "  accord plot comparison.csv --output figures\n\n"
			   "Stages:\n");
	for (size_t i = 0; i < acc_stage_count; i++)
		acc_text_printf(text, "  %-12s%s\n", acc_stages[i]->name, acc_stages[i]->summary);
	acc_text_put(text,
		     "\n'accord STAGE --help' says more. A file named '-', or none, is standard "
		     "input.\n\n");
	acc_text_put(text, exits);
}

void
acc_help(struct acc_text *text, const struct acc_stage *stage)
{
	if (!stage) {
		program_help(text);
		return;
	}
	acc_text_printf(text, "accord %s: ", stage->name);
	acc_text_printf(text, "%s.\n\nUsage: accord %s [options] %s\n\nExamples:\n", stage->summary,
			stage->name, stage->operands);
	put_examples(text, stage->examples);
	acc_text_put(text, "\n");
	wrap(text, stage->about, 0, 0);
	put_options(text, stage);
	acc_text_put(text, "\n");
	acc_text_put(text, exits);
}

/* ---- the man page ---- */

/* Text with what roff would take as commands kept from it. */
static void
roff(struct acc_text *text, const char *words)
{
	for (const char *c = words; *c; c++) {
		if (*c == '\\')
			acc_text_put(text, "\\\\");
		else if (*c == '-')
			acc_text_put(text, "\\-");
		else if ((*c == '.' || *c == '\'') && (c == words || c[-1] == '\n'))
			acc_text_printf(text, "\\&%c", *c);
		else
			acc_text_bytes(text, c, 1);
	}
}

static void
manual_stage(struct acc_text *text, const struct acc_stage *stage)
{
	acc_text_printf(text, ".SS \"accord %s [options] ", stage->name);
	roff(text, stage->operands);
	acc_text_put(text, "\"\n");
	roff(text, stage->about);
	acc_text_put(text, "\n.PP\n.nf\n");
	roff(text, stage->examples);
	acc_text_put(text, ".fi\n.PP\nOptions:");
	for (size_t i = 0, some = 0; i < acc_option_count; i++)
		if (accepts(stage, &acc_options[i])) {
			acc_text_put(text, some++ ? ", " : " ");
			acc_text_put(text, "\\fB\\-\\-");
			roff(text, acc_options[i].name);
			acc_text_put(text, "\\fR");
		}
	acc_text_put(text, ".\n");
}

void
acc_manual(struct acc_text *text)
{
	acc_text_put(text, ".TH ACCORD 1 \"\" \"accord " ACC_VERSION "\" \"User Commands\"\n"
			   ".SH NAME\naccord \\- agreement between coders, from CSV to figures\n"
			   ".SH SYNOPSIS\n\\fBaccord\\fR STAGE [options] [FILE...]\n.SH STAGES\n");
	for (size_t i = 0; i < acc_stage_count; i++)
		manual_stage(text, acc_stages[i]);
	acc_text_put(text, ".SH OPTIONS\n");
	for (size_t i = 0; i < acc_option_count; i++) {
		acc_text_put(text, ".TP\n\\fB\\-\\-");
		roff(text, acc_options[i].name);
		acc_text_printf(text, "\\fR \\fI%s\\fR\n", acc_options[i].metavar);
		roff(text, acc_options[i].help);
		acc_text_put(text, "\n");
	}
	acc_text_put(text, ".SH EXIT STATUS\n");
	roff(text, exits);
	acc_text_put(text, ".SH SEE ALSO\n\\fBgnuplot\\fR(1)\n");
}
