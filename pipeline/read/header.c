#include "pipeline/read/header.h"
#include "stats/base.h"

#include <stdlib.h>
#include <string.h>

void
acc_header_free(struct acc_header *header)
{
	acc_list_free(header->name);
	free(header->length);
	free(header->place);
	*header = (struct acc_header){0};
}

/* "1", "2", "3", ... */
static char **
numbers(size_t count)
{
	char **name = acc_array(count + 1, sizeof *name);
	for (size_t i = 0; name && i < count; i++) {
		name[i] = malloc(24);
		if (!name[i]) {
			acc_list_free(name);
			return NULL;
		}
		snprintf(name[i], 24, "%zu", i + 1);
	}
	return name;
}

/* Every column has a name of its own; a column without one is passed over. */
static bool
check(struct acc_command *command, const char *file, char *const *name, size_t count,
      const struct acc_csv_record *first)
{
	struct acc_place place = {file, first ? first->line : 0, 0};
	if (first && count != first->fields)
		acc_error(command->messages, ACC_EXIT_DATA, place,
			  "--columns names %zu columns, this line has %zu", count, first->fields);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < i; k++)
			if (*name[i] && !strcmp(name[i], name[k]))
				acc_error(command->messages, ACC_EXIT_USAGE, place,
					  "--columns names '%s' twice", acc_visible(name[i]));
	return !command->messages->errors;
}

static bool
fill(struct acc_header *header, size_t count)
{
	header->length = acc_array(count, sizeof *header->length);
	header->place = acc_array(count, sizeof *header->place);
	for (size_t i = 0; header->length && header->place && i < count; i++) {
		header->length[i] = strlen(header->name[i]);
		header->place[i] = 1;
	}
	header->record = (struct acc_csv_record){.field = (const char *const *)header->name,
						 .length = header->length,
						 .fields = count,
						 .line = 1,
						 .column = header->place,
						 .line_of = header->place};
	return header->length && header->place;
}

bool
acc_header_make(struct acc_header *header, struct acc_command *command, const char *file,
		const struct acc_csv_record *first)
{
	const char *given = command->settings.columns;
	size_t count = first ? first->fields : 0;
	*header = (struct acc_header){0};
	header->name = given ? acc_list_split(given, &count) : numbers(count);
	if (header->name && !check(command, file, header->name, count, first))
		return false;
	if (!header->name || !fill(header, count)) {
		acc_error_memory(command->messages);
		return false;
	}
	return true;
}
