/* manual: man pages, from the same tables that parse the command line. */
#include "pipeline/command/manual.h"

#include <ctype.h>
#include <string.h>

void
acc_manual_words(struct acc_text *text, const char *words)
{
	for (const char *c = words; *c; c++) {
		if (*c == '\\')
			acc_text_put(text, "\\e");
		else if (*c == '-')
			acc_text_put(text, "\\-");
		else if (*c == '\'' || *c == '`')
			acc_text_put(text, *c == '`' ? "\\(ga" : "\\(aq");
		else if (*c == '.' && (c == words || c[-1] == '\n'))
			acc_text_put(text, "\\&.");
		else
			acc_text_bytes(text, c, 1);
	}
}

static void
title(struct acc_text *text, const char *stage)
{
	acc_text_put(text, ".TH ACCORD");
	if (*stage)
		acc_text_put(text, "\\-");
	for (; *stage; stage++)
		acc_text_printf(text, "%c", toupper((unsigned char)*stage));
	acc_text_put(text, " 1 \"\" \"accord " ACC_VERSION "\" \"User Commands\"\n");
}

/* Lines "command" and, indented, what it does. */
static void
examples(struct acc_text *text, const char *lines)
{
	acc_text_put(text, ".SH EXAMPLES\n");
	while (*lines) {
		size_t length = strcspn(lines, "\n");
		bool about = *lines == ' ';
		struct acc_text line = {0};
		acc_text_bytes(&line, lines + strspn(lines, " "), length - strspn(lines, " "));
		acc_text_put(text, about ? "" : ".TP\n.B ");
		acc_manual_words(text, line.bytes ? line.bytes : "");
		acc_text_put(text, "\n");
		text->failed = text->failed || line.failed;
		acc_text_free(&line);
		lines += length + (lines[length] == '\n');
	}
}

void
acc_manual_entry(struct acc_text *text, const char *before, const char *name, const char *between,
		 const char *value, const char *about)
{
	acc_text_put(text, ".TP\n.BR ");
	acc_manual_words(text, before);
	acc_manual_words(text, name);
	if (*value) {
		acc_text_printf(text, " \"%s\" \\fI", between);
		acc_manual_words(text, value);
		acc_text_put(text, "\\fR");
	}
	acc_text_put(text, "\n");
	acc_manual_words(text, about);
	acc_text_put(text, "\n");
}

static void
options(struct acc_text *text, const struct acc_stage *stage)
{
	const char *last = "";
	acc_text_put(text, ".SH OPTIONS\n");
	for (size_t i = 0; i < acc_option_count; i++) {
		if (!acc_option_accepted(stage, &acc_options[i]))
			continue;
		const char *here = acc_option_heading(&acc_options[i]);
		if (strcmp(here, last))
			acc_text_printf(text, ".SS %s\n", here);
		last = here;
		acc_manual_entry(text, "--", acc_options[i].name, " ", acc_options[i].metavar,
				 acc_options[i].help);
	}
}

static void
ending(struct acc_text *text)
{
	acc_text_put(text, ".SH EXIT STATUS\n");
	acc_manual_words(text, acc_exits);
	acc_text_put(text,
		     ".SH ENVIRONMENT\n"
		     "Results depend on the command line and the input alone. No colours are "
		     "printed, so\n.B NO_COLOR\nis always heeded.\n"
		     ".B TERM=dumb\nand a standard error that is no terminal keep the line of "
		     "progress away.\n");
}

static void
page_of_stage(struct acc_text *text, const struct acc_stage *stage)
{
	title(text, stage->name);
	acc_text_printf(text, ".SH NAME\naccord\\-%s \\- ", stage->name);
	acc_manual_words(text, stage->summary);
	acc_text_printf(text, "\n.SH SYNOPSIS\n.B accord %s\n[options] ", stage->name);
	acc_manual_words(text, stage->operands);
	acc_text_put(text, "\n");
	examples(text, stage->examples);
	acc_text_put(text, ".SH DESCRIPTION\n");
	acc_manual_words(text, stage->about);
	acc_text_put(text, "\n");
	options(text, stage);
	ending(text);
	acc_text_put(text, ".SH SEE ALSO\n.BR accord (1),\n.BR study.ini (5)\n");
}

static void
page_of_program(struct acc_text *text)
{
	title(text, "");
	acc_text_put(text, ".SH NAME\naccord \\- agreement between coders, from CSV to figures\n"
			   ".SH SYNOPSIS\n.B accord\nSTAGE [options] [FILE...]\n");
	examples(text, acc_examples);
	acc_text_put(text, ".SH DESCRIPTION\nEach stage reads a CSV or what an earlier stage "
			   "wrote, and writes a table, a file or pictures. Standard output is for "
			   "data, standard error for talk. A file named\n.BR \\- ,\nor none, is "
			   "standard input.\n.SH STAGES\n");
	for (size_t i = 0; i < acc_stage_count; i++) {
		acc_text_printf(text, ".TP\n.BR accord\\-%s (1)\n", acc_stages[i]->name);
		acc_manual_words(text, acc_stages[i]->summary);
		acc_text_put(text, "\n");
	}
	ending(text);
	acc_text_put(text, ".SH SEE ALSO\n");
	for (size_t i = 0; i < acc_stage_count; i++)
		acc_text_printf(text, ".BR accord\\-%s (1),\n", acc_stages[i]->name);
	acc_text_put(text, ".BR study.ini (5),\n.BR gnuplot (1)\n");
}

void
acc_manual(struct acc_text *text, const struct acc_stage *stage)
{
	if (stage)
		page_of_stage(text, stage);
	else
		page_of_program(text);
}
