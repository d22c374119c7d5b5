/* gather: the rows of one unit become one pattern more.
 *
 * What makes memory independent of the number of units: a unit whose rows are all there is counted
 * and forgotten. */
#ifndef ACC_GATHER_H
#define ACC_GATHER_H

#include "stats/patterns.h"

struct acc_assignment {
	uint32_t unit, coder;
	uint32_t theme; /* ACC_NONE: looked, applied nothing (themes design) */
	uint32_t code;  /* ACC_NONE: missing, the coder did not rate */
	uint32_t line;
};

/* What is known of a unit beside its ratings; the same on all its rows. */
struct acc_unit {
	uint32_t group, participant, document;
	uint32_t line; /* where it was first met */
};

/* Two rows of one unit, coder and theme with different codes. */
struct acc_conflict {
	struct acc_assignment first, second; /* first has the smaller line */
};

/* A value of one theme, remembered: few are given again and again. */
struct acc_gather_value {
	uint32_t theme, code, value;
	bool known;
};
/* A value of two themes, remembered likewise. */
struct acc_gather_pair {
	uint32_t word[4], value;
	bool known;
};

/* A unit of few rows, remembered: what its rows say, in their order, the pattern it made, and how
 * many more such units there were. */
struct acc_gather_known {
	uint64_t low, high; /* two bytes for each row */
	uint32_t head;      /* of group, participant and document */
	uint32_t pattern;   /* ACC_NONE: a free slot */
	uint64_t more;
};

/* One that waits for its line of the cache. */
struct acc_gather_late {
	uint64_t low, high;
	uint32_t head, hash;
};
enum {
	ACC_GATHER_VALUES = 1024,
	ACC_GATHER_PAIRS = 1 << 14,
	ACC_GATHER_KNOWN_LEAST = 1 << 10,
	ACC_GATHER_KNOWN_MOST = 1 << 16,
	ACC_GATHER_NEAR = 4, /* slots where a unit may be */
	ACC_GATHER_LATE = 8,
	ACC_GATHER_ROWS = 8 /* of a unit that is remembered, at most */
};

struct acc_gather {
	enum acc_design design;
	struct acc_patterns *patterns; /* borrowed: where units are counted */
	/* Called with `context` for rows that contradict each other; counted in `conflicts`. */
	void (*conflict)(void *context, const struct acc_conflict *conflict);
	void *context;
	uint64_t conflicts;
	uint32_t *vector, *word; /* owned scratch */
	size_t vector_capacity, word_capacity;
	struct acc_gather_value value[ACC_GATHER_VALUES];
	struct acc_gather_pair *pair;   /* owned, [ACC_GATHER_PAIRS]; made when it is needed */
	struct acc_gather_known *known; /* owned, [slots + ACC_GATHER_NEAR]; made when needed */
	size_t slots, used;             /* of it; it grows until it has ACC_GATHER_KNOWN_MOST */
	struct acc_gather_late late[ACC_GATHER_LATE];
	size_t lates;          /* so many have come; those before the last ACC_GATHER_LATE went */
	struct acc_pool head;  /* words: group, participant, document */
	struct acc_unit about; /* of the last unit */
	uint32_t about_head;   /* number of its head */
};

/* Count one unit with these rows, whose order changes; `about` says the rest of it. pattern (may be
 * NULL) receives the number of its vector. */
enum acc_status acc_gather_unit(struct acc_gather *gather, const struct acc_unit *about,
				struct acc_assignment *row, size_t rows, uint32_t *pattern);

/* The same, counted by acc_gather_finish at the latest. */
enum acc_status acc_gather_later(struct acc_gather *gather, const struct acc_unit *about,
				 struct acc_assignment *row, size_t rows);

/* The same for rows that are packed, 16 bits each, first in `low`, then in `high`; where they are 0
 * there is no row. */
enum { ACC_PACK_NOTHING = 253, ACC_PACK_MISSING, ACC_PACK_CODERS };
enum acc_status acc_gather_packed(struct acc_gather *gather, const struct acc_unit *about,
				  uint64_t low, uint64_t high);

/* A row's 16 bits; 0 where it does not fit. */
static inline uint32_t
acc_gather_pack(enum acc_design design, uint32_t coder, uint32_t theme, uint32_t code)
{
	uint32_t given = design == ACC_CODES ? code : theme;
	if (design == ACC_THEME_CODES)
		return 0;
	if (given == ACC_NONE)
		given = code == ACC_NONE ? ACC_PACK_MISSING : ACC_PACK_NOTHING;
	else if (given >= ACC_PACK_NOTHING)
		return 0;
	return coder >= ACC_PACK_CODERS ? 0 : (coder + 1) << 8 | given;
}

/* Put them before those there are. */
static inline __attribute__((always_inline)) void
acc_gather_push(uint64_t *low, uint64_t *high, uint32_t packed)
{
	*high = *high << 16 | *low >> 48;
	*low = *low << 16 | packed;
}

/* The rows that were packed, lines apart: row[ACC_GATHER_ROWS]. Returns how many. */
size_t acc_gather_unpack(enum acc_design design, uint64_t low, uint64_t high,
			 struct acc_assignment *row);

enum acc_status acc_gather_finish(struct acc_gather *gather);

/* Frees the scratch, not the patterns. */
void acc_gather_free(struct acc_gather *gather);

#endif
