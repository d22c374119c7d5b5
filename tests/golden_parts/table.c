#include "pipeline/read/csv.h"
#include "tests/golden_parts/golden.h"

/* ---- tables ---- */

void
fail(const char *what, const char *which)
{
	fprintf(stderr, "golden: %s: %s\n", which, what);
	exit(2);
}

void
must(enum acc_status status)
{
	if (status != ACC_OK)
		fail("out of memory or too large", "stats");
}

void
table_add(struct table *table, const char *const *field, size_t fields)
{
	if (!acc_array_reserve((void **)&table->record, &table->capacity, table->records + 1,
			       sizeof *table->record))
		must(ACC_NO_MEMORY);
	struct record *record = &table->record[table->records++];
	for (size_t i = 0; i < FIELDS; i++)
		if (!(record->field[i] = strdup(i < fields ? field[i] : "")))
			must(ACC_NO_MEMORY);
}

static bool
take_record(void *context, const struct acc_csv_record *record)
{
	struct table *table = context;
	if (table->headed)
		table_add(table, record->field, record->fields);
	table->headed = true;
	return true;
}

void
table_free(struct table *table)
{
	for (size_t i = 0; i < table->records; i++)
		for (size_t k = 0; k < FIELDS; k++)
			free(table->record[i].field[k]);
	free(table->record);
	*table = (struct table){0};
}

struct table
table_read(const char *folder, const char *name, const char *suffix)
{
	char path[1024];
	struct table table = {0};
	struct acc_messages messages = {0};
	struct acc_csv_options options = {.separator = ','};
	snprintf(path, sizeof path, "%s/%s%s", folder, name, suffix);
	if (!acc_csv_read(path, &options, take_record, &table, &messages)) {
		acc_messages_print(&messages, stderr);
		fail("cannot be read", path);
	}
	acc_messages_free(&messages);
	return table;
}
