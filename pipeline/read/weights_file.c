#include "pipeline/read/weights_file.h"
#include "pipeline/read/csv.h"

#include <math.h>
#include <stdlib.h>

struct matrix {
	struct acc_weights *weights;
	const struct acc_vocabulary *codes;
	struct acc_messages *messages;
	const char *file;
	uint32_t
	    *code_of;  /* owned: code of each column, ACC_NONE for codes the study does not use */
	bool *seen;    /* owned: code has a row */
	bool labelled; /* each row begins with its code */
	bool headless; /* there is no header: rows and columns are the codes in order */
	uint32_t *row_of; /* owned: code of each row that has no label */
	size_t rows;      /* taken, without labels */
	size_t columns;
	double self;     /* where a code meets itself: 1 for agreements, 0 for disagreements */
	bool self_known; /* it has been seen */
	bool directed;   /* the matrix need not be symmetric */
};

static struct acc_place
place(const struct matrix *matrix, const struct acc_csv_record *record, size_t column)
{
	return acc_csv_place(record, matrix->file, column);
}

static bool
take_header(struct matrix *matrix, const struct acc_csv_record *record)
{
	size_t known = 0, numbers = 0;
	double number;
	matrix->columns = record->fields;
	matrix->code_of = acc_array(record->fields, sizeof *matrix->code_of);
	if (!matrix->code_of) {
		acc_error_memory(matrix->messages);
		return false;
	}
	for (size_t i = 0; i < record->fields; i++) {
		matrix->code_of[i] = acc_vocabulary_find(matrix->codes, record->field[i]);
		known += matrix->code_of[i] != ACC_NONE;
		numbers += acc_number(record->field[i], &number);
	}
	/* As many columns as codes: no room for labels of rows. They come in the order of the
	 * header, or, where there is none, of the codes. */
	bool square = record->fields == matrix->codes->count;
	matrix->labelled = !square || (known < record->fields && numbers < record->fields);
	matrix->headless = !matrix->labelled && known < record->fields;
	for (uint32_t i = 0; !matrix->labelled && i < record->fields; i++) {
		if (matrix->headless)
			matrix->code_of[i] = i;
		matrix->row_of[i] = matrix->code_of[i];
	}
	return true;
}

/* What the first code has where it meets itself says what the numbers are. */
static void
find_kind(struct matrix *matrix, const struct acc_csv_record *record, uint32_t row)
{
	for (size_t i = matrix->labelled; i < record->fields; i++)
		if (matrix->code_of[i] == row && acc_number(record->field[i], &matrix->self))
			matrix->self_known = true;
	if (matrix->self != 0)
		matrix->self = 1;
}

static void
take_cell(struct matrix *matrix, const struct acc_csv_record *record, uint32_t row, size_t i)
{
	double given, most = matrix->self > 0 ? 1 : INFINITY;
	uint32_t column = matrix->code_of[i];
	bool number = acc_number(record->field[i], &given);
	if (!number || given < 0 || given > most || (column == row && given != matrix->self))
		acc_error(matrix->messages, ACC_EXIT_DATA, place(matrix, record, i),
			  "weight '%s': weights are numbers from 0 to 1, and 1 where a code meets "
			  "itself; disagreements are numbers from 0 on, and 0 there",
			  acc_visible(record->field[i]));
	else if (column != ACC_NONE)
		matrix->weights->disagreement[row * matrix->codes->count + column] =
		    matrix->self > 0 ? 1 - given : given;
}

static bool
take(void *context, const struct acc_csv_record *record)
{
	struct matrix *matrix = context;
	if (!matrix->code_of && (!take_header(matrix, record) || !matrix->headless))
		return matrix->code_of != NULL;
	uint32_t row = ACC_NONE;
	if (matrix->labelled)
		row = acc_vocabulary_find(matrix->codes, record->field[0]);
	else if (matrix->rows < matrix->codes->count)
		row = matrix->row_of[matrix->rows++];
	if (row == ACC_NONE)
		return true;
	if (!matrix->self_known)
		find_kind(matrix, record, row);
	matrix->seen[row] = true;
	for (size_t i = matrix->labelled; i < record->fields; i++)
		take_cell(matrix, record, row, i);
	return true;
}

static void
check_symmetry(struct matrix *matrix, uint32_t k, uint32_t l)
{
	size_t codes = matrix->codes->count;
	const double *d = matrix->weights->disagreement;
	double a = d[k * codes + l], b = d[l * codes + k];
	if (!(fabs(a - b) > 1e-12 * fmax(1, fmax(a, b))))
		return;
	matrix->weights->directed = true;
	if (!matrix->directed)
		acc_error(matrix->messages, ACC_EXIT_DATA, (struct acc_place){matrix->file, 0, 0},
			  "the weights of '%s' and '%s' differ with their order; the matrix must "
			  "be symmetric (but for --coefficient cohen)",
			  acc_visible(matrix->codes->label[l]),
			  acc_visible(matrix->codes->label[k]));
}

static void
check(struct matrix *matrix)
{
	size_t codes = matrix->codes->count;
	const double *d = matrix->weights->disagreement;
	for (uint32_t k = 0; k < codes; k++) {
		if (!matrix->seen[k] || isnan(d[k * codes + k]))
			acc_error(matrix->messages, ACC_EXIT_DATA,
				  (struct acc_place){matrix->file, 0, 0},
				  "the weights have no row and column for the code '%s'",
				  acc_visible(matrix->codes->label[k]));
		for (uint32_t l = 0; matrix->seen[k] && l < k; l++)
			if (matrix->seen[l])
				check_symmetry(matrix, k, l);
	}
}

/* Disagreements may be on any scale; the largest becomes 1. */
static void
scale(struct acc_weights *weights)
{
	size_t cells = weights->categories * weights->categories;
	double most = 0;
	for (size_t i = 0; i < cells; i++)
		most = fmax(most, weights->disagreement[i]);
	for (size_t i = 0; most > 0 && i < cells; i++)
		weights->disagreement[i] /= most;
}

bool
acc_weights_read(struct acc_weights *weights, const char *file, const struct acc_patterns *patterns,
		 struct acc_command *command, bool directed)
{
	struct matrix matrix = {.weights = weights,
				.codes = &patterns->code,
				.messages = command->messages,
				.file = file,
				.self = 1,
				.directed = directed};
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
	matrix.row_of = acc_array(codes, sizeof *matrix.row_of);
	bool good = weights->disagreement && matrix.seen && matrix.row_of;
	for (size_t i = 0; good && i < codes * codes; i++)
		weights->disagreement[i] = NAN;
	if (good)
		good = acc_csv_read(file, &(struct acc_csv_options){.no_header = true}, take,
				    &matrix, command->messages);
	else
		acc_error_memory(command->messages);
	if (good)
		check(&matrix);
	if (matrix.self_known && !(matrix.self > 0))
		scale(weights);
	free(matrix.seen);
	free(matrix.row_of);
	free(matrix.code_of);
	return good && !command->messages->errors;
}
