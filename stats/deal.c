#include "stats/deal.h"

#include "stats/units_part.h"
#include <stdlib.h>
#include <sys/mman.h>

enum {
	LEAST = 512, /* bytes of a chunk, twice as many of the next ... */
	MOST = 1 << 14
};
static const size_t large_page = 1 << 21, room = (size_t)1500 << 20;

/* ---- rows come ---- */

/* How a chunk begins: with the one before it, and where the rows of that end. */
struct head {
	const char *chunk, *end;
};

/* Pages come as they are written to. */
bool
acc_deal_begin(struct acc_deal *deal)
{
	void *at = mmap(NULL, room, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	deal->left = at == MAP_FAILED;
	if (deal->left)
		return false;
#ifdef MADV_HUGEPAGE
	madvise((char *)at + large_page, room - large_page, MADV_HUGEPAGE);
#endif
	deal->room = at;
	return true;
}

void
acc_deal_free(struct acc_deal *deal)
{
	if (deal->room)
		munmap(deal->room, room);
	*deal = (struct acc_deal){.left = deal->left};
}

bool
acc_deal_more(struct acc_deal *deal, struct acc_deal_stream *stream)
{
	size_t size = !stream->size ? LEAST : stream->size < MOST ? 2 * stream->size : MOST;
	if (room - deal->used < size)
		return false;
	struct head before = {stream->chunk, stream->at};
	char *chunk = deal->room + deal->used;
	deal->used += size;
	memcpy(chunk, &before, sizeof before);
	stream->chunk = chunk;
	stream->size = size;
	stream->at = chunk + sizeof before;
	stream->end = chunk + size;
	return true;
}

/* ---- a part is put in order ---- */

struct name {
	uint64_t low, high;
};

struct gathering {
	uint32_t *slot; /* owned, [slots]: a unit + 1 */
	size_t slots, slot_capacity;
	struct name *name; /* owned, [units] */
	size_t units, name_capacity;
	uint32_t *place; /* owned, [units]: how many rows, then where the next one goes */
	size_t place_capacity;
	uint32_t *unit, *row; /* owned, [rows] */
	size_t unit_capacity, row_capacity;
	uint32_t *word; /* owned, [rows + units] */
	size_t word_capacity;
};

static bool
make_room(struct gathering *gathering, size_t rows)
{
	gathering->slots = 64;
	while (gathering->slots < rows + rows / 2)
		gathering->slots *= 2;
	gathering->units = 0;
	bool good = acc_array_reserve((void **)&gathering->slot, &gathering->slot_capacity,
				      gathering->slots, sizeof *gathering->slot) &&
		    acc_array_reserve((void **)&gathering->name, &gathering->name_capacity, rows,
				      sizeof *gathering->name) &&
		    acc_array_reserve((void **)&gathering->place, &gathering->place_capacity, rows,
				      sizeof *gathering->place) &&
		    acc_array_reserve((void **)&gathering->unit, &gathering->unit_capacity, rows,
				      sizeof *gathering->unit) &&
		    acc_array_reserve((void **)&gathering->row, &gathering->row_capacity, rows,
				      sizeof *gathering->row) &&
		    acc_array_reserve((void **)&gathering->word, &gathering->word_capacity,
				      2 * rows, sizeof *gathering->word);
	if (good)
		memset(gathering->slot, 0, gathering->slots * sizeof *gathering->slot);
	return good;
}

/* The number of a unit of this part, a new one where need be. */
static inline uint32_t
number_of(struct gathering *gathering, uint64_t low, uint64_t high)
{
	size_t mask = gathering->slots - 1, at = acc_units_mix(low, high) >> 20 & mask;
	for (uint32_t unit; (unit = gathering->slot[at]); at = (at + 1) & mask)
		if (gathering->name[unit - 1].low == low && gathering->name[unit - 1].high == high)
			return unit - 1;
	uint32_t unit = (uint32_t)gathering->units++;
	gathering->slot[at] = unit + 1;
	gathering->name[unit] = (struct name){low, high};
	gathering->place[unit] = 0;
	return unit;
}

/* Rows from a chunk, from which on `rows` are the gathering's. Returns how many. */
static inline size_t
read_chunk(struct gathering *gathering, const char *from, const char *to, bool wide, size_t rows)
{
	size_t bytes = wide ? ACC_DEAL_WIDE : ACC_DEAL_NARROW, before = rows;
	for (; from < to; from += bytes, rows++) {
		struct name name = {0, 0};
		uint32_t row;
		memcpy(&row, from, sizeof row);
		memcpy(&name.low, from + sizeof row, sizeof name.low);
		if (wide)
			memcpy(&name.high, from + sizeof row + sizeof name.low, sizeof name.high);
		uint32_t unit = number_of(gathering, name.low, name.high);
		gathering->unit[rows] = unit;
		gathering->row[rows] = row;
		gathering->place[unit] += row != ACC_NONE;
	}
	return rows - before;
}

/* Rows of unit after unit; returns how many words that are. */
static size_t
put_in_order(struct gathering *gathering, size_t rows, uint32_t end)
{
	uint32_t sum = 0;
	for (size_t u = 0; u < gathering->units; u++) {
		uint32_t here = gathering->place[u];
		gathering->place[u] = sum;
		sum += here + 1;
	}
	for (size_t i = 0; i < rows; i++)
		if (gathering->row[i] != ACC_NONE)
			gathering->word[gathering->place[gathering->unit[i]]++] = gathering->row[i];
	for (size_t u = 0; u < gathering->units; u++)
		gathering->word[gathering->place[u]] = end;
	return sum;
}

static size_t
rows_of(const struct acc_deal_stream *stream, bool wide)
{
	size_t bytes = 0;
	struct head head = {stream->chunk, stream->at};
	while (head.chunk) {
		bytes += (size_t)(head.end - head.chunk) - sizeof head;
		memcpy(&head, head.chunk, sizeof head);
	}
	return bytes / (wide ? ACC_DEAL_WIDE : ACC_DEAL_NARROW);
}

/* The rows of a stream, from which on `rows` are the gathering's. Returns how many. */
static size_t
read_stream(struct gathering *gathering, const struct acc_deal_stream *stream, bool wide,
	    size_t rows)
{
	size_t before = rows;
	struct head head = {stream->chunk, stream->at};
	while (head.chunk) {
		const char *from = head.chunk + sizeof head;
		rows += wide ? read_chunk(gathering, from, head.end, true, rows)
			     : read_chunk(gathering, from, head.end, false, rows);
		memcpy(&head, head.chunk, sizeof head);
	}
	return rows - before;
}

static void
free_gathering(struct gathering *gathering)
{
	free(gathering->slot);
	free(gathering->name);
	free(gathering->place);
	free(gathering->unit);
	free(gathering->row);
	free(gathering->word);
}

/* What all deals have of one part and width. */
static enum acc_status
gather_part(struct gathering *gathering, const struct acc_deal *const *deal, size_t deals,
	    size_t part, bool wide, uint32_t end, const struct acc_deal_calls *calls, void *context)
{
	size_t rows = 0;
	for (size_t d = 0; d < deals; d++)
		rows += rows_of(&deal[d]->stream[wide][part], wide);
	if (!rows)
		return ACC_OK;
	if (rows >= UINT32_MAX / 2)
		return ACC_TOO_LARGE;
	if (!make_room(gathering, rows))
		return ACC_NO_MEMORY;
	rows = 0;
	for (size_t d = 0; d < deals; d++) {
		size_t more = read_stream(gathering, &deal[d]->stream[wide][part], wide, rows);
		if (calls->renumber)
			calls->renumber(context, d, gathering->row + rows, more);
		rows += more;
	}
	size_t words = put_in_order(gathering, rows, end);
	return calls->take(context, gathering->word, words);
}

enum acc_status
acc_deal_gather(const struct acc_deal *const *deal, size_t deals, size_t one, size_t of,
		uint32_t end, const struct acc_deal_calls *calls, void *context)
{
	struct gathering gathering = {0};
	enum acc_status status = ACC_OK;
	for (size_t k = one; status == ACC_OK && k < 2 * (size_t)ACC_DEAL_PARTS; k += of)
		status = gather_part(&gathering, deal, deals, k % ACC_DEAL_PARTS,
				     k >= ACC_DEAL_PARTS, end, calls, context);
	free_gathering(&gathering);
	return status;
}
