#include "pipeline/command/command.h"
#include "pipeline/read/nfc.h"
#include "stats/base.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

const struct acc_option acc_options[] = {
#define ACC_OPTION(field, name, metavar, group, help) {name, metavar, help, ACC_GROUP_##group},
#include "pipeline/options.def"
#undef ACC_OPTION
};
const size_t acc_option_count = sizeof acc_options / sizeof *acc_options;

enum { OPTIONS = sizeof acc_options / sizeof *acc_options, FIRST_CODE = 256 };

#define ACC_STAGE(name) extern const struct acc_stage acc_stage_##name;
#include "pipeline/stages.def"
#undef ACC_STAGE

const struct acc_stage *const acc_stages[] = {
#define ACC_STAGE(name) &acc_stage_##name,
#include "pipeline/stages.def"
#undef ACC_STAGE
};
const size_t acc_stage_count = sizeof acc_stages / sizeof *acc_stages;

const struct acc_stage *
acc_stage_find(const char *name)
{
	for (size_t i = 0; i < acc_stage_count; i++)
		if (!strcmp(name, acc_stages[i]->name))
			return acc_stages[i];
	return NULL;
}

const char **
acc_settings_slot(struct acc_settings *settings, size_t i)
{
	const char **each[] = {
#define ACC_OPTION(field, name, metavar, group, help) &settings->field,
#include "pipeline/options.def"
#undef ACC_OPTION
	};
	return each[i];
}

bool
acc_option_accepted(const struct acc_stage *stage, const struct acc_option *option)
{
	return stage->groups & option->group || option->group == ACC_GROUP_GENERAL;
}

/* The names of the options a stage accepts, for suggestions. */
static size_t
names(const struct acc_stage *stage, const char *name[OPTIONS])
{
	size_t count = 0;
	for (size_t i = 0; i < OPTIONS; i++)
		if (acc_option_accepted(stage, &acc_options[i]))
			name[count++] = acc_options[i].name;
	return count;
}

static void
unknown(struct acc_command *command, const char *argument)
{
	const char *name[OPTIONS];
	size_t count = names(command->stage, name);
	char given[64] = "";
	for (argument += strspn(argument, "-");
	     *argument && *argument != '=' && strlen(given) + 1 < sizeof given; argument++)
		strncat(given, argument, 1);
	const char *near = acc_nearest(given, name, count);
	acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
		  "unknown option '--%s'%s%s%s; see 'accord %s --help'", acc_visible(given),
		  near ? ", did you mean '--" : "", near ? near : "", near ? "'?" : "",
		  command->stage->name);
}

static void
lacks_value(struct acc_command *command, const char *argument)
{
	acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
		  "option '%s' needs a value, or has one too many; see 'accord %s --help'",
		  acc_visible(argument), command->stage->name);
}

static size_t
long_options(const struct acc_stage *stage, struct option *option)
{
	size_t count = 0;
	for (size_t i = 0; i < OPTIONS; i++)
		if (acc_option_accepted(stage, &acc_options[i]))
			option[count++] = (struct option){
			    acc_options[i].name,
			    *acc_options[i].metavar ? required_argument : no_argument, NULL,
			    (int)(FIRST_CODE + i)};
	return count;
}

