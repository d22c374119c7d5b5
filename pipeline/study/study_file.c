#include "pipeline/study/study_file.h"
#include "pipeline/study/ini_lines.h"
#include "pipeline/study/section.h"
#include "pipeline/study/settle.h"
#include "stats/base.h"

#include <errno.h>
#include <ini.h>
#include <stdlib.h>
#include <string.h>

struct reading {
	struct acc_study_file *file;
	struct acc_ini_lines lines;
	bool taken; /* the last key was: pieces of its value may follow */
};

static struct acc_place
here(const struct reading *reading)
{
	return (struct acc_place){reading->file->path, reading->lines.number, 0};
}

/* ---- names that are not known ---- */

static void
unknown_section(struct reading *reading, const char *section)
{
	const char *name[64];
	size_t names = 0;
	struct acc_text list = {0};
	for (size_t i = 0; i < acc_section_count; i++) {
		acc_text_printf(&list, "%s[%s]", i ? ", " : "", acc_sections[i].name);
		name[names++] = acc_sections[i].name;
	}
	for (size_t i = 0; i < acc_stage_count && names < 64; i++)
		name[names++] = acc_stages[i]->name;
	const char *near = acc_nearest(section, name, names);
	acc_error(reading->lines.messages, ACC_EXIT_USAGE, here(reading),
		  "unknown section [%s]%s%s%s; sections are %s and the names of stages",
		  acc_visible(section), near ? ", did you mean [" : "", near ? near : "",
		  near ? "]" : "", list.bytes ? list.bytes : "");
	acc_text_free(&list);
}

/* Is there such a key in another section? */
static const char *
other_section(const char *key)
{
	for (size_t i = 0; i < acc_option_count; i++)
		if (acc_section_key(i) && !strcmp(key, acc_options[i].name))
			return acc_section_of(i);
	return NULL;
}

static void
unknown_key(struct reading *reading, const char *section, const struct acc_stage *stage,
	    const char *key)
{
	const char *name[256] = {NULL};
	size_t names = 0;
	const char *other = stage ? NULL : other_section(key);
	for (size_t i = 0; i < acc_option_count && names < 256; i++)
		if (acc_section_key(i) && (!stage || acc_option_accepted(stage, &acc_options[i])))
			name[names++] = acc_options[i].name;
	const char *near = other ? NULL : acc_nearest(key, name, names);
	const char *of = near && !stage ? other_section(near) : section;
	if (!*section)
		acc_error(reading->lines.messages, ACC_EXIT_USAGE, here(reading),
			  "the key '%s' stands above the first section, such as [input]",
			  acc_visible(key));
	else if (other)
		acc_error(reading->lines.messages, ACC_EXIT_USAGE, here(reading),
			  "the key '%s' stands in [%s] and belongs in [%s]", acc_visible(key),
			  section, other);
	else if (near)
		acc_error(reading->lines.messages, ACC_EXIT_USAGE, here(reading),
			  "unknown key '%s' in [%s], did you mean '%s' of [%s]?", acc_visible(key),
			  section, near, of);
	else
		acc_error(reading->lines.messages, ACC_EXIT_USAGE, here(reading),
			  "unknown key '%s' in [%s]; 'accord config%s%s' lists all",
			  acc_visible(key), section, stage ? " " : "", stage ? stage->name : "");
}

/* ---- values ---- */

static bool
no_memory(struct reading *reading)
{
	acc_error_memory(reading->lines.messages);
	return false;
}

/* Add a piece to the value of the last setting. */
static bool
append(struct reading *reading, const char *piece)
{
	struct acc_study_file *file = reading->file;
	struct acc_setting *setting = &file->setting[file->settings - 1];
	size_t before = setting->value ? strlen(setting->value) : 0;
	char *longer = realloc(setting->value, before + strlen(piece) + 1);
	if (!longer)
		return no_memory(reading);
	strcpy(longer + before, piece);
	for (char *c = longer + before; *c; c++)
		if (*c == ACC_INI_MASK)
			*c = ';';
	setting->value = longer;
	return true;
}

/* The same key of the same section twice. */
static void
check_twice(struct reading *reading, const struct acc_stage *stage, size_t option)
{
	const struct acc_study_file *file = reading->file;
	for (size_t i = 0; i < file->settings; i++)
		if (file->setting[i].stage == stage && file->setting[i].option == option)
			acc_error(reading->lines.messages, ACC_EXIT_USAGE, here(reading),
				  "the key '%s' again; it stands on line %llu",
				  acc_options[option].name,
				  (unsigned long long)file->setting[i].line);
}

