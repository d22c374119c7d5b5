/* explained: numbers that Accord does not print because their source does something else, or wrong.
 *
 * What it does otherwise is a formula here; with it the printed number must come out of ours. So a
 * row of exceptions.csv is no row that is left out. */
#include "stats/anova.h"
#include "stats/coder_pairs.h"
#include "tests/golden_parts/golden.h"

/* What an explanation is made from. */
struct facts {
	const struct record *row;
	const struct question *question;
	const struct study *study;
	struct acc_panel panel;
	struct acc_tally tally;
	struct acc_estimate ours;
};

static bool
asks(const struct facts *facts, const char *quantity)
{
	return !strcmp(facts->row->field[QUANTITY], quantity);
}

static double
square(double x)
{
	return x * x;
}

/* psych's weighted error adds a column's mean weight to sum over l of w_kl p_k+, a row sum that
 * should be the mean weight of a row, sum over l of w_kl p_+l. Its square may be negative: 0. */
static double
mixed_sums(const struct facts *facts)
{
	size_t q = facts->tally.categories;
	const double *cell = acc_tally_cells(&facts->tally);
	double n = facts->tally.cell[ACC_TALLY_PAIRED], sum = 0;
	double po = facts->ours.observed, pe = facts->ours.expected;
	for (size_t i = 0; i < q; i++)
		for (size_t j = 0; j < q; j++) {
			double of_columns = 0, of_rows = 0;
			double w = 1 - acc_weights_between(&facts->study->weights, i, j);
			for (size_t k = 0; k < q; k++) {
				double column = 0, row = 0;
				for (size_t l = 0; l < q; l++) {
					column += cell[l * q + k] / n;
					row += cell[j * q + l] / n;
				}
				of_columns +=
				    column *
				    (1 - acc_weights_between(&facts->study->weights, k, i));
				of_rows +=
				    row * (1 - acc_weights_between(&facts->study->weights, j, k));
			}
			sum += cell[i * q + j] / n *
			       square(w * (1 - pe) - (of_columns + of_rows) * (1 - po));
		}
	return sqrt(fmax(sum - square(po * pe - 2 * pe + po), 0) / n) / square(1 - pe);
}

/* Alpha's slope in the chance term is 2 (1 - alpha); irrCAC's function for distributions has it
 * once. */
static double
half_slope(const struct facts *facts)
{
	const struct acc_weights *weights = &facts->study->weights;
	const struct acc_coefficient *alpha = facts->question->coefficient;
	struct acc_tally observed, expected, unit;
	struct acc_disagreement at;
	double value, squares = 0, n = facts->tally.cell[ACC_TALLY_PAIRED];
	struct acc_tally *each[] = {&observed, &expected, &unit};
	for (size_t i = 0; i < 3; i++)
		must(acc_tally_make_for(each[i], facts->tally.categories, facts->tally.coders,
					facts->tally.needs));
	acc_coefficient_value(alpha, &facts->tally, weights, &at, &value);
	must(acc_coefficient_gradient(alpha, &facts->tally, weights, &observed, &expected));
	for (uint32_t p = 0; p < facts->panel.patterns; p++) {
		acc_tally_zero(&unit);
		acc_tally_add(&unit, &facts->panel, p, 1, weights);
		double psi = (-acc_tally_dot(&observed, &unit) +
			      (1 - value) / 2 * acc_tally_dot(&expected, &unit)) /
			     at.expected;
		squares += (double)facts->study->patterns.count[p] * square(psi);
	}
	for (size_t i = 0; i < 3; i++)
		acc_tally_free(each[i]);
	double se = sqrt(squares * n / (n - 1));
	return asks(facts, "se") ? se : acc_t_tail(value / se, facts->ours.clusters - 1);
}

/* A two-way table's mean squares with what the intervals of McGraw & Wong 1996 are made from. */
struct two_way {
	double n, k, units, coders, error, df_coders, df_error;
};

/* ICC(2,1), or ICC(2,k) with its interval, whose degrees of freedom take k times the correlation of
 * one rating: the sources put that of the mean there. */
