#include "stats/correspondence.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

void
acc_correspondence_free(struct acc_correspondence *result)
{
	free(result->inertia);
	free(result->row_mass);
	free(result->column_mass);
	free(result->row);
	free(result->column);
	*result = (struct acc_correspondence){0};
}

/* A singular value decomposition of a matrix with at least as many rows as columns. */
struct svd {
	gsl_matrix *u, *v;
	gsl_vector *s, *work;
};

static void
svd_free(struct svd *svd)
{
	if (svd->u)
		gsl_matrix_free(svd->u);
	if (svd->v)
		gsl_matrix_free(svd->v);
	if (svd->s)
		gsl_vector_free(svd->s);
	if (svd->work)
		gsl_vector_free(svd->work);
}

static bool
svd_make(struct svd *svd, size_t rows, size_t columns)
{
	*svd = (struct svd){gsl_matrix_calloc(rows, columns), gsl_matrix_calloc(columns, columns),
			    gsl_vector_calloc(columns), gsl_vector_calloc(columns)};
	if (svd->u && svd->v && svd->s && svd->work)
		return true;
	svd_free(svd);
	return false;
}

static enum acc_status
begin(struct acc_correspondence *result, size_t rows, size_t columns)
{
	size_t most = rows < columns ? rows : columns;
	*result = (struct acc_correspondence){
	    .rows = rows,
	    .columns = columns,
	    .inertia = acc_array(most, sizeof(double)),
	    .row_mass = acc_array(rows, sizeof(double)),
	    .column_mass = acc_array(columns, sizeof(double)),
	    .row = acc_array(rows * most, sizeof(double)),
	    .column = acc_array(columns * most, sizeof(double)),
	};
	bool made = result->inertia && result->row_mass && result->column_mass && result->row &&
		    result->column;
	return made ? ACC_OK : ACC_NO_MEMORY;
}

/* Masses; how many rows and columns have any. */
static void
weigh(struct acc_correspondence *result, const double *count, size_t *rows, size_t *columns)
{
	double total = 0;
	for (size_t i = 0; i < result->rows; i++)
		for (size_t j = 0; j < result->columns; j++) {
			double here = count[i * result->columns + j];
			result->row_mass[i] += here;
			result->column_mass[j] += here;
			total += here;
		}
	*rows = *columns = 0;
	for (size_t i = 0; i < result->rows; i++)
		*rows += result->row_mass[i] > 0;
	for (size_t j = 0; j < result->columns; j++)
		*columns += result->column_mass[j] > 0;
	for (size_t i = 0; total > 0 && i < result->rows; i++)
		result->row_mass[i] /= total;
	for (size_t j = 0; total > 0 && j < result->columns; j++)
		result->column_mass[j] /= total;
}

/* Standardised residual of a cell. */
static double
residual(const struct acc_correspondence *result, const double *count, double total, size_t i,
	 size_t j)
{
	double expected = result->row_mass[i] * result->column_mass[j];
	return (count[i * result->columns + j] / total - expected) / sqrt(expected);
}

/* The residuals of rows and columns with mass, turned so that there are not fewer rows. */
static void
fill(const struct acc_correspondence *result, const double *count, bool turned, gsl_matrix *matrix)
{
	double total = 0;
	for (size_t c = 0; c < result->rows * result->columns; c++)
		total += count[c];
	for (size_t i = 0, at = 0; i < result->rows; i++) {
		if (!(result->row_mass[i] > 0))
			continue;
		for (size_t j = 0, to = 0; j < result->columns; j++)
			if (result->column_mass[j] > 0) {
				gsl_matrix_set(matrix, turned ? to : at, turned ? at : to,
					       residual(result, count, total, i, j));
				to++;
			}
		at++;
	}
}

/* Principal coordinates of one side: singular value times vector over the root of the mass. */
static void
place(double *coordinate, const double *mass, size_t points, size_t axes, const gsl_matrix *vector,
      const gsl_vector *value)
{
	for (size_t i = 0, at = 0; i < points; i++) {
		for (size_t a = 0; a < axes; a++)
			coordinate[i * axes + a] = mass[i] > 0 ? gsl_vector_get(value, a) *
								     gsl_matrix_get(vector, at, a) /
								     sqrt(mass[i])
							       : NAN;
		at += mass[i] > 0;
	}
}

double
acc_row_contribution(const struct acc_correspondence *result, size_t row, size_t axis)
{
	double at = result->row[row * result->axes + axis];
	return isnan(at) ? 0 : result->row_mass[row] * at * at / result->inertia[axis];
}

double
acc_column_contribution(const struct acc_correspondence *result, size_t column, size_t axis)
{
	double at = result->column[column * result->axes + axis];
	return isnan(at) ? 0 : result->column_mass[column] * at * at / result->inertia[axis];
}

static void
set_signs(struct acc_correspondence *result)
{
	for (size_t a = 0; a < result->axes; a++) {
		size_t most = 0;
		for (size_t j = 1; j < result->columns; j++)
			if (acc_column_contribution(result, j, a) >
			    acc_column_contribution(result, most, a) * (1 + 1e-9) + 1e-9)
				most = j;
		if (!(result->column[most * result->axes + a] < 0))
			continue;
		for (size_t i = 0; i < result->rows; i++)
			result->row[i * result->axes + a] *= -1;
		for (size_t j = 0; j < result->columns; j++)
			result->column[j * result->axes + a] *= -1;
	}
}

