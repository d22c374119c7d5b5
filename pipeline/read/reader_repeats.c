/* Rows that say of their unit, byte for byte, what was said of another one: nearly all there are.
 *
 * What such a row means was worked out before, and is kept ready to be put beside what else its
 * unit has. That takes a few dozen instructions a row, so it is worth that none is one too many:
 * lengths are masks, not branches, and what does not change within a run is looked up before it. */
#include "pipeline/command/status.h"
#include "pipeline/read/reader_rows.h"

#include <string.h>

/* What is left of a run: what does not change, and where it stands. */
struct run {
	const char *text;
	size_t fields;
	char separator;
	struct acc_said said;
	const uint32_t *last; /* where whole rows end */
	const uint32_t *end;
	size_t begin;
};

/* The row at hand. */
struct repeat {
	const struct acc_meaning *meaning;
	struct acc_key unit;
	size_t unit_length;
};

/* A register for every one of its variables: a loop that shares a function has to share them. */
#define OWN_LOOP static __attribute__((noinline)) void

ACC_INLINE struct run
begin(const struct acc_rows *rows)
{
	const struct acc_csv_rows *at = &rows->at;
	return (struct run){.text = (const char *)at->bytes,
			    .fields = at->fields,
			    .separator = (char)at->separator,
			    .said = rows->reader->said[ACC_ROLES],
			    .last = at->end + at->ends / at->fields * at->fields,
			    .end = at->end,
			    .begin = at->begin};
}

/* False: there is none, it says something new, or has more to it. Of nothing at all nothing may be
 * known. */
ACC_INLINE bool
read_row(const struct run *run, struct repeat *row)
{
	if (run->end == run->last)
		return false;
	size_t first = run->end[0], stop = run->end[run->fields - 1], rest = stop - first - 1;
	row->unit_length = first - run->begin;
	if (run->text[first] != run->separator || run->text[stop] != '\n' || rest > ACC_KEY_MAX ||
	    row->unit_length - 1 >= ACC_KEY_MAX)
		return false;
	row->meaning = acc_said_slot(&run->said, acc_key_of(run->text + first + 1, rest));
	row->unit = acc_key_of(run->text + run->begin, row->unit_length);
	return row->meaning;
}

/* Does nothing about the name of the unit need judgement? */
ACC_INLINE bool
is_clear(const struct run *run, const struct repeat *row)
{
	const char *name = run->text + run->begin;
	return acc_rows_clear((unsigned char)name[0], (unsigned char)name[row->unit_length - 1]);
}

ACC_INLINE void
pass(struct run *run)
{
	run->begin = run->end[run->fields - 1] + (size_t)1;
	run->end += run->fields;
}

static void
finish(struct acc_rows *rows, const struct run *run)
{
	size_t ends = (size_t)(run->end - rows->at.end);
	rows->at.begin = run->begin;
	rows->at.end = run->end;
	rows->at.ends -= ends;
	rows->at.line += ends / run->fields;
}

/* ---- units one at a time ---- */

/* The unit at hand: words, so that they live in registers. */
struct unit {
	uint64_t low, high;
	size_t length;
	struct acc_packed_rows packed;
	unsigned orders;
};

/* Does the row's unit come after the one at hand? */
ACC_INLINE bool
comes_after(struct unit *unit, const struct run *run, const struct repeat *row)
{
	unsigned orders =
	    unit->orders & acc_rows_ascend(unit->low, unit->high, unit->length, row->unit.low,
					   row->unit.high, row->unit_length);
	if (!orders || !is_clear(run, row))
		return false;
	unit->orders = orders;
	return true;
}

ACC_INLINE void
name_unit(struct unit *unit, const struct repeat *row)
{
	unit->low = row->unit.low;
	unit->high = row->unit.high;
	unit->length = row->unit_length;
}

ACC_INLINE struct unit
unit_at_hand(const struct acc_rows *rows)
{
	return (struct unit){rows->name.low, rows->name.high, rows->reader->label_length,
			     rows->packed, rows->reader->orders};
}

/* The unit that the last row was of. */
static void
keep_unit(struct acc_rows *rows, const struct unit *unit)
{
	struct acc_reader *reader = rows->reader;
	rows->name = (struct acc_key){unit->low, unit->high};
	rows->packed = unit->packed;
	reader->orders = unit->orders;
	acc_rows_name_unit(reader, rows->name, unit->length, rows->at.line - 1);
}

