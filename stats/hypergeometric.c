#include "stats/hypergeometric.h"

#include <float.h>
#include <math.h>

/* The weight of x + 1 over that of x; it falls with x. */
static double
step(const struct acc_pair_table *t, double odds, double x)
{
	double first = t->both + t->first, second = t->both + t->second;
	double rest = t->neither - t->both; /* n - n1 - n2 */
	return odds * (first - x) * (second - x) / ((x + 1) * (rest + x + 1));
}

static void
range(const struct acc_pair_table *t, double *least, double *most)
{
	*least = t->both - fmin(t->both, t->neither);
	*most = t->both + fmin(t->first, t->second);
}

/* The first x from which the weights fall: mostly near the count, from where it is bracketed in
 * growing strides. */
static double
mode(const struct acc_pair_table *t, double odds)
{
	double low, high, stride = 1;
	range(t, &low, &high);
	if (t->both < high && step(t, odds, t->both) > 1) {
		low = t->both + 1;
		for (; low + stride <= high; low += stride, stride *= 2)
			if (!(step(t, odds, low + stride - 1) > 1)) {
				high = low + stride - 1;
				break;
			}
	} else {
		high = t->both;
		for (; high - stride >= low; high -= stride, stride *= 2)
			if (step(t, odds, high - stride) > 1) {
				low = high - stride + 1;
				break;
			}
	}
	while (low < high) {
		double middle = low + floor((high - low) / 2);
		if (step(t, odds, middle) > 1)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct sums {
	double all, first, second; /* of weight, weight * (x - a), weight * (x - a)^2 */
	double below, at, above;   /* of weight where x < a, x = a, x > a */
	double likely;             /* of weight where it is at most `limit` */
};

static void
take(struct sums *sums, double weight, double from, double limit)
{
	sums->all += weight;
	sums->first += weight * from;
	sums->second += weight * from * from;
	*(from < 0 ? &sums->below : from > 0 ? &sums->above : &sums->at) += weight;
	if (weight <= limit)
		sums->likely += weight;
}

/* Walk from the mode, whose weight is 1, to both sides until `least` of it. */
static struct sums
walk(const struct acc_pair_table *t, double log_odds, double limit, double least)
{
	struct sums sums = {0};
	double odds = exp(log_odds), top = mode(t, odds), low, high, weight = 1;
	range(t, &low, &high);
	take(&sums, 1, top - t->both, limit);
	for (double x = top; x < high && weight > least; x++) {
		weight *= step(t, odds, x);
		take(&sums, weight, x + 1 - t->both, limit);
	}
	weight = 1;
	for (double x = top - 1; x >= low && weight > least; x--) {
		weight /= step(t, odds, x);
		take(&sums, weight, x - t->both, limit);
	}
	return sums;
}

struct acc_hypergeometric
acc_hypergeometric(const struct acc_pair_table *table, double log_odds)
{
	struct sums sums = walk(table, log_odds, 0, DBL_MIN);
	/* Weights that are equal but for rounding are equally likely. */
	double limit = sums.at * (1 + 1e-7);
	sums = walk(table, log_odds, limit, DBL_MIN);
	double shift = sums.first / sums.all, point = sums.at / sums.all;
	return (struct acc_hypergeometric){
	    .mean = table->both + shift,
	    .variance = sums.second / sums.all - shift * shift,
	    .point = fmax(point, DBL_MIN),
	    .lower = fmax((sums.below + sums.at) / sums.all, DBL_MIN),
	    .upper = fmax((sums.above + sums.at) / sums.all, DBL_MIN),
	    .likely = fmin(1, fmax(sums.likely / sums.all, DBL_MIN)),
	};
}

/* The first three of the sums, of weights down to 1e-18: what Newton's steps go by. */
static struct sums
walk_moments(const struct acc_pair_table *t, double log_odds)
{
	const double least = 1e-18;
	double odds = exp(log_odds), top = mode(t, odds), low, high, weight = 1;
	range(t, &low, &high);
	double from = top - t->both, all = 1, first = from, second = from * from;
	for (double x = top; x < high && weight > least; x++) {
		weight *= step(t, odds, x);
		from = x + 1 - t->both;
		all += weight;
		first += weight * from;
		second += weight * from * from;
	}
	weight = 1;
	for (double x = top - 1; x >= low && weight > least; x--) {
		weight /= step(t, odds, x);
		from = x - t->both;
		all += weight;
		first += weight * from;
		second += weight * from * from;
	}
	return (struct sums){.all = all, .first = first, .second = second};
}

/* Newton's steps on the log odds; the slope of the mean is the variance. */
double
acc_hypergeometric_odds(const struct acc_pair_table *table)
{
	double at = log(table->both * table->neither / (table->first * table->second));
	double low = -700, high = 700;
	for (int i = 0; i < 100; i++) {
		struct sums sums = walk_moments(table, at);
		double shift = sums.first / sums.all;
		double next = at - shift / (sums.second / sums.all - shift * shift);
		*(shift > 0 ? &high : &low) = at;
		if (!(next > low && next < high))
			next = (low + high) / 2;
		bool done = fabs(next - at) <= 1e-13 * fmax(1, fabs(at));
		at = next;
		if (done)
			break;
	}
	return at;
}

double
acc_hypergeometric_limit(const struct acc_pair_table *table, double tail, bool upper)
{
	/* The upper limit of the odds leaves `tail` at or below the count, the lower one at or
	 * above. */
	double low = -700, high = 700;
	for (int i = 0; i < 100 && high - low > 1e-13; i++) {
		double middle = (low + high) / 2;
		struct sums sums = walk(table, middle, 0, 1e-18);
		double share = (sums.at + (upper ? sums.below : sums.above)) / sums.all;
		*((share > tail) == upper ? &low : &high) = middle;
	}
	return (low + high) / 2;
}
