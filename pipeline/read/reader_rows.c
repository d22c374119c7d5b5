/* Rows of the long form that say little new, taken straight from the index: neither cut into fields
 * nor handed over one by one. */
#include "pipeline/read/reader_rows.h"

#include "pipeline/command/status.h"
#include <string.h>

#define INLINE ACC_INLINE

enum { FEW = 8 /* rows one by one, where none repeats */ };

/* A field that needs no judgement. Its length; 0 where it does. */
INLINE size_t
field(const struct acc_csv_rows *at, size_t column, const char **text)
{
	size_t from = column ? at->end[column - 1] + (size_t)1 : at->begin, to = at->end[column];
	*text = (const char *)at->bytes + from;
	return from != to && acc_rows_clear(at->bytes[from], at->bytes[to - 1]) ? to - from : 0;
}

/* Is the next record, which is indexed, of as many fields as it must be, ended by a LF? */
INLINE bool
whole(const struct acc_csv_rows *at)
{
	if (at->bytes[at->end[at->fields - 1]] != '\n')
		return false;
	for (size_t k = 0; k + 1 < at->fields; k++)
		if (at->bytes[at->end[k]] != at->separator)
			return false;
	return true;
}

INLINE void
pass(struct acc_csv_rows *at)
{
	size_t end = at->end[at->fields - 1];
	for (; at->inners && *at->inner < end; at->inner++, at->inners--)
		at->line++;
	at->line++;
	at->begin = end + 1;
	at->end += at->fields;
	at->ends -= at->fields;
}

/* The number of a short label that was met lately. */
INLINE bool
recalled(const struct acc_rows *rows, enum acc_role role, size_t column, uint32_t *number)
{
	const char *text;
	size_t length = field(&rows->at, column, &text);
	if (!length || length > ACC_KEY_MAX)
		return false;
	const struct acc_meaning *meaning =
	    acc_said_key(&rows->reader->said[role], acc_key_of(text, length));
	if (meaning)
		*number = meaning->number[0];
	return meaning;
}

/* The same for a theme; where there is nothing at all, nothing was applied. */
INLINE bool
recalled_theme(const struct acc_rows *rows, uint32_t *number)
{
	const struct acc_csv_rows *at = &rows->at;
	size_t from = rows->theme ? at->end[rows->theme - 1] + (size_t)1 : at->begin;
	*number = ACC_NONE;
	return (rows->reader->gather.design == ACC_THEMES && from == at->end[rows->theme]) ||
	       recalled(rows, ACC_ROLE_THEME, rows->theme, number);
}

/* Is a column absent, or does it say what it said on the last row? */
INLINE bool
same(const struct acc_rows *rows, enum acc_role role)
{
	const struct acc_columns *columns = &rows->reader->columns;
	const char *text;
	size_t column = columns->at[role], length;
	return column == columns->count || ((length = field(&rows->at, column, &text)) &&
					    acc_last_is(&rows->reader->last[role], text, length));
}

/* What a column says of the unit, which differs from the last row: into *number. */
INLINE bool
other(const struct acc_rows *rows, enum acc_role role, uint32_t *number)
{
	const struct acc_columns *columns = &rows->reader->columns;
	const char *text;
	size_t column = columns->at[role];
	if (column == columns->count)
		return true;
	size_t length = field(&rows->at, column, &text);
	return recalled(rows, role, column, number) &&
	       acc_last_note(&rows->reader->last[role], text, length);
}

/* The same for all that is said of a unit, where units come in any order. */
INLINE bool
other_about(const struct acc_rows *rows)
{
	struct acc_unit *about = rows->reader->ratings->about;
	return other(rows, ACC_ROLE_GROUP, &about->group) &&
	       other(rows, ACC_ROLE_PARTICIPANT, &about->participant);
}

/* ---- units one at a time ---- */

/* Bytes that are digits have 0 here. */
INLINE uint64_t
not_digits(uint64_t word)
{
	const uint64_t high = 0xf0f0f0f0f0f0f0f0u, zeros = 0x3030303030303030u;
	return ((word & high) ^ zeros) |
	       (((word & ~high) + 0x0606060606060606u) & 0x1010101010101010u);
}

/* As acc_reader_ascends. */
static __attribute__((noinline)) unsigned
texts_ascend(uint64_t a_low, uint64_t a_high, size_t a_length, uint64_t b_low, uint64_t b_high,
	     size_t b_length)
{
	const struct acc_key a = {a_low, a_high}, b = {b_low, b_high};
	return acc_reader_ascends((const char *)&a, a_length, (const char *)&b, b_length);
}

/* Where both are of one length and end in digits from where they differ on, byte by byte and by
 * numbers are one. */
