/* What the exact test of a table of people costs: groups of about equal size, half of the people
 * with the theme, which has the most tables. */
#include "stats/contingency.h"

#include <stdio.h>
#include <time.h>

static double
seconds(void)
{
	struct timespec now;
	timespec_get(&now, TIME_UTC);
	return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void
measure(size_t groups, double people)
{
	double cell[2 * 8];
	struct acc_exact exact;
	for (size_t g = 0; g < groups; g++) {
		double size = (double)(size_t)(people / (double)groups) + (g == 0);
		cell[g] = (double)(size_t)(size / 2) + (g == 1 ? 7 : 0);
		cell[groups + g] = size - cell[g];
	}
	double began = seconds();
	enum acc_status status =
	    acc_fisher_freeman_halton(&(struct acc_contingency){cell, 2, groups}, &exact);
	printf("exact test, %zu x 2, %.0f people: %.1f ms (%s, p %.6f)\n", groups, people,
	       1e3 * (seconds() - began), status == ACC_OK ? "ok" : "too many tables", exact.p);
}

int
main(void)
{
	measure(3, 500);
	measure(3, 2000);
	measure(4, 500);
	measure(6, 100);
	return 0;
}
