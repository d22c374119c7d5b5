/* accord config: the settings of a study that are in force, and where each comes from. */
#include "pipeline/study/make_files.h"
#include "pipeline/study/section.h"
#include "pipeline/write/sheet.h"

#include <string.h>

#define FIELDS(FIELD)                                                                              \
	FIELD(section, TEXT, true)                                                                 \
	FIELD(key, TEXT, true)                                                                     \
	FIELD(value, TEXT, true)                                                                   \
	FIELD(origin, TEXT, true)                                                                  \
	FIELD(about, TEXT, false)

ACC_FIELDS(FIELDS)

/* What the help text of an option says of its default; the option is a switch, or nothing is said:
 * empty. */
static void
put_default(struct acc_text *text, const struct acc_option *option)
{
	const char *said = strstr(option->help, "default: ");
	if (!*option->metavar)
		acc_text_put(text, "no");
	else if (said) {
		said += strlen("default: ");
		acc_text_bytes(text, said, strcspn(said, ";)"));
	}
}

static void
put_row(struct acc_sheet *sheet, const struct acc_study_file *file, const char *section,
	size_t option, const struct acc_setting *setting)
{
	const struct acc_option *about = &acc_options[option];
	struct acc_text value = {0}, origin = {0};
	if (!setting)
		put_default(&value, about);
	else if (!*about->metavar)
		acc_text_put(&value, setting->value ? "yes" : "no");
	else
		acc_text_put(&value, setting->value);
	if (setting)
		acc_text_printf(&origin, "%s:%llu", file->path, (unsigned long long)setting->line);
	else
		acc_text_put(&origin, "default");
	acc_sheet_text(sheet, F_section, section);
	acc_sheet_text(sheet, F_key, about->name);
	acc_sheet_text(sheet, F_value, value.bytes ? value.bytes : "");
	acc_sheet_text(sheet, F_origin, origin.bytes ? origin.bytes : "");
	acc_sheet_text(sheet, F_about, about->help);
	acc_sheet_row(sheet);
	sheet->failed = sheet->failed || value.failed || origin.failed;
	acc_text_free(&value);
	acc_text_free(&origin);
}

static void
put_section(struct acc_sheet *sheet, const struct acc_study_file *file, const char *section,
	    const struct acc_stage *stage)
{
	for (size_t i = 0; i < acc_option_count; i++) {
		bool wanted = acc_section_key(i) && !strcmp(section, acc_section_of(i)) &&
			      (!stage || acc_option_accepted(stage, &acc_options[i]));
		const struct acc_setting *setting = acc_study_file_find(file, stage, i);
		if (wanted)
			put_row(sheet, file,
				setting && setting->stage ? setting->stage->name : section, i,
				setting);
	}
}

static void
print(struct acc_command *command, const struct acc_stage *stage)
{
	const struct acc_study_file *file = command->study_file;
	struct acc_sheet sheet;
	acc_sheet_begin(&sheet, fields, sizeof fields / sizeof *fields);
	for (size_t s = 0; s < acc_section_count; s++)
		put_section(&sheet, file, acc_sections[s].name, stage);
	for (size_t s = 0; s < acc_stage_count; s++)
		if (!stage || stage == acc_stages[s])
			put_section(&sheet, file, acc_stages[s]->name, acc_stages[s]);
	for (size_t i = 0; !stage && i < file->settings; i++)
		if (file->setting[i].stage &&
		    strcmp(file->setting[i].stage->name, acc_section_of(file->setting[i].option)))
			put_row(&sheet, file, file->setting[i].stage->name, file->setting[i].option,
				&file->setting[i]);
	command->files = 0;
	acc_sheet_write(&sheet, command);
	acc_sheet_free(&sheet);
}

static void
config(struct acc_command *command)
{
	const struct acc_stage *stage = command->files ? acc_stage_find(command->file[0]) : NULL;
	bool known = command->study_file->path != NULL;
	if (command->files > 1)
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "accord config takes one stage, or none");
	else if (command->files && !stage)
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "no stage '%s'; see 'accord --help'", acc_visible(command->file[0]));
	else if (command->settings.make && !known)
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "--make needs the settings of a study: --study study.ini");
	if (command->messages->errors)
		return;
	if (command->settings.make)
		acc_make_files_write(command, command->settings.make);
	else
		print(command, stage);
}

const struct acc_stage acc_stage_config = {
    .name = "config",
    .summary = "the settings in force, and where each comes from",
    .operands = "[STAGE]",
    .about =
	"Lists every key of study.ini with its section, value and origin: FILE:LINE, or default. "
	"With STAGE only what that stage uses. Without --study the file is study.ini, if there "
	"is one here. Every key is also an option of the stages that use it, and there the "
	"command line wins; a section with the name of a stage holds what is for it alone.",
    .examples = "accord config agree\n    what accord agree --study study.ini goes by\n"
		"accord config --format csv\n    every key, with what it means\n",
    .groups = ACC_GROUP_CONFIG | ACC_GROUP_RESULTS | ACC_GROUP_OUTPUT,
    .run = config,
};