bool
acc_command_parse(struct acc_command *command, int argc, char **argv)
{
	struct option option[OPTIONS + 1] = {0};
	long_options(command->stage, option);
	opterr = 0;
	optind = 0;
	for (;;) {
		int at = optind ? optind : 1;
		int code = getopt_long(argc, argv, ":hqo:f:", option, NULL);
		if (code == -1)
			break;
		const char *argument = argv[optind > at ? optind - 1 : at];
		if (code == 'h')
			command->settings.help = "";
		else if (code == 'q')
			command->settings.quiet = "";
		else if (code == 'o' && command->stage->groups & ACC_GROUP_FIGURE)
			command->settings.directory = optarg;
		else if (code == 'o' && command->stage->groups & ACC_GROUP_PARTS)
			command->settings.prefix = optarg;
		else if (code == 'o')
			command->settings.output = optarg;
		else if (code == 'f' && command->stage->groups & ACC_GROUP_FIGURE)
			command->settings.figure_format = optarg;
		else if (code == 'f' && command->stage->groups & ACC_GROUP_REPORT)
			command->settings.report_format = optarg;
		else if (code == 'f')
			command->settings.format = optarg;
		else if (code == ':')
			lacks_value(command, argument);
		else if (code == '?' && optopt >= FIRST_CODE)
			lacks_value(command, argument);
		else if (code == '?')
			unknown(command, argument);
		else
			*acc_settings_slot(&command->settings, (size_t)(code - FIRST_CODE)) =
			    optarg ? optarg : "";
	}
	command->file = (const char *const *)argv + optind;
	command->files = (size_t)(argc - optind);
	command->given = command->settings;
	return command->messages->errors == 0;
}

void
acc_list_free(char **item)
{
	for (size_t i = 0; item && item[i]; i++)
		free(item[i]);
	free(item);
}

/* Bring a label into the form that labels of files have. False: no memory. */
static bool
compose(char **item)
{
	size_t length = strlen(*item);
	char *made;
	if (acc_nfc_plain(*item, length))
		return true;
	if (!(made = acc_nfc(*item, length)))
		return false;
	free(*item);
	*item = made;
	return true;
}

/* Read one item from *list into `item`, unquoting. Steps past a comma and says whether there was
 * one. */
static bool
take_item(const char **list, char *item)
{
	bool quoted = false;
	for (; **list && (quoted || **list != ','); ++*list) {
		if (**list == '"' && quoted && (*list)[1] == '"')
			*item++ = *++*list;
		else if (**list == '"')
			quoted = !quoted;
		else if (**list == '\\' && (*list)[1] == ',')
			*item++ = *++*list;
		else
			*item++ = **list;
	}
	*item = 0;
	bool more = **list == ',';
	*list += more;
	return more;
}

char **
acc_list_split(const char *list, size_t *count)
{
	char **item = NULL;
	size_t items = 0, capacity = 0;
	for (bool more = *list != 0; more;) {
		if (!acc_array_reserve((void **)&item, &capacity, items + 2, sizeof *item))
			goto fail;
		item[items] = malloc(strlen(list) + 1);
		item[items + 1] = NULL;
		if (!item[items])
			goto fail;
		more = take_item(&list, item[items]);
		if (!compose(&item[items++]))
			goto fail;
	}
	*count = items;
	return item ? item : calloc(1, sizeof *item);
fail:
	acc_list_free(item);
	return NULL;
}

size_t
acc_choice(struct acc_command *command, const char *option, const char *value,
	   const char *const *words, size_t count)
{
	struct acc_text list = {0};
	for (size_t i = 0; i < count; i++) {
		if (!strcmp(value, words[i])) {
			acc_text_free(&list);
			return i;
		}
		acc_text_put(&list, i ? ", " : "");
		acc_text_put(&list, words[i]);
	}
	const char *near = acc_nearest(value, words, count);
	acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
		  "--%s '%s' is not one of %s%s%s%s", option, acc_visible(value),
		  list.bytes ? list.bytes : "", near ? "; did you mean '" : "", near ? near : "",
		  near ? "'?" : "");
	acc_text_free(&list);
	return count;
}

unsigned
acc_list_bits(struct acc_command *command, const char *option, const char *value,
	      const char *const *words, size_t count)
{
	size_t items;
	unsigned bits = 0;
	char **item = acc_list_split(value, &items);
	if (!item) {
		acc_error_memory(command->messages);
		return 0;
	}
	for (size_t i = 0; i < items; i++) {
		size_t at = acc_choice(command, option, item[i], words, count);
		if (at == count) {
			bits = 0;
			break;
		}
		bits |= 1u << at;
	}
	acc_list_free(item);
	return bits;
}
