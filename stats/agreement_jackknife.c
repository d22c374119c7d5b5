/* agreement_jackknife: the values of one theme without each block.
 *
 * There are as many blocks as patterns, and a coefficient that does not ask who gave what has the
 * same value without any unit of the same codes: it is worked out once for each. What the others
 * share is in the recall of the tally. */
#include "stats/agreement_run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What is left of a coefficient without a block. */
struct left {
	struct acc_disagreement at;
	double value;
};

struct jackknife {
	struct acc_agreement_run *run;
	struct acc_recall recall; /* of run->without */
	bool *wanted;             /* owned, [coefficients] */
	bool *anonymous;          /* owned, [coefficients] of the wanted ones */
	size_t wants, anonymous_wants;
	struct acc_pool kind; /* of units, by the codes they got */
	struct left *left;    /* owned, [room * coefficients]: of each kind, the anonymous ones */
	size_t room;
	uint32_t *word; /* owned, [words] */
	size_t words;
};

static enum acc_status
begin(struct jackknife *j)
{
	struct acc_agreement_run *run = j->run;
	size_t coefficients = run->plan->coefficients;
	j->words = run->scope->coders + sizeof(double) / sizeof *j->word;
	j->wanted = acc_array(coefficients, sizeof *j->wanted);
	j->anonymous = acc_array(coefficients, sizeof *j->anonymous);
	j->word = acc_array(j->words, sizeof *j->word);
	if (!j->wanted || !j->anonymous || !j->word)
		return ACC_NO_MEMORY;
	for (size_t c = 0; c < coefficients; c++) {
		const struct acc_coefficient *coefficient = run->plan->coefficient[c];
		j->wanted[c] = !acc_run_influence(run, c) &&
			       acc_plan_answers(run->plan, c, run->scope->coders);
		j->anonymous[c] = j->wanted[c] && (acc_coefficient_anonymous(coefficient) ||
						   coefficient->coders_summed);
		j->wants += j->wanted[c];
		j->anonymous_wants += j->anonymous[c];
	}
	return acc_recall_make(&j->recall, &run->without, run->panel.categories, run->blocks.count);
}

static void
end(struct jackknife *j)
{
	j->run->without.recall = NULL;
	acc_recall_free(&j->recall);
	acc_pool_free(&j->kind);
	free(j->wanted);
	free(j->anonymous);
	free(j->left);
	free(j->word);
}

/* The pattern of a block that is one unit, else ACC_NONE. */
static uint32_t
only_pattern(const struct acc_agreement_run *run, size_t block)
{
	size_t first = run->blocks.first[block];
	uint32_t pattern = run->blocks.pattern[first];
	bool one = run->blocks.first[block + 1] == first + 1 &&
		   run->patterns->count[pattern] == run->blocks.times[block];
	return one ? pattern : ACC_NONE;
}

/* The number of a unit's kind: its codes in order and, where they are summed in the order of
 * coders, the sum. */
static enum acc_status
kind_of(struct jackknife *j, uint32_t pattern, uint32_t *kind)
{
	const struct acc_panel *panel = &j->run->panel;
	size_t length = 0;
	for (size_t m = panel->first[pattern]; m < panel->first[pattern + 1]; m += 2) {
		size_t at = length++;
		for (; at && j->word[at - 1] > panel->mark[m + 1]; at--)
			j->word[at] = j->word[at - 1];
		j->word[at] = panel->mark[m + 1];
	}
	if (!acc_weights_identity(&j->run->weights)) {
		double apart = acc_panel_disagreement(panel, pattern, j->run->plan->weights);
		memcpy(j->word + length, &apart, sizeof apart);
		length += sizeof apart / sizeof *j->word;
	}
	return acc_pool_add(&j->kind, j->word, length, kind);
}

/* run->without becomes the whole without a block. */
static void
take_away(struct jackknife *j, size_t block, uint32_t pattern)
{
	struct acc_agreement_run *run = j->run;
	acc_run_fill(run, block);
	acc_tally_subtract(&run->without, &run->total, &run->block);
	if (pattern == ACC_NONE)
		acc_recall_forget(&j->recall);
	else
		acc_recall_without(&j->recall, &run->panel, pattern);
}

static struct left
work_out(struct jackknife *j, size_t c)
{
	struct acc_agreement_run *run = j->run;
	struct left left;
	acc_coefficient_value(run->plan->coefficient[c], &run->without, &run->weights, &left.at,
			      &left.value);
	return left;
}

static void
note(struct acc_agreement_run *run, size_t block, size_t c, const struct left *left)
{
	if (run->rated[block] && run->estimate[c].reason == ACC_DEFINED)
		acc_run_replicate(&run->spread[c], (double)run->blocks.times[block], left->value,
				  run->estimate[c].value);
	if (!isnan(left->at.observed)) {
		run->pool[c].observed[block] += run->weight * left->at.observed;
		run->pool[c].expected[block] += run->weight * left->at.expected;
	}
}

/* The anonymous coefficients' values without a unit; worked out where its kind is new. */
static enum acc_status
find_left(struct jackknife *j, uint32_t pattern, bool *fresh, struct left **left)
{
	size_t coefficients = j->run->plan->coefficients;
	uint32_t kind, kinds = j->kind.count;
	enum acc_status status = kind_of(j, pattern, &kind);
	if (status != ACC_OK)
		return status;
	if (!acc_array_reserve((void **)&j->left, &j->room, (size_t)j->kind.count * coefficients,
			       sizeof *j->left))
		return ACC_NO_MEMORY;
	*fresh = j->kind.count > kinds;
	*left = j->left + kind * coefficients;
	return ACC_OK;
}

static enum acc_status
leave_out(struct jackknife *j, size_t block)
{
	struct acc_agreement_run *run = j->run;
	uint32_t pattern = only_pattern(run, block);
	bool kinds = pattern != ACC_NONE && j->anonymous_wants, fresh = true;
	struct left *known = NULL;
	enum acc_status status = kinds ? find_left(j, pattern, &fresh, &known) : ACC_OK;
	if (status != ACC_OK)
		return status;
	bool worked = fresh || j->wants > j->anonymous_wants;
	if (worked)
		take_away(j, block, pattern);
	for (size_t c = 0; c < run->plan->coefficients; c++) {
		bool same = kinds && j->anonymous[c];
		if (!j->wanted[c])
			continue;
		struct left left = same && !fresh ? known[c] : work_out(j, c);
		if (same && fresh)
			known[c] = left;
		note(run, block, c, &left);
	}
	if (worked)
		acc_tally_restore(&run->without, &run->total, &run->block);
	return ACC_OK;
}

enum acc_status
acc_run_jackknife(struct acc_agreement_run *run)
{
	struct jackknife j = {.run = run};
	enum acc_status status = begin(&j);
	if (j.wants) {
		acc_tally_zero(&run->without);
		acc_tally_accumulate(&run->without, 1, &run->total);
		run->without.recall = &j.recall;
	}
	for (size_t b = 0; status == ACC_OK && j.wants && b < run->blocks.count; b++)
		status = leave_out(&j, b);
	for (size_t c = 0; status == ACC_OK && c < run->plan->coefficients; c++)
		if (j.wanted[c])
			acc_run_variance(&run->spread[c], false, run->spread[c].clusters);
	end(&j);
	return status;
}
