/* accord list: what is registered. */
#include "pipeline/catalogue.h"
#include "pipeline/write/sheet.h"

static const struct acc_field fields[] = {
    {"key", ACC_FIELD_TEXT, true},    {"alias", ACC_FIELD_TEXT, true},
    {"name", ACC_FIELD_TEXT, true},   {"about", ACC_FIELD_TEXT, true},
    {"source", ACC_FIELD_TEXT, true},
};

static void
put(struct acc_sheet *sheet, const struct acc_entry *entry)
{
	const char *const cell[] = {entry->key, entry->alias, entry->name, entry->about,
				    entry->source};
	for (size_t i = 0; i < sizeof cell / sizeof *cell; i++)
		acc_sheet_text(sheet, i, cell[i] ? cell[i] : "");
	acc_sheet_row(sheet);
}

/* The catalogue of the one operand, or NULL with a message. */
static const struct acc_catalogue *
choose(struct acc_command *command)
{
	const char *name[16] = {0};
	for (size_t i = 0; i < acc_catalogue_count; i++)
		name[i] = acc_catalogues[i].name;
	if (command->files != 1) {
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "accord list takes one of %s", command->stage->operands);
		return NULL;
	}
	size_t which = acc_choice(command, "list", command->file[0], name, acc_catalogue_count);
	return which < acc_catalogue_count ? &acc_catalogues[which] : NULL;
}

static void
list(struct acc_command *command)
{
	struct acc_sheet sheet;
	const struct acc_catalogue *catalogue = choose(command);
	if (!catalogue)
		return;
	command->files = 0;
	acc_sheet_begin(&sheet, fields, sizeof fields / sizeof *fields);
	for (size_t i = 0; i < *catalogue->count; i++) {
		struct acc_entry entry = catalogue->entry(i);
		put(&sheet, &entry);
	}
	acc_sheet_write(&sheet, command);
	acc_sheet_free(&sheet);
}

const struct acc_stage acc_stage_list = {
    .name = "list",
    .summary = "what there is: coefficients, weights, distances, measures, figures, stages, "
	       "intervals, tests, journals",
    .operands = "coefficients|weights|distances|measures|figures|stages|intervals|tests|journals",
    .about = "Lists what is registered, with formula and source.",
    .examples = "accord list coefficients\n    keys for --coefficient, formulas, sources\n",
    .groups = ACC_GROUP_RESULTS | ACC_GROUP_OUTPUT,
    .run = list,
};
