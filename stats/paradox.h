/* paradox: why two coders' kappa is what it is: their table, how unequal its categories
 * (prevalence) and its coders (bias) are, and what kappa would be without (Byrt, Bishop & Carlin
 * 1993). */
#ifndef ACC_PARADOX_H
#define ACC_PARADOX_H

#include "stats/base.h"
#include "stats/homogeneity.h"

struct acc_paradox {
	double units, observed;  /* both rated; agreement */
	double kappa, kappa_max; /* Cohen's of this table, and the most its margins allow */
	/* Two categories only, else NaN. a both present, b only the first, c only the second, d
	 * neither. */
	double a, b, c, d;
	double prevalence, bias;   /* indices (a - d) / n and (b - c) / n */
	double pabak, byrt;        /* 2 p_o - 1; kappa again, from pabak and the two indices */
	double positive, negative; /* agreement on present, on absent */
	struct acc_mcnemar mcnemar;
	struct acc_chi2 stuart_maxwell, bhapkar, bowker;
};

/* All of it from a table (as in homogeneity.h) whose second, or `present`, category is "present".
 */
enum acc_status acc_paradox_of(const double *table, size_t categories, size_t present,
			       struct acc_paradox *out);

#endif
