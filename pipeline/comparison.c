#include "pipeline/comparison.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- gathering ---- */

void
acc_comparison_free(struct acc_comparison *comparison)
{
	for (size_t i = 0; i < comparison->subjects; i++) {
		free(comparison->subject[i].side);
		free(comparison->subject[i].pair);
	}
	for (size_t i = 0; i < comparison->names; i++)
		free(comparison->name[i]);
	free(comparison->subject);
	free(comparison->name);
	acc_plan_free(&comparison->made);
	acc_study_free(&comparison->study);
}

struct acc_permuted
acc_not_permuted(void)
{
	return (struct acc_permuted){NAN, NAN, NAN, NAN, NAN, NAN};
}

static bool
begin_subject(struct acc_subject *subject, const struct acc_vocabulary *groups)
{
	size_t sides = groups->count, pairs = sides * (sides - 1) / 2;
	subject->side = acc_array(sides, sizeof *subject->side);
	subject->pair = acc_array(pairs, sizeof *subject->pair);
	if (!subject->side || !subject->pair)
		return false;
	subject->sides = sides;
	for (size_t i = 0; i < sides; i++) {
		struct acc_side *side = &subject->side[i];
		side->group = groups->label[i];
		side->low_without = side->high_without = side->coder_low = side->coder_high = NAN;
		side->gini = side->largest = NAN;
		side->intraclass = side->intraclass_low = side->intraclass_high = NAN;
		side->method = "";
	}
	for (size_t i = 0; i < pairs; i++) {
		struct acc_pairwise *pair = &subject->pair[i];
		pair->test = (struct acc_test){NAN, NAN, NAN, NAN, ACC_DEFINED};
		pair->permuted = acc_not_permuted();
		pair->mid_p = pair->coder_low = pair->coder_high = NAN;
		pair->holm = pair->adjusted = NAN;
	}
	return true;
}

struct acc_subject *
acc_comparison_add(struct acc_comparison *comparison, const char *what, const char *quantity,
		   const char *theme, const char *layer)
{
	struct acc_subject subject = {.what = what,
				      .quantity = quantity,
				      .weights = "",
				      .theme = theme,
				      .theme_b = "",
				      .layer = layer,
				      .estimates = true,
				      .pairs = true,
				      .test = {NAN, NAN, NAN, NAN, ACC_DEFINED},
				      .permuted = acc_not_permuted(),
				      .mid_p = NAN,
				      .cramers_v = NAN,
				      .bergsma = NAN,
				      .bh = NAN,
				      .adjusted = NAN};
	if (begin_subject(&subject, &comparison->study.patterns.group) &&
	    acc_array_reserve((void **)&comparison->subject, &comparison->capacity,
			      comparison->subjects + 1, sizeof subject)) {
		comparison->subject[comparison->subjects] = subject;
		return &comparison->subject[comparison->subjects++];
	}
	free(subject.side);
	free(subject.pair);
	acc_error_memory(comparison->command->messages);
	return NULL;
}

const char *
acc_comparison_name(struct acc_comparison *comparison, const char *first, const char *second)
{
	struct acc_text text = {0};
	acc_text_put(&text, first);
	acc_text_put(&text, second);
	if (!text.failed && text.bytes &&
	    acc_array_reserve((void **)&comparison->name, &comparison->name_capacity,
			      comparison->names + 1, sizeof *comparison->name))
		return comparison->name[comparison->names++] = text.bytes;
	acc_text_free(&text);
	acc_error_memory(comparison->command->messages);
	return NULL;
}

struct acc_exchange
acc_comparison_exchange(const struct acc_comparison *comparison, const uint32_t *group,
			size_t clusters, size_t groups)
{
	return (struct acc_exchange){.group = group,
				     .clusters = clusters,
				     .groups = groups,
				     .seed = comparison->seed,
				     .random = comparison->permutations,
				     .threads = comparison->made.threads};
}

size_t
acc_subject_pair(const struct acc_subject *subject, size_t i, size_t j)
{
	return i * (2 * subject->sides - i - 1) / 2 + j - i - 1;
}

void
acc_subject_test(struct acc_subject *subject)
{
	struct acc_arm *arm = acc_array(subject->sides, sizeof *arm);
	subject->test.reason = ACC_REASON_no_memory;
	for (size_t i = 0; arm && i < subject->sides; i++)
		arm[i] = subject->side[i].arm;
	if (arm)
		subject->test = acc_welch(arm, subject->sides);
	free(arm);
	for (size_t i = 0; i < subject->sides; i++)
		for (size_t j = i + 1; j < subject->sides; j++)
			subject->pair[acc_subject_pair(subject, i, j)].test =
			    acc_welch_pair(&subject->side[i].arm, &subject->side[j].arm);
}

