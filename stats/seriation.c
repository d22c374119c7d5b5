#include "stats/seriation.h"

#include <gsl/gsl_eigen.h>
#include <math.h>
#include <stdlib.h>

/* ---- eigenvectors ---- */

struct eigen {
	gsl_matrix *matrix, *vector; /* columns are eigenvectors */
	gsl_vector *value;
	gsl_eigen_symmv_workspace *work;
};

static void
eigen_free(struct eigen *e)
{
	if (e->matrix)
		gsl_matrix_free(e->matrix);
	if (e->vector)
		gsl_matrix_free(e->vector);
	if (e->value)
		gsl_vector_free(e->value);
	if (e->work)
		gsl_eigen_symmv_free(e->work);
}

static enum acc_status
eigen_make(struct eigen *e, size_t count)
{
	*e = (struct eigen){gsl_matrix_calloc(count, count), gsl_matrix_calloc(count, count),
			    gsl_vector_calloc(count), gsl_eigen_symmv_alloc(count)};
	return e->matrix && e->vector && e->value && e->work ? ACC_OK : ACC_NO_MEMORY;
}

static void
solve(struct eigen *e, gsl_eigen_sort_t sort)
{
	gsl_eigen_symmv(e->matrix, e->value, e->vector, e->work);
	gsl_eigen_symmv_sort(e->value, e->vector, sort);
}

/* ---- the spectral order ---- */

struct ranked {
	double value;
	size_t thing;
};

/* Values that are equal but for rounding keep their order. */
static int
compare(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;
	if (x->value != y->value)
		return x->value < y->value ? -1 : 1;
	return (x->thing > y->thing) - (x->thing < y->thing);
}

static void
fill_laplacian(gsl_matrix *matrix, const double *distance, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		double degree = 0;
		for (size_t j = 0; j < count; j++) {
			double near = i == j ? 0 : 1 - distance[i * count + j];
			degree += near;
			gsl_matrix_set(matrix, i, j, -near);
		}
		gsl_matrix_set(matrix, i, i, degree);
	}
}

enum acc_status
acc_spectral_order(const double *distance, size_t count, size_t *order)
{
	struct eigen e = {0};
	struct ranked *ranked = acc_array(count, sizeof *ranked);
	enum acc_status status = ranked ? eigen_make(&e, count ? count : 1) : ACC_NO_MEMORY;
	if (status == ACC_OK && count) {
		fill_laplacian(e.matrix, distance, count);
		solve(&e, GSL_EIGEN_SORT_VAL_ASC);
		for (size_t i = 0; i < count; i++) {
			double value = gsl_matrix_get(e.vector, i, count > 1 ? 1 : 0);
			ranked[i] = (struct ranked){round(value * 1e9), i};
		}
		qsort(ranked, count, sizeof *ranked, compare);
		bool turned = ranked[0].thing > ranked[count - 1].thing;
		for (size_t i = 0; i < count; i++)
			order[i] = ranked[turned ? count - 1 - i : i].thing;
	}
	eigen_free(&e);
	free(ranked);
	return status;
}

/* ---- classical scaling ---- */

/* Twice centred: -1/2 (d_ij - mean_i - mean_j + mean). mean: scratch, [count]. */
static void
fill_centred(gsl_matrix *matrix, const double *distance, size_t count, gsl_vector *mean)
{
	double n = (double)count, all = 0;
	for (size_t i = 0; i < count; i++) {
		double sum = 0;
		for (size_t j = 0; j < count; j++)
			sum += distance[i * count + j];
		gsl_vector_set(mean, i, sum / n);
		all += sum / (n * n);
	}
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < count; j++)
			gsl_matrix_set(matrix, i, j,
				       (gsl_vector_get(mean, i) + gsl_vector_get(mean, j) - all -
					distance[i * count + j]) /
					   2);
}

static void
put_axis(const struct eigen *e, size_t count, size_t axis, double *place)
{
	double value = gsl_vector_get(e->value, axis), most = 0;
	for (size_t i = 0; i < count; i++) {
		double at = gsl_matrix_get(e->vector, i, axis);
		if (fabs(at) > fabs(most) + 1e-9)
			most = at;
		place[2 * i + axis] = value > 1e-12 ? at * sqrt(value) : 0;
	}
	for (size_t i = 0; most < 0 && i < count; i++)
		place[2 * i + axis] *= -1;
}

enum acc_status
acc_classical_scaling(const double *distance, size_t count, double *place, double share[2],
		      double *negative)
{
	struct eigen e = {0};
	double all = 0;
	enum acc_status status = eigen_make(&e, count ? count : 1);
	share[0] = share[1] = *negative = 0;
	if (status == ACC_OK && count) {
		fill_centred(e.matrix, distance, count, e.value);
		solve(&e, GSL_EIGEN_SORT_VAL_DESC);
		for (size_t i = 0; i < count; i++) {
			double value = gsl_vector_get(e.value, i);
			all += fabs(value);
			*negative += value < 0 ? -value : 0;
			place[2 * i] = place[2 * i + 1] = 0;
		}
		for (size_t axis = 0; axis < 2 && axis < count; axis++) {
			put_axis(&e, count, axis, place);
			share[axis] = all > 0 ? fmax(0, gsl_vector_get(e.value, axis)) / all : 0;
		}
		*negative = all > 0 ? *negative / all : 0;
	}
	eigen_free(&e);
	return status;
}