static void
take_axes(struct acc_correspondence *result, const struct svd *svd, bool turned)
{
	for (size_t a = 0; a < svd->s->size; a++) {
		double value = gsl_vector_get(svd->s, a);
		result->total += value * value;
	}
	/* The margins take one axis; what rounding leaves of it is no inertia. */
	for (size_t a = 0; a < svd->s->size; a++) {
		double value = gsl_vector_get(svd->s, a);
		if (value * value > 1e-12 * fmax(result->total, 1e-6))
			result->inertia[result->axes++] = value * value;
	}
	place(result->row, result->row_mass, result->rows, result->axes, turned ? svd->v : svd->u,
	      svd->s);
	place(result->column, result->column_mass, result->columns, result->axes,
	      turned ? svd->u : svd->v, svd->s);
	set_signs(result);
}

enum acc_status
acc_correspondence_make(struct acc_correspondence *result, const double *count, size_t rows,
			size_t columns)
{
	struct svd svd = {0};
	size_t some_rows = 0, some_columns = 0;
	enum acc_status status = begin(result, rows, columns);
	if (status == ACC_OK)
		weigh(result, count, &some_rows, &some_columns);
	bool turned = some_rows < some_columns;
	if (status == ACC_OK && (some_rows < 2 || some_columns < 2))
		result->reason = some_rows ? ACC_REASON_one_group : ACC_REASON_no_themes;
	else if (status == ACC_OK && !svd_make(&svd, turned ? some_columns : some_rows,
					       turned ? some_rows : some_columns))
		status = ACC_NO_MEMORY;
	else if (status == ACC_OK) {
		fill(result, count, turned, svd.u);
		if (gsl_linalg_SV_decomp(svd.u, svd.v, svd.s, svd.work))
			status = ACC_NO_MEMORY;
		else
			take_axes(result, &svd, turned);
		if (!result->axes)
			result->reason = ACC_REASON_no_variation;
	}
	svd_free(&svd);
	if (status != ACC_OK)
		acc_correspondence_free(result);
	return status;
}

void
acc_correspondence_project(const struct acc_correspondence *result, const double *count,
			   double *coordinate)
{
	double total = 0;
	for (size_t i = 0; i < result->rows; i++)
		total += result->row_mass[i] > 0 ? count[i] : 0;
	for (size_t a = 0; a < result->axes; a++) {
		double sum = 0;
		for (size_t i = 0; i < result->rows; i++)
			if (result->row_mass[i] > 0)
				sum += count[i] * result->row[i * result->axes + a];
		coordinate[a] = sum / total / sqrt(result->inertia[a]);
	}
}

/* ---- Procrustes ---- */

/* Add the products of the coordinates of one side, weighted. */
static void
add_products(gsl_matrix *products, const double *from, size_t from_axes, const double *to,
	     size_t to_axes, const double *mass, size_t points)
{
	for (size_t i = 0; i < points; i++)
		for (size_t a = 0; a < from_axes; a++)
			for (size_t b = 0; b < to_axes; b++) {
				double x = from[i * from_axes + a], y = to[i * to_axes + b];
				if (!isnan(x) && !isnan(y))
					*gsl_matrix_ptr(products, a, b) += mass[i] * x * y;
			}
}

/* The coordinates of one side after turning them, owned by the caller; NULL: no memory. */
static double *
turn(const double *from, size_t from_axes, size_t to_axes, const gsl_matrix *rotation,
     size_t points)
{
	double *to = acc_array(points * to_axes, sizeof *to);
	for (size_t i = 0; to && i < points; i++)
		for (size_t b = 0; b < to_axes; b++)
			for (size_t a = 0; a < from_axes; a++)
				to[i * to_axes + b] +=
				    from[i * from_axes + a] * gsl_matrix_get(rotation, a, b);
	return to;
}

enum acc_status
acc_correspondence_align(struct acc_correspondence *result, const struct acc_correspondence *target)
{
	size_t size = result->axes > target->axes ? result->axes : target->axes;
	struct svd svd;
	gsl_matrix *rotation = size ? gsl_matrix_calloc(size, size) : NULL;
	if (!size)
		return ACC_OK;
	if (!rotation || !svd_make(&svd, size, size)) {
		if (rotation)
			gsl_matrix_free(rotation);
		return ACC_NO_MEMORY;
	}
	add_products(svd.u, result->row, result->axes, target->row, target->axes, target->row_mass,
		     target->rows);
	add_products(svd.u, result->column, result->axes, target->column, target->axes,
		     target->column_mass, target->columns);
	enum acc_status status = ACC_NO_MEMORY;
	if (!gsl_linalg_SV_decomp(svd.u, svd.v, svd.s, svd.work) &&
	    !gsl_blas_dgemm(CblasNoTrans, CblasTrans, 1, svd.u, svd.v, 0, rotation)) {
		double *row = turn(result->row, result->axes, target->axes, rotation, result->rows);
		double *column =
		    turn(result->column, result->axes, target->axes, rotation, result->columns);
		status = row && column ? ACC_OK : ACC_NO_MEMORY;
		free(status == ACC_OK ? result->row : row);
		free(status == ACC_OK ? result->column : column);
		if (status == ACC_OK) {
			result->row = row;
			result->column = column;
			result->axes = target->axes;
		}
	}
	svd_free(&svd);
	gsl_matrix_free(rotation);
	return status;
}
