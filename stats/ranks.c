#include "stats/ranks.h"

double
acc_ranks(const double *count, const double *score, size_t categories, double *out)
{
	double ties = 0;
	for (size_t k = 0; k < categories; k++) {
		double below = 0, above = 0;
		for (size_t l = 0; l < categories; l++) {
			below += score[l] < score[k] ? count[l] : 0;
			above += score[l] > score[k] ? count[l] : 0;
		}
		out[k] = (below - above) / 2;
		ties += count[k] * count[k] * count[k] - count[k];
	}
	return ties;
}

void
acc_ranks_slope(const double *of_ranks, const double *score, size_t categories, double *out)
{
	for (size_t k = 0; k < categories; k++)
		for (size_t l = 0; l < categories; l++)
			out[k] += of_ranks[l] * ((score[l] > score[k] ? 0.5 : 0) -
						 (score[l] < score[k] ? 0.5 : 0));
}