unsigned
acc_rows_ascend(uint64_t a_low, uint64_t a_high, size_t a_length, uint64_t b_low, uint64_t b_high,
		size_t b_length)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	bool early = a_low != b_low;
	uint64_t x = early ? a_low : a_high, y = early ? b_low : b_high;
	unsigned at = x != y ? (unsigned)__builtin_ctzll(x ^ y) & ~7u : 0;
	size_t rest = a_length - (early ? 0 : 8);
	uint64_t tail = rest < 8 ? ((uint64_t)1 << 8 * rest) - 1 : ~(uint64_t)0;
	bool far = early && a_length > 8; /* and a second word of digits */
	tail &= ~(uint64_t)0 << at;
	if (a_length == b_length && x != y && !((not_digits(x) | not_digits(y)) & tail) && !far)
		return (x >> at & 0xff) < (y >> at & 0xff) ? ACC_ORDER_BYTES | ACC_ORDER_NUMBERS
							   : 0;
#endif
	return texts_ascend(a_low, a_high, a_length, b_low, b_high, b_length);
}

bool
acc_rows_count_unit(struct acc_reader *reader, uint64_t low, uint64_t high)
{
	enum acc_status status =
	    acc_gather_packed(&reader->gather, reader->ratings->about, low, high);
	reader->ratings->rows = 0;
	return acc_status_ok(reader->command->messages, status) && !reader->unfit;
}

/* Count the unit before. Here and below words are handed on one by one: side by side they would be
 * copied as one, which must wait until both were written out. */
INLINE bool
close_unit(struct acc_reader *reader, uint64_t low, uint64_t high, size_t packed)
{
	if (!reader->open || reader->told || reader->lists || !packed || packed > ACC_GATHER_ROWS)
		return acc_reader_close_unit(reader);
	reader->open = false;
	return acc_rows_count_unit(reader, low, high);
}

void
acc_rows_name_unit(struct acc_reader *reader, struct acc_key name, size_t length, uint64_t line)
{
	struct acc_last *last = &reader->last[ACC_ROLE_UNIT];
	memcpy(reader->label, &name, sizeof name);
	reader->label[length] = 0;
	reader->label_length = length;
	last->length = length;
	last->key = name;
	acc_reader_new_unit(reader, line);
}

/* A row of another unit. False: leave it to those who can say why. */
static __attribute__((noinline)) bool
next_unit(struct acc_reader *reader, uint64_t low, uint64_t high, size_t packed, uint64_t name_low,
	  uint64_t name_high, size_t length, uint64_t line)
{
	const struct acc_last *last = &reader->last[ACC_ROLE_UNIT];
	if (reader->label_length > ACC_KEY_MAX || !last->known ||
	    !close_unit(reader, low, high, packed))
		return false;
	reader->orders &= acc_rows_ascend(last->key.low, last->key.high, reader->label_length,
					  name_low, name_high, length);
	reader->unfit = reader->unfit || !reader->orders;
	reader->open = true;
	acc_rows_name_unit(reader, (struct acc_key){name_low, name_high}, length, line);
	return !reader->unfit;
}

INLINE void
pack(struct acc_rows *rows, const struct acc_assignment *row)
{
	struct acc_packed_rows *packed = &rows->packed;
	uint32_t said =
	    acc_gather_pack(rows->reader->gather.design, row->coder, row->theme, row->code);
	if (!said || packed->rows >= ACC_GATHER_ROWS)
		packed->rows = ACC_GATHER_ROWS;
	else
		acc_gather_push(&packed->low, &packed->high, said);
	packed->rows++;
}

INLINE bool
take_grouped(struct acc_rows *rows, const struct acc_assignment *row, const char *name,
	     size_t length)
{
	struct acc_reader *reader = rows->reader;
	struct acc_ratings *ratings = reader->ratings;
	struct acc_key key = acc_key_of(name, length);
	if (ratings->rows == ratings->row_capacity)
		return false;
	if (key.low != rows->name.low || key.high != rows->name.high) {
		if (!next_unit(reader, rows->packed.low, rows->packed.high, rows->packed.rows,
			       key.low, key.high, length, row->line))
			return false;
		rows->name = key;
		rows->packed = (struct acc_packed_rows){0, 0, 0};
	}
	if (reader->lists)
		return acc_lists_put(reader->lists,
				     acc_lists_word(row->coder, row->theme, row->code,
						    &reader->lists->full)) == ACC_OK;
	pack(rows, row);
	struct acc_assignment *to = &ratings->row[ratings->rows++];
	to->unit = 0;
	to->coder = row->coder;
	to->theme = row->theme;
	to->code = row->code;
	to->line = row->line;
	return true;
}

/* ---- all units ---- */

INLINE bool
take_counted(struct acc_rows *rows, const struct acc_assignment *row, const char *name,
	     size_t length)
{
	struct acc_key key = acc_key_of(name, length);
	if (length > ACC_UNITS_SHORT)
		return false;
	acc_units_short(&rows->reader->name, key.low, key.high);
	return acc_reader_count(rows->reader, row);
}

/* ---- runs ---- */

/* The bytes of a row after its unit; false where they are long. */
INLINE bool
rest(const struct acc_rows *rows, const char **text, size_t *length)
{
	const struct acc_csv_rows *at = &rows->at;
	size_t from = at->end[0] + (size_t)1;
	*text = (const char *)at->bytes + from;
	*length = at->end[at->fields - 1] - from;
	return *length <= ACC_KEY_MAX;
}

