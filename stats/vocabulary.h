/* vocabulary: the distinct labels of one kind (coders, themes, codes, groups, ...), numbered.
 *
 * Labels are opaque bytes: never folded, trimmed or translated. While rows are read they are
 * numbered as they come; acc_vocabulary_order then gives the order that everything is reported in,
 * which does not depend on the order of rows: declared labels as declared, then the others, as
 * numbers when all others are numbers and byte by byte when not. */
#ifndef ACC_VOCABULARY_H
#define ACC_VOCABULARY_H

#include "stats/base.h"

struct acc_vocabulary {
	uint32_t count;    /* labels; they are numbered 0 .. count - 1 */
	uint32_t declared; /* the first so many were declared, in their order */
	char **label;      /* [count] owned, each ends with 0 */
	char **name;       /* [count] owned: as in the data, once it is shown under another label */
	uint32_t *slot;    /* hash table of label numbers, ACC_NONE where free */
	size_t slots;      /* a power of two, or 0 */
	size_t capacity;   /* of label */
	uint32_t last;     /* added or met last: rows of a unit follow each other */
};

void acc_vocabulary_free(struct acc_vocabulary *vocabulary);

/* The number of a label, which is added when it is new. */
enum acc_status acc_vocabulary_add(struct acc_vocabulary *vocabulary, const char *label,
				   uint32_t *number);

/* Add a label as declared (before any other is added). */
enum acc_status acc_vocabulary_declare(struct acc_vocabulary *vocabulary, const char *label);

/* Show a label under another one from now on; last, when none is added or put in order any more.
 * acc_vocabulary_find and acc_vocabulary_name still go by the name in the data. */
enum acc_status acc_vocabulary_show(struct acc_vocabulary *vocabulary, uint32_t number,
				    const char *label);
const char *acc_vocabulary_name(const struct acc_vocabulary *vocabulary, uint32_t number);

/* The number of a label, or ACC_NONE. */
uint32_t acc_vocabulary_find(const struct acc_vocabulary *vocabulary, const char *label);

/* Put the labels in their reported order. renumber[old number] = new number (owned by the caller,
 * `count` long, free with free()). */
enum acc_status acc_vocabulary_order(struct acc_vocabulary *vocabulary, uint32_t **renumber);

/* The labels as numbers, when all of them are: score[count] is filled and true returned. */
bool acc_vocabulary_scores(const struct acc_vocabulary *vocabulary, double *score);

#endif
