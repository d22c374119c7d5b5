#include "pipeline/read/results.h"
#include "pipeline/write/sheet.h"

#include <stdlib.h>
#include <string.h>

enum { KEYS = 10 };

/* The stage, a column that only its results have, and the columns that tell their rows apart. */
static const struct {
	const char *stage, *sign, *key[KEYS];
} kinds[ACC_RESULT_KINDS] = {
    [ACC_RESULT_AGREEMENT] = {"agree",
			      "coder_count",
			      {"group", "theme", "coders", "coefficient", "weights", "level",
			       "category", "method"}},
    [ACC_RESULT_EXPLANATION] = {"explain",
				"bias_index",
				{"kind", "group", "theme", "coders", "code_a", "code_b"}},
    [ACC_RESULT_COOCCURRENCE] = {"cooccur",
				 "theme_a",
				 {"group", "layer", "theme_a", "theme_b", "window", "level",
				  "method", "test"}},
    [ACC_RESULT_SETS] = {"cooccur", "themes", {"group", "layer", "themes"}},
    [ACC_RESULT_COMPARISON] = {"compare",
			       "p_permutation",
			       {"what", "kind", "quantity", "weights", "theme", "layer", "group",
				"versus", "theme_b", "level"}},
    [ACC_RESULT_CODERS] = {"coders",
			   "coder",
			   {"what", "quantity", "coder", "theme", "layer", "group", "versus",
			    "level"}},
    [ACC_RESULT_MAP] = {"map", "ellipse_a", {"layer", "kind", "name", "group"}},
    [ACC_RESULT_SATURATION] = {"saturate",
			       "sd_over_orders",
			       {"layer", "group", "quantity", "participants", "base", "run",
				"threshold", "coverage"}},
    [ACC_RESULT_DISAGREEMENTS] = {"disagree", "contribution", {"document", "unit", "theme"}},
};

const char *
acc_result_stage(enum acc_result_kind kind)
{
	return kinds[kind].stage;
}

/* The name a row goes by among those of its kind. */
static void
name_row(struct acc_text *name, const struct acc_table *table, size_t row, size_t kind)
{
	for (size_t i = 0; i < KEYS && kinds[kind].key[i]; i++) {
		acc_text_put(name, acc_table_text(table, row, kinds[kind].key[i]));
		acc_text_put(name, "\x1f");
	}
}

/* Add a row unless another file had it. False: out of memory. */
static bool
add_row(struct acc_result_rows *rows, size_t kind, const struct acc_table *table, size_t row,
	size_t source)
{
	struct acc_text name = {0};
	uint32_t before = rows->known.count, number;
	name_row(&name, table, row, kind);
	bool good = !name.failed && acc_vocabulary_add(&rows->known, name.bytes, &number) == ACC_OK;
	if (good && rows->known.count > before) {
		size_t at = rows->table.rows;
		good = acc_array_reserve((void **)&rows->origin, &rows->capacity, at + 1,
					 sizeof *rows->origin) &&
		       acc_table_row(&rows->table,
				     (const char *const *)table->cell + row * table->columns);
		if (good)
			rows->origin[at] = (struct acc_origin){source, row + 1};
	}
	acc_text_free(&name);
	return good;
}

/* Files of one kind must have the same columns, or their rows could not be told apart. */
static bool
same_columns(const struct acc_table *a, const struct acc_table *b)
{
	bool same = a->columns == b->columns;
	for (size_t i = 0; same && i < a->columns; i++)
		same = !strcmp(a->name[i], b->name[i]);
	return same;
}

/* Does it have the sign of a kind, and the first of what tells its rows apart? (A file that
 * somebody made shorter is still one.) */
static bool
is_kind(const struct acc_table *table, size_t kind)
{
	bool is = acc_table_column(table, kinds[kind].sign) < table->columns;
	for (size_t i = 0; is && i < 2; i++)
		is = acc_table_column(table, kinds[kind].key[i]) < table->columns;
	return is;
}

static enum acc_result_kind
kind_of(const struct acc_table *table)
{
	size_t kind = 0;
	while (kind < ACC_RESULT_KINDS && !is_kind(table, kind))
		kind++;
	return (enum acc_result_kind)kind;
}

static bool
add_rows(struct acc_result_files *files, enum acc_result_kind kind, const struct acc_table *table,
	 const char *file)
{
	struct acc_result_rows *rows = &files->rows[kind];
	bool good = acc_array_reserve((void **)&files->source, &files->capacity, files->sources + 1,
				      sizeof *files->source);
	if (good)
		files->source[files->sources++] = (struct acc_source){file, kind, table->rows};
	if (good && !rows->table.columns)
		good = acc_table_header(&rows->table, (const char *const *)table->name,
					table->columns);
	for (size_t r = 0; good && r < table->rows; r++)
		good = add_row(rows, kind, table, r, files->sources);
	return good;
}

static bool
add_table(struct acc_result_files *files, const struct acc_table *table, const char *file,
	  struct acc_messages *messages)
{
	struct acc_place place = {file, 1, 0};
	enum acc_result_kind kind = kind_of(table);
	if (kind == ACC_RESULT_KINDS) {
		acc_error(messages, ACC_EXIT_DATA, place,
			  "these are not results of accord agree, explain, cooccur, compare, "
			  "coders, map, saturate or disagree");
		return false;
	}
	const struct acc_table *all = &files->rows[kind].table;
	if (all->columns && !same_columns(all, table)) {
		acc_error(messages, ACC_EXIT_DATA, place,
			  "its columns differ from those of the other results of accord %s; make "
			  "both with the same accord",
			  kinds[kind].stage);
		return false;
	}
	if (!add_rows(files, kind, table, file)) {
		acc_error_memory(messages);
		return false;
	}
	return true;
}

bool
acc_results_read(struct acc_result_files *files, const char *const *file, size_t count,
		 struct acc_messages *messages)
{
	bool good = true;
	for (size_t i = 0; good && i < count; i++) {
		struct acc_table table = {0};
		good = acc_sheet_read(&table, file[i], messages) &&
		       add_table(files, &table, file[i], messages);
		acc_table_free(&table);
	}
	return good && !messages->errors;
}

void
acc_results_free(struct acc_result_files *files)
{
	for (size_t i = 0; i < ACC_RESULT_KINDS; i++) {
		acc_table_free(&files->rows[i].table);
		acc_vocabulary_free(&files->rows[i].known);
		free(files->rows[i].origin);
	}
	free(files->source);
	*files = (struct acc_result_files){0};
}
