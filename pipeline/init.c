/* accord init: a study begins: its folder, with settings guessed from the codings. */
#include "pipeline/read/csv.h"
#include "pipeline/read/study.h"
#include "pipeline/read/whole.h"
#include "pipeline/study/begin.h"
#include "pipeline/study/section.h"
#include "pipeline/write/output.h"

#include <string.h>
#include <sys/stat.h>

struct run {
	struct acc_command *command;
	struct acc_beginning study;
	const char *directory;
};

/* ---- looking at the codings ---- */

static bool
take_header(struct run *run, const struct acc_csv_record *record)
{
	const struct acc_settings *settings = &run->command->settings;
	struct acc_beginning *study = &run->study;
	unsigned wanted = acc_columns_wanted(settings, false);
	if (settings->wide || settings->matrix)
		wanted &= ~(1u << ACC_ROLE_THEME | 1u << ACC_ROLE_CODE);
	if (settings->wide)
		wanted &= ~(1u << ACC_ROLE_CODER);
	if (!acc_columns_find(&study->columns, record, run->command, settings->from, wanted, 0))
		return false;
	for (size_t role = 0; role < ACC_ROLES; role++) {
		size_t at = study->columns.at[role];
		study->column[role] = at < record->fields ? strdup(record->field[at]) : NULL;
		if (at < record->fields && !study->column[role]) {
			acc_error_memory(run->command->messages);
			return false;
		}
	}
	return true;
}

/* Groups in the order in which they come. */
static bool
take_record(void *context, const struct acc_csv_record *record)
{
	struct run *run = context;
	struct acc_beginning *study = &run->study;
	uint32_t number;
	if (!study->rows++ && !run->command->settings.no_header)
		return take_header(run, record);
	if (study->rows == 1)
		return true;
	const char *group = acc_columns_field(&study->columns, record, ACC_ROLE_GROUP);
	return !*group || acc_status_ok(run->command->messages,
					acc_vocabulary_add(&study->groups, group, &number));
}

/* Everything that would stop `make` is said now. */
static bool
look(struct run *run)
{
	struct acc_command *command = run->command;
	struct acc_csv_options options = {.no_header = command->settings.no_header != NULL};
	const char *separator = command->settings.separator;
	struct acc_shard shard = {0};
	if (separator)
		options.separator =
		    strcmp(separator, "tab") && strcmp(separator, "\\t") ? *separator : '\t';
	if (!acc_csv_read(command->settings.from, &options, take_record, run, command->messages))
		return false;
	if (acc_study_read_raw(command, command->settings.from, &run->study.patterns, &shard))
		return true;
	if (!run->study.column[ACC_ROLE_CODER] && !command->settings.wide &&
	    !command->settings.matrix)
		acc_note(command->messages, (struct acc_place){0},
			 "with one column per coder say --wide, with one per theme --matrix");
	return false;
}

/* ---- copying ---- */

/* The name of a file in the folder: what Make or a shell would take apart becomes '-'. */
static void
plain_name(struct acc_text *name, const char *path)
{
	const char *slash = strrchr(path, '/');
	acc_text_put(name, slash ? slash + 1 : path);
	for (char *c = name->bytes; c && *c; c++)
		if (strchr(" \t\"'`\\$#:;%=~*?[](){}<>|&!,", *c) || (c == name->bytes && *c == '-'))
			*c = '-';
}

static bool
write_new(struct run *run, const char *name, const struct acc_text *text)
{
	struct acc_text path = {0};
	acc_text_printf(&path, "%s/%s", run->directory, name);
	bool good = !path.failed && !text->failed;
	if (!good)
		acc_error_memory(run->command->messages);
	good = good && acc_output_write(path.bytes, text->bytes ? text->bytes : "", text->length,
					NULL, run->command->messages);
	acc_text_free(&path);
	return good;
}

/* Copy a file into the folder unless it is there; its name there is appended to `name`. */
static bool
copy(struct run *run, const char *from, struct acc_text *name)
{
	struct acc_messages *messages = run->command->messages;
	struct acc_text path = {0}, text = {0};
	struct stat here, there;
	plain_name(name, from);
	acc_text_printf(&path, "%s/%s", run->directory, name->bytes ? name->bytes : "");
	bool good = !name->failed && !path.failed;
	if (!good)
		acc_error_memory(messages);
	bool exists = good && !stat(path.bytes, &there);
	bool same = exists && !stat(from, &here) && here.st_dev == there.st_dev &&
		    here.st_ino == there.st_ino;
	if (exists && !same) {
		acc_error(messages, ACC_EXIT_USAGE, (struct acc_place){path.bytes, 0, 0},
			  "is there already, and '%s' would be copied over it", acc_visible(from));
		good = false;
	}
	if (good && !same)
		good = acc_whole_read(&text, from, messages) && write_new(run, name->bytes, &text);
	acc_text_free(&path);
	acc_text_free(&text);
	return good;
}

