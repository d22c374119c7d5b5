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

const char *
acc_option_heading(const struct acc_option *option)
{
#define ACC_OPTION_GROUP(name, heading)                                                            \
	if (option->group == ACC_GROUP_##name)                                                     \
		return heading;
#include "pipeline/option_groups.def"
#undef ACC_OPTION_GROUP
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
		if (!acc_option_accepted(stage, &acc_options[i]))
			continue;
		const char *here = acc_option_heading(&acc_options[i]);
		if (strcmp(here, last))
			acc_text_printf(text, "\n%s:\n", here);
		last = here;
		put_option(text, &acc_options[i]);
	}
}

const char acc_exits[] =
    "Exit status: 0 done, 1 the data cannot be right, 2 the command line makes no sense,\n"
    "3 reading or writing failed, 4 out of memory or past a limit.\n";

const char acc_examples[] = "accord agree ratings.csv\n"
			    "    the usual coefficients with their intervals, per theme and group\n"
			    "accord tabulate ratings.csv --output study.patterns\n"
			    "    ratings counted once, for all later stages\n"
			    "accord compare study.patterns --output comparison.csv\n"
			    "accord plot comparison.csv --output figures\n"
			    "    tables, and figures from them\n";

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
			   "Usage: accord STAGE [options] [FILE...]\n\nExamples:\n");
	put_examples(text, acc_examples);
	acc_text_put(text, "\nStages:\n");
	for (size_t i = 0; i < acc_stage_count; i++)
		acc_text_printf(text, "  %-12s%s\n", acc_stages[i]->name, acc_stages[i]->summary);
	acc_text_put(
	    text,
	    "\n'accord STAGE --help' says more; 'accord --manual [STAGE|study.ini]' is a man page, "
	    "'accord --completion\nbash|zsh' what a shell can offer. A file named '-', or none, "
	    "is standard input.\n\n");
	acc_text_put(text, acc_exits);
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
	acc_text_put(text, acc_exits);
}
