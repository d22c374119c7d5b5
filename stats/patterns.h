/* patterns: what a study is once the order of its units no longer matters.
 *
 * Each unit is the vector of what its coders gave it; equal vectors in the same group, participant
 * and document are counted together. Nothing after this looks at units again.
 *
 * What a coder gave is a *value*: a sorted list of (theme, code) pairs.
 *
 *   design        value                                  a theme that is not in it
 *   codes         one pair: the only theme 0, the code   (there is one theme, without a name)
 *   themes        one pair per theme applied, code 0     looked, not applied
 *   theme codes   one pair per theme given a code        not looked at for this theme
 *
 * "Looked and applied nothing" is the empty value of the themes design; "did not look" is a coder
 * who is not in the vector. Invariant after acc_patterns_canonical: vocabularies in reported order,
 * values and vectors distinct and sorted, so equal studies are equal bytes whatever the order of
 * rows. */
#ifndef ACC_PATTERNS_H
#define ACC_PATTERNS_H

#include "stats/pool.h"
#include "stats/vocabulary.h"

enum acc_design { ACC_CODES, ACC_THEMES, ACC_THEME_CODES };

/* What the absence of a coder's rows for a unit means (themes design). */
enum acc_seen {
	ACC_SEEN_LISTED,   /* did not look */
	ACC_SEEN_DOCUMENT, /* looked and applied nothing, if the coder has a row in the unit's
			      document */
	ACC_SEEN_ALL       /* looked and applied nothing */
};

struct acc_patterns {
	enum acc_design design;
	enum acc_seen seen;
	bool folded; /* who gave what is forgotten: the "coders" of a vector are 1, 2, ... in the
			order of their values (stats/fold.h) */
	bool paired; /* of each unit how many ratings it has, its ratings one by one and two by two
			are counted, but not what it was given in all (stats/paired.h) */
	struct acc_vocabulary coder, theme, code, group, participant, document;
	struct acc_pool value; /* words: theme, code, theme, code, ... */
	struct acc_pool
	    vector;      /* words: group, participant, document, coder, value, coder, value, ... */
	uint64_t *count; /* owned, per vector: units that have it */
	size_t count_capacity;
	uint64_t repeated;   /* rows that said again what an earlier row had said */
	uint32_t *by_coders; /* owned, of paired ones: see acc_paired_index; or NULL */
};

/* Words of a vector before its ratings: group, participant, document; and behind them, of paired
 * patterns: ACC_NONE, ratings of the unit. */
enum { ACC_VECTOR_HEAD = 3, ACC_VECTOR_TAIL = 2 };

static inline size_t
acc_vector_tail(const struct acc_patterns *patterns)
{
	return patterns->paired ? ACC_VECTOR_TAIL : 0;
}

/* One vector, as read from the pool. */
struct acc_pattern {
	uint64_t count;
	uint32_t group, participant, document; /* ACC_NONE when there is none */
	size_t ratings;
	uint32_t size;          /* ratings of the unit: of paired patterns more than are here */
	const uint32_t *rating; /* borrowed: coder, value, coder, value, ...; sorted by coder */
};

void acc_patterns_free(struct acc_patterns *patterns);
struct acc_pattern acc_patterns_get(const struct acc_patterns *patterns, uint32_t number);

/* Count `count` more units with a vector (words as in .vector). number may be NULL. */
enum acc_status acc_patterns_add(struct acc_patterns *patterns, const uint32_t *word, size_t length,
				 uint64_t count, uint32_t *number);

/* The same for a vector that is known to be new: nothing is looked up. */
enum acc_status acc_patterns_append(struct acc_patterns *patterns, const uint32_t *word,
				    size_t length, uint64_t count, uint32_t *number);

/* Give the ratings (coder, value pairs) of one folded vector the coders 0, 1, ... in the order of
 * their values. */
void acc_fold_ratings(uint32_t *rating, size_t ratings);

/* Add all units of another study of the same design; labels are matched by their bytes. */
enum acc_status acc_patterns_absorb(struct acc_patterns *patterns,
				    const struct acc_patterns *other);

/* Make one study of some of the same design (at least one), as if all were absorbed and brought
 * into canonical order; `patterns` is empty before, and to be freed also after a failure. */
enum acc_status acc_patterns_merge(struct acc_patterns *patterns,
				   const struct acc_patterns *const *from, size_t parts,
				   unsigned threads);

/* Bring into the one order that does not depend on how it was built. renumber (may be NULL)
 * receives, per old vector, its new number; owned by the caller. */
enum acc_status acc_patterns_canonical(struct acc_patterns *patterns, uint32_t **renumber);

/* Apply the rule of .seen: add the empty value for coders who looked and have no row. renumber as
 * above. */
enum acc_status acc_patterns_look(struct acc_patterns *patterns, uint32_t **renumber);

/* Units (of all patterns) and coder-unit pairs that no row speaks of. */
uint64_t acc_patterns_units(const struct acc_patterns *patterns);
uint64_t acc_patterns_absent(const struct acc_patterns *patterns);

#endif
