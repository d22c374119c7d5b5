#include "stats/weights.h"

#include <gsl/gsl_sort.h>
#include <stdlib.h>
#include <string.h>

#define ACC_SCHEME(name) extern const struct acc_scheme acc_scheme_##name;
#include "stats/weights.def"
#undef ACC_SCHEME

const struct acc_scheme *const acc_schemes[] = {
#define ACC_SCHEME(name) &acc_scheme_##name,
#include "stats/weights.def"
#undef ACC_SCHEME
};
const size_t acc_scheme_count = sizeof acc_schemes / sizeof *acc_schemes;

const struct acc_scheme *
acc_scheme_find(const char *key)
{
	for (size_t i = 0; i < acc_scheme_count; i++)
		if (!strcmp(key, acc_schemes[i]->key) ||
		    (acc_schemes[i]->alias && !strcmp(key, acc_schemes[i]->alias)))
			return acc_schemes[i];
	return NULL;
}

/* ---- making ---- */

/* The scores that a scheme goes by, their order and their ends. */
static bool
take_scores(struct acc_weights *weights, const struct acc_scheme *scheme, const double *score)
{
	size_t categories = weights->categories;
	weights->scale = acc_array(categories, sizeof *weights->scale);
	weights->order = acc_array(categories, sizeof *weights->order);
	if (!weights->scale || !weights->order)
		return false;
	for (size_t k = 0; k < categories; k++)
		weights->scale[k] = scheme->positions ? (double)k + 1 : score[k];
	gsl_sort_index(weights->order, weights->scale, 1, categories);
	weights->low = categories ? weights->scale[weights->order[0]] : 0;
	weights->high = categories ? weights->scale[weights->order[categories - 1]] : 0;
	return true;
}

static enum acc_status
fill_matrix(struct acc_weights *weights, const struct acc_scheme *scheme)
{
	size_t categories = weights->categories;
	double most = 0;
	if (categories > ACC_WEIGHTS_MAX)
		return ACC_TOO_LARGE;
	weights->disagreement = acc_array(categories * categories, sizeof *weights->disagreement);
	if (!weights->disagreement)
		return ACC_NO_MEMORY;
	for (size_t k = 0; k < categories; k++)
		for (size_t l = 0; l < categories; l++) {
			double x = weights->scale[k], y = weights->scale[l];
			double d =
			    x == y ? 0 : scheme->disagreement(x, y, weights->low, weights->high);
			weights->disagreement[k * categories + l] = d;
			most = d > most ? d : most;
		}
	for (size_t i = 0; scheme->relative && most > 0 && i < categories * categories; i++)
		weights->disagreement[i] /= most;
	return ACC_OK;
}

enum acc_status
acc_weights_make(struct acc_weights *weights, const struct acc_scheme *scheme, const double *score,
		 size_t categories)
{
	*weights = (struct acc_weights){.categories = categories, .ranks = scheme->ranks};
	if (!scheme->disagreement)
		return ACC_OK;
	enum acc_status status = take_scores(weights, scheme, score) ? ACC_OK : ACC_NO_MEMORY;
	/* One score only: nothing disagrees, and the closed forms divide by the range. */
	if (status == ACC_OK && (!scheme->closed || !(weights->low < weights->high)))
		status = fill_matrix(weights, scheme);
	else
		weights->scheme = scheme;
	if (status == ACC_OK && weights->scheme)
		weights->closed_total = scheme->closed->total(weights);
	if (status != ACC_OK)
		acc_weights_free(weights);
	return status;
}

enum acc_status
acc_weights_score(struct acc_weights *weights, const double *score)
{
	double *copy = acc_array(weights->categories, sizeof *copy);
	if (!copy)
		return ACC_NO_MEMORY;
	if (weights->categories)
		memcpy(copy, score, weights->categories * sizeof *copy);
	free(weights->score);
	weights->score = copy;
	return ACC_OK;
}

void
acc_weights_free(struct acc_weights *weights)
{
	free(weights->score);
	free(weights->disagreement);
	free(weights->scale);
	free(weights->order);
	*weights = (struct acc_weights){0};
}