/* Remember all that a row says beside its unit, and how it is kept there. */
static __attribute__((noinline)) void
note_rest(struct acc_reader *reader, const char *text, size_t length, uint32_t coder,
	  uint32_t theme, uint32_t code)
{
	struct acc_meaning meaning = {.number = {coder, theme, code}, .known = ACC_SAID_KNOWN};
	bool full = false;
	if (reader->lists || reader->deal) {
		uint32_t word = acc_deal_row(reader->gather.design, coder, theme, code, &full);
		meaning.known += word == ACC_NONE || full ? 0 : word + 1;
	} else {
		meaning.known += acc_gather_pack(reader->gather.design, coder, theme, code);
	}
	acc_said_note(&reader->said[ACC_ROLES], text, length, meaning);
}

/* What a row says, field by field. */
INLINE bool
says(struct acc_rows *rows, struct acc_assignment *row)
{
	size_t absent = rows->reader->columns.count, length;
	const char *text;
	row->coder = rows->reader->only_coder;
	if (!whole(&rows->at) ||
	    (rows->coder != absent && !recalled(rows, ACC_ROLE_CODER, rows->coder, &row->coder)) ||
	    (rows->theme != absent && !recalled_theme(rows, &row->theme)) ||
	    (rows->code != absent && !recalled(rows, ACC_ROLE_CODE, rows->code, &row->code)))
		return false;
	if (rows->unit_first && rest(rows, &text, &length))
		note_rest(rows->reader, text, length, row->coder, row->theme, row->code);
	return true;
}

INLINE bool
take_row(struct acc_rows *rows, bool counted)
{
	struct acc_assignment row = {.line = (uint32_t)rows->at.line};
	const char *name;
	if (!says(rows, &row))
		return false;
	size_t length = field(&rows->at, rows->unit, &name);
	if (!length || length > ACC_KEY_MAX)
		return false;
	if ((!same(rows, ACC_ROLE_GROUP) || !same(rows, ACC_ROLE_PARTICIPANT)) &&
	    !(counted && other_about(rows)))
		return false;
	return counted ? take_counted(rows, &row, name, length)
		       : take_grouped(rows, &row, name, length);
}

/* So many rows at most; in a copy whose address nobody sees, so that it lives in registers. */
INLINE uint64_t
take_rows(struct acc_rows *all, bool counted, uint64_t most)
{
	struct acc_rows rows = *all;
	uint64_t taken = 0;
	while (taken < most && !rows.reader->unfit && rows.at.ends >= rows.at.fields &&
	       take_row(&rows, counted)) {
		pass(&rows.at);
		taken++;
	}
	*all = rows;
	return taken;
}

/* The run begins within a unit: its earlier rows are not packed. False: only at a glance. */
INLINE bool
begin(struct acc_rows *rows)
{
	struct acc_reader *reader = rows->reader;
	const struct acc_columns *columns = &reader->columns;
	const struct acc_last *last = &reader->last[ACC_ROLE_UNIT];
	if (!reader->plain || reader->reading == ACC_READ_TABLE || !reader->any || reader->unfit ||
	    reader->shard || columns->at[ACC_ROLE_DOCUMENT] != columns->count ||
	    rows->at.line + rows->at.ends + rows->at.inners >= UINT32_MAX)
		return false;
	rows->unit = columns->at[ACC_ROLE_UNIT];
	rows->coder = columns->at[ACC_ROLE_CODER];
	rows->theme = columns->at[ACC_ROLE_THEME];
	rows->code = columns->at[ACC_ROLE_CODE];
	rows->unit_first = rows->unit == 0 && !acc_columns_about(columns);
	rows->packed.rows = ACC_GATHER_ROWS + 1;
	if (reader->reading == ACC_READ_COUNTED)
		return true;
	rows->name = last->key;
	return last->known && last->length <= ACC_KEY_MAX && reader->open &&
	       reader->label_length == last->length &&
	       acc_array_reserve((void **)&reader->label, &reader->label_capacity, ACC_KEY_MAX + 1,
				 1);
}

uint64_t
acc_reader_rows(void *context, struct acc_csv_rows *at)
{
	struct acc_rows rows = {.reader = context, .at = *at};
	bool counted = rows.reader->reading == ACC_READ_COUNTED;
	uint64_t taken = 0, some = 0, most = 0;
	if (!begin(&rows))
		return 0;
	/* Fewer than there might be: the next one is for others to judge. */
	while (some == most && !rows.reader->unfit) {
		uint64_t repeats = acc_reader_repeats(&rows);
		most = !rows.unit_first ? UINT64_MAX : repeats ? 1 : FEW;
		some = counted ? take_rows(&rows, true, most) : take_rows(&rows, false, most);
		taken += repeats + some;
	}
	*at = rows.at;
	rows.reader->records += taken;
	return taken;
}
