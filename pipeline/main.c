/* accord: a command line is a stage and its options; messages go to standard error; the exit code
 * is the class of the first error. */
#include "pipeline/command/command.h"
#include "pipeline/write/output.h"
#include "stats/special.h"

#include <stdio.h>
#include <string.h>

static void
print(struct acc_text *text, struct acc_messages *messages)
{
	if (text->failed)
		acc_error_memory(messages);
	else
		acc_output_write(NULL, text->bytes, text->length, NULL, messages);
	acc_text_free(text);
}

static void
unknown_stage(const char *name, struct acc_messages *messages)
{
	const char *known[32];
	size_t count = 0;
	for (size_t i = 0; i < acc_stage_count && i < 32; i++)
		known[count++] = acc_stages[i]->name;
	const char *near = acc_nearest(name, known, count);
	acc_error(messages, ACC_EXIT_USAGE, (struct acc_place){0},
		  "no stage '%s'%s%s%s; see 'accord --help'", acc_visible(name),
		  near ? ", did you mean '" : "", near ? near : "", near ? "'?" : "");
}

static void
version(struct acc_messages *messages)
{
	struct acc_text text = {0};
	acc_text_put(&text, "accord " ACC_VERSION "\n"
			    "Licence GPL-3.0-or-later. There is no warranty.\n"
			    "Built on GSL, libcsv, utf8proc, xxHash and, for drawing, gnuplot.\n");
	print(&text, messages);
}

static void
run(int argc, char **argv, struct acc_messages *messages, bool *quiet)
{
	struct acc_command command = {.messages = messages};
	struct acc_text text = {0};
	const char *name = argc > 1 ? argv[1] : "--help";
	if (!strcmp(name, "--version"))
		version(messages);
	else if (!strcmp(name, "--manual")) {
		acc_manual(&text);
		print(&text, messages);
	} else if (!strcmp(name, "--help") || !strcmp(name, "-h") || !strcmp(name, "help")) {
		acc_help(&text, argc > 2 ? acc_stage_find(argv[2]) : NULL);
		print(&text, messages);
	} else if (!(command.stage = acc_stage_find(name)))
		unknown_stage(name, messages);
	else if (acc_command_parse(&command, argc - 1, argv + 1)) {
		*quiet = command.settings.quiet != NULL;
		if (command.settings.help) {
			acc_help(&text, command.stage);
			print(&text, messages);
		} else
			command.stage->run(&command);
	}
}

int
main(int argc, char **argv)
{
	struct acc_messages messages = {0};
	bool quiet = false;
	acc_output_begin();
	acc_special_begin();
	run(argc, argv, &messages, &quiet);
	acc_output_end(&messages);
	if (messages.errors || !quiet)
		acc_messages_print(&messages, stderr);
	enum acc_exit code = messages.code;
	acc_messages_free(&messages);
	return (int)code;
}
