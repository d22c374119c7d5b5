#include "stats/dependent.h"
#include "stats/interval.h"
#include "stats/special.h"

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>

static struct acc_test
refuse(enum acc_reason reason)
{
	return (struct acc_test){NAN, NAN, NAN, NAN, reason};
}

/* Blocks with a rating in some of the values. */
static double
clusters_of(const struct acc_influences *influences, const size_t *which, size_t count)
{
	double clusters = 0;
	for (size_t b = 0; b < influences->blocks; b++) {
		bool rated = false;
		for (size_t i = 0; i < count; i++)
			rated = rated || influences->rated[which[i] * influences->blocks + b];
		clusters += rated ? influences->times[b] : 0;
	}
	return clusters;
}

/* Sum over blocks of psi_a psi_b. */
static double
product(const struct acc_influences *influences, size_t a, size_t b)
{
	const double *x = influences->psi + a * influences->blocks;
	const double *y = influences->psi + b * influences->blocks;
	double sum = 0;
	for (size_t i = 0; i < influences->blocks; i++)
		sum += influences->times[i] * x[i] * y[i];
	return sum;
}

double
acc_dependent_covariance(const struct acc_influences *influences, size_t a, size_t b)
{
	double clusters = clusters_of(influences, (size_t[]){a, b}, 2);
	return clusters > 1 ? clusters / (clusters - 1) * product(influences, a, b) : NAN;
}

struct acc_difference
acc_dependent_pair(const struct acc_influences *influences, size_t a, size_t b)
{
	const double *value = influences->value;
	const double *x = influences->psi + a * influences->blocks;
	const double *y = influences->psi + b * influences->blocks;
	struct acc_difference made = {.value = value[a] - value[b],
				      .se = NAN,
				      .correlation = NAN,
				      .clusters = clusters_of(influences, (size_t[]){a, b}, 2)};
	double g = made.clusters, squares = 0;
	if (isnan(made.value)) {
		made.test = refuse(influences->reason[isnan(value[a]) ? a : b]);
		return made;
	}
	if (g < 2) {
		made.test = refuse(ACC_REASON_one_cluster);
		return made;
	}
	for (size_t i = 0; i < influences->blocks; i++)
		squares += influences->times[i] * (x[i] - y[i]) * (x[i] - y[i]);
	made.se = acc_standard_error(g / (g - 1) * squares, made.value);
	made.correlation =
	    product(influences, a, b) / sqrt(product(influences, a, a) * product(influences, b, b));
	if (made.se == 0) {
		made.test = refuse(ACC_REASON_no_spread);
		return made;
	}
	made.test = (struct acc_test){.statistic = made.value / made.se, .df1 = 1, .df2 = g - 1};
	made.test.p = 2 * acc_t_tail(fabs(made.test.statistic), made.test.df2);
	return made;
}

/* d' V^+ d and the rank of V, from V's singular values: those below 1e-10 of the largest count as
 * zero. V is symmetric, [n * n], and is destroyed. */
static enum acc_status
quadratic_form(double *v, const double *d, size_t n, double *form, double *rank)
{
	gsl_matrix_view matrix = gsl_matrix_view_array(v, n, n);
	double *right = acc_array(n * n, sizeof *right), *single = acc_array(n, sizeof *single);
	double *work = acc_array(n, sizeof *work);
	enum acc_status status = right && single && work ? ACC_OK : ACC_NO_MEMORY;
	*form = *rank = 0;
	if (status == ACC_OK) {
		gsl_matrix_view r = gsl_matrix_view_array(right, n, n);
		gsl_vector_view s = gsl_vector_view_array(single, n);
		gsl_vector_view w = gsl_vector_view_array(work, n);
		gsl_linalg_SV_decomp(&matrix.matrix, &r.matrix, &s.vector, &w.vector);
	}
	for (size_t k = 0; status == ACC_OK && k < n && single[k] > 1e-10 * single[0]; k++) {
		double left = 0, along = 0;
		for (size_t i = 0; i < n; i++) {
			left += v[i * n + k] * d[i];
			along += right[i * n + k] * d[i];
		}
		*form += left * along / single[k];
		*rank += 1;
	}
	free(right);
	free(single);
	free(work);
	return status;
}

/* Differences from the last value, and their covariances. */
static void
differences(const struct acc_influences *influences, const size_t *which, size_t n, double factor,
	    double *d, double *v)
{
	const double *last = influences->psi + which[n] * influences->blocks;
	for (size_t i = 0; i < n; i++) {
		const double *x = influences->psi + which[i] * influences->blocks;
		d[i] = influences->value[which[i]] - influences->value[which[n]];
		for (size_t j = 0; j < n; j++) {
			const double *y = influences->psi + which[j] * influences->blocks;
			for (size_t b = 0; b < influences->blocks; b++)
				v[i * n + j] += factor * influences->times[b] * (x[b] - last[b]) *
						(y[b] - last[b]);
		}
	}
}

enum acc_status
acc_dependent_all(const struct acc_influences *influences, const size_t *which, size_t count,
		  struct acc_test *test)
{
	double g = clusters_of(influences, which, count), form = 0, rank = 0;
	size_t n = count ? count - 1 : 0;
	*test = refuse(count < 2 ? ACC_REASON_one_value : ACC_REASON_one_cluster);
	if (count < 2 || g < 2)
		return ACC_OK;
	for (size_t i = 0; i < count; i++)
		if (isnan(influences->value[which[i]])) {
			*test = refuse(influences->reason[which[i]]);
			return ACC_OK;
		}
	double *d = acc_array(n, sizeof *d), *v = acc_array(n * n, sizeof *v);
	enum acc_status status = d && v ? ACC_OK : ACC_NO_MEMORY;
	if (status == ACC_OK) {
		differences(influences, which, n, g / (g - 1), d, v);
		status = quadratic_form(v, d, n, &form, &rank);
	}
	free(d);
	free(v);
	if (rank < 1)
		*test = refuse(ACC_REASON_no_spread);
	else if (g <= rank)
		*test = refuse(ACC_REASON_few_for_several);
	else
		*test = (struct acc_test){.statistic = form, .df1 = rank, .df2 = g - rank};
	test->p = acc_f_tail(form * (g - rank) / ((g - 1) * rank), test->df1, test->df2);
	return status;
}
