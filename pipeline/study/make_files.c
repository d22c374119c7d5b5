#include "pipeline/study/make_files.h"
#include "pipeline/study/digest.h"
#include "pipeline/study/locate.h"
#include "pipeline/write/output.h"

#include <string.h>
#include <unistd.h>

struct writing {
	struct acc_command *command;
	const struct acc_study_file *file;
	const char *directory;
	char program[80]; /* tells one program from another */
};

/* ---- files ---- */

bool
acc_setting_is_file(const struct acc_setting *setting)
{
	const char *metavar = acc_options[setting->option].metavar;
	if (!setting->value || !*setting->value || !strstr(metavar, "FILE"))
		return false;
	return !strcmp(metavar, "FILE") ||
	       (!strchr(setting->value, ',') && !access(setting->value, F_OK));
}

static bool
is_ratings(const struct acc_setting *setting)
{
	return !strcmp(acc_options[setting->option].name, "ratings");
}

/* Make has no way to quote most of these, and a recipe hands the name to a shell. */
static void
check_name(const struct writing *writing, const struct acc_setting *setting)
{
	const char *odd = strpbrk(setting->value, " \t\"'`\\$#:;%=~*?[](){}<>|&!");
	if (odd || *setting->value == '-')
		acc_error(
		    writing->command->messages, ACC_EXIT_USAGE,
		    (struct acc_place){writing->file->path, setting->line, 0},
		    "Make cannot work with a file whose name has '%.1s' in it: '%s'; rename it",
		    odd ? odd : "-", acc_visible(setting->value));
}

static bool
put(const struct writing *writing, const char *name, struct acc_text *text)
{
	struct acc_text path = {0};
	struct acc_messages *messages = writing->command->messages;
	acc_text_printf(&path, "%s/%s", writing->directory, name);
	bool good = !path.failed && !text->failed;
	if (!good)
		acc_error_memory(messages);
	good = good && acc_output_write(path.bytes, text->bytes, text->length, NULL, messages);
	acc_text_free(&path);
	acc_text_free(text);
	return good;
}

/* ---- settings of a stage ---- */

/* Threads change no result, and patterns keep the names of groups that the data have. What says how
 * ratings are read is kept in input.settings: most stages read what tabulate made of them. */
static bool
is_used(const struct acc_stage *stage, size_t option)
{
	unsigned group = acc_options[option].group;
	if (!stage)
		return group & ACC_GROUP_INPUT;
	if (!strcmp(acc_options[option].name, "group-labels") &&
	    !(stage->groups & (ACC_GROUP_RESULTS | ACC_GROUP_FIGURE)))
		return false;
	return acc_option_accepted(stage, &acc_options[option]) &&
	       !(group & (ACC_GROUP_INPUT | ACC_GROUP_THREADS));
}

static bool
write_stamp(const struct writing *writing, const struct acc_stage *stage)
{
	struct acc_text text = {0}, name = {0};
	acc_text_printf(&text, "%s\n", writing->program);
	for (size_t i = 0; i < acc_option_count; i++) {
		const struct acc_setting *setting = acc_study_file_find(writing->file, stage, i);
		if (setting && setting->value && is_used(stage, i))
			acc_text_printf(&text, "%s = %s\n", acc_options[i].name,
					*acc_options[i].metavar ? setting->value : "yes");
	}
	acc_text_printf(&name, "%s.settings", stage ? stage->name : "input");
	bool good = put(writing, name.bytes ? name.bytes : "", &text);
	acc_text_free(&name);
	return good;
}

/* ---- settings.mk ---- */

static void
put_files(const struct writing *writing, struct acc_text *text, const struct acc_stage *stage)
{
	for (size_t i = 0; i < acc_option_count; i++) {
		const struct acc_setting *setting = acc_study_file_find(writing->file, stage, i);
		if (setting && acc_setting_is_file(setting) && is_used(stage, i))
			acc_text_printf(text, " %s", setting->value);
	}
	acc_text_put(text, "\n");
}

/* Is a window asked for that patterns, which know no units, cannot have? */
static bool
needs_units(const struct writing *writing, const struct acc_stage *stage)
{
	bool needs = false;
	for (size_t i = 0; i < acc_option_count; i++) {
		const struct acc_setting *setting = acc_study_file_find(writing->file, stage, i);
		if (setting && setting->value && is_used(stage, i) &&
		    !strcmp(acc_options[i].name, "window"))
			needs = strstr(setting->value, "near") || strstr(setting->value, "overlap");
	}
	return needs;
}

static bool
write_variables(const struct writing *writing)
{
	const struct acc_study_file *file = writing->file;
	struct acc_text text = {0};
	acc_text_printf(
	    &text,
	    "# Made by accord config --make from %s; see accord.mk.\nACCORD_STAGES :=", file->path);
	for (size_t i = 0; i < acc_stage_count; i++)
		acc_text_printf(&text, " %s", acc_stages[i]->name);
	acc_text_put(&text, "\nACCORD_OF_RATINGS :=");
	for (size_t i = 0; i < acc_stage_count; i++)
		if (needs_units(writing, acc_stages[i]))
			acc_text_printf(&text, " %s", acc_stages[i]->name);
	acc_text_put(&text, "\nACCORD_RATINGS :=");
	put_files(writing, &text, NULL);
	acc_text_put(&text, "ACCORD_FILES :=");
	for (size_t i = 0; i < file->settings; i++)
		if (acc_setting_is_file(&file->setting[i]))
			acc_text_printf(&text, " %s", file->setting[i].value);
	acc_text_put(&text, "\n");
	for (size_t i = 0; i < acc_stage_count; i++) {
		acc_text_printf(&text, "ACCORD_FILES_%s :=", acc_stages[i]->name);
		put_files(writing, &text, acc_stages[i]);
	}
	return put(writing, "settings.mk", &text);
}

static void
identify(struct writing *writing)
{
	struct acc_text path = {0};
	struct acc_digest digest;
	bool good = acc_locate_program(&path, writing->command->program) &&
		    acc_digest_file(&digest, path.bytes);
	snprintf(writing->program, sizeof writing->program, "; accord %s",
		 good ? digest.hex : ACC_VERSION);
	acc_text_free(&path);
}

bool
acc_make_files_write(struct acc_command *command, const char *directory)
{
	struct writing writing = {command, command->study_file, directory, ""};
	const struct acc_study_file *file = writing.file;
	bool ratings = false;
	for (size_t i = 0; i < file->settings; i++) {
		ratings = ratings || is_ratings(&file->setting[i]);
		if (acc_setting_is_file(&file->setting[i]))
			check_name(&writing, &file->setting[i]);
	}
	if (!ratings)
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){file->path, 0, 0},
			  "which file are the ratings? Say 'ratings = FILE' in [input]");
	if (command->messages->errors || !acc_output_directory(directory, command->messages))
		return false;
	identify(&writing);
	bool good = write_stamp(&writing, NULL);
	for (size_t i = 0; good && i < acc_stage_count; i++)
		good = write_stamp(&writing, acc_stages[i]);
	return good && write_variables(&writing);
}
