#include "stats/urn_parts.h"
#include "stats/urn_draft.h"

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

/* ---- parts ---- */

/* Work on one theme. */
struct cut {
	const struct acc_urn *urn;
	struct acc_urn_groups groups;
	size_t theme, room;
	uint32_t *slot;   /* owned, [room] */
	uint32_t *column; /* owned, [length] */
	struct acc_urn_draft draft[ACC_URN_GROUPS];
	size_t drafts;
};

/* What a replicate takes: replicates are counted abreast, so that a block costs half a cell. */
static double
cost_of(const struct cut *cut, const struct acc_urn_draft *draft)
{
	return (double)cut->urn->blocks / 2 + (double)draft->filled;
}

/* Join a group of columns to the draft where that saves most, or begin one. */
static enum acc_status
join(struct cut *cut, struct acc_urn_draft *one)
{
	double most = 0;
	size_t with = cut->drafts;
	struct acc_urn_draft best = {0}, both;
	for (size_t d = 0; d < cut->drafts; d++) {
		struct acc_urn_likeness like = {.a = &cut->draft[d], .b = one};
		enum acc_status status =
		    acc_urn_draft_make(&both, &like, cut->urn->blocks, cut->slot, cut->room);
		if (status != ACC_OK) {
			acc_urn_draft_free(&best);
			return status;
		}
		double saves =
		    cost_of(cut, &cut->draft[d]) + cost_of(cut, one) - cost_of(cut, &both);
		struct acc_urn_draft *worse = saves > most ? &best : &both;
		acc_urn_draft_free(worse);
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
		acc_urn_draft_free(&cut->draft[with]);
		acc_urn_draft_free(one);
		cut->draft[with] = best;
	}
	*one = (struct acc_urn_draft){0};
	return ACC_OK;
}

static enum acc_status
add_group(struct cut *cut, size_t group)
{
	struct acc_urn_likeness like = {
	    .urn = cut->urn, .theme = cut->theme, .column = cut->column};
	struct acc_urn_draft one;
	for (size_t i = 0; i < cut->groups.length; i++)
		if (cut->groups.of[i] == group)
			cut->column[like.columns++] = (uint32_t)i;
	enum acc_status status =
	    acc_urn_draft_make(&one, &like, cut->urn->blocks, cut->slot, cut->room);
	one.groups = (uint64_t)1 << group;
	if (status == ACC_OK && one.filled)
		status = join(cut, &one);
	acc_urn_draft_free(&one);
	return status;
}

/* The rows of the classes of a draft. */
static enum acc_status
finish(const struct cut *cut, struct acc_urn_draft *draft, struct acc_urn_parts *parts)
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
		acc_urn_draft_free(&cut->draft[d]);
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
				     ? acc_urn_groups_make(&cut.groups, &at)
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
