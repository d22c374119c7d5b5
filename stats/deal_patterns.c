#include "stats/deal_patterns.h"

#include "stats/list_words.h"
#include "stats/parallel.h"
#include "stats/patterns_rewrite.h"
#include <stdlib.h>
#include <string.h>

enum { LANES = 8 /* coders whose rows are packed where they belong */ };

uint32_t
acc_deal_row(enum acc_design design, uint32_t coder, uint32_t theme, uint32_t code, bool *full)
{
	return acc_lists_word(coder, design == ACC_CODES ? code : theme, code, full);
}

struct tabulating {
	const struct acc_deal *const *deal;
	size_t deals, threads;
	struct acc_label_maps *maps; /* owned, [deals] */
	struct acc_patterns labels;  /* owned: of all, by the numbers that patterns get */
	struct acc_patterns *made;   /* owned, [threads], but their labels are those */
};

/* Some of the parts, by one thread. */
struct some {
	const struct tabulating *all;
	struct acc_gather gather;
	bool contradiction;
};

static void
note_conflict(void *context, const struct acc_conflict *conflict)
{
	(void)conflict;
	((struct some *)context)->contradiction = true;
}

static void
renumber(void *context, size_t source, uint32_t *row, size_t rows)
{
	const struct tabulating *all = ((const struct some *)context)->all;
	const struct acc_label_maps *maps = &all->maps[source];
	const uint32_t *given = all->labels.design == ACC_CODES ? maps->code : maps->theme;
	for (size_t i = 0; i < rows; i++) {
		uint32_t word = row[i], what = word & ACC_LISTS_NOTHING;
		if (word != ACC_NONE)
			row[i] = maps->coder[word >> ACC_LISTS_SHIFT] << ACC_LISTS_SHIFT |
				 (what == ACC_LISTS_NOTHING ? what : given[what]);
	}
}

/* ---- one unit ---- */

static const struct acc_unit plain = {ACC_NONE, ACC_NONE, ACC_NONE, 0};

static int
compare(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

/* A unit whose rows do not all have a place: in order, so that like units are alike. */
static enum acc_status
take_carefully(struct some *some, uint32_t *word, size_t rows)
{
	struct acc_assignment few[ACC_GATHER_ROWS], *row = few;
	bool codes = some->gather.design == ACC_CODES;
	if (rows > ACC_GATHER_ROWS && !(row = acc_array(rows, sizeof *row)))
		return ACC_NO_MEMORY;
	qsort(word, rows, sizeof *word, compare);
	for (size_t i = 0; i < rows; i++) {
		uint32_t what = word[i] & ACC_LISTS_NOTHING;
		what = what == ACC_LISTS_NOTHING ? ACC_NONE : what;
		row[i] = (struct acc_assignment){.coder = word[i] >> ACC_LISTS_SHIFT,
						 .theme = codes ? 0 : what,
						 .code = codes ? what : 0,
						 .line = (uint32_t)i};
	}
	enum acc_status status = acc_gather_later(&some->gather, &plain, row, rows);
	if (row != few)
		free(row);
	return status;
}

/* What a row says, packed, where its coder's place is: into the words of all. False: it does not
 * fit, or there is one already. */
static inline bool
pack(uint32_t word, uint64_t *low, uint64_t *high)
{
	uint32_t coder = word >> ACC_LISTS_SHIFT, what = word & ACC_LISTS_NOTHING;
	uint64_t *of = coder & 4 ? high : low;
	unsigned shift = 16 * (coder & 3);
	uint32_t given = what == ACC_LISTS_NOTHING ? ACC_PACK_NOTHING : what;
	bool fits = coder < LANES && (what < ACC_PACK_NOTHING || what == ACC_LISTS_NOTHING) &&
		    !(*of >> shift & 0xffff);
	*of |= (uint64_t)((coder + 1) << 8 | (given & 0xff)) << shift;
	return fits;
}

static enum acc_status
take_units(void *context, uint32_t *word, size_t words)
{
	struct some *some = context;
	enum acc_status status = ACC_OK;
	for (size_t at = 0; status == ACC_OK && at < words; at++) {
		uint64_t low = 0, high = 0;
		size_t begin = at;
		bool fits = true;
		for (; !(word[at] & ACC_LISTS_END); at++)
			fits = pack(word[at], &low, &high) && fits;
		status = fits && at > begin ? acc_gather_packed(&some->gather, &plain, low, high)
					    : take_carefully(some, word + begin, at - begin);
	}
	return status;
}

/* ---- all of them ---- */

static enum acc_status
tabulate_some(void *context, size_t index)
{
	struct tabulating *all = context;
	const struct acc_deal_calls calls = {renumber, take_units};
	struct some *some = calloc(1, sizeof *some);
	if (!some)
		return ACC_NO_MEMORY;
	some->all = all;
	some->gather.design = all->labels.design;
	some->gather.patterns = &all->made[index];
	some->gather.conflict = note_conflict;
	some->gather.context = some;
	enum acc_status status = acc_deal_gather(all->deal, all->deals, index, all->threads,
						 ACC_LISTS_END, &calls, some);
	if (status == ACC_OK)
		status = acc_gather_finish(&some->gather);
	if (status == ACC_OK && some->contradiction)
		status = ACC_TOO_LARGE;
	acc_gather_free(&some->gather);
	free(some);
	return status;
}

/* The labels of `to` become those of all, or none: they are not its own. */
static void
lend_labels(struct acc_patterns *to, const struct acc_patterns *labels)
{
	to->coder = labels->coder;
	to->theme = labels->theme;
	to->code = labels->code;
	to->group = labels->group;
	to->participant = labels->participant;
	to->document = labels->document;
}

static void
end(struct tabulating *all)
{
	const struct acc_patterns none = {0};
	for (size_t i = 0; all->maps && i < all->deals; i++)
		acc_label_maps_free(&all->maps[i]);
	for (size_t i = 0; all->made && i < all->threads; i++) {
		lend_labels(&all->made[i], &none);
		acc_patterns_free(&all->made[i]);
	}
	acc_patterns_free(&all->labels);
	free(all->maps);
	free(all->made);
}

enum acc_status
acc_deal_tabulate(const struct acc_deal *const *deal, const struct acc_patterns *const *from,
		  size_t deals, struct acc_patterns *patterns, unsigned threads)
{
	struct tabulating all = {.deal = deal, .deals = deals, .threads = threads};
	const struct acc_patterns **made = acc_array(threads, sizeof *made);
	all.maps = acc_array(deals, sizeof *all.maps);
	all.made = acc_array(threads, sizeof *all.made);
	enum acc_status status = made && all.maps && all.made ? ACC_OK : ACC_NO_MEMORY;
	if (status == ACC_OK)
		status = acc_labels_merge(&all.labels, from, deals, all.maps);
	for (size_t i = 0; status == ACC_OK && i < threads; i++) {
		all.made[i].design = all.labels.design;
		all.made[i].seen = all.labels.seen;
		lend_labels(&all.made[i], &all.labels);
		made[i] = &all.made[i];
	}
	if (status == ACC_OK)
		status = acc_parallel(threads, threads, tabulate_some, &all);
	if (status == ACC_OK)
		status = acc_patterns_merge(patterns, made, threads, threads);
	end(&all);
	free(made);
	return status;
}
