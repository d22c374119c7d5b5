/* edge_measures: what an edge weighs, of a table of any numbers, and of counts that are looked up
 * while people change groups. */
#include "stats/edges.h"

#include <math.h>

/* A function weight(part, a, b, c, d) of counts, as acc_edge_measure.spread. */
#define SPREAD(name, weight)                                                                       \
	static double name(const struct acc_edge_row *row, const uint32_t *place, size_t people,   \
			   const double *part, acc_edge_counts all, double *value)                 \
	{                                                                                          \
		int32_t a = all[0], b = all[1], c = all[2], d = all[3];                            \
		double of_all = *value = weight(part, a, b, c, d), sum = 0;                        \
		for (size_t i = 0; i < people; i++) {                                              \
			const acc_edge_counts *minus = &row[place[i]].minus;                       \
			double apart = weight(part, a + (*minus)[0], b + (*minus)[1],              \
					      c + (*minus)[2], d + (*minus)[3]) -                  \
				       of_all;                                                     \
			sum += apart * apart;                                                      \
		}                                                                                  \
		return sum;                                                                        \
	}

/* ---- log odds ratio ---- */

/* A half is added to each cell, so that leaving out a person never makes it infinite. */
static enum acc_reason
log_odds_ratio(const struct acc_pair_table *t, double *weight)
{
	*weight = log((t->both + .5) * (t->neither + .5) / ((t->first + .5) * (t->second + .5)));
	return acc_pair_constant(t) ? ACC_REASON_empty_margin : ACC_DEFINED;
}

static double
log_more(double count)
{
	return log(count + .5);
}

static inline double
odds_of(const double *part, int32_t a, int32_t b, int32_t c, int32_t d)
{
	return part[a] + part[d] - part[b] - part[c];
}

SPREAD(odds_spread, odds_of)

/* ---- normalised pointwise mutual information ---- */

static enum acc_reason
npmi(const struct acc_pair_table *table, double *weight)
{
	return acc_measure_value(&acc_measure_npmi, table, weight);
}

/* As stats/measures/npmi.c; log(0) is looked up nowhere. */
static inline double
npmi_of(const double *part, int32_t a, int32_t b, int32_t c, int32_t d)
{
	int32_t n = a + b + c + d;
	if (a + b == 0 || a + c == 0 || a == n)
		return NAN;
	if (a == 0)
		return -1;
	return (part[a] + part[n] - part[a + b] - part[a + c]) / (part[n] - part[a]);
}

SPREAD(npmi_spread, npmi_of)

const struct acc_edge_measure acc_edge_measures[] = {
    {"log_odds_ratio", "ln((a+1/2) (d+1/2) / ((b+1/2) (c+1/2)))", "Haldane 1956", log_odds_ratio,
     log_more, odds_spread},
    {"npmi", "ln(a n / ((a+b)(a+c))) / -ln(a/n)", "Bouma 2009", npmi, log, npmi_spread},
};
const size_t acc_edge_measure_count = sizeof acc_edge_measures / sizeof *acc_edge_measures;
