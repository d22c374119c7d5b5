#include "stats/urn_draft.h"

#include <stdlib.h>
#include <string.h>

enum { OTHERS, CODES, CODERS }; /* groups; the last is of the first coder */

static void
put_group(struct acc_urn_groups *groups, const struct acc_tally *at, const double *array,
	  size_t length, size_t number)
{
	for (size_t i = 0; array && i < length; i++)
		groups->of[(size_t)(array - at->cell) + i] = (uint32_t)number;
}

static void
put_pairs(struct acc_urn_groups *groups, const struct acc_tally *at, const double *cells,
	  size_t together, size_t apart)
{
	size_t square = at->categories * at->categories;
	for (size_t j = 1; cells && j < at->coders; j++)
		for (size_t i = 0; i < j; i++, cells += square)
			put_group(groups, at, cells, square,
				  together == 1 ? CODERS + apart + acc_pair_number(i, j)
						: CODERS + j / together);
}

enum acc_status
acc_urn_groups_make(struct acc_urn_groups *groups, const struct acc_tally *at)
{
	size_t q = at->categories, coders = at->coders;
	size_t together =
	    coders * coders / 2 <= ACC_URN_GROUPS / 2 ? 1 : coders / (ACC_URN_GROUPS / 2) + 2;
	size_t apart = (coders + together - 1) / together;
	const double *complete = acc_tally_complete_margin(at);
	groups->length = at->length;
	groups->of = acc_array(at->length, sizeof *groups->of);
	if (!groups->of)
		return ACC_NO_MEMORY;
	groups->count = CODERS + apart + (together == 1 ? coders * coders / 2 : 0);
	put_group(groups, at, acc_tally_share(at), 2 * q, CODES);
	put_group(groups, at, acc_tally_coincidences(at), q * q, CODES);
	for (size_t j = 0; j < coders; j++) {
		size_t own = CODERS + j / together;
		put_group(groups, at, acc_tally_margin(at) + j * q, q, own);
		put_group(groups, at, complete ? complete + j * q : NULL, q, own);
	}
	put_pairs(groups, at, acc_tally_cells(at), together, apart);
	put_pairs(groups, at, acc_tally_complete_cells(at), together, apart);
	return ACC_OK;
}

/* ---- classes of equal rows ---- */

static uint64_t
hash_of(const struct acc_urn_likeness *like, size_t block)
{
	uint64_t hash = 0xcbf29ce484222325u, bits;
	if (like->a)
		hash = ((uint64_t)like->a->class_of[block] << 32 | like->b->class_of[block]) *
		       0x9e3779b97f4a7c15u;
	const double *row = like->a ? NULL : acc_urn_row(like->urn, like->theme, block);
	for (size_t i = 0; row && i < like->columns; i++) {
		memcpy(&bits, &row[like->column[i]], sizeof bits);
		hash = (hash ^ bits ^ bits >> 32) * 0x100000001b3u;
	}
	return hash ^ hash >> 29;
}

static bool
are_alike(const struct acc_urn_likeness *like, size_t x, size_t y)
{
	if (like->a)
		return like->a->class_of[x] == like->a->class_of[y] &&
		       like->b->class_of[x] == like->b->class_of[y];
	const double *of_x = acc_urn_row(like->urn, like->theme, x);
	const double *of_y = acc_urn_row(like->urn, like->theme, y);
	for (size_t i = 0; i < like->columns; i++)
		if (memcmp(&of_x[like->column[i]], &of_y[like->column[i]], sizeof *of_x) != 0)
			return false;
	return true;
}

void
acc_urn_draft_free(struct acc_urn_draft *draft)
{
	free(draft->class_of);
	free(draft->block);
	free(draft->fill);
	*draft = (struct acc_urn_draft){0};
}

static uint32_t
count_fill(const struct acc_urn_likeness *like, size_t block)
{
	uint32_t fill = 0;
	if (like->a)
		return like->a->fill[like->a->class_of[block]] +
		       like->b->fill[like->b->class_of[block]];
	const double *row = acc_urn_row(like->urn, like->theme, block);
	for (size_t i = 0; i < like->columns; i++)
		fill += row[like->column[i]] != 0;
	return fill;
}

enum acc_status
acc_urn_draft_make(struct acc_urn_draft *draft, const struct acc_urn_likeness *like, size_t blocks,
		   uint32_t *slot, size_t room)
{
	*draft = (struct acc_urn_draft){.class_of = acc_array(blocks, sizeof *draft->class_of),
					.block = acc_array(blocks, sizeof *draft->block),
					.fill = acc_array(blocks, sizeof *draft->fill)};
	if (!draft->class_of || !draft->block || !draft->fill) {
		acc_urn_draft_free(draft);
		return ACC_NO_MEMORY;
	}
	memset(slot, 0, room * sizeof *slot);
	for (size_t b = 0; b < blocks; b++) {
		size_t at = (size_t)hash_of(like, b) & (room - 1);
		while (slot[at] && !are_alike(like, draft->block[slot[at] - 1], b))
			at = (at + 1) & (room - 1);
		if (!slot[at]) {
			draft->block[draft->classes] = (uint32_t)b;
			draft->fill[draft->classes] = count_fill(like, b);
			draft->filled += draft->fill[draft->classes];
			slot[at] = (uint32_t)++draft->classes;
		}
		draft->class_of[b] = slot[at] - 1;
	}
	return ACC_OK;
}
