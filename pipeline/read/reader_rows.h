/* reader_rows: where a reader stands in a run of rows that are taken straight from the index.
 *
 * Private to reader_rows.c and reader_repeats.c. */
#ifndef ACC_READER_ROWS_H
#define ACC_READER_ROWS_H

#include "pipeline/read/reader.h"

/* What the rows of a unit say (stats/gather.h). */
struct acc_packed_rows {
	uint64_t low, high;
	size_t rows; /* above ACC_GATHER_ROWS: they are not packed */
};

struct acc_rows {
	struct acc_reader *reader;
	struct acc_csv_rows at;
	size_t unit, coder, theme, code; /* columns; those but the unit may be absent */
	bool unit_first;                 /* a row is its unit, then what is said of it */
	struct acc_key name;             /* of the unit; not where units come in any order */
	struct acc_packed_rows packed;
};

/* Does a field that begins and ends with these bytes need no judgement? As in csv_quick.c: blanks
 * and the quote are the least bytes that text begins or ends with. */
ACC_INLINE bool
acc_rows_clear(unsigned char first, unsigned char last)
{
	return first > '"' && last > ' ';
}

/* Which orders hold between two short names, as acc_reader_ascends. */
unsigned acc_rows_ascend(uint64_t a_low, uint64_t a_high, size_t a_length, uint64_t b_low,
			 uint64_t b_high, size_t b_length);

/* The unit at hand is another one from here on. */
void acc_rows_name_unit(struct acc_reader *reader, struct acc_key name, size_t length,
			uint64_t line);

/* Count the packed rows of the unit at hand. False: unfit, or a message. */
bool acc_rows_count_unit(struct acc_reader *reader, uint64_t low, uint64_t high);

/* Take all rows up to one that says something new, where a row is its unit and then, in few bytes,
 * what others said of theirs. Returns how many. */
uint64_t acc_reader_repeats(struct acc_rows *rows);

#endif
