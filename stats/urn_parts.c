#include "stats/urn_parts.h"

#include <stdlib.h>
#include <string.h>

void
acc_urn_parts_free(struct acc_urn_parts *parts)
{
	for (size_t i = 0; i < parts->parts; i++) {
		free(parts->part[i].class_of);
		free(parts->part[i].filled);
		free(parts->part[i].cell);
		free(parts->part[i].value);
	}
	free(parts->first);
	free(parts->part);
	*parts = (struct acc_urn_parts){0};
}

/* ---- columns that repeat together ---- */

enum { OTHERS, CODES, CODERS, GROUPS_MOST = 64 };

/* The groups of a tally's columns: of a coder, of a pair of coders, of codes whoever gave them, and
 * all others. Of many coders several stand together. */
struct groups {
	size_t count, length;
	uint32_t *of; /* owned, [length] */
};

static void
put_group(struct groups *groups, const struct acc_tally *at, const double *array, size_t length,
	  size_t number)
{
	for (size_t i = 0; array && i < length; i++)
		groups->of[(size_t)(array - at->cell) + i] = (uint32_t)number;
}

static void
put_pairs(struct groups *groups, const struct acc_tally *at, const double *cells, size_t together,
	  size_t apart)
{
	size_t square = at->categories * at->categories;
	for (size_t j = 1; cells && j < at->coders; j++)
		for (size_t i = 0; i < j; i++, cells += square)
			put_group(groups, at, cells, square,
				  together == 1 ? CODERS + apart + acc_pair_number(i, j)
						: CODERS + j / together);
}

