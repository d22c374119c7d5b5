/* accord verify: a study is made again, and the same bytes must come out. */
#include "pipeline/command/command.h"
#include "pipeline/read/whole.h"
#include "pipeline/study/digest.h"
#include "pipeline/study/locate.h"
#include "pipeline/study/record.h"
#include "pipeline/write/child.h"
#include "pipeline/write/output.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_SECONDS = 7 * 24 * 3600 };

struct run {
	struct acc_command *command;
	const char *directory;
	struct acc_record record;
	char again[64];    /* the folder it is made in again; "" while there is none */
	uint64_t count[2]; /* inputs, outputs */
};

static bool
join(struct acc_text *path, const char *folder, const char *name)
{
	if (*name != '/')
		acc_text_printf(path, "%s/", folder);
	acc_text_put(path, name);
	return !path->failed;
}

/* Is a file of a folder as it was recorded? `what` says what it means when it is not. */
static bool
compare(struct run *run, const char *folder, const struct acc_recorded *file, const char *what)
{
	struct acc_messages *messages = run->command->messages;
	struct acc_text path = {0};
	struct acc_digest digest;
	bool good = join(&path, folder, file->path), there = false;
	if (!good)
		acc_error_memory(messages);
	else if (!(there = acc_digest_file(&digest, path.bytes)))
		acc_error(messages, ACC_EXIT_DATA, (struct acc_place){file->path, 0, 0},
			  "cannot be read: %s", strerror(errno));
	else if ((good = !strcmp(digest.hex, file->hex)) == false)
		acc_error(messages, ACC_EXIT_DATA, (struct acc_place){file->path, 0, 0},
			  "%s: SHA-256 is %.12s..., recorded %.12s...", what, digest.hex,
			  file->hex);
	acc_text_free(&path);
	return good && there;
}

static bool
compare_all(struct run *run, const char *folder, bool output, const char *what)
{
	bool good = true;
	for (size_t i = 0; i < run->record.files; i++)
		if (run->record.file[i].output == output)
			good &= compare(run, folder, &run->record.file[i], what);
	return good;
}

/* ---- making it again ---- */

static int
remove_one(const char *path, const struct stat *status, int kind, struct FTW *place)
{
	(void)status, (void)kind, (void)place;
	return remove(path);
}

static bool
begin_again(struct run *run)
{
	const char *folder = getenv("TMPDIR");
	bool plain = folder && *folder == '/' && strlen(folder) < 40 &&
		     !strpbrk(folder, " \t'\"$\\#:;%=~*?");
	snprintf(run->again, sizeof run->again, "%s/accord-verify.XXXXXX", plain ? folder : "/tmp");
	if (mkdtemp(run->again))
		return true;
	acc_error(run->command->messages, ACC_EXIT_IO, (struct acc_place){run->again, 0, 0},
		  "cannot make a folder: %s", strerror(errno));
	run->again[0] = 0;
	return false;
}

/* Scripts that were edited are inputs, which `accord plot` finds where it writes. */
static bool
copy_script(struct run *run, const char *name)
{
	struct acc_messages *messages = run->command->messages;
	struct acc_text from = {0}, to = {0}, text = {0};
	join(&from, run->directory, name);
	acc_text_printf(&to, "%s/%s", run->again, name);
	bool good = !from.failed && !to.failed && acc_whole_read(&text, from.bytes, messages);
	if (good) {
		char *slash = strrchr(to.bytes, '/');
		*slash = 0;
		good = acc_output_directory(to.bytes, messages);
		*slash = '/';
	}
	good = good && acc_output_write(to.bytes, text.bytes ? text.bytes : "", text.length, NULL,
					messages);
	acc_text_free(&from);
	acc_text_free(&to);
	acc_text_free(&text);
	return good;
}

static bool
copy_scripts(struct run *run)
{
	bool good = true;
	for (size_t i = 0; good && i < run->record.files; i++) {
		const struct acc_recorded *file = &run->record.file[i];
		size_t length = strlen(file->path);
		if (!file->output && *file->path != '/' && length > 3 &&
		    !strcmp(file->path + length - 3, ".gp"))
			good = copy_script(run, file->path);
	}
	return good;
}

