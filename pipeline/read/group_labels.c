#include "pipeline/read/group_labels.h"
#include "pipeline/command/status.h"

#include <stdlib.h>
#include <string.h>

static bool
complain(struct acc_command *command, const char *item, const char *what)
{
	acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
		  "--group-labels '%s': %s", acc_visible(item), what);
	return false;
}

/* Nothing, a newline or another group's label would not tell the groups apart. */
static bool
check_label(struct acc_command *command, const struct acc_vocabulary *groups, uint32_t group,
	    const char *label)
{
	if (!*label)
		return complain(command, label, "a label is empty");
	for (uint32_t g = 0; g < groups->count; g++)
		if (g != group && !strcmp(groups->label[g], label))
			return complain(command, label, "two groups have this label");
	return true;
}

/* The group whose name a NAME=LABEL begins with, the longest of them: names may hold '='. */
static uint32_t
group_of(const struct acc_vocabulary *groups, const char *item)
{
	uint32_t found = ACC_NONE;
	size_t longest = 0;
	for (uint32_t g = 0; g < groups->count; g++) {
		const char *name = acc_vocabulary_name(groups, g);
		size_t length = strlen(name);
		if (strncmp(item, name, length) || item[length] != '=' ||
		    (found != ACC_NONE && length < longest))
			continue;
		found = g;
		longest = length;
	}
	return found;
}

static bool
no_group(struct acc_command *command, const struct acc_vocabulary *groups, const char *item)
{
	char *name = strdup(item);
	if (!name) {
		acc_error_memory(command->messages);
		return false;
	}
	name[strcspn(name, "=")] = 0;
	bool pair = strchr(item, '=') != NULL;
	const char *near =
	    !pair ? NULL : acc_nearest(name, (const char *const *)groups->label, groups->count);
	acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
		  "--group-labels '%s': %s%s%s%s", acc_visible(item),
		  pair ? "there is no such group" : "not NAME=LABEL",
		  near ? ", did you mean '" : "", near ? near : "", near ? "'?" : "");
	free(name);
	return false;
}

bool
acc_group_labels(struct acc_command *command, struct acc_patterns *patterns)
{
	const char *given = command->settings.group_labels;
	struct acc_vocabulary *groups = &patterns->group;
	size_t count;
	if (!given)
		return true;
	char **item = acc_list_split(given, &count);
	bool good = item != NULL;
	if (!good)
		acc_error_memory(command->messages);
	for (size_t i = 0; good && i < count; i++) {
		uint32_t g = group_of(groups, item[i]);
		if (g == ACC_NONE) {
			good = no_group(command, groups, item[i]);
			continue;
		}
		const char *label = item[i] + strlen(acc_vocabulary_name(groups, g)) + 1;
		good = *label
			   ? acc_status_ok(command->messages, acc_vocabulary_show(groups, g, label))
			   : check_label(command, groups, g, label);
	}
	for (uint32_t g = 0; good && g < groups->count; g++)
		good = check_label(command, groups, g, groups->label[g]);
	acc_list_free(item);
	return good;
}