/* Units that become patterns. */
OWN_LOOP
repeat_packed(struct acc_rows *rows)
{
	struct acc_reader *reader = rows->reader;
	struct acc_ratings *ratings = reader->ratings;
	struct run run = begin(rows);
	struct unit unit = unit_at_hand(rows);
	struct repeat row;
	if (ratings->row_capacity < ACC_GATHER_ROWS || reader->told)
		return;
	while (read_row(&run, &row)) {
		bool same = row.unit.low == unit.low && row.unit.high == unit.high;
		if (row.meaning->known <= ACC_SAID_KNOWN ||
		    (same && unit.packed.rows >= ACC_GATHER_ROWS) ||
		    (!same && !comes_after(&unit, &run, &row)))
			break;
		if (!same) {
			if (!acc_rows_count_unit(reader, unit.packed.low, unit.packed.high))
				break;
			name_unit(&unit, &row);
			unit.packed = (struct acc_packed_rows){0, 0, 0};
		}
		acc_gather_push(&unit.packed.low, &unit.packed.high,
				row.meaning->known - ACC_SAID_KNOWN);
		unit.packed.rows++;
		pass(&run);
	}
	finish(rows, &run);
	keep_unit(rows, &unit);
	ratings->rows = unit.packed.rows;
	acc_gather_unpack(reader->gather.design, unit.packed.low, unit.packed.high, ratings->row);
}

/* Units that stay lists. */
OWN_LOOP
repeat_listed(struct acc_rows *rows)
{
	struct acc_reader *reader = rows->reader;
	struct acc_lists *lists = reader->lists;
	struct run run = begin(rows);
	struct unit unit = unit_at_hand(rows);
	struct repeat row;
	uint32_t end;
	if (reader->ratings->rows ||
	    acc_lists_room(lists, reader->ratings->about, 2 * (rows->at.ends / rows->at.fields),
			   &end) != ACC_OK)
		return;
	uint32_t *to = lists->word + lists->words;
	while (read_row(&run, &row)) {
		bool same = row.unit.low == unit.low && row.unit.high == unit.high;
		if (row.meaning->known <= ACC_SAID_KNOWN ||
		    (!same && !comes_after(&unit, &run, &row)))
			break;
		if (!same) {
			*to++ = end;
			name_unit(&unit, &row);
		}
		*to++ = row.meaning->known - ACC_SAID_KNOWN - 1;
		pass(&run);
	}
	lists->words = (size_t)(to - lists->word);
	finish(rows, &run);
	keep_unit(rows, &unit);
	reader->unfit = acc_lists_drain(lists) != ACC_OK;
}

/* ---- all units ---- */

OWN_LOOP
repeat_counted(struct acc_rows *rows)
{
	struct acc_reader *reader = rows->reader;
	struct run run = begin(rows);
	struct repeat row;
	while (read_row(&run, &row) && row.meaning->known && is_clear(&run, &row) &&
	       row.unit_length <= ACC_UNITS_SHORT) {
		const struct acc_assignment assignment = {.coder = row.meaning->number[0],
							  .theme = row.meaning->number[1],
							  .code = row.meaning->number[2]};
		acc_units_short(&reader->name, row.unit.low, row.unit.high);
		if (!acc_reader_count(reader, &assignment))
			break;
		pass(&run);
	}
	finish(rows, &run);
}

/* Rows that wait until all are there. */
OWN_LOOP
repeat_dealt(struct acc_rows *rows, struct acc_deal *deal)
{
	struct run run = begin(rows);
	struct repeat row;
	while (read_row(&run, &row) && row.meaning->known > ACC_SAID_KNOWN &&
	       is_clear(&run, &row) && row.unit_length <= ACC_UNITS_SHORT &&
	       acc_deal_put(deal, row.unit.low, row.unit.high,
			    acc_units_mix(row.unit.low, row.unit.high),
			    row.meaning->known - ACC_SAID_KNOWN - 1))
		pass(&run);
	finish(rows, &run);
}

uint64_t
acc_reader_repeats(struct acc_rows *rows)
{
	struct acc_reader *reader = rows->reader;
	size_t before = rows->at.ends;
	if (!rows->unit_first || reader->unfit)
		return 0;
	struct acc_deal *deal = reader->deal;
	if (reader->lists && reader->reading == ACC_READ_COUNTED)
		deal = acc_lists_deal(reader->lists);
	if (deal)
		repeat_dealt(rows, deal);
	else if (reader->reading == ACC_READ_COUNTED)
		repeat_counted(rows);
	else if (reader->lists)
		repeat_listed(rows);
	else if (rows->packed.rows <= ACC_GATHER_ROWS)
		repeat_packed(rows);
	return (before - rows->at.ends) / rows->at.fields;
}
