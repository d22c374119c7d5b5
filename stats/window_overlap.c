/* Windows of overlapping units. A line sweeps over the spans of a document: units enter where they
 * begin and leave where they end. Those on the line are a largest set whenever one leaves and one
 * has entered since the last that left. */
#include "stats/window.h"
#include "stats/window_maker.h"

#include <math.h>
#include <stdlib.h>

struct spanned {
	struct acc_span span;
	uint32_t document, pattern;
};

struct on_line {
	const struct spanned *unit;
	bool counted; /* in a window already */
};

struct sweep {
	struct acc_window_maker maker;
	uint32_t coder;
	struct spanned *unit; /* owned: in the order of documents and beginnings */
	uint32_t units;
	struct on_line *line; /* owned, [units]: in the order of beginnings */
	size_t length;
	bool entered, shared;
};

static int
compare(const void *a, const void *b)
{
	const struct spanned *x = a, *y = b;
	if (x->document != y->document)
		return x->document < y->document ? -1 : 1;
	if (x->span.begin < y->span.begin || x->span.begin > y->span.begin)
		return x->span.begin < y->span.begin ? -1 : 1;
	if (x->span.end < y->span.end || x->span.end > y->span.end)
		return x->span.end < y->span.end ? -1 : 1;
	return (x->pattern > y->pattern) - (x->pattern < y->pattern);
}

/* Did the coder, or with ACC_NONE anyone? */
static bool
looked(const struct acc_pattern *pattern, uint32_t coder)
{
	for (size_t i = 0; i < pattern->ratings; i++)
		if (pattern->rating[2 * i] == coder)
			return true;
	return coder == ACC_NONE && pattern->ratings;
}

static void
sort_units(struct sweep *sweep, const struct acc_spans_of_units *spans)
{
	for (uint32_t u = 0; u < spans->units; u++) {
		struct acc_pattern pattern =
		    acc_patterns_get(sweep->maker.patterns, spans->pattern_of[u]);
		if (looked(&pattern, sweep->coder))
			sweep->unit[sweep->units++] = (struct spanned){
			    spans->span[u], pattern.document, spans->pattern_of[u]};
	}
	if (sweep->units)
		qsort(sweep->unit, sweep->units, sizeof *sweep->unit, compare);
}

/* The last `count` units on the line are a window. */
static enum acc_status
count_window(struct sweep *sweep, size_t count)
{
	struct acc_pattern pattern = {0};
	for (size_t i = sweep->length - count; i < sweep->length; i++) {
		struct on_line *at = &sweep->line[i];
		pattern = acc_patterns_get(sweep->maker.patterns, at->unit->pattern);
		if (!acc_window_take(&sweep->maker, &pattern, sweep->coder))
			return ACC_NO_MEMORY;
		sweep->shared = sweep->shared || at->counted;
		at->counted = true;
	}
	return acc_window_close(&sweep->maker, pattern.group, pattern.participant, pattern.document,
				1);
}

/* Units that end at or before a place leave the line. */
static enum acc_status
leave(struct sweep *sweep, double place)
{
	size_t kept = 0;
	enum acc_status status = ACC_OK;
	for (size_t i = 0; status == ACC_OK && sweep->entered && i < sweep->length; i++)
		if (sweep->line[i].unit->span.end <= place) {
			status = count_window(sweep, sweep->length);
			sweep->entered = false;
		}
	for (size_t i = 0; i < sweep->length; i++)
		if (sweep->line[i].unit->span.end > place)
			sweep->line[kept++] = sweep->line[i];
	sweep->length = kept;
	return status;
}

static enum acc_status
enter(struct sweep *sweep, const struct spanned *unit)
{
	enum acc_status status = ACC_OK;
	sweep->line[sweep->length++] = (struct on_line){unit, false};
	if (unit->span.begin < unit->span.end) {
		sweep->entered = true;
	} else { /* without text */
		status = count_window(sweep, 1);
		sweep->length--;
	}
	return status;
}

static enum acc_status
run(struct sweep *sweep)
{
	enum acc_status status = ACC_OK;
	for (uint32_t u = 0; status == ACC_OK && u < sweep->units; u++) {
		const struct spanned *unit = &sweep->unit[u];
		bool other = u && unit->document != sweep->unit[u - 1].document;
		status = leave(sweep, other ? INFINITY : unit->span.begin);
		if (status == ACC_OK)
			status = enter(sweep, unit);
	}
	return status == ACC_OK ? leave(sweep, INFINITY) : status;
}

enum acc_status
acc_window_overlap(struct acc_patterns *made, const struct acc_patterns *patterns,
		   const struct acc_spans_of_units *spans, uint32_t coder, uint32_t present,
		   bool *shared)
{
	struct sweep sweep = {.maker = {.patterns = patterns, .made = made, .present = present},
			      .coder = coder,
			      .unit = acc_array(spans->units, sizeof *sweep.unit),
			      .line = acc_array(spans->units, sizeof *sweep.line)};
	enum acc_status status =
	    sweep.unit && sweep.line ? acc_window_begin(&sweep.maker) : ACC_NO_MEMORY;
	if (status == ACC_OK) {
		sort_units(&sweep, spans);
		status = run(&sweep);
	}
	if (status == ACC_OK)
		status = acc_patterns_canonical(made, NULL);
	*shared = sweep.shared;
	free(sweep.unit);
	free(sweep.line);
	acc_window_maker_free(&sweep.maker);
	return status;
}