static double
two_way(const struct two_way *t, bool mean, const struct facts *facts)
{
	double n = t->n, k = t->k, rest = mean ? 0 : k - 1, part = mean ? 1 : k;
	double extra = part / n * (t->coders - t->error);
	double icc = (t->units - t->error) / (t->units + rest * t->error + extra);
	double a = k * icc / (n * (1 - icc)), b = 1 + k * icc * (n - 1) / (n * (1 - icc));
	double df = square(a * t->coders + b * t->error) /
		    (square(a * t->coders) / t->df_coders + square(b * t->error) / t->df_error);
	double down = acc_f_quantile(.975, n - 1, df), up = acc_f_quantile(.975, df, n - 1);
	double other = part * t->coders + ((mean ? 0 : k * n - n) - part) * t->error;
	if (asks(facts, "ci_low"))
		return n * (t->units - down * t->error) / (down * other + n * t->units);
	if (asks(facts, "ci_high"))
		return n * (up * t->units - t->error) / (other + n * up * t->units);
	return asks(facts, "value") ? icc : acc_f_tail(t->units / t->error, n - 1, df);
}

static bool
of_mean(const struct facts *facts)
{
	size_t length = strlen(facts->question->coefficient->key);
	return facts->question->coefficient->key[length - 1] == 'k';
}

/* irr's p, too, refers F to the degrees of freedom at the estimate instead of at 0. */
static double
df_at_estimate(const struct facts *facts)
{
	struct acc_anova a;
	if (acc_anova_of(&facts->tally, &a) != ACC_DEFINED)
		return NAN;
	return two_way(&(struct two_way){a.units, a.per_unit, a.of_units.square / a.of_units.df,
					 a.of_coders.square / a.of_coders.df,
					 a.error.square / a.error.df, a.of_coders.df, a.error.df},
		       of_mean(facts), facts);
}

/* irrNA divides what coders differ by through all units, not through those each coder rated, takes
 * coders' means as they are, and counts degrees of freedom as if the table were complete. */
static double
coders_per_all_units(const struct facts *facts)
{
	struct acc_anova a;
	struct acc_anova_sums sums = acc_anova_sums_of(&facts->tally);
	double coders = 0, total = 0, used = (double)facts->tally.coders;
	if (acc_anova_of(&facts->tally, &a) != ACC_DEFINED)
		return NAN;
	for (size_t j = 0; j < facts->tally.coders; j++) {
		total += sums.scores[j];
		coders += square(sums.scores[j]) / sums.ratings[j];
	}
	double n = a.units, df = (n - 1) * (a.ratings / n - 1);
	coders -= square(total) / a.ratings;
	return two_way(&(struct two_way){n, a.per_unit_alone, a.of_units.square / (n - 1),
					 coders / (used - 1), a.error.square / df, used - 1, df},
		       of_mean(facts), facts);
}

/* misskappa takes the shares of units that two coders both rated as known: a unit moves the
 * disagreement of its pair about the mean of all pairs, not about the pair's own. */
static double
known_shares(const struct facts *facts)
{
	const struct acc_weights *weights = &facts->study->weights;
	const struct acc_coefficient *one = facts->question->coefficient;
	size_t q = facts->tally.categories, coders = facts->tally.coders;
	struct acc_tally observed, expected, unit;
	struct acc_disagreement at;
	double value, squares = 0, pairs = (double)(coders * (coders - 1)) / 2;
	struct acc_tally *each[] = {&observed, &expected, &unit};
	for (size_t i = 0; i < 3; i++)
		must(acc_tally_make_for(each[i], q, coders, facts->tally.needs));
	acc_coefficient_value(one, &facts->tally, weights, &at, &value);
	must(acc_coefficient_gradient(one, &facts->tally, weights, &observed, &expected));
	for (size_t j = 1; j < coders; j++)
		for (size_t i = 0; i < j; i++) {
			struct acc_coder_pair pair =
			    acc_coder_pair_of(&facts->tally, weights, i, j);
			acc_tally_pairs(&observed)[2 * acc_pair_number(i, j)] +=
			    (pair.at.observed - at.observed) / pair.units / pairs;
		}
	for (uint32_t p = 0; p < facts->panel.patterns; p++) {
		double times = (double)facts->study->patterns.count[p];
		acc_tally_zero(&unit);
		acc_tally_add(&unit, &facts->panel, p, 1, weights);
		squares += times * square((-acc_tally_dot(&observed, &unit) +
					   (1 - value) * acc_tally_dot(&expected, &unit)) /
					  at.expected);
	}
	for (size_t i = 0; i < 3; i++)
		acc_tally_free(each[i]);
	return sqrt(squares);
}

