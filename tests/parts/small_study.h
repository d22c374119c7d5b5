/* small_study: what the rows of tests/golden/comparison.csv and descriptive.csv are about: tables
 * written in a row, and studies of codes made from them or read from a file. */
#ifndef SMALL_STUDY_H
#define SMALL_STUDY_H

#include "stats/agreement.h"

enum { PARTS = 8, ROWS = 8, COLUMNS = 8 };

/* "a b;c d|e f;g h": two tables of two rows. */
struct input {
	double cell[PARTS][ROWS * COLUMNS];
	size_t parts, rows[PARTS], columns;
	const char *text; /* borrowed: the whole */
};

struct input read_input(const char *text);

/* Cohen's kappa of a 2 x 2 table of counts, with the error that divides by n. */
struct acc_estimate estimate_cells(const double *cell);

/* A coefficient of FOLDER/data/NAME.csv, which quotes nothing; the error as above. */
struct acc_estimate estimate_file(const char *folder, const char *name,
				  const struct acc_coefficient *coefficient);

/* Give up, saying `what`, unless it is `good`. */
void require(bool good, const char *what);

#endif