static int
take(void *context, const char *section, const char *key, const char *value)
{
	struct reading *reading = context;
	struct acc_study_file *file = reading->file;
	const struct acc_stage *stage = acc_stage_find(section);
	bool known = stage || !*section;
	if (reading->lines.piece)
		return !reading->taken || append(reading, value);
	reading->taken = false;
	for (size_t i = 0; i < acc_section_count && !known; i++)
		known = !strcmp(section, acc_sections[i].name);
	size_t option = acc_section_option(section, stage, key);
	if (!known)
		unknown_section(reading, section);
	else if (option == acc_option_count)
		unknown_key(reading, section, stage, key);
	if (!known || option == acc_option_count)
		return 1;
	check_twice(reading, stage, option);
	if (!acc_array_reserve((void **)&file->setting, &file->capacity, file->settings + 1,
			       sizeof *file->setting))
		return no_memory(reading);
	file->setting[file->settings++] =
	    (struct acc_setting){stage, option, NULL, reading->lines.number};
	reading->taken = append(reading, value);
	return reading->taken;
}

/* ---- the whole ---- */

bool
acc_study_file_read(struct acc_study_file *file, const char *path, struct acc_messages *messages)
{
	struct reading reading = {.file = file, .lines = {.path = path, .messages = messages}};
	uint64_t before = messages->errors;
	file->path = path;
	reading.lines.file = fopen(path, "r");
	if (!reading.lines.file) {
		acc_error(messages, ACC_EXIT_IO, (struct acc_place){path, 0, 0}, "cannot open: %s",
			  strerror(errno));
		return false;
	}
	/* What inih would object to has been said and left out by then. */
	if (ini_parse_stream(acc_ini_lines_next, &reading.lines, take, &reading) &&
	    messages->errors == before)
		acc_error(messages, ACC_EXIT_USAGE, (struct acc_place){path, 0, 0},
			  "cannot be read as an INI file");
	if (ferror(reading.lines.file))
		acc_error(messages, ACC_EXIT_IO, (struct acc_place){path, 0, 0}, "cannot read: %s",
			  strerror(errno));
	fclose(reading.lines.file);
	free(reading.lines.line);
	if (messages->errors == before)
		for (size_t i = 0; i < file->settings; i++)
			acc_settle(&file->setting[i], path, messages);
	return messages->errors == before;
}

void
acc_study_file_free(struct acc_study_file *file)
{
	for (size_t i = 0; i < file->settings; i++)
		free(file->setting[i].value);
	free(file->setting);
	*file = (struct acc_study_file){0};
}

/* What is estimated is a list; a stage that draws takes the same option for the one to show, and so
 * only from its own section. */
static bool
is_for(const struct acc_setting *setting, const struct acc_stage *stage)
{
	const unsigned chosen = ACC_GROUP_COEFFICIENT | ACC_GROUP_LAYER | ACC_GROUP_MEASURE;
	if (setting->stage || !stage)
		return setting->stage == stage;
	return !(stage->groups & ACC_GROUP_FIGURE && acc_options[setting->option].group & chosen);
}

/* A switch says something about the study, such as `synthetic`: one of the same name means the
 * same. */
static bool
is_same(size_t a, size_t b)
{
	return a == b || (!*acc_options[a].metavar && !*acc_options[b].metavar &&
			  !strcmp(acc_options[a].name, acc_options[b].name));
}

const struct acc_setting *
acc_study_file_find(const struct acc_study_file *file, const struct acc_stage *stage, size_t option)
{
	const struct acc_setting *found = NULL;
	for (size_t i = 0; i < file->settings; i++) {
		const struct acc_setting *setting = &file->setting[i];
		if (is_same(setting->option, option) && is_for(setting, stage) &&
		    (!found || !found->stage))
			found = setting;
	}
	return found;
}

void
acc_study_file_apply(const struct acc_study_file *file, struct acc_command *command)
{
	for (size_t i = 0; i < acc_option_count; i++) {
		const struct acc_setting *setting = acc_study_file_find(file, command->stage, i);
		const char **slot = acc_settings_slot(&command->settings, i);
		if (setting && !*slot && acc_option_accepted(command->stage, &acc_options[i]))
			*slot = setting->value;
	}
	const unsigned other = ACC_GROUP_INIT | ACC_GROUP_RECORD; /* files mean something else */
	unsigned groups = command->stage->groups;
	if (!command->files && command->settings.ratings && groups & ACC_GROUP_INPUT &&
	    !(groups & other)) {
		command->file = &command->settings.ratings;
		command->files = 1;
	}
	command->study_file = file;
}