/* `at`: a tally with cells. */
static enum acc_status
group_columns(struct groups *groups, const struct acc_tally *at)
{
	size_t q = at->categories, coders = at->coders;
	size_t together =
	    coders * coders / 2 <= GROUPS_MOST / 2 ? 1 : coders / (GROUPS_MOST / 2) + 2;
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

/* Blocks in classes, and a block of each. */
struct draft {
	size_t classes, filled; /* cells that are not 0, of all classes */
	uint32_t *class_of;     /* owned, [blocks] */
	uint32_t *block;        /* owned, [classes] */
	uint32_t *fill;         /* owned, [classes] cells that are not 0 */
	uint64_t groups;        /* bits: the groups of columns it is of */
};

/* Blocks are compared in some columns, or by the classes of two drafts. */
struct likeness {
	const struct acc_urn *urn;
	size_t theme, columns;
	const uint32_t *column;
	const struct draft *a, *b;
};

static uint64_t
hash_of(const struct likeness *like, size_t block)
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
are_alike(const struct likeness *like, size_t x, size_t y)
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

static void
draft_free(struct draft *draft)
{
	free(draft->class_of);
	free(draft->block);
	free(draft->fill);
	*draft = (struct draft){0};
}

static uint32_t
count_fill(const struct likeness *like, size_t block)
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

/* Like blocks become a class. slot[room] is scratch, room a power of two of at least two per block.
 */
static enum acc_status
draft_make(struct draft *draft, const struct likeness *like, size_t blocks, uint32_t *slot,
	   size_t room)
{
	*draft = (struct draft){.class_of = acc_array(blocks, sizeof *draft->class_of),
				.block = acc_array(blocks, sizeof *draft->block),
				.fill = acc_array(blocks, sizeof *draft->fill)};
	if (!draft->class_of || !draft->block || !draft->fill) {
		draft_free(draft);
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

/* ---- parts ---- */

/* Work on one theme. */
struct cut {
	const struct acc_urn *urn;
	struct groups groups;
	size_t theme, room;
	uint32_t *slot;   /* owned, [room] */
	uint32_t *column; /* owned, [length] */
	struct draft draft[GROUPS_MOST];
	size_t drafts;
};

/* What a replicate takes: replicates are counted abreast, so that a block costs half a cell. */
static double
cost_of(const struct cut *cut, const struct draft *draft)
{
	return (double)cut->urn->blocks / 2 + (double)draft->filled;
}

/* Join a group of columns to the draft where that saves most, or begin one. */
static enum acc_status
join(struct cut *cut, struct draft *one)
{
	double most = 0;
	size_t with = cut->drafts;
	struct draft best = {0}, both;
	for (size_t d = 0; d < cut->drafts; d++) {
		struct likeness like = {.a = &cut->draft[d], .b = one};
		enum acc_status status =
		    draft_make(&both, &like, cut->urn->blocks, cut->slot, cut->room);
		if (status != ACC_OK) {
			draft_free(&best);
			return status;
		}
		double saves =
		    cost_of(cut, &cut->draft[d]) + cost_of(cut, one) - cost_of(cut, &both);
		struct draft *worse = saves > most ? &best : &both;
		draft_free(worse);
		if (saves > most) {
			most = saves;
			with = d;
			best = both;
		}
	}
	if (with == cut->drafts) {
		cut->draft[cut->drafts++] = *one;
	} else {
		best.groups = cut->draft[with].groups | one->groups;
		draft_free(&cut->draft[with]);
		draft_free(one);
		cut->draft[with] = best;
	}
	*one = (struct draft){0};
	return ACC_OK;
}

static enum acc_status
add_group(struct cut *cut, size_t group)
{
	struct likeness like = {.urn = cut->urn, .theme = cut->theme, .column = cut->column};
	struct draft one;
	for (size_t i = 0; i < cut->groups.length; i++)
		if (cut->groups.of[i] == group)
			cut->column[like.columns++] = (uint32_t)i;
	enum acc_status status = draft_make(&one, &like, cut->urn->blocks, cut->slot, cut->room);
	one.groups = (uint64_t)1 << group;
	if (status == ACC_OK && one.filled)
		status = join(cut, &one);
	draft_free(&one);
	return status;
}

/* The rows of the classes of a draft. */
static enum acc_status
finish(const struct cut *cut, struct draft *draft, struct acc_urn_parts *parts)
{
	struct acc_urn_part *part = &parts->part[parts->parts++];
	size_t at = 0;
	*part = (struct acc_urn_part){
	    .at = parts->classes,
	    .classes = draft->classes,
	    .class_of = draft->class_of,
	    .filled = acc_array(draft->classes + 1, sizeof *part->filled),
	    .cell = acc_array(draft->filled, sizeof *part->cell),
	    .value = acc_array(draft->filled, sizeof *part->value),
	};
	draft->class_of = NULL;
	parts->classes += part->classes;
	if (!part->filled || !part->cell || !part->value)
		return ACC_NO_MEMORY;
	for (size_t c = 0; c < part->classes; c++) {
		const double *row = acc_urn_row(cut->urn, cut->theme, draft->block[c]);
		for (size_t i = 0; i < cut->groups.length; i++) {
			if (row[i] == 0 || !(draft->groups >> cut->groups.of[i] & 1))
				continue;
			part->cell[at] = (uint32_t)i;
			part->value[at++] = row[i];
		}
		part->filled[c + 1] = at;
	}
	return ACC_OK;
}

static size_t
count_filled(const struct acc_urn *urn, size_t theme)
{
	size_t filled = 0;
	for (size_t b = 0; b < urn->blocks; b++)
		for (size_t i = 0; i < urn->shape.length; i++)
			filled += acc_urn_row(urn, theme, b)[i] != 0;
	return filled;
}

static enum acc_status
cut_theme(struct cut *cut, struct acc_urn_parts *parts)
{
	enum acc_status status = ACC_OK;
	double cost = 0;
	for (size_t g = 0; status == ACC_OK && g < cut->groups.count; g++)
		status = add_group(cut, g);
	for (size_t d = 0; d < cut->drafts; d++)
		cost += cost_of(cut, &cut->draft[d]);
	bool pays = cost < 0.8 * (double)count_filled(cut->urn, cut->theme);
	for (size_t d = 0; d < cut->drafts; d++) {
		if (status == ACC_OK && pays &&
		    !acc_array_reserve((void **)&parts->part, &parts->capacity, parts->parts + 1,
				       sizeof *parts->part))
			status = ACC_NO_MEMORY;
		if (status == ACC_OK && pays)
			status = finish(cut, &cut->draft[d], parts);
		draft_free(&cut->draft[d]);
	}
	cut->drafts = 0;
	return status;
}

enum acc_status
acc_urn_parts_make(struct acc_urn_parts *parts, const struct acc_urn *urn)
{
	struct acc_tally at = urn->shape;
	struct cut cut = {.urn = urn, .room = 16};
	*parts = (struct acc_urn_parts){.themes = urn->themes};
	if (!urn->blocks)
		return ACC_OK;
	at.cell = acc_urn_row(urn, 0, 0);
	while (cut.room < 2 * urn->blocks)
		cut.room *= 2;
	parts->first = acc_array(urn->themes + 1, sizeof *parts->first);
	cut.slot = acc_array(cut.room, sizeof *cut.slot);
	cut.column = acc_array(urn->shape.length, sizeof *cut.column);
	enum acc_status status = parts->first && cut.slot && cut.column
				     ? group_columns(&cut.groups, &at)
				     : ACC_NO_MEMORY;
	for (; status == ACC_OK && cut.theme < urn->themes; cut.theme++) {
		status = cut_theme(&cut, parts);
		parts->first[cut.theme + 1] = parts->parts;
	}
	free(cut.groups.of);
	free(cut.slot);
	free(cut.column);
	return status;
}

/* ---- counting ---- */

void
acc_urn_parts_count(const struct acc_urn_parts *parts, size_t blocks, const acc_urn_times *times,
		    acc_urn_times *drawn)
{
	memset(drawn, 0, parts->classes * sizeof *drawn);
	for (size_t p = 0; p < parts->parts; p++) {
		const struct acc_urn_part *part = &parts->part[p];
		acc_urn_times *of = drawn + part->at;
		for (size_t b = 0; b < blocks; b++)
			of[part->class_of[b]] += times[b];
	}
}

void
acc_urn_parts_add(const struct acc_urn_parts *parts, size_t theme, const acc_urn_times *drawn,
		  size_t abreast, double *into)
{
	for (size_t p = parts->first[theme]; p < parts->first[theme + 1]; p++) {
		const struct acc_urn_part *part = &parts->part[p];
		for (size_t c = 0; c < part->classes; c++) {
			double times = drawn[part->at + c][abreast];
			for (size_t i = part->filled[c]; i < part->filled[c + 1]; i++)
				into[part->cell[i]] += times * part->value[i];
		}
	}
}
