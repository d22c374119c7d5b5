/* golden: what the parts of tests/golden.c share. */
#ifndef GOLDEN_H
#define GOLDEN_H

#include "stats/agreement.h"
#include "stats/classical.h"
#include "stats/homogeneity.h"
#include "stats/ratings.h"
#include "stats/special.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS = 9 };

struct record {
	char *field[FIELDS]; /* owned; "" past the record's end */
};

struct table {
	struct record *record; /* owned, the header left out */
	size_t records, capacity;
	bool headed;
};

/* Columns of expected.csv; known_wrong.csv and exceptions.csv begin with the same five. */
enum { DATASET, COEFFICIENT, WEIGHTS, SUBSET, QUANTITY, EXPECTED, DIGITS, SOURCE };

enum { PEER_VALUE = 5, CORRECT_VALUE = 6, REASON = 7, HOW = 8 };

enum outcome { PASSED, EXPLAINED, FAILED, OUTSIDE, OUTCOMES };

struct counts {
	struct {
		char name[64];
		unsigned of[OUTCOMES];
	} entry[128];
	size_t entries;
};

struct golden {
	const char *folder;
	struct table expected, methods, of_sets, exceptions, outside, known_wrong, categories,
	    groups;
	struct table data; /* of the data set `name` */
	char name[64];
	struct counts families, coefficients;
	/* Per registered coefficient, scheme, distance of sets: has a value row. */
	unsigned char *valued, *weighted, *measured;
	unsigned of[OUTCOMES];
};

/* One question to a data set. Strings are borrowed. */
struct question {
	const char *dataset, *subset, *source;
	const struct acc_coefficient *coefficient;
	const struct acc_scheme *scheme;         /* or: */
	const struct acc_set_distance *distance; /* the codes "a|b" are sets; or neither: */
	const char *weights;                     /* written out */
	bool complete;                           /* use only units that all coders rated */
};

struct study {
	struct acc_patterns patterns;
	struct acc_weights weights;
	struct acc_sets *sets; /* owned, or NULL */
};

/* What a quantity is made from. */
struct answer {
	const struct question *question;
	const struct study *study;
	struct acc_estimate gwet; /* by the published linearisation */
};

/* table.c */
void fail(const char *what, const char *which);
void must(enum acc_status status);
void table_add(struct table *table, const char *const *field, size_t fields);
void table_free(struct table *table);
struct table table_read(const char *folder, const char *name, const char *suffix);

/* study.c */
const char *look_up(const struct table *table, const char *a, const char *b, size_t at);
bool find_key(const char *subset, const char *key, char *value, size_t size);
uint32_t label(struct acc_vocabulary *vocabulary, const char *text);
void load(struct golden *golden, const struct question *question);
struct study make_study(struct golden *golden, const struct question *question);
void free_study(struct study *study);
struct acc_estimate estimate(const struct study *study, const struct question *question,
			     enum acc_ci ci);

void on_conflict(void *context, const struct acc_conflict *conflict);

/* question.c */
struct question question_of(const struct record *row);
/* Are its weights known here? */
bool has_weights(const struct question *question);
/* A row "jaccard_distance" of the subset "a|b vs a|c". */
enum outcome check_distance(const struct record *row);

/* quantities.c */
bool says(const struct answer *answer, const char *word);
double pieces(const struct answer *answer);
double se_of_table(const struct answer *answer);
void make_tally(const struct study *study, struct acc_panel *panel, struct acc_tally *tally,
		unsigned needs);

/* A quantity of a question; false: there is no such quantity. */
bool compute(struct golden *golden, const struct question *question, const char *quantity,
	     double *got);

/* statistics.c */
bool compute_statistic(struct golden *golden, const struct record *row, double *got);
double studies_of(struct golden *golden, const struct record *row);
double homogeneity_of(struct golden *golden, const struct record *row);

/* dawid_skene.c */
enum outcome check_dawid_skene(struct golden *golden, const struct record *row);

/* explained.c: the printed number of an exception, made from ours by what its source does
 * otherwise; NaN where no such thing is known by this name. */
double explain(struct golden *golden, const struct question *question, const struct record *row,
	       const char *how);

/* golden.c */
void say(const struct record *row, const char *what, double got);
bool is_close(double got, double wanted, const char *digits);

#endif
