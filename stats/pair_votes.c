#include "stats/pair_votes.h"

#include <stdlib.h>

enum { MOST = 1 << 24 }; /* sums of each kind */

bool
acc_pair_votes_make(struct acc_pair_votes *votes, size_t pairs)
{
	*votes = (struct acc_pair_votes){.pairs = pairs,
					 .both = acc_array(pairs, sizeof *votes->both),
					 .touched = acc_array(pairs, sizeof *votes->touched)};
	return votes->both && votes->touched;
}

void
acc_pair_votes_free(struct acc_pair_votes *votes)
{
	for (size_t k = 0; k < votes->classes; k++) {
		free(votes->class[k].x);
		free(votes->class[k].apart);
	}
	free(votes->both);
	free(votes->touched);
	*votes = (struct acc_pair_votes){0};
}

void
acc_pair_votes_add(struct acc_pair_votes *votes, const size_t *row, const uint32_t *theme,
		   size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t j = i + 1; j < count; j++) {
			size_t at = row[theme[i]] + theme[j];
			if (!votes->both[at]++)
				votes->touched[votes->touches++] = at;
		}
}

static struct acc_votes_class *
class_of(struct acc_pair_votes *votes, uint32_t coders)
{
	for (size_t k = 0; k < votes->classes; k++)
		if (votes->class[k].coders == coders)
			return &votes->class[k];
	if (votes->classes == ACC_VOTES_CLASSES || (votes->classes + 1) * votes->pairs > MOST)
		return NULL;
	struct acc_votes_class *class = &votes->class[votes->classes++];
	*class = (struct acc_votes_class){.coders = coders,
					  .x = acc_array(votes->pairs, sizeof *class->x),
					  .apart = acc_array(votes->pairs, sizeof *class->apart)};
	return class->x && class->apart ? class : NULL;
}

bool
acc_pair_votes_close(struct acc_pair_votes *votes, uint32_t looked)
{
	struct acc_votes_class *class = looked ? class_of(votes, looked) : NULL;
	if (!class)
		return !looked;
	class->units++;
	for (size_t k = 0; k < votes->touches; k++) {
		size_t at = votes->touched[k];
		uint32_t x = votes->both[at];
		class->x[at] += x;
		class->apart[at] += x * (double)(looked - x);
		votes->both[at] = 0;
	}
	votes->touches = 0;
	return true;
}

bool
acc_pair_votes_absorb(struct acc_pair_votes *votes, const struct acc_pair_votes *other)
{
	for (size_t k = 0; k < other->classes; k++) {
		const struct acc_votes_class *from = &other->class[k];
		struct acc_votes_class *class = class_of(votes, from->coders);
		if (!class)
			return false;
		class->units += from->units;
		for (size_t p = 0; p < votes->pairs; p++) {
			class->x[p] += from->x[p];
			class->apart[p] += from->apart[p];
		}
	}
	return true;
}

static int
compare(const void *a, const void *b)
{
	const struct acc_votes_class *x = a, *y = b;
	return (x->coders > y->coders) - (x->coders < y->coders);
}

void
acc_pair_votes_finish(struct acc_pair_votes *votes, struct acc_pair_agreement *pair)
{
	double rated = 0, paired = 0;
	qsort(votes->class, votes->classes, sizeof *votes->class, compare);
	for (size_t k = 0; k < votes->classes; k++) {
		const struct acc_votes_class *class = &votes->class[k];
		rated += class->units;
		paired += class->coders > 1 ? class->units : 0;
		acc_pair_agreement_class(pair, votes->pairs, class->coders, class->x, class->apart);
	}
	acc_pair_agreement_end(pair, votes->pairs, rated, paired);
}