bool
acc_weights_identity(const struct acc_weights *weights)
{
	return !weights->disagreement && !weights->scheme && !weights->ranks && !weights->sets;
}

/* ---- sums ---- */

size_t
acc_weights_columns(const struct acc_weights *weights)
{
	return weights->moment ? ACC_MOMENTS : weights->categories;
}

double
acc_weights_sum(const struct acc_weights *weights, const double *p)
{
	double sum = 0;
	if (weights->moment)
		return p[0];
	for (size_t k = 0; k < weights->categories; k++)
		sum += p[k];
	return sum;
}

void
acc_weights_sum_slope(const struct acc_weights *weights, double scale, double *out)
{
	size_t columns = weights->moment ? 1 : weights->categories;
	for (size_t k = 0; k < columns; k++)
		out[k] += scale;
}

double
acc_weights_between(const struct acc_weights *weights, size_t k, size_t l)
{
	if (weights->disagreement)
		return weights->disagreement[k * weights->categories + l];
	if (!weights->scheme)
		return k != l;
	return weights->scheme->disagreement(weights->scale[k], weights->scale[l], weights->low,
					     weights->high);
}

static double
row_of(const struct acc_weights *weights, const double *q, size_t k)
{
	double row = 0;
	for (size_t l = 0; l < weights->categories; l++)
		row += acc_weights_between(weights, k, l) * q[l];
	return row;
}

static double
moments_chance(const double *p, const double *q)
{
	double squares = p[0] * q[2] + p[2] * q[0], sum = squares - 2 * p[1] * q[1];
	/* What rounding leaves of a difference that is 0. */
	return sum < 1e-12 * squares ? 0 : sum;
}

double
acc_weights_chance(const struct acc_weights *weights, const double *p, const double *q)
{
	size_t categories = weights->categories;
	double sum = 0, total = 0;
	if (weights->moment)
		return moments_chance(p, q);
	if (weights->scheme)
		return weights->scheme->closed->chance(weights, p, q);
	bool matrix = weights->disagreement || categories <= 2;
	for (size_t l = 0; l < categories; l++)
		total += q[l];
	for (size_t k = 0; k < categories; k++)
		sum += p[k] * (matrix ? row_of(weights, q, k) : total - q[k]);
	return sum;
}

void
acc_weights_slope_rows(const struct acc_weights *weights, const double *q, double scale,
		       double *out)
{
	for (size_t k = 0; k < weights->categories; k++)
		out[k] += scale * row_of(weights, q, k);
}

void
acc_weights_slope_columns(const struct acc_weights *weights, const double *q, double scale,
			  double *out)
{
	for (size_t l = 0; l < weights->categories; l++)
		for (size_t k = 0; k < weights->categories; k++)
			out[k] += scale * acc_weights_between(weights, l, k) * q[l];
}

static void
moments_slope(const double *q, double scale, double *out)
{
	out[0] += scale * q[2];
	out[1] -= scale * 2 * q[1];
	out[2] += scale * q[0];
}

void
acc_weights_slope(const struct acc_weights *weights, const double *q, double scale, double *out)
{
	double total = 0;
	if (weights->moment) {
		moments_slope(q, scale, out);
	} else if (weights->scheme) {
		weights->scheme->closed->slope(weights, q, scale, out);
	} else if (weights->directed) {
		acc_weights_slope_rows(weights, q, scale / 2, out);
		acc_weights_slope_columns(weights, q, scale / 2, out);
	} else if (weights->disagreement) {
		acc_weights_slope_rows(weights, q, scale, out);
	} else {
		for (size_t l = 0; l < weights->categories; l++)
			total += q[l];
		for (size_t k = 0; k < weights->categories; k++)
			out[k] += scale * (total - q[k]);
	}
}

double
acc_weights_total(const struct acc_weights *weights)
{
	size_t categories = weights->categories;
	double sum = 0;
	if (weights->scheme)
		return weights->closed_total;
	if (weights->total)
		return *weights->total;
	if (!weights->disagreement)
		return (double)categories * ((double)categories - 1);
	for (size_t i = 0; i < categories * categories; i++)
		sum += weights->disagreement[i];
	return sum;
}
