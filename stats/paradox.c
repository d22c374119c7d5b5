#include "stats/paradox.h"

#include <math.h>
#include <stdlib.h>

/* 0 / 0 is undefined, not 0. */
static double
ratio(double part, double whole)
{
	return whole > 0 ? part / whole : NAN;
}

/* Cohen's kappa and its maximum, in disagreement. */
static enum acc_status
take_kappa(const double *table, size_t q, struct acc_paradox *out)
{
	double *row = acc_array(q, sizeof *row), *column = acc_array(q, sizeof *column);
	double n = 0, apart = 0, chance = 0, least = 0;
	bool made = row && column;
	for (size_t i = 0; made && i < q * q; i++) {
		row[i / q] += table[i];
		column[i % q] += table[i];
		n += table[i];
		apart += i / q != i % q ? table[i] : 0;
	}
	for (size_t k = 0; made && k < q; k++) {
		chance += row[k] * (n - column[k]);
		least += fabs(row[k] - column[k]) / 2;
	}
	out->units = n;
	out->observed = ratio(n - apart, n);
	out->kappa = chance > 0 ? 1 - apart * n / chance : NAN;
	out->kappa_max = chance > 0 ? 1 - least * n / chance : NAN;
	free(row);
	free(column);
	return made ? ACC_OK : ACC_NO_MEMORY;
}

static void
take_binary(const double *table, size_t present, struct acc_paradox *out)
{
	size_t absent = 1 - present;
	out->a = table[present * 2 + present];
	out->b = table[present * 2 + absent];
	out->c = table[absent * 2 + present];
	out->d = table[absent * 2 + absent];
	out->prevalence = ratio(out->a - out->d, out->units);
	out->bias = ratio(out->b - out->c, out->units);
	out->pabak = 2 * out->observed - 1;
	double skew = out->prevalence * out->prevalence, tilt = out->bias * out->bias;
	out->byrt = 1 - skew + tilt > 1e-14 ? (out->pabak - skew + tilt) / (1 - skew + tilt) : NAN;
	out->positive = ratio(2 * out->a, 2 * out->a + out->b + out->c);
	out->negative = ratio(2 * out->d, 2 * out->d + out->b + out->c);
	acc_mcnemar(out->b, out->c, &out->mcnemar);
}

enum acc_status
acc_paradox_of(const double *table, size_t categories, size_t present, struct acc_paradox *out)
{
	const struct acc_chi2 none = {NAN, NAN, NAN};
	*out = (struct acc_paradox){.a = NAN,
				    .b = NAN,
				    .c = NAN,
				    .d = NAN,
				    .prevalence = NAN,
				    .bias = NAN,
				    .pabak = NAN,
				    .byrt = NAN,
				    .positive = NAN,
				    .negative = NAN,
				    .mcnemar = {none, none, NAN, NAN}};
	enum acc_status status = take_kappa(table, categories, out);
	if (status == ACC_OK && categories == 2)
		take_binary(table, present, out);
	if (status == ACC_OK)
		status = acc_stuart_maxwell(table, categories, &out->stuart_maxwell);
	out->bhapkar = acc_bhapkar(&out->stuart_maxwell, out->units);
	out->bowker = acc_bowker(table, categories);
	return status;
}
