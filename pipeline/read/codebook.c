#include "pipeline/read/codebook.h"
#include "pipeline/command/status.h"
#include "pipeline/read/csv.h"

#include <stdlib.h>
#include <string.h>

/* The tree while it is read. Nodes are the codes of the study, then what else is named. */
struct tree {
	struct acc_messages *messages;
	const char *file;
	struct acc_vocabulary node;
	uint32_t *parent; /* owned, [node.count]; ACC_NONE: the top */
	bool *listed;     /* owned, [node.count]: has a row */
	size_t parent_capacity, listed_capacity;
	size_t code_column, parent_column;
	bool header;
};

/* The number of a label, which is added when it is new. ACC_NONE: no memory. */
static uint32_t
node_of(struct tree *tree, const char *label)
{
	uint32_t number, before = tree->node.count;
	if (!acc_status_ok(tree->messages, acc_vocabulary_add(&tree->node, label, &number)))
		return ACC_NONE;
	size_t nodes = tree->node.count;
	if (!acc_array_reserve((void **)&tree->parent, &tree->parent_capacity, nodes,
			       sizeof *tree->parent) ||
	    !acc_array_reserve((void **)&tree->listed, &tree->listed_capacity, nodes,
			       sizeof *tree->listed)) {
		acc_error_memory(tree->messages);
		return ACC_NONE;
	}
	if (nodes > before) {
		tree->parent[number] = ACC_NONE;
		tree->listed[number] = false;
	}
	return number;
}

static size_t
column_of(const struct acc_csv_record *record, const char *const *name, size_t names)
{
	for (size_t k = 0; k < names; k++)
		for (size_t i = 0; i < record->fields; i++)
			if (!strcmp(record->field[i], name[k]))
				return i;
	return record->fields;
}

static bool
take_header(struct tree *tree, const struct acc_csv_record *record)
{
	static const char *const codes[] = {"code", "category", "label"}, *const above[] = {
									      "parent"};
	tree->header = true;
	tree->code_column = column_of(record, codes, 3);
	tree->parent_column = column_of(record, above, 1);
	bool good = tree->code_column < record->fields && tree->parent_column < record->fields;
	if (!good)
		acc_error(tree->messages, ACC_EXIT_DATA,
			  (struct acc_place){tree->file, record->line, 1},
			  "'tree' weights need a codebook with the columns code and parent");
	return good;
}

static bool
take_row(void *context, const struct acc_csv_record *record)
{
	struct tree *tree = context;
	if (!tree->header)
		return take_header(tree, record);
	const char *label = record->field[tree->code_column];
	const char *above = record->field[tree->parent_column];
	if (!*label)
		return true;
	uint32_t node = node_of(tree, label), parent = *above ? node_of(tree, above) : ACC_NONE;
	if (node == ACC_NONE || (*above && parent == ACC_NONE))
		return false;
	if (tree->listed[node] && tree->parent[node] != parent)
		acc_error(tree->messages, ACC_EXIT_DATA,
			  acc_csv_place(record, tree->file, tree->parent_column),
			  "the code '%s' has two parents", acc_visible(label));
	tree->listed[node] = true;
	tree->parent[node] = parent;
	return true;
}

/* Every code has a row, and nobody is above themselves. */
static void
check(struct tree *tree, uint32_t codes)
{
	struct acc_place place = {tree->file, 0, 0};
	for (uint32_t k = 0; k < codes; k++)
		if (!tree->listed[k])
			acc_error(tree->messages, ACC_EXIT_DATA, place,
				  "the code '%s' is not in the codebook",
				  acc_visible(tree->node.label[k]));
	for (uint32_t k = 0; k < tree->node.count; k++) {
		uint32_t steps = 0, at = k;
		while (at != ACC_NONE && steps++ <= tree->node.count)
			at = tree->parent[at];
		if (at == ACC_NONE)
			continue;
		acc_error(tree->messages, ACC_EXIT_DATA, place,
			  "the parents of the code '%s' go round in a circle",
			  acc_visible(tree->node.label[k]));
		return;
	}
}

static bool
is_file(const char *path)
{
	FILE *file = path ? fopen(path, "r") : NULL;
	if (file)
		fclose(file);
	return file != NULL;
}

static bool
can_read(const struct acc_patterns *patterns, struct acc_command *command)
{
	const char *file = command->settings.categories;
	if (patterns->design == ACC_THEMES)
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "a theme is there or not: 'tree' weights make no sense for the themes "
			  "design");
	else if (!is_file(file))
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "'tree' weights need the codebook: --categories FILE, a CSV with the "
			  "columns code and parent");
	return !command->messages->errors;
}

bool
acc_codebook_tree(struct acc_weights *weights, const struct acc_patterns *patterns,
		  struct acc_command *command)
{
	const struct acc_vocabulary *codes = &patterns->code;
	struct tree tree = {.messages = command->messages, .file = command->settings.categories};
	struct acc_csv_options options = {.no_header = true, .comments = true};
	if (!can_read(patterns, command))
		return false;
	bool good = true;
	for (uint32_t k = 0; good && k < codes->count; k++)
		good = node_of(&tree, codes->label[k]) == k;
	good = good && acc_csv_read(tree.file, &options, take_row, &tree, command->messages);
	if (good)
		check(&tree, codes->count);
	good = good && !command->messages->errors;
	enum acc_status status = ACC_OK;
	if (good)
		status = acc_weights_tree(weights, tree.parent, tree.node.count, codes->count);
	if (status == ACC_TOO_LARGE)
		acc_error(command->messages, ACC_EXIT_LIMIT, (struct acc_place){tree.file, 0, 0},
			  "weights for %u codes need a matrix that is too large (at most %d)",
			  (unsigned)codes->count, ACC_WEIGHTS_MAX);
	else if (status != ACC_OK)
		acc_status_ok(command->messages, status);
	acc_vocabulary_free(&tree.node);
	free(tree.parent);
	free(tree.listed);
	return good && status == ACC_OK;
}
