#include "pipeline/command/plan.h"
#include "pipeline/command/progress.h"
#include "pipeline/read/patterns_file.h"
#include "pipeline/specify.h"
#include "stats/agreement.h"

#include <stdlib.h>
#include <string.h>

/* Agreement by coefficient, missing rule and coder left out. */

/* The study under one rule, without one coder. */
struct part {
	struct acc_study study;
	struct acc_plan_made made;
	enum acc_rule rule;
	uint32_t left_out; /* ACC_NONE: nobody */
	size_t main;       /* the coefficient that stands for all of them */
};

static void
put_estimate(struct acc_specify *run, const struct part *part, const struct acc_scope *scope,
	     uint32_t theme, size_t c, const struct acc_estimate *estimate)
{
	const struct acc_patterns *patterns = &part->study.patterns;
	bool pooled = theme == acc_plan_questions(&part->made.plan, patterns);
	bool nobody = part->left_out == ACC_NONE;
	struct acc_specification row = {
	    .what = "agreement",
	    .group = scope->group == ACC_NONE ? "" : patterns->group.label[scope->group],
	    .theme = pooled ? "" : patterns->theme.label[theme],
	    .quantity = part->made.plan.coefficient[c]->key,
	    .weights = part->made.weights_name,
	    .missing = acc_rule_name(run, part->rule),
	    .left_out = nobody ? "" : patterns->coder.label[part->left_out],
	    .layer = "",
	    .window = "",
	    .main = nobody && part->rule == run->main_rule && c == part->main};
	acc_specify_head(run, &row);
	acc_specify_numbers(run, estimate->units, estimate->clusters, estimate->value, estimate->se,
			    (double[]){estimate->low, estimate->high}, part->made.plan.level,
			    estimate->method);
	acc_specify_end(run, estimate->reason, estimate->notes);
}

static void
put_scope(struct acc_specify *run, const struct part *part, const struct acc_scope *scope,
	  const struct acc_estimate *estimate)
{
	const struct acc_plan *plan = &part->made.plan;
	const struct acc_patterns *patterns = &part->study.patterns;
	uint32_t themes = acc_plan_questions(plan, patterns);
	bool each = run->by & 1 && patterns->design != ACC_CODES && !plan->weights->sets;
	for (uint32_t t = each ? 0 : themes; t <= themes; t++)
		for (size_t c = 0; c < plan->coefficients; c++)
			put_estimate(run, part, scope, t, c, &estimate[t * plan->coefficients + c]);
}

/* The coders of a group but one; coder_of is owned by the caller. False when the one is not among
 * them, so that there is nothing to leave out. */
static bool
leave_out(const struct acc_patterns *patterns, uint32_t left_out, struct acc_scope *scope,
	  uint32_t *coder_of)
{
	if (left_out == ACC_NONE)
		return true;
	if (coder_of[left_out] == ACC_NONE)
		return false;
	for (uint32_t j = 0; j < patterns->coder.count; j++)
		if (coder_of[j] != ACC_NONE && coder_of[j] > coder_of[left_out])
			coder_of[j]--;
	coder_of[left_out] = ACC_NONE;
	scope->coders--;
	return true;
}

static bool
take_group(struct acc_specify *run, const struct part *part, uint32_t group)
{
	const struct acc_patterns *patterns = &part->study.patterns;
	struct acc_scope scope = {.group = group};
	struct acc_estimate *estimate = NULL;
	uint32_t *coder_of = NULL;
	enum acc_status status =
	    acc_scope_coders(&run->study.patterns, group, &coder_of, &scope.coders);
	scope.coder_of = coder_of;
	if (status == ACC_OK && leave_out(patterns, part->left_out, &scope, coder_of)) {
		status = acc_agreement(patterns, &part->made.plan, &scope, &estimate);
		if (status == ACC_OK)
			put_scope(run, part, &scope, estimate);
	}
	free(estimate);
	free(coder_of);
	return acc_status_ok(run->command->messages, status);
}

static size_t
main_coefficient(const struct acc_plan *plan)
{
	for (size_t c = 0; c < plan->coefficients; c++)
		if (!strcmp(plan->coefficient[c]->key, "krippendorff_alpha"))
			return c;
	return 0;
}

static bool
take_part(struct acc_specify *run, enum acc_rule rule, uint32_t left_out)
{
	struct part part = {.rule = rule, .left_out = left_out};
	bool good = acc_specify_variant(run, rule, left_out, &part.study) &&
		    acc_plan_make(&part.made, run->command, &part.study);
	if (good)
		part.main = main_coefficient(&part.made.plan);
	good = good && take_group(run, &part, ACC_NONE);
	for (uint32_t g = 0; good && run->by & 2 && g < part.study.patterns.group.count; g++)
		good = take_group(run, &part, g);
	acc_plan_free(&part.made);
	acc_specify_variant_free(&part.study);
	acc_progress_step(1);
	return good;
}

bool
acc_specify_agreement(struct acc_specify *run)
{
	uint32_t coders = run->leave_out ? run->study.patterns.coder.count : 0;
	bool good = true;
	acc_progress_phase("agreement", ACC_RULES * ((uint64_t)coders + 1));
	for (unsigned r = 0; good && r < ACC_RULES; r++) {
		if (!(run->rules & 1u << r))
			continue;
		good = take_part(run, (enum acc_rule)r, ACC_NONE);
		for (uint32_t c = 0; good && c < coders; c++)
			good = take_part(run, (enum acc_rule)r, c);
	}
	return good;
}