/* Fleiss 1971 worked with shares of three decimals. */
static double
rounded_share(const struct facts *facts, size_t k)
{
	double share = acc_tally_share(&facts->tally)[k] / facts->tally.cell[ACC_TALLY_RATED];
	return round(1000 * share) / 1000;
}

static double
rounded_shares(const struct facts *facts)
{
	double sum = 0;
	for (size_t k = 0; k < facts->tally.categories; k++)
		sum += square(rounded_share(facts, k));
	return sum;
}

/* The variance of Fleiss 1971, from these. */
static double
variance_of_1971(const struct facts *facts)
{
	double n = facts->tally.cell[ACC_TALLY_RATED], m = facts->tally.cell[ACC_TALLY_RATINGS] / n;
	double pe = rounded_shares(facts), cubes = 0;
	for (size_t k = 0; k < facts->tally.categories; k++)
		cubes += pow(rounded_share(facts, k), 3);
	return 2 / (n * m * (m - 1)) * (pe - (2 * m - 3) * pe * pe + 2 * (m - 2) * cubes) /
	       square(1 - pe);
}

/* One category: undefined with us, and complete agreement by convention. */
static double
no_variation_is_one(const struct facts *facts)
{
	return facts->ours.reason == ACC_REASON_no_variation ? 1 : NAN;
}

/* What rounding left of an error that is 0. */
static double
noise(const struct facts *facts)
{
	double printed = atof(facts->row->field[EXPECTED]);
	return facts->ours.se == 0 && printed < 1e-8 ? printed : NAN;
}

static const struct {
	const char *how;
	double (*of)(const struct facts *);
} explanations[] = {
    {"mixed_sums", mixed_sums},
    {"half_slope", half_slope},
    {"df_at_estimate", df_at_estimate},
    {"coders_per_all_units", coders_per_all_units},
    {"known_shares", known_shares},
    {"rounded_shares", rounded_shares},
    {"variance_of_1971", variance_of_1971},
    {"no_variation_is_one", no_variation_is_one},
    {"noise", noise},
};

/* The clustered rows carry another label: they are of linear weights, on complete units. */
static double
relabelled(struct golden *golden, const struct question *question, const struct record *row)
{
	struct question right = *question;
	double got = NAN;
	right.scheme = acc_scheme_find("linear");
	right.complete = true;
	return compute(golden, &right, row->field[QUANTITY], &got) ? got : NAN;
}

double
explain(struct golden *golden, const struct question *question, const struct record *row,
	const char *how)
{
	if (!strcmp(how, "relabelled"))
		return relabelled(golden, question, row);
	for (size_t i = 0; i < sizeof explanations / sizeof *explanations; i++) {
		if (strcmp(explanations[i].how, how))
			continue;
		struct study study = make_study(golden, question);
		struct facts facts = {.row = row,
				      .question = question,
				      .study = &study,
				      .ours = estimate(&study, question, ACC_CI_GWET)};
		make_tally(&study, &facts.panel, &facts.tally,
			   ACC_NEED_CELLS | ACC_NEED_ANOVA | ACC_NEED_PAIRS);
		double got = explanations[i].of(&facts);
		acc_tally_free(&facts.tally);
		acc_panel_free(&facts.panel);
		free_study(&study);
		return got;
	}
	return NAN;
}
