/* accord: a command line is a stage and its options; messages go to standard error; the exit code
 * is the class of the first error. */
#include "pipeline/command/command.h"
#include "pipeline/command/progress.h"
#include "pipeline/study/study_file.h"
#include "pipeline/study/study_manual.h"
#include "pipeline/write/output.h"
#include "stats/special.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#ifndef ACC_COMMIT
#define ACC_COMMIT ""
#endif

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
	acc_text_put(&text, "accord " ACC_VERSION);
	acc_text_put(&text, *ACC_COMMIT ? " (" ACC_COMMIT ")\n" : "\n");
	acc_text_put(
	    &text,
	    "Licence GPL-3.0-or-later. There is no warranty.\n"
	    "Built on GSL, libcsv, inih, libmd, utf8proc, xxHash and, for drawing, gnuplot.\n");
	print(&text, messages);
}

static void
manual(const char *name, struct acc_messages *messages)
{
	struct acc_text text = {0};
	const struct acc_stage *stage = name ? acc_stage_find(name) : NULL;
	bool page = name && !strcmp(name, "study.ini");
	if (name && !stage && !page) {
		unknown_stage(name, messages);
		return;
	}
	if (page)
		acc_study_manual(&text);
	else
		acc_manual(&text, stage);
	print(&text, messages);
}

static void
completion(const char *shell, struct acc_messages *messages)
{
	struct acc_text text = {0};
	if (acc_completion(&text, shell))
		print(&text, messages);
	else
		acc_error(messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "--completion is for bash or zsh, not '%s'", acc_visible(shell));
}

/* Looked for before anything can go wrong with the command line. */
static bool
wants_json(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (!strcmp(argv[i], "--diagnostics=json") ||
		    (i + 1 < argc && !strcmp(argv[i], "--diagnostics") &&
		     !strcmp(argv[i + 1], "json")))
			return true;
	return false;
}

static bool
choose_diagnostics(struct acc_command *command)
{
	static const char *const formats[] = {"text", "json"};
	const char *given = command->settings.diagnostics;
	return !given || acc_choice(command, "diagnostics", given, formats, 2) < 2;
}

/* Time and memory are talk: they never enter a result. */
static void
run_measured(struct acc_command *command)
{
	struct rusage usage;
	bool talks = !command->settings.quiet && !command->messages->json;
	acc_progress_begin(command->stage->name, talks);
	command->stage->run(command);
	acc_progress_end();
	getrusage(RUSAGE_SELF, &usage);
	double seconds = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
			 (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
	acc_detail(command->messages, (struct acc_place){0},
		   "%s took %.2f s of processor time, %.1f MiB", command->stage->name, seconds,
		   (double)usage.ru_maxrss / 1024);
}

/* Run a stage with the command line and, behind it, study.ini. */
static void
run_stage(struct acc_command *command)
{
	struct acc_study_file file = {0};
	const char *path = command->settings.study;
	if (!path && command->stage->groups & ACC_GROUP_CONFIG && !access("study.ini", F_OK))
		path = "study.ini";
	if (!path || acc_study_file_read(&file, path, command->messages)) {
		acc_study_file_apply(&file, command);
		run_measured(command);
	}
	acc_study_file_free(&file);
}

static void
run(int argc, char **argv, struct acc_messages *messages, bool *quiet)
{
	struct acc_command command = {
	    .program = argc > 0 ? argv[0] : "accord", .commit = ACC_COMMIT, .messages = messages};
	struct acc_text text = {0};
	const char *name = argc > 1 ? argv[1] : "--help";
	if (!strcmp(name, "--version"))
		version(messages);
	else if (!strcmp(name, "--manual"))
		manual(argc > 2 ? argv[2] : NULL, messages);
	else if (!strcmp(name, "--completion"))
		completion(argc > 2 ? argv[2] : "", messages);
	else if (!strcmp(name, "--help") || !strcmp(name, "-h") || !strcmp(name, "help")) {
		acc_help(&text, argc > 2 ? acc_stage_find(argv[2]) : NULL);
		print(&text, messages);
	} else if (!(command.stage = acc_stage_find(name)))
		unknown_stage(name, messages);
	else if (acc_command_parse(&command, argc - 1, argv + 1)) {
		*quiet = command.settings.quiet != NULL;
		messages->verbose = command.settings.verbose != NULL;
		if (command.settings.help) {
			acc_help(&text, command.stage);
			print(&text, messages);
		} else if (choose_diagnostics(&command))
			run_stage(&command);
	}
}

int
main(int argc, char **argv)
{
	struct acc_messages messages = {.json = wants_json(argc, argv)};
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
