#include "pipeline/weights_file.h"
#include "pipeline/csv.h"

#include <math.h>
#include <stdlib.h>

struct matrix {
	struct acc_weights *weights;
	const struct acc_vocabulary *codes;
	struct acc_messages *messages;
	const char *file;
	uint32_t
	    *code_of; /* owned: code of each column, ACC_NONE for codes the study does not use */
	bool *seen;   /* owned: code has a row */
	size_t columns;
};

static struct acc_place
place(const struct matrix *matrix, const struct acc_csv_record *record, size_t column)
{
	return (struct acc_place){matrix->file, record->line_of[column], record->column[column]};
}

static bool
take_header(struct matrix *matrix, const struct acc_csv_record *record)
{
	matrix->columns = record->fields;
	matrix->code_of = acc_array(record->fields, sizeof *matrix->code_of);
	for (size_t i = 1; matrix->code_of && i < record->fields; i++)
		matrix->code_of[i] = acc_vocabulary_find(matrix->codes, record->field[i]);
	if (!matrix->code_of)
		acc_error_memory(matrix->messages);
	return matrix->code_of != NULL;
}

static bool
take(void *context, const struct acc_csv_record *record)
{
	struct matrix *matrix = context;
	size_t codes = matrix->codes->count;
	if (!matrix->code_of)
		return take_header(matrix, record);
	uint32_t row = acc_vocabulary_find(matrix->codes, record->field[0]);
	if (row == ACC_NONE)
		return true;
	matrix->seen[row] = true;
	for (size_t i = 1; i < record->fields; i++) {
		double weight;
		uint32_t column = matrix->code_of[i];
		if (!acc_number(record->field[i], &weight) || weight < 0 || weight > 1 ||
		    (column == row && weight != 1))
			acc_error(
			    matrix->messages, ACC_EXIT_DATA, place(matrix, record, i),
			    "weight '%s': weights are numbers from 0 to 1, and 1 where a code "
			    "meets itself",
			    acc_visible(record->field[i]));
		else if (column != ACC_NONE)
			matrix->weights->disagreement[row * codes + column] = 1 - weight;
	}
	return true;
}

static void
check(struct matrix *matrix)
{
	size_t codes = matrix->codes->count;
	const double *d = matrix->weights->disagreement;
	struct acc_place where = {matrix->file, 0, 0};
	for (uint32_t k = 0; k < codes; k++) {
		if (!matrix->seen[k] || isnan(d[k * codes + k]))
			acc_error(matrix->messages, ACC_EXIT_DATA, where,
				  "the weights have no row and column for the code '%s'",
				  acc_visible(matrix->codes->label[k]));
		for (uint32_t l = 0; matrix->seen[k] && l < k; l++)
			if (matrix->seen[l] && fabs(d[k * codes + l] - d[l * codes + k]) > 1e-12)
				acc_error(matrix->messages, ACC_EXIT_DATA, where,
					  "the weights of '%s' and '%s' differ with their order; "
					  "the matrix must be symmetric",
					  acc_visible(matrix->codes->label[l]),
					  acc_visible(matrix->codes->label[k]));
	}
}

bool
acc_weights_read(struct acc_weights *weights, const char *file, const struct acc_patterns *patterns,
		 struct acc_command *command)
{
	struct matrix matrix = {.weights = weights,
				.codes = &patterns->code,
				.messages = command->messages,
				.file = file};
	size_t codes = patterns->code.count;
	if (patterns->design == ACC_THEMES) {
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){file, 0, 0},
			  "a theme is there or not: in the themes design only distances of sets "
			  "are weights; see 'accord list distances'");
		return false;
	}
	if (codes > ACC_WEIGHTS_MAX) {
		acc_error(command->messages, ACC_EXIT_LIMIT, (struct acc_place){file, 0, 0},
			  "weights for %zu codes need a matrix that is too large (at most %d)",
			  codes, ACC_WEIGHTS_MAX);
		return false;
	}
	weights->categories = codes;
	weights->disagreement = acc_array(codes * codes, sizeof *weights->disagreement);
	matrix.seen = acc_array(codes, sizeof *matrix.seen);
	bool good = weights->disagreement && matrix.seen;
	for (size_t i = 0; good && i < codes * codes; i++)
		weights->disagreement[i] = NAN;
	if (good)
		good = acc_csv_read(file, &(struct acc_csv_options){.no_header = true}, take,
				    &matrix, command->messages);
	else
		acc_error_memory(command->messages);
	if (good)
		check(&matrix);
	free(matrix.seen);
	free(matrix.code_of);
	return good && !command->messages->errors;
}
