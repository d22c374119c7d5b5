#include "tests/golden_parts/golden.h"

/* ---- quantities ---- */

bool
says(const struct answer *answer, const char *word)
{
	return strstr(answer->question->source, word);
}

static double
value(const struct answer *answer)
{
	return answer->gwet.value;
}

static double
observed(const struct answer *answer)
{
	return answer->gwet.observed;
}

static double
expected(const struct answer *answer)
{
	return answer->gwet.expected;
}

static double
observed_disagreement(const struct answer *answer)
{
	return 1 - answer->gwet.observed;
}

static double
expected_disagreement(const struct answer *answer)
{
	return 1 - answer->gwet.expected;
}

/* Units that the standard error is over. */
double
pieces(const struct answer *answer)
{
	bool pairs_only = answer->question->coefficient->pairs_only;
	return answer->gwet.units + (pairs_only ? 0 : answer->gwet.single);
}

double
se_of_table(const struct answer *answer)
{
	double n = pieces(answer);
	struct acc_estimate fce = estimate(answer->study, answer->question, ACC_CI_FCE);
	if (fce.reason == ACC_DEFINED)
		return fce.se;
	return answer->gwet.se * sqrt((n - 1) / n);
}

static double
se_of_ratings(const struct answer *answer)
{
	return answer->gwet.se;
}

static double
se(const struct answer *answer)
{
	bool table =
	    says(answer, ".table") || says(answer, "vcd") || says(answer, "FCE") ||
	    says(answer, "psych") || says(answer, "Agresti") ||
	    (says(answer, "vignette") && !strcmp(answer->question->dataset, "gwet_abstractors3x3"));
	if (says(answer, "misskappa"))
		return estimate(answer->study, answer->question, ACC_CI_LINEAR).se *
		       sqrt((pieces(answer) - 1) / pieces(answer));
	if (says(answer, "multilevel"))
		return estimate(answer->study, answer->question, ACC_CI_LINEAR).se;
	return table ? se_of_table(answer) : se_of_ratings(answer);
}

/* Alpha's published error with the factor of its small-sample correction. */
static double
se_small_sample(const struct answer *answer)
{
	return answer->gwet.se * (1 - 1 / answer->gwet.ratings);
}

static double
var_of_table(const struct answer *answer)
{
	return se_of_table(answer) * se_of_table(answer);
}

static double
var(const struct answer *answer)
{
	return se(answer) * se(answer);
}

/* statpsych's interval of the G index: of agreement by its adjusted Wald, then 2 p - 1 or its like.
 */
static double
g_index_limit(const struct answer *answer, double side)
{
	double q = answer->study->patterns.code.count, n = pieces(answer);
	double p = (observed(answer) * n + 2) / (n + 4), z = acc_normal_quantile(0.975);
	return (q * (p + side * z * sqrt(p * (1 - p) / (n + 4))) - 1) / (q - 1);
}

static double
ci_low(const struct answer *answer)
{
	if (says(answer, "adjusted Wald"))
		return g_index_limit(answer, -1);
	if (!isnan(answer->gwet.test.low))
		return answer->gwet.test.low;
	bool t = says(answer, "irrCAC");
	return t ? answer->gwet.low : value(answer) - acc_normal_quantile(0.975) * se(answer);
}

static double
ci_high(const struct answer *answer)
{
	if (says(answer, "adjusted Wald"))
		return g_index_limit(answer, 1);
	if (!isnan(answer->gwet.test.high))
		return answer->gwet.test.high;
	bool t = says(answer, "irrCAC");
	return t ? answer->gwet.high : value(answer) + acc_normal_quantile(0.975) * se(answer);
}

/* The study's only question, and the tally of all its units. */
void
make_tally(const struct study *study, struct acc_panel *panel, struct acc_tally *tally,
	   unsigned needs)
{
	const struct acc_patterns *patterns = &study->patterns;
	must(acc_panel_make(panel, patterns, 0, NULL, patterns->coder.count));
	must(acc_tally_make_for(tally, panel->categories, panel->coders, needs));
	for (uint32_t p = 0; p < patterns->vector.count; p++)
		acc_tally_add(tally, panel, p, (double)patterns->count[p], &study->weights);
}

static struct acc_estimate
by_chance(const struct answer *answer)
{
	return estimate(answer->study, answer->question, ACC_CI_NULL);
}

static double
se_null(const struct answer *answer)
{
	return by_chance(answer).se;
}

static double
statistic(const struct answer *answer)
{
	return answer->gwet.test.statistic;
}

static double
z(const struct answer *answer)
{
	if (!isnan(statistic(answer)))
		return statistic(answer);
	return value(answer) / se_null(answer);
}

static double
p(const struct answer *answer)
{
	if (!isnan(statistic(answer)))
		return answer->gwet.test.p;
	if (!says(answer, "irrCAC"))
		return by_chance(answer).p;
	return acc_t_tail(value(answer) / answer->gwet.se, answer->gwet.clusters - 1);
}

/* Sums over units of the value without the unit and of its square. */
static void
leave_out(const struct answer *answer, double *n, double *sum, double *squares)
{
	struct acc_panel panel;
	struct acc_tally tally;
	const struct acc_weights *weights = &answer->study->weights;
	make_tally(answer->study, &panel, &tally, 0);
	*n = *sum = *squares = 0;
	for (uint32_t i = 0; i < panel.patterns; i++) {
		struct acc_disagreement at;
		double left, times = (double)answer->study->patterns.count[i];
		acc_tally_add(&tally, &panel, i, -1, weights);
		acc_coefficient_value(answer->question->coefficient, &tally, weights, &at, &left);
		acc_tally_add(&tally, &panel, i, 1, weights);
		*n += times;
		*sum += times * left;
		*squares += times * left * left;
	}
	acc_tally_free(&tally);
	acc_panel_free(&panel);
}

/* About the mean of the values left out, where Accord's own is about the value. */
static double
se_jackknife(const struct answer *answer)
{
	double n, sum, squares;
	leave_out(answer, &n, &sum, &squares);
	return sqrt((n - 1) / n * (squares - sum * sum / n));
}

static double
value_jackknife(const struct answer *answer)
{
	double n, sum, squares;
	leave_out(answer, &n, &sum, &squares);
	return n * value(answer) - (n - 1) * sum / n;
}

static const struct {
	const char *key;
	double (*of)(const struct answer *);
} quantities[] = {
    {"value", value},
    {"pa", observed},
    {"pe", expected},
    {"observed_disagreement", observed_disagreement},
    {"expected_disagreement", expected_disagreement},
    {"se", se},
    {"var", var},
    {"ci_low", ci_low},
    {"ci_high", ci_high},
    {"p", p},
    {"z", z},
    {"se_null", se_null},
    {"se_jackknife", se_jackknife},
    {"value_jackknife", value_jackknife},
    {"se_vanbelle_delta", se_of_ratings},
    {"se_delta_unbiased", se_of_table},
    {"se_of_table", se_of_table},
    {"var_of_table", var_of_table},
    {"se_small_sample", se_small_sample},
    {"value_category_binary", value},
    {"pa_max", observed},
    {"F", statistic},
    {"chi2", statistic},
};

bool
compute(struct golden *golden, const struct question *question, const char *quantity, double *got)
{
	for (size_t i = 0; i < sizeof quantities / sizeof *quantities; i++) {
		if (strcmp(quantity, quantities[i].key))
			continue;
		struct study study = make_study(golden, question);
		struct answer answer = {question, &study, estimate(&study, question, ACC_CI_GWET)};
		*got = quantities[i].of(&answer);
		free_study(&study);
		return true;
	}
	return false;
}