/* Files that options name are copied too, and the options then name the copies. */
static bool
copy_named(struct run *run)
{
	struct acc_settings *settings = &run->command->settings;
	bool good = true;
	for (size_t i = 0, n = 0; good && i < acc_option_count; i++) {
		const char **slot = acc_settings_slot(settings, i);
		struct stat status;
		if (!(acc_options[i].group & ACC_GROUP_STUDY) || !*slot || strchr(*slot, ',') ||
		    stat(*slot, &status) || n >= ACC_BEGIN_COPIES)
			continue;
		good = copy(run, *slot, &run->study.copied[n]);
		*slot = run->study.copied[n++].bytes;
	}
	return good;
}

/* ---- the folder ---- */

static bool
is_free(struct run *run)
{
	static const char *const name[] = {"study.ini", "Makefile", "README.md", ".gitignore"};
	for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
		struct acc_text path = {0};
		struct stat status;
		acc_text_printf(&path, "%s/%s", run->directory, name[i]);
		if (path.failed)
			acc_error_memory(run->command->messages);
		else if (!lstat(path.bytes, &status))
			acc_error(run->command->messages, ACC_EXIT_USAGE,
				  (struct acc_place){path.bytes, 0, 0},
				  "is there already; accord init begins a study, it changes none");
		acc_text_free(&path);
	}
	return !run->command->messages->errors;
}

static bool
write_files(struct run *run)
{
	static const struct {
		const char *name;
		void (*write)(struct acc_text *text, const struct acc_beginning *study,
			      struct acc_command *command);
	} files[] = {{"study.ini", acc_begin_settings},
		     {"Makefile", acc_begin_makefile},
		     {"README.md", acc_begin_readme},
		     {".gitignore", acc_begin_ignore}};
	struct acc_text groups = {0};
	bool good = true;
	if (acc_begin_groups(&groups, &run->study))
		good = write_new(run, ACC_BEGIN_GROUPS, &groups);
	acc_text_free(&groups);
	for (size_t i = 0; good && i < sizeof files / sizeof *files; i++) {
		struct acc_text text = {0};
		files[i].write(&text, &run->study, run->command);
		good = !run->command->messages->errors && write_new(run, files[i].name, &text);
		acc_text_free(&text);
	}
	return good;
}

static void
say_next(struct run *run)
{
	const char *program = run->command->program, *from = run->command->settings.from;
	bool elsewhere = strchr(program, '/') != NULL;
	acc_note(run->command->messages, (struct acc_place){0}, "%s is ready%s: make -C %s%s%s",
		 acc_visible(run->directory),
		 from ? "" : " for your codings (see its README.md), then",
		 acc_visible(run->directory), elsewhere ? " ACCORD=/path/to/" : "",
		 elsewhere ? strrchr(program, '/') + 1 : "");
}

static void
init(struct acc_command *command)
{
	struct run run = {.command = command};
	const char *from = command->settings.from;
	if (command->files != 1) {
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "accord init takes one folder, which it makes");
		return;
	}
	run.directory = command->file[0];
	bool good = is_free(&run) && (!from || look(&run)) &&
		    acc_output_directory(run.directory, command->messages) && copy_named(&run) &&
		    (!from || copy(&run, from, &run.study.ratings)) && write_files(&run);
	if (good)
		say_next(&run);
	acc_beginning_free(&run.study);
}

const struct acc_stage acc_stage_init = {
    .name = "init",
    .summary = "begin a study: a folder with settings, rules and codings",
    .operands = "DIR",
    .about =
	"Makes DIR with study.ini (the settings, guessed from the header of the codings and what "
	"is in them), a Makefile that includes accord.mk, .gitignore and README.md. The codings "
	"of --from are copied, so that the folder is all that a rerun needs. `make` then makes "
	"tables, figures and report. Options that say what the columns and labels are become "
	"lines of study.ini. A file that is there already is never changed.",
    .examples = "accord init study --from ratings.csv && make -C study\n"
		"    tables, figures and report of these codings\n"
		"accord init study --from export.csv --unit segment --coder rater --theme code\n"
		"    with the columns named\n"
		"accord init study\n    a study whose codings are still to come\n",
    .groups = ACC_GROUP_INIT | ACC_GROUP_INPUT | ACC_GROUP_STUDY,
    .run = init,
};
