/* sparse: a study with so many themes that they are worked out by kinds of units has the numbers of
 * the same study without the themes that nobody gave. */
#include "tests/unit/sample.h"

#include <math.h>

enum { UNITS = 2600, CODERS = 4, THEMES = 8, GROUPS = 2, NEVER = 1600 };

static void
add_labels(struct acc_vocabulary *vocabulary, const char *kind, uint32_t count)
{
	char label[16];
	uint32_t number;
	for (uint32_t k = 0; k < count; k++) {
		snprintf(label, sizeof label, "%s%06u", kind, (unsigned)k);
		assert_int_equal(acc_vocabulary_add(vocabulary, label, &number), ACC_OK);
	}
}

/* Units of all coders or some; themes that agree more or less; one that all units have. */
static struct acc_patterns
make_study(uint64_t random, uint32_t never)
{
	struct acc_ratings ratings = {.design = ACC_THEMES};
	enum acc_status status;
	add_labels(&ratings.unit, "u", UNITS);
	add_labels(&ratings.coder, "c", CODERS);
	add_labels(&ratings.theme, "t", THEMES + never);
	add_labels(&ratings.code, "", 1);
	add_labels(&ratings.group, "g", GROUPS);
	for (uint32_t u = 0; u < UNITS; u++) {
		uint32_t truth = sample_below(&random, THEMES);
		struct acc_unit about = {u % GROUPS, ACC_NONE, ACC_NONE, u + 1};
		assert_true(acc_ratings_about(&ratings, u, about, &status));
		for (uint32_t j = 0; j < CODERS; j++) {
			bool looked = u % 5 || j != u % CODERS;
			struct acc_assignment row = {u, j, ACC_NONE, 0, u + 1};
			if (looked)
				assert_int_equal(acc_ratings_add(&ratings, row), ACC_OK);
			for (row.theme = 0; looked && row.theme < THEMES; row.theme++)
				if (row.theme == 0 ||
				    sample_below(&random, 10) < (row.theme == truth ? 8 : 2))
					assert_int_equal(acc_ratings_add(&ratings, row), ACC_OK);
		}
	}
	return sample_tabulated(&ratings);
}

static void
near(double got, double expected, const char *what)
{
	bool both = isnan(got) && isnan(expected);
	if (!both && !(fabs(got - expected) <= 1e-9 * fmax(1, fabs(expected))))
		fail_msg("%s: %.17g, not %.17g", what, got, expected);
}

static void
same_estimate(const struct acc_estimate *got, const struct acc_estimate *expected, const char *key)
{
	assert_int_equal(got->reason, expected->reason);
	assert_string_equal(got->method, expected->method);
	near(got->value, expected->value, key);
	near(got->se, expected->se, key);
	near(got->low, expected->low, key);
	near(got->high, expected->high, key);
	near(got->units, expected->units, key);
	near(got->single, expected->single, key);
	near(got->clusters, expected->clusters, key);
	near(got->effective, expected->effective, key);
	near(got->df, expected->df, key);
	near(got->p, expected->p, key);
}

static void
compare(const struct acc_patterns *few, const struct acc_patterns *many, struct acc_plan *plan,
	const struct acc_scope *scope)
{
	struct acc_estimate *expected, *got;
	size_t coefficients = plan->coefficients;
	assert_int_equal(acc_agreement(few, plan, scope, &expected), ACC_OK);
	assert_int_equal(acc_agreement(many, plan, scope, &got), ACC_OK);
	for (size_t i = 0; i < THEMES * coefficients; i++) {
		const char *key = plan->coefficient[i % coefficients]->key;
		same_estimate(&got[i], &expected[i], key);
		near(got[i].observed, expected[i].observed, key);
		near(got[i].expected, expected[i].expected, key);
		near(got[i].prevalence, expected[i].prevalence, key);
		near(got[i].ratings, expected[i].ratings, key);
		near(got[i].share_observed, expected[i].share_observed, key);
		assert_int_equal(got[i].notes, expected[i].notes);
		assert_int_equal(got[i].estimable, expected[i].estimable);
	}
	/* What nobody gave leaves nothing for the pool, where chance is by what was given. */
	for (size_t c = 0; c < coefficients; c++)
		if (!strcmp(plan->coefficient[c]->key, "krippendorff_alpha") ||
		    !strcmp(plan->coefficient[c]->key, "fleiss_kappa") ||
		    !strcmp(plan->coefficient[c]->key, "conger_kappa") ||
		    !strcmp(plan->coefficient[c]->key, "cohen_kappa"))
			same_estimate(&got[(THEMES + NEVER) * coefficients + c],
				      &expected[THEMES * coefficients + c], "pooled");
	free(got);
	free(expected);
}

static void
themes_nobody_gave_change_nothing(void **state)
{
	(void)state;
	static const uint32_t two[CODERS] = {ACC_NONE, 0, ACC_NONE, 1};
	struct acc_patterns few = make_study(3, 0), many = make_study(3, NEVER);
	struct acc_weights weights = sample_weights("identity", 2);
	struct acc_plan plan = {.coefficient = acc_coefficients,
				.coefficients = acc_coefficient_count,
				.weights = &weights,
				.cluster = ACC_CLUSTER_UNIT,
				.level = 0.9,
				.present = ACC_NONE};
	assert_true((uint64_t)NEVER * few.vector.count / 2 > 1 << 20);
	struct acc_scope all = {.group = ACC_NONE, .coders = CODERS};
	compare(&few, &many, &plan, &all);
	compare(&few, &many, &plan, &(struct acc_scope){.group = 1, .coders = CODERS});
	compare(&few, &many, &plan,
		&(struct acc_scope){.group = ACC_NONE, .coder_of = two, .coders = 2});
	static const enum acc_ci more[] = {ACC_CI_LINEAR, ACC_CI_GWET};
	for (int k = 0; k < 2 && SAMPLE_ROUNDS_LESS == 1; k++) {
		plan.ci = more[k];
		compare(&few, &many, &plan, &all);
	}
	acc_weights_free(&weights);
	acc_patterns_free(&few);
	acc_patterns_free(&many);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(themes_nobody_gave_change_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
