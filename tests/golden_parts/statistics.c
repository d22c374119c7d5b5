#include "stats/dependent.h"
#include "stats/minimum.h"
#include "tests/golden_parts/golden.h"

/* ---- several studies as one: tests that their kappas are equal ---- */

/* Cohen's kappas of the groups that "studies=1,2,3" lists, and what they would have in common. */
static struct acc_equality
combine_studies(struct golden *golden, const struct record *row)
{
	double value[8], error[8];
	size_t studies = 0;
	for (const char *at = row->field[SUBSET] + strlen("studies="); *at; at += *at == ',') {
		char subset[32];
		int length = (int)strcspn(at, ",");
		snprintf(subset, sizeof subset, "group=%.*s", length, at);
		struct question question = {.dataset = row->field[DATASET],
					    .subset = subset,
					    .source = row->field[SOURCE],
					    .coefficient = &acc_coefficient_cohen_kappa,
					    .scheme = acc_schemes[0]};
		struct study study = make_study(golden, &question);
		struct answer answer = {&question, &study,
					estimate(&study, &question, ACC_CI_GWET)};
		value[studies] = answer.gwet.value;
		error[studies++] = se_of_table(&answer);
		free_study(&study);
		at += length;
	}
	return acc_fleiss_homogeneity(value, error, studies);
}

/* A quantity of such a test; NaN for others. */
double
studies_of(struct golden *golden, const struct record *row)
{
	const char *quantity = row->field[QUANTITY];
	if (strcmp(row->field[COEFFICIENT], "homogeneity_chi2") &&
	    strcmp(row->field[COEFFICIENT], "pooled_kappa"))
		return NAN;
	struct acc_equality test = combine_studies(golden, row);
	double half = acc_normal_quantile(0.975) * test.se;
	return !strcmp(quantity, "chi2")     ? test.chi2
	       : !strcmp(quantity, "p")      ? test.p
	       : !strcmp(quantity, "value")  ? test.common
	       : !strcmp(quantity, "ci_low") ? test.common - half
					     : test.common + half;
}

/* ---- statistics that are not one coefficient ---- */

/* "SCALE:LEVEL" of irrCAC's vignette: AC1 = .77544, SE = .14295, on the normal distribution. */
static double
benchmark(struct golden *golden, const struct record *row)
{
	const char *colon = strchr(row->field[SUBSET], ':');
	(void)golden;
	for (size_t i = 0; colon && i < acc_scale_count; i++)
		for (const struct acc_scale_level *at = acc_scales[i].level; at->name; at++)
			if (!strncmp(acc_scales[i].key, row->field[SUBSET],
				     (size_t)(colon - row->field[SUBSET])) &&
			    !strcmp(at->name, colon + 1))
				return acc_benchmark_cumulative(.77544, .14295, (double)INFINITY,
								at->low);
	return NAN;
}

/* The coder who appears `place`th (from 0) in the data. */
static uint32_t
appeared(const struct golden *golden, const struct study *study, uint32_t place)
{
	struct acc_vocabulary seen = {0};
	uint32_t coder = 0;
	for (size_t i = 0; seen.count <= place && i < golden->data.records; i++)
		label(&seen, golden->data.record[i].field[1]);
	if (seen.count <= place)
		fail("too few coders", golden->name);
	while (strcmp(study->patterns.coder.label[coder], seen.label[place]))
		coder++;
	acc_vocabulary_free(&seen);
	return coder;
}

/* Cohen's kappas of the first coder with the second and with the third; clustered, of each reader's
 * two readings, linear weights, complete units (exceptions.csv). */
static struct acc_influences
kappas(struct golden *golden, const struct record *row)
{
	static const uint32_t pairs[3][2] = {{0, 1}, {0, 2}};
	static const uint32_t readings[3][2] = {{0, 1}, {2, 3}, {4, 5}};
	bool clustered = strstr(row->field[SUBSET], "cluster=");
	struct question question = {.dataset = row->field[DATASET],
				    .subset = clustered ? "cluster=cluster" : "",
				    .scheme = acc_scheme_find(clustered ? "linear" : "identity"),
				    .complete = clustered};
	struct study study = make_study(golden, &question);
	static const struct acc_coefficient *const cohen = &acc_coefficient_cohen_kappa;
	struct acc_plan plan = {
	    .coefficient = &cohen, .coefficients = 1, .weights = &study.weights};
	struct acc_influences made = {0};
	for (size_t i = 0; i < (clustered ? 3 : 2); i++) {
		uint32_t coder_of[16];
		for (uint32_t j = 0; j < 16; j++)
			coder_of[j] = ACC_NONE;
		for (uint32_t side = 0; side < 2; side++)
			coder_of[appeared(golden, &study,
					  clustered ? readings[i][side] : pairs[i][side])] = side;
		must(acc_influences_add(
		    &made, &study.patterns, &plan,
		    &(struct acc_scope){.group = ACC_NONE, .coder_of = coder_of, .coders = 2}));
	}
	free_study(&study);
	return made;
}

