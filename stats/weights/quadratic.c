#include "stats/weights.h"

/* w(x, y) = 1 - (x - y)^2 / (high - low)^2
 * Check: codes 1 and 2 of 1..3 agree by 3/4. */
static double
disagreement(double x, double y, double low, double high)
{
	double share = (x - y) / (high - low);
	return share * share;
}

/* Sum of weights, mean score and sum of squares about it; NULL weighs each category 1. */
struct spread {
	double sum, mean, squares;
};

static struct spread
spread_of(const struct acc_weights *weights, const double *q)
{
	struct spread spread = {0};
	double range = weights->high - weights->low, first = 0;
	for (size_t k = 0; k < weights->categories; k++) {
		spread.sum += q ? q[k] : 1;
		first += (q ? q[k] : 1) * (weights->scale[k] - weights->low) / range;
	}
	spread.mean = spread.sum != 0 ? first / spread.sum : 0;
	for (size_t k = 0; k < weights->categories; k++) {
		double apart = (weights->scale[k] - weights->low) / range - spread.mean;
		spread.squares += (q ? q[k] : 1) * apart * apart;
	}
	return spread;
}

static double
chance(const struct acc_weights *weights, const double *p, const double *q)
{
	struct spread a = spread_of(weights, p), b = p == q ? a : spread_of(weights, q);
	double apart = a.mean - b.mean;
	return a.squares * b.sum + b.squares * a.sum + a.sum * b.sum * apart * apart;
}

static void
slope(const struct acc_weights *weights, const double *q, double scale, double *out)
{
	struct spread spread = spread_of(weights, q);
	double range = weights->high - weights->low;
	for (size_t k = 0; k < weights->categories; k++) {
		double apart = (weights->scale[k] - weights->low) / range - spread.mean;
		out[k] += scale * (spread.squares + spread.sum * apart * apart);
	}
}

static double
total(const struct acc_weights *weights)
{
	struct spread spread = spread_of(weights, NULL);
	return 2 * spread.sum * spread.squares;
}

static const struct acc_closed_form closed = {chance, slope, total, true};

const struct acc_scheme acc_scheme_quadratic = {
    .key = "quadratic",
    .alias = "interval",
    .formula = "w = 1 - (x - y)^2 / (max - min)^2",
    .citation = "Cohen 1968",
    .disagreement = disagreement,
    .closed = &closed,
};
