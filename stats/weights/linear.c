#include "stats/weights.h"

#include <math.h>

/* w(x, y) = 1 - |x - y| / (high - low)
 * Check: codes 1 and 2 of 1..3 agree by 1/2. */
static double
disagreement(double x, double y, double low, double high)
{
	return fabs(x - y) / (high - low);
}

/* |x - y| is the sum of the gaps between them, so a sum over pairs is a sum over gaps of what lies
 * below times what lies above. */

static double
gap(const struct acc_weights *weights, size_t place)
{
	const double *scale = weights->scale;
	return (scale[weights->order[place + 1]] - scale[weights->order[place]]) /
	       (weights->high - weights->low);
}

static double
chance(const struct acc_weights *weights, const double *p, const double *q)
{
	double below[2] = {0, 0}, all[2] = {0, 0}, sum = 0;
	for (size_t i = 0; i < weights->categories; i++) {
		all[0] += p[weights->order[i]];
		all[1] += q[weights->order[i]];
	}
	for (size_t i = 0; i + 1 < weights->categories; i++) {
		below[0] += p[weights->order[i]];
		below[1] += q[weights->order[i]];
		sum += gap(weights, i) *
		       (below[0] * (all[1] - below[1]) + (all[0] - below[0]) * below[1]);
	}
	return sum;
}

static void
slope(const struct acc_weights *weights, const double *q, double scale, double *out)
{
	double below = 0, above = 0, sum = 0;
	for (size_t i = 0; i + 1 < weights->categories; i++) {
		below += q[weights->order[i]];
		sum += gap(weights, i) * below;
		out[weights->order[i + 1]] += scale * sum;
	}
	sum = 0;
	for (size_t i = weights->categories; i-- > 1;) {
		above += q[weights->order[i]];
		sum += gap(weights, i - 1) * above;
		out[weights->order[i - 1]] += scale * sum;
	}
}

static double
total(const struct acc_weights *weights)
{
	double sum = 0, categories = (double)weights->categories;
	for (size_t i = 0; i + 1 < weights->categories; i++)
		sum += 2 * gap(weights, i) * (double)(i + 1) * (categories - (double)(i + 1));
	return sum;
}

static const struct acc_closed_form closed = {chance, slope, total, false};

const struct acc_scheme acc_scheme_linear = {
    .key = "linear",
    .formula = "w = 1 - |x - y| / (max - min)",
    .citation = "Cicchetti & Allison 1971",
    .disagreement = disagreement,
    .closed = &closed,
};
