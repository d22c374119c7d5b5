/* contingency: a table of counts, rows by columns: are they independent, and how strongly not? */
#ifndef ACC_CONTINGENCY_H
#define ACC_CONTINGENCY_H

#include "stats/base.h"

/* Counts: whole numbers, cell[row * columns + column]. */
struct acc_contingency {
	const double *cell; /* borrowed */
	size_t rows, columns;
};

struct acc_independence {
	double chi2, df, p;        /* Pearson's; empty rows and columns do not count */
	double cramers_v, bergsma; /* effect sizes; the second corrects its bias (Bergsma 2013) */
};

struct acc_independence acc_pearson(const struct acc_contingency *table);

/* The exact test of Fisher, Freeman and Halton: p sums the probabilities, given both margins, of
 * the tables at most as likely as this one (relative tolerance 1e-7); mid_p counts those just as
 * likely by half. Columns are taken one by one, the tables of the first half of them kept by the
 * row sums they use up, and joined with those of the second half. ACC_TOO_LARGE, p NaN, when that
 * needs more than a few million entries. */
struct acc_exact {
	double p, mid_p;
};
enum acc_status acc_fisher_freeman_halton(const struct acc_contingency *table,
					  struct acc_exact *exact);

#endif
