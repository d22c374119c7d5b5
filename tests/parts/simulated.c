#include "tests/parts/simulated.h"

#include <gsl/gsl_randist.h>
#include <stdio.h>
#include <stdlib.h>

void
must_be_ok(enum acc_status status)
{
	if (status == ACC_OK)
		return;
	fputs("out of memory\n", stderr);
	exit(2);
}

double
draw_beta(gsl_rng *rng, double m, double r)
{
	return m > 0 && m < 1 ? gsl_ran_beta(rng, m * (1 - r) / r, (1 - m) * (1 - r) / r) : m;
}

void
add_label(struct acc_vocabulary *vocabulary, const char *prefix, unsigned number)
{
	char text[32];
	uint32_t at;
	snprintf(text, sizeof text, "%s%03u", prefix, number);
	must_be_ok(acc_vocabulary_add(vocabulary, text, &at));
}
