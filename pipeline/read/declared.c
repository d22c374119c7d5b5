#include "pipeline/read/declared.h"
#include "pipeline/command/status.h"
#include "pipeline/read/csv.h"

#include <string.h>
#include <strings.h>

struct declaration {
	struct acc_vocabulary *vocabulary;
	struct acc_messages *messages;
	size_t column;
	bool header;
};

static bool
declare(struct acc_vocabulary *vocabulary, const char *label, struct acc_messages *messages)
{
	if (*label && acc_vocabulary_find(vocabulary, label) == ACC_NONE)
		return acc_status_ok(messages, acc_vocabulary_declare(vocabulary, label));
	return true;
}

/* A file of labels is a CSV: its first column, or the one named code, category, theme or label; one
 * column without such a name has no header. */
static bool
take_declared(void *context, const struct acc_csv_record *record)
{
	static const char *const known[] = {"code", "category", "theme", "label", "group"};
	struct declaration *declaration = context;
	if (!declaration->header) {
		declaration->header = true;
		for (size_t i = 0; i < record->fields; i++)
			for (size_t k = 0; k < sizeof known / sizeof *known; k++)
				if (!strcasecmp(record->field[i], known[k])) {
					declaration->column = i;
					return true;
				}
	}
	return declare(declaration->vocabulary, record->field[declaration->column],
		       declaration->messages);
}

static bool
is_file(const char *path)
{
	FILE *file = fopen(path, "r");
	if (file)
		fclose(file);
	return file != NULL;
}

bool
acc_declare_all(struct acc_vocabulary *vocabulary, const char *given, struct acc_messages *messages)
{
	if (!given)
		return true;
	if (!strchr(given, ',') && is_file(given)) {
		struct declaration declaration = {vocabulary, messages, 0, false};
		struct acc_csv_options options = {.no_header = true, .comments = true};
		return acc_csv_read(given, &options, take_declared, &declaration, messages);
	}
	size_t count;
	bool good = true;
	char **item = acc_list_split(given, &count);
	for (size_t i = 0; good && item && i < count; i++)
		good = declare(vocabulary, item[i], messages);
	if (!item)
		acc_error_memory(messages);
	acc_list_free(item);
	return good && item;
}

bool
acc_declare_options(struct acc_command *command, struct acc_vocabulary *codes,
		    struct acc_vocabulary *themes, struct acc_vocabulary *groups)
{
	const struct acc_settings *settings = &command->settings;
	return acc_declare_all(codes, settings->categories, command->messages) &&
	       acc_declare_all(themes, settings->themes, command->messages) &&
	       acc_declare_all(groups, settings->groups, command->messages);
}
