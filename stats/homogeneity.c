#include "stats/homogeneity.h"
#include "stats/special.h"

#include <gsl/gsl_linalg.h>
#include <math.h>

static struct acc_chi2
chi2(double statistic, double df)
{
	if (!(df > 0) || !isfinite(statistic))
		return (struct acc_chi2){NAN, NAN, NAN};
	return (struct acc_chi2){statistic, df, acc_chi2_tail(statistic, df)};
}

void
acc_mcnemar(double b, double c, struct acc_mcnemar *out)
{
	double n = b + c, least = fmin(b, c), apart = fabs(b - c), less = fmax(apart - 1, 0);
	out->plain = chi2(apart * apart / n, 1);
	out->corrected = chi2(less * less / n, 1);
	out->exact = out->mid = NAN;
	if (!(n > 0))
		return;
	double below = 2 * acc_coins_below(least, n);
	out->exact = fmin(below, 1);
	out->mid = b == c ? 1 - acc_coins_at(least, n) / 2 : below - acc_coins_at(least, n);
}

struct acc_chi2
acc_bowker(const double *table, size_t categories)
{
	double statistic = 0, df = 0;
	for (size_t k = 0; k < categories; k++)
		for (size_t l = 0; l < k; l++) {
			double above = table[l * categories + k], below = table[k * categories + l];
			if (!(above + below > 0))
				continue;
			statistic += (above - below) * (above - below) / (above + below);
			df++;
		}
	return chi2(statistic, df);
}

/* Differences of margins, and their covariance where margins are equal: off the diagonal less the
 * units two categories exchange, on it all that a category exchanges. */
static void
fill(const double *table, size_t categories, gsl_vector *d, gsl_matrix *covariance)
{
	gsl_vector_set_zero(d);
	gsl_matrix_set_zero(covariance);
	for (size_t k = 0; k < categories; k++)
		for (size_t l = 0; l < categories; l++) {
			double there = table[k * categories + l], back = table[l * categories + k];
			if (k == l)
				continue;
			*gsl_vector_ptr(d, k) += there - back;
			*gsl_matrix_ptr(covariance, k, k) += there + back;
			*gsl_matrix_ptr(covariance, k, l) -= there + back;
		}
}

/* d' S^- d by the singular values above rounding; how many there are is *rank. */
static double
quadratic_form(const gsl_vector *d, const gsl_matrix *u, const gsl_vector *value, double *rank)
{
	double sum = 0, largest = gsl_vector_get(value, 0);
	*rank = 0;
	for (size_t i = 0; i < value->size; i++) {
		double along = 0, size = gsl_vector_get(value, i);
		if (!(size > 1e-10 * largest))
			continue;
		for (size_t k = 0; k < d->size; k++)
			along += gsl_vector_get(d, k) * gsl_matrix_get(u, k, i);
		sum += along * along / size;
		++*rank;
	}
	return sum;
}

enum acc_status
acc_stuart_maxwell(const double *table, size_t categories, struct acc_chi2 *out)
{
	gsl_matrix *u = gsl_matrix_alloc(categories, categories);
	gsl_matrix *v = gsl_matrix_alloc(categories, categories);
	gsl_vector *d = gsl_vector_alloc(categories), *value = gsl_vector_alloc(categories);
	gsl_vector *work = gsl_vector_alloc(categories);
	bool made = u && v && d && value && work;
	*out = chi2(NAN, 0);
	if (made) {
		double rank;
		fill(table, categories, d, u);
		/* Symmetric and positive: left and right vectors are the same. */
		if (!gsl_linalg_SV_decomp(u, v, value, work)) {
			double statistic = quadratic_form(d, u, value, &rank);
			*out = chi2(statistic, rank);
		}
	}
	gsl_matrix_free(u);
	gsl_matrix_free(v);
	gsl_vector_free(d);
	gsl_vector_free(value);
	gsl_vector_free(work);
	return made ? ACC_OK : ACC_NO_MEMORY;
}

struct acc_chi2
acc_bhapkar(const struct acc_chi2 *stuart_maxwell, double units)
{
	double w = stuart_maxwell->statistic;
	return chi2(w < units ? w / (1 - w / units) : NAN, stuart_maxwell->df);
}

struct acc_chi2
acc_rater_bias(const double *table, size_t categories, double *share)
{
	double above = 0, below = 0;
	for (size_t k = 0; k < categories; k++)
		for (size_t l = 0; l < k; l++) {
			above += table[l * categories + k];
			below += table[k * categories + l];
		}
	*share = below / (above + below);
	return chi2((above - below) * (above - below) / (above + below), 1);
}

struct acc_chi2
acc_cochran_q(const struct acc_tally *tally)
{
	const double *moment = acc_tally_moments(tally), *column = moment + 3;
	double k = (double)tally->coders, total = 0, spread = 0;
	for (size_t j = 0; j < tally->coders; j++)
		total += column[j];
	for (size_t j = 0; j < tally->coders; j++)
		spread += (column[j] - total / k) * (column[j] - total / k);
	/* Around each unit's mean, scores 0 and 1: the units on which coders differ. */
	return chi2((k - 1) * spread / moment[1], k - 1);
}