static double
hotelling(struct golden *golden, const struct record *row)
{
	struct acc_influences influences = kappas(golden, row);
	struct acc_test test;
	must(acc_dependent_all(&influences, (const size_t[]){0, 1, 2}, influences.count, &test));
	/* Without clusters multiagree divides by n^2, not n (n - 1). */
	if (!strstr(row->field[SUBSET], "cluster=")) {
		double n = test.df1 + test.df2;
		test.statistic *= n / (n - 1);
		test.p = acc_f_tail(test.statistic * test.df2 / ((n - 1) * test.df1), test.df1,
				    test.df2);
	}
	acc_influences_free(&influences);
	return *row->field[QUANTITY] == 'p' ? test.p : test.statistic;
}

static double
correlation(struct golden *golden, const struct record *row)
{
	struct acc_influences influences = kappas(golden, row);
	double made = acc_dependent_pair(&influences, 0, 1).correlation;
	acc_influences_free(&influences);
	return made;
}

static const struct {
	const char *coefficient, *quantity;
	double (*of)(struct golden *golden, const struct record *row);
} statistics[] = {
    {"benchmark_cumprob", "value", benchmark}, {"hotelling_T2", "value", hotelling},
    {"hotelling_T2", "p", hotelling},          {"hotelling_T2", "value_approx", hotelling},
    {"hotelling_T2", "p_approx", hotelling},   {"correlation_of_kappas", "value", correlation},
};

/* ---- tests of marginal homogeneity ---- */

static struct acc_chi2
of_mcnemar(const struct acc_tally *tally, double *value)
{
	struct acc_mcnemar test;
	const double *cell = acc_tally_cells(tally);
	acc_mcnemar(cell[1], cell[2], &test);
	*value = test.plain.statistic;
	return test.plain;
}

static struct acc_chi2
of_bowker(const struct acc_tally *tally, double *value)
{
	struct acc_chi2 test = acc_bowker(acc_tally_cells(tally), tally->categories);
	*value = test.statistic;
	return test;
}

static struct acc_chi2
of_stuart_maxwell(const struct acc_tally *tally, double *value)
{
	struct acc_chi2 test;
	must(acc_stuart_maxwell(acc_tally_cells(tally), tally->categories, &test));
	*value = test.statistic;
	return test;
}

static struct acc_chi2
of_bhapkar(const struct acc_tally *tally, double *value)
{
	struct acc_chi2 test = of_stuart_maxwell(tally, value);
	test = acc_bhapkar(&test, tally->cell[ACC_TALLY_PAIRED]);
	*value = test.statistic;
	return test;
}

static struct acc_chi2
of_rater_bias(const struct acc_tally *tally, double *value)
{
	return acc_rater_bias(acc_tally_cells(tally), tally->categories, value);
}

static struct acc_chi2
of_cochran_q(const struct acc_tally *tally, double *value)
{
	struct acc_chi2 test = acc_cochran_q(tally);
	*value = test.statistic;
	return test;
}

static const struct {
	const char *key;
	struct acc_chi2 (*of)(const struct acc_tally *, double *value);
} homogeneity[] = {
    {"mcnemar", of_mcnemar}, {"bowker", of_bowker},         {"stuart_maxwell", of_stuart_maxwell},
    {"bhapkar", of_bhapkar}, {"rater_bias", of_rater_bias}, {"cochran_q", of_cochran_q},
};

/* A quantity of a test of homogeneity; NaN for others. */
double
homogeneity_of(struct golden *golden, const struct record *row)
{
	struct question question = {.dataset = row->field[DATASET],
				    .subset = row->field[SUBSET],
				    .source = row->field[SOURCE],
				    .scheme = acc_scheme_find("identity")};
	const char *quantity = row->field[QUANTITY];
	struct acc_panel panel;
	struct acc_tally tally;
	size_t i = 0, tests = sizeof homogeneity / sizeof *homogeneity;
	double value = NAN;
	while (i < tests && strcmp(homogeneity[i].key, row->field[COEFFICIENT]))
		i++;
	if (i == tests)
		return NAN;
	struct study study = make_study(golden, &question);
	make_tally(&study, &panel, &tally, ACC_NEED_CELLS | ACC_NEED_MOMENTS);
	struct acc_chi2 test = homogeneity[i].of(&tally, &value);
	acc_tally_free(&tally);
	acc_panel_free(&panel);
	free_study(&study);
	return !strcmp(quantity, "value")                            ? value
	       : !strcmp(quantity, "df")                             ? test.df
	       : !strcmp(quantity, "p")                              ? test.p
	       : !strcmp(quantity, "chi2") || !strcmp(quantity, "z") ? test.statistic
								     : NAN;
}

bool
compute_statistic(struct golden *golden, const struct record *row, double *got)
{
	for (size_t i = 0; i < sizeof statistics / sizeof *statistics; i++) {
		if (strcmp(row->field[COEFFICIENT], statistics[i].coefficient) ||
		    strcmp(row->field[QUANTITY], statistics[i].quantity))
			continue;
		*got = statistics[i].of(golden, row);
		return true;
	}
	return false;
}