/* ---- concluding ---- */

/* Permutation keeps its level where Welch's F is timid, with few people and rare themes, and mid-p
 * where the exact p is (docs/type-one-error.md), so these are the ones to report. */
static struct acc_verdict
verdict(const struct acc_test *test, const struct acc_permuted *permuted, double mid_p)
{
	if (!isnan(permuted->p))
		return (struct acc_verdict){permuted->p, "permutation"};
	if (!isnan(mid_p))
		return (struct acc_verdict){mid_p, "mid-p"};
	if (!isnan(test->p))
		return (struct acc_verdict){test->p, "Welch"};
	return (struct acc_verdict){NAN, ""};
}

static void
judge(struct acc_subject *subject)
{
	subject->verdict = verdict(&subject->test, &subject->permuted, subject->mid_p);
	for (size_t i = 0; i < subject->sides * (subject->sides - 1) / 2; i++) {
		struct acc_pairwise *pair = &subject->pair[i];
		pair->verdict = verdict(&pair->test, &pair->permuted, pair->mid_p);
	}
}

/* Themes share a family, pairs of themes another; what is pooled over them is a family of its own.
 */
static bool
same_family(const struct acc_subject *a, const struct acc_subject *b)
{
	return !strcmp(a->what, b->what) && !strcmp(a->quantity, b->quantity) &&
	       !strcmp(a->weights, b->weights) && !strcmp(a->layer, b->layer) &&
	       !*a->theme == !*b->theme && a->test_method && b->test_method;
}

static bool
adjust_family(struct acc_comparison *comparison, size_t first, double *p, double *adjusted,
	      size_t *at)
{
	struct acc_subject *subject = comparison->subject;
	size_t count = 0, tests = 0;
	for (size_t i = first; i < comparison->subjects; i++)
		if (same_family(&subject[first], &subject[i]) && !subject[i].family) {
			at[count] = i;
			p[count++] = subject[i].verdict.p;
			tests += isnan(subject[i].verdict.p) ? 0 : 1;
		}
	bool good = acc_adjust(ACC_ADJUST_BH, p, count, adjusted) == ACC_OK;
	for (size_t i = 0; i < count; i++) {
		subject[at[i]].bh = adjusted[i];
		subject[at[i]].family = tests ? tests : 1;
	}
	good = good && acc_adjust(comparison->adjustment, p, count, adjusted) == ACC_OK;
	for (size_t i = 0; good && i < count; i++)
		subject[at[i]].adjusted = adjusted[i];
	return good;
}

/* The pairs of one quantity and theme. */
static bool
adjust_pairs(struct acc_comparison *comparison, struct acc_subject *subject)
{
	size_t pairs = subject->sides * (subject->sides - 1) / 2;
	double *p = acc_array(pairs, sizeof *p), *adjusted = acc_array(pairs, sizeof *adjusted);
	bool good = p && adjusted;
	for (size_t i = 0; good && i < pairs; i++)
		p[i] = subject->pair[i].verdict.p;
	good = good && acc_adjust(ACC_ADJUST_HOLM, p, pairs, adjusted) == ACC_OK;
	for (size_t i = 0; good && i < pairs; i++)
		subject->pair[i].holm = adjusted[i];
	good = good && acc_adjust(comparison->adjustment, p, pairs, adjusted) == ACC_OK;
	for (size_t i = 0; good && i < pairs; i++)
		subject->pair[i].adjusted = adjusted[i];
	free(p);
	free(adjusted);
	return good;
}

bool
acc_comparison_conclude(struct acc_comparison *comparison)
{
	size_t subjects = comparison->subjects;
	double *p = acc_array(subjects, sizeof *p), *adjusted = acc_array(subjects, sizeof *p);
	size_t *at = acc_array(subjects, sizeof *at);
	bool good = p && adjusted && at;
	for (size_t i = 0; i < subjects; i++)
		judge(&comparison->subject[i]);
	for (size_t i = 0; good && i < subjects; i++) {
		if (comparison->subject[i].test_method && !comparison->subject[i].family)
			good = adjust_family(comparison, i, p, adjusted, at);
		if (!comparison->subject[i].association)
			good = good && adjust_pairs(comparison, &comparison->subject[i]);
	}
	free(p);
	free(adjusted);
	free(at);
	return good;
}
