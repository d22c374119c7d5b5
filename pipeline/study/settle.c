#include "pipeline/study/settle.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool
one_of(const char *value, const char *const *word)
{
	while (*word && strcmp(value, *word))
		word++;
	return *word != NULL;
}

/* A switch: "" when it is on, NULL when it is off. */
static void
settle_switch(struct acc_setting *setting, const char *path, struct acc_messages *messages)
{
	static const char *const yes[] = {"yes", "true", "on", "1", NULL}, *const no[] = {
									       "no", "false", "off",
									       "0", NULL};
	if (one_of(setting->value, yes)) {
		setting->value[0] = 0;
		return;
	}
	if (!one_of(setting->value, no))
		acc_error(messages, ACC_EXIT_USAGE, (struct acc_place){path, setting->line, 0},
			  "'%s' is yes or no, not '%s'", acc_options[setting->option].name,
			  acc_visible(setting->value));
	free(setting->value);
	setting->value = NULL;
}

/* Quotes around a value that is no list. */
static void
unquote(char *value)
{
	size_t length = strlen(value);
	if (length < 2 || value[0] != '"' || value[length - 1] != '"')
		return;
	char *to = value;
	for (size_t i = 1; i + 1 < length; i++) {
		i += value[i] == '"' && value[i + 1] == '"' && i + 2 < length;
		*to++ = value[i];
	}
	*to = 0;
}

/* Blanks around the commas of a list, which options do not take. */
static void
tighten(char *list)
{
	bool quoted = false;
	char *to = list;
	for (const char *c = list; *c; c++) {
		quoted ^= *c == '"';
		if (!quoted && *c == ',')
			while (to > list && to[-1] == ' ')
				to--;
		*to++ = *c;
		if (!quoted && *c == ',')
			c += strspn(c + 1, " ");
	}
	*to = 0;
}

/* Put the folder of study.ini before the name of a file. */
static bool
settle_file(struct acc_setting *setting, const char *study)
{
	const char *metavar = acc_options[setting->option].metavar;
	const char *slash = strrchr(study, '/');
	if (!slash || !*setting->value || *setting->value == '/')
		return true;
	struct acc_text path = {0};
	acc_text_bytes(&path, study, (size_t)(slash + 1 - study));
	acc_text_put(&path, setting->value);
	bool is_file = !path.failed && (!strcmp(metavar, "FILE") || (!strchr(setting->value, ',') &&
								     !access(path.bytes, F_OK)));
	if (is_file) {
		free(setting->value);
		setting->value = path.bytes;
		path = (struct acc_text){0};
	}
	bool good = !path.failed;
	acc_text_free(&path);
	return good;
}

void
acc_settle(struct acc_setting *setting, const char *path, struct acc_messages *messages)
{
	const char *metavar = acc_options[setting->option].metavar;
	if (!*metavar)
		settle_switch(setting, path, messages);
	else if (strstr(metavar, "LIST"))
		tighten(setting->value);
	else
		unquote(setting->value);
	if (strstr(metavar, "FILE") && !settle_file(setting, path))
		acc_error_memory(messages);
}
