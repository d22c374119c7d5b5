#include "stats/window.h"
#include "stats/window_maker.h"

#include <stdlib.h>

/* ---- whole people or documents ---- */

struct member {
	uint32_t whole, group, pattern;
};

static int
compare_members(const void *a, const void *b)
{
	const struct member *x = a, *y = b;
	if (x->whole != y->whole)
		return x->whole < y->whole ? -1 : 1;
	if (x->group != y->group)
		return x->group < y->group ? -1 : 1;
	return (x->pattern > y->pattern) - (x->pattern < y->pattern);
}

static enum acc_status
gather(struct acc_window_maker *maker, const struct member *member, size_t count, bool documents)
{
	enum acc_status status = ACC_OK;
	for (size_t i = 0; status == ACC_OK && i < count; i++) {
		struct acc_pattern p = acc_patterns_get(maker->patterns, member[i].pattern);
		bool alone = member[i].whole == ACC_NONE;
		bool last = i + 1 == count || member[i + 1].whole != member[i].whole ||
			    member[i + 1].group != member[i].group;
		if (!acc_window_take(maker, &p, ACC_NONE))
			return ACC_NO_MEMORY;
		if (alone || last)
			status = acc_window_close(
			    maker, p.group, documents ? ACC_NONE : p.participant,
			    documents ? p.document : ACC_NONE, alone ? p.count : 1);
	}
	return status;
}

enum acc_status
acc_window_whole(struct acc_patterns *made, const struct acc_patterns *patterns, bool documents,
		 uint32_t present)
{
	struct acc_window_maker maker = {.patterns = patterns, .made = made, .present = present};
	uint32_t count = patterns->vector.count;
	struct member *member = acc_array(count, sizeof *member);
	enum acc_status status = member ? acc_window_begin(&maker) : ACC_NO_MEMORY;
	for (uint32_t p = 0; status == ACC_OK && p < count; p++) {
		struct acc_pattern pattern = acc_patterns_get(patterns, p);
		uint32_t whole = documents ? pattern.document : pattern.participant;
		member[p] = (struct member){whole, pattern.group, p};
	}
	if (status == ACC_OK) {
		qsort(member, count, sizeof *member, compare_members);
		status = gather(&maker, member, count, documents);
	}
	if (status == ACC_OK)
		status = acc_patterns_canonical(made, NULL);
	free(member);
	acc_window_maker_free(&maker);
	return status;
}

/* ---- neighbours ---- */

struct placed {
	uint32_t document, unit;
	double rank;
};

static int
compare_placed(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;
	if (x->document != y->document)
		return x->document < y->document ? -1 : 1;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return (x->unit > y->unit) - (x->unit < y->unit);
}

static enum acc_status
around(struct acc_window_maker *maker, const struct acc_order_of_units *order,
       const struct placed *placed, uint32_t at, uint32_t reach)
{
	struct acc_pattern centre =
	    acc_patterns_get(maker->patterns, order->pattern_of[placed[at].unit]);
	uint32_t from = at > reach ? at - reach : 0;
	for (uint32_t i = from; i < order->units && i - from <= at - from + reach; i++) {
		if (placed[i].document != placed[at].document)
			continue;
		struct acc_pattern p =
		    acc_patterns_get(maker->patterns, order->pattern_of[placed[i].unit]);
		if (!acc_window_take(maker, &p, ACC_NONE))
			return ACC_NO_MEMORY;
	}
	return acc_window_close(maker, centre.group, centre.participant, centre.document, 1);
}

enum acc_status
acc_window_near(struct acc_patterns *made, const struct acc_patterns *patterns,
		const struct acc_order_of_units *order, uint32_t reach, uint32_t present)
{
	struct acc_window_maker maker = {.patterns = patterns, .made = made, .present = present};
	struct placed *placed = acc_array(order->units, sizeof *placed);
	enum acc_status status = placed ? acc_window_begin(&maker) : ACC_NO_MEMORY;
	for (uint32_t u = 0; status == ACC_OK && u < order->units; u++) {
		struct acc_pattern pattern = acc_patterns_get(patterns, order->pattern_of[u]);
		placed[u] = (struct placed){pattern.document, u, order->rank ? order->rank[u] : 0};
	}
	if (status == ACC_OK)
		qsort(placed, order->units, sizeof *placed, compare_placed);
	for (uint32_t at = 0; status == ACC_OK && at < order->units; at++)
		status = around(&maker, order, placed, at, reach);
	if (status == ACC_OK)
		status = acc_patterns_canonical(made, NULL);
	free(placed);
	acc_window_maker_free(&maker);
	return status;
}
