/* recall: what several coefficients ask of one tally, worked out once.
 *
 * Some coefficients build on others, and some ask the same of every coder or pair of coders. A
 * tally that is evaluated thousands of times, each time another one, may lend a recall: estimates
 * and sums are kept until the tally changes; what depends on one or two coders only is kept as long
 * as the tally is one whole with at most one unit left out, for each of the codes that a coder may
 * have given it. What is recalled is to the bit what would be worked out again. */
#ifndef ACC_RECALL_H
#define ACC_RECALL_H

#include "stats/tally.h"

struct acc_coefficient;

/* Sums over pairs of coders who both rated something: of D_o, and of those pairs that have units in
 * common, of D_o / D_e and of D_e. */
struct acc_pair_sums {
	double observed, ratio, expected;
	double pairs; /* with units in common */
	bool apart;   /* some pair has no unit in common */
	bool varies;  /* D_e > 0 in every pair with units in common */
};

enum { ACC_RECALLED = 8, ACC_RECALL_CODER = 2, ACC_RECALL_PAIR = 3 };

struct acc_recall {
	/* Of the tally at hand. */
	size_t estimates;
	struct {
		const struct acc_coefficient *of;
		enum acc_reason reason;
		double observed, expected;
	} estimate[ACC_RECALLED];
	bool pairs_known;
	struct acc_pair_sums pairs;
	bool shares_known;
	double *sum; /* owned, [columns] of the coders' shares */
	double with; /* coders with ratings */
	double most; /* units each of them rated; 0: some rated more than others */
	/* Of tallies that are one whole without one unit. A coder's state is 0 when the unit was
	 * not the coder's, else 1 + the code. */
	size_t coders, columns, states;
	bool in_state;   /* the tally at hand is one */
	uint32_t *state; /* owned, [coders] */
	double *coder;   /* owned, [coders * states * (2 + columns)], or NULL: coders are not kept;
			    see acc_recall_coder */
	double *pair;    /* owned, [pairs * states * states * 3], or NULL; see acc_recall_pair */
};

/* A recall for tallies of this shape, `tallies` of them of one whole in turn; what so few would not
 * fill, or would not fit, is not kept. Free with acc_recall_free, also after a failure. */
enum acc_status acc_recall_make(struct acc_recall *recall, const struct acc_tally *shape,
				size_t categories, size_t tallies);
void acc_recall_free(struct acc_recall *recall);

/* Another whole comes. */
void acc_recall_begin(struct acc_recall *recall);
/* The tally changes: to any, or to the whole without one unit of a pattern. */
void acc_recall_forget(struct acc_recall *recall);
void acc_recall_without(struct acc_recall *recall, const struct acc_panel *panel, uint32_t pattern);

/* Where to keep, in the tally's recall, a coder's units, the chance disagreement of two of the
 * coder's own ratings and, [columns], the shares; the first two are -1 while not known. NULL:
 * nowhere. */
static inline double *
acc_recall_coder(const struct acc_tally *tally, size_t coder)
{
	const struct acc_recall *recall = tally->recall;
	if (!recall || !recall->in_state)
		return NULL;
	size_t row = coder * recall->states + recall->state[coder];
	return recall->coder + row * (ACC_RECALL_CODER + recall->columns);
}

/* The same of coders i < j: D_o, D_o / D_e and D_e; D_e is -1 while not known. */
static inline double *
acc_recall_pair(const struct acc_tally *tally, size_t i, size_t j)
{
	const struct acc_recall *recall = tally->recall;
	if (!recall || !recall->in_state || !recall->pair)
		return NULL;
	size_t row = acc_pair_number(i, j) * recall->states + recall->state[i];
	return recall->pair + (row * recall->states + recall->state[j]) * ACC_RECALL_PAIR;
}

#endif
