/* Units whose rows stand together, each counted as soon as the next one begins.
 *
 * That no unit comes back is proved without remembering any: their names ascend, byte by byte or
 * with the numbers in them taken as numbers. */
#include "pipeline/command/status.h"
#include "pipeline/read/reader.h"
#include "pipeline/read/unit_hash.h"

#include <stdlib.h>
#include <string.h>

static bool
digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The number at the start of a text: its digits, but not zeros in front. */
static size_t
digits(const char **text, const char *end)
{
	while (*text < end && **text == '0')
		++*text;
	const char *at = *text;
	while (at < end && digit(*at))
		at++;
	return (size_t)(at - *text);
}

/* Is b after a where numbers are compared as numbers? They are alike up to `at`. False where the
 * numbers are the same, written otherwise. */
static bool
number_ascends(const char *a, size_t la, const char *b, size_t lb, size_t at)
{
	while (at && digit(a[at - 1]))
		at--;
	const char *x = a + at, *y = b + at;
	size_t dx = digits(&x, a + la), dy = digits(&y, b + lb);
	return dx != dy ? dx < dy : memcmp(x, y, dx) < 0;
}

unsigned
acc_reader_ascends(const char *a, size_t la, const char *b, size_t lb)
{
	size_t at = 0, shorter = la < lb ? la : lb;
	while (at < shorter && a[at] == b[at])
		at++;
	bool ended = at == shorter;
	bool bytes = ended ? la < lb : (unsigned char)a[at] < (unsigned char)b[at];
	bool in_number = at && digit(a[at - 1]);
	bool x = at < la && digit(a[at]), y = at < lb && digit(b[at]);
	bool numbers =
	    (x && y) || (in_number && (x || y)) ? number_ascends(a, la, b, lb, at) : bytes;
	return (bytes ? ACC_ORDER_BYTES : 0) | (numbers ? ACC_ORDER_NUMBERS : 0);
}

/* Both rows cannot be right: the careful reading says so. */
void
acc_reader_conflict(void *context, const struct acc_conflict *conflict)
{
	struct acc_reader *reader = context;
	(void)conflict;
	reader->unfit = true;
}

static bool
close_list(struct acc_reader *reader)
{
	struct acc_ratings *ratings = reader->ratings;
	enum acc_status status =
	    acc_lists_close(reader->lists, ratings->about, ratings->row, ratings->rows);
	ratings->rows = 0;
	reader->unfit = reader->unfit || status == ACC_TOO_LARGE;
	return !reader->unfit && acc_status_ok(reader->command->messages, status);
}

bool
acc_reader_close_unit(struct acc_reader *reader)
{
	struct acc_ratings *ratings = reader->ratings;
	if (!reader->open)
		return true;
	reader->open = false;
	if (reader->lists)
		return close_list(reader);
	enum acc_status status = reader->told ? acc_gather_unit(&reader->gather, ratings->about,
								ratings->row, ratings->rows, NULL)
					      : acc_gather_later(&reader->gather, ratings->about,
								 ratings->row, ratings->rows);
	ratings->rows = 0;
	return acc_status_ok(reader->command->messages, status) && !reader->unfit;
}

/* Does the unit with this label belong to the shard? */
static bool
at_home(const struct acc_reader *reader, const char *document, const char *label, size_t length)
{
	const struct acc_shard *shard = reader->shard;
	bool whole = shard && shard->key == ACC_SHARD_DOCUMENT;
	/* Where what is wrong is told, acc_reader_unit does. */
	return !shard || reader->told ||
	       acc_unit_shard(whole ? document : label, whole ? strlen(document) : length,
			      shard->seed, shard->parts) == shard->index;
}

void
acc_reader_new_unit(struct acc_reader *reader, uint64_t line)
{
	if (reader->ratings->about)
		reader->ratings->about[0].line = (uint32_t)line;
}

bool
acc_reader_name_unit(struct acc_reader *reader, const char *document, size_t keep, const char *name,
		     size_t length)
{
	if (!acc_array_reserve((void **)&reader->joint, &reader->joint_capacity, keep + length + 1,
			       1)) {
		acc_error_memory(reader->command->messages);
		return false;
	}
	if (name != reader->joint)
		memcpy(reader->joint + keep, name, length);
	reader->joint[keep + length] = 0;
	reader->name = acc_units_name(reader->joint, keep + length);
	reader->unfit = reader->unfit || !at_home(reader, document, reader->joint, keep + length);
	reader->any = true;
	return !reader->unfit;
}

bool
acc_reader_next_unit(struct acc_reader *reader, const char *document, size_t keep, const char *name,
		     size_t length)
{
	if (!acc_reader_close_unit(reader))
		return false;
	if (reader->any)
		reader->orders &= acc_reader_ascends(reader->label + keep,
						     reader->label_length - keep, name, length);
	if (!acc_array_reserve((void **)&reader->label, &reader->label_capacity, keep + length + 1,
			       1)) {
		acc_error_memory(reader->command->messages);
		return false;
	}
	memcpy(reader->label + keep, name, length);
	reader->label_length = keep + length;
	reader->label[reader->label_length] = 0;
	if (!reader->first && !(reader->first = strdup(reader->label))) {
		acc_error_memory(reader->command->messages);
		return false;
	}
	reader->unfit = reader->unfit || !reader->orders ||
			!at_home(reader, document, reader->label, reader->label_length);
	reader->any = reader->open = true;
	return !reader->unfit;
}
