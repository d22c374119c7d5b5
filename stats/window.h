/* window: a study whose units are wider: all a person said, a whole document, a unit with its
 * neighbours, units that overlap in the text.
 *
 * What a coder gave a window is what the coder gave any of its units: each theme once, however
 * often it came (with theme codes `present` goes before all other codes). Codes become themes,
 * since a window has room for several. Everything that reads patterns then counts windows. */
#ifndef ACC_WINDOW_H
#define ACC_WINDOW_H

#include "stats/patterns.h"
#include "stats/span.h"

/* One window for each participant, or document, in each group; units without one are windows of
 * their own. `made` is empty before and the caller's after. */
enum acc_status acc_window_whole(struct acc_patterns *made, const struct acc_patterns *patterns,
				 bool documents, uint32_t present);

/* Units in the order of their documents. */
struct acc_order_of_units {
	const uint32_t *pattern_of; /* [units] */
	const double *rank;         /* [units]; equal ones stay as they come; NULL: as they come */
	uint32_t units;
};

/* One window around each unit: itself and the `reach` units of its document before and after it. It
 * belongs to the group and participant of the unit in the middle. */
enum acc_status acc_window_near(struct acc_patterns *made, const struct acc_patterns *patterns,
				const struct acc_order_of_units *order, uint32_t reach,
				uint32_t present);

/* Units with their spans. */
struct acc_spans_of_units {
	const uint32_t *pattern_of;  /* [units] */
	const struct acc_span *span; /* [units] */
	uint32_t units;
};

/* One window for each largest set of units of a document that all share some text: spans that
 * overlap two by two do, so two units share a window if and only if they overlap. A unit that
 * overlaps no other is a window of its own, as is one without text; one that nobody looked at is in
 * none. A window belongs to the group
 * and participant of its unit that begins last (of those, ends last): there the common text begins.
 * With a `coder` (else ACC_NONE) only the units this coder looked at, and what this coder gave
 * them. *shared: some unit is in several windows, which then are not independent. */
enum acc_status acc_window_overlap(struct acc_patterns *made, const struct acc_patterns *patterns,
				   const struct acc_spans_of_units *spans, uint32_t coder,
				   uint32_t present, bool *shared);

#endif
