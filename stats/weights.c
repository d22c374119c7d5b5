#include "stats/weights.h"

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

enum acc_status
acc_weights_make(struct acc_weights *weights, const struct acc_scheme *scheme, const double *score,
		 size_t categories)
{
	*weights = (struct acc_weights){.categories = categories};
	if (!scheme->disagreement)
		return ACC_OK;
	if (categories > ACC_WEIGHTS_MAX)
		return ACC_TOO_LARGE;
	weights->disagreement = acc_array(categories * categories, sizeof *weights->disagreement);
	if (!weights->disagreement)
		return ACC_NO_MEMORY;
	double low = categories ? score[0] : 0, high = low;
	for (size_t k = 0; k < categories; k++) {
		low = score[k] < low ? score[k] : low;
		high = score[k] > high ? score[k] : high;
	}
	for (size_t k = 0; low < high && k < categories; k++)
		for (size_t l = 0; l < categories; l++)
			weights->disagreement[k * categories + l] =
			    k == l ? 0 : scheme->disagreement(score[k], score[l], low, high);
	return ACC_OK;
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
	*weights = (struct acc_weights){0};
}

double
acc_weights_between(const struct acc_weights *weights, size_t k, size_t l)
{
	if (!weights->disagreement)
		return k != l;
	return weights->disagreement[k * weights->categories + l];
}

double
acc_weights_chance(const struct acc_weights *weights, const double *p, const double *q)
{
	size_t categories = weights->categories;
	double sum = 0, total = 0;
	for (size_t l = 0; l < categories; l++)
		total += q[l];
	for (size_t k = 0; k < categories; k++) {
		double row = 0;
		if (!weights->disagreement && categories > 2)
			row = total - q[k];
		else
			for (size_t l = 0; l < categories; l++)
				row += acc_weights_between(weights, k, l) * q[l];
		sum += p[k] * row;
	}
	return sum;
}

void
acc_weights_slope(const struct acc_weights *weights, const double *q, double scale, double *out)
{
	size_t categories = weights->categories;
	double total = 0;
	for (size_t l = 0; l < categories; l++)
		total += q[l];
	for (size_t k = 0; k < categories; k++) {
		double row = total - q[k];
		if (weights->disagreement) {
			row = 0;
			for (size_t l = 0; l < categories; l++)
				row += (acc_weights_between(weights, k, l) +
					acc_weights_between(weights, l, k)) /
				       2 * q[l];
		}
		out[k] += scale * row;
	}
}

double
acc_weights_total(const struct acc_weights *weights)
{
	size_t categories = weights->categories;
	if (!weights->disagreement)
		return (double)categories * (double)(categories - 1);
	if (weights->total)
		return *weights->total;
	double sum = 0;
	for (size_t i = 0; i < categories * categories; i++)
		sum += weights->disagreement[i];
	return sum;
}