/* Print what make said, indented, as the reason. */
static void
say_failure(struct run *run, const struct acc_child *child, int why)
{
	const char *said = child->said.bytes ? child->said.bytes : "";
	acc_error(run->command->messages, why ? ACC_EXIT_IO : ACC_EXIT_DATA,
		  (struct acc_place){run->directory, 0, 0}, "cannot be made again: %s",
		  why           ? strerror(why)
		  : child->late ? "it takes more than a week"
				: "make fails, saying");
	for (const char *line = said; !why && *line;) {
		char shown[200];
		size_t length = strcspn(line, "\n");
		snprintf(shown, sizeof shown, "%.*s", (int)length, line);
		acc_note(run->command->messages, (struct acc_place){0}, "%s", acc_visible(shown));
		line += length + (line[length] == '\n');
	}
}

static bool
make_again(struct run *run)
{
	struct acc_text program = {0}, out = {0};
	struct acc_child child = {0};
	acc_text_put(&program, "ACCORD=");
	acc_text_printf(&out, "OUT=%s", run->again);
	bool good =
	    acc_locate_program(&program, run->command->program) && !program.failed && !out.failed;
	const char *const argument[] = {"make",    "--silent",    "-C",  run->directory,
					out.bytes, program.bytes, "all", NULL};
	int why = good ? acc_child_run(&child, argument, -1, MOST_SECONDS) : ENOMEM;
	good = !why && !child.late && !child.status;
	if (!good)
		say_failure(run, &child, why);
	acc_text_free(&child.said);
	acc_text_free(&program);
	acc_text_free(&out);
	return good;
}

/* ---- the whole ---- */

/* Other versions need not draw the same bytes; then the reader should know. */
static void
note_versions(struct run *run)
{
	struct acc_text gnuplot = {0}, versions = {0};
	acc_record_gnuplot(&gnuplot);
	acc_record_versions(&versions, run->command->commit, gnuplot.bytes ? gnuplot.bytes : "");
	if (versions.bytes && run->record.made_by && strcmp(versions.bytes, run->record.made_by))
		acc_note(run->command->messages, (struct acc_place){0}, "made by %s; here is %s",
			 acc_visible(run->record.made_by), acc_visible(versions.bytes));
	acc_text_free(&gnuplot);
	acc_text_free(&versions);
}

static void
say_good(struct run *run)
{
	struct acc_text text = {0};
	for (size_t i = 0; i < run->record.files; i++)
		run->count[run->record.file[i].output]++;
	acc_text_printf(
	    &text, "%s: %llu inputs are as recorded; made again, all %llu outputs are the same\n",
	    run->directory, (unsigned long long)run->count[0], (unsigned long long)run->count[1]);
	if (text.failed)
		acc_error_memory(run->command->messages);
	else if (!run->command->settings.quiet)
		acc_output_write(NULL, text.bytes, text.length, NULL, run->command->messages);
	acc_text_free(&text);
}

static void
check(struct run *run)
{
	bool inputs =
	    compare_all(run, run->directory, false, "has changed since the study was made");
	bool outputs = compare_all(run, run->directory, true, "is not what was made");
	if (!inputs) {
		acc_note(run->command->messages, (struct acc_place){0},
			 "the results are of other inputs than these; `make -C %s` makes them anew",
			 acc_visible(run->directory));
		return;
	}
	note_versions(run);
	if (!begin_again(run))
		return;
	if (copy_scripts(run) && make_again(run) &&
	    compare_all(run, run->again, true, "made again, it differs") && outputs)
		say_good(run);
	nftw(run->again, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void
verify(struct acc_command *command)
{
	struct run run = {.command = command, .directory = command->files ? command->file[0] : "."};
	struct acc_text path = {0};
	if (command->files > 1)
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "accord verify takes one folder, that of a study");
	else if (!join(&path, run.directory, ACC_RECORD_NAME))
		acc_error_memory(command->messages);
	else if (acc_record_read(&run.record, path.bytes, command->messages))
		check(&run);
	acc_text_free(&path);
	acc_record_free(&run.record);
}

const struct acc_stage acc_stage_verify = {
    .name = "verify",
    .summary = "make a study again and compare, byte by byte",
    .operands = "[DIR]",
    .about =
	"Compares inputs and outputs of a study with the digests that were recorded when it was "
	"made (SHA256SUMS), makes the study again in a folder that is then removed, and compares "
	"what comes out. Names each file that differs; exit status 1 when one does. Nothing in "
	"the study's folder is changed.",
    .examples = "accord verify study\n    is it still what it was?\n",
    .groups = 0,
    .run = verify,
};
