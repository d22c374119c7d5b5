#include "stats/mantel.h"
#include "stats/random.h"

#include <math.h>
#include <stdlib.h>

static double
mean_of(const double *m, size_t themes)
{
	double sum = 0;
	for (size_t i = 0; i < themes; i++)
		for (size_t j = 0; j < i; j++)
			sum += m[i * themes + j];
	return sum / ((double)themes * (double)(themes - 1) / 2);
}

/* Sum of products about the means, b with its rows and columns relabelled. */
static double
product(const double *a, const double *b, size_t themes, const size_t *label)
{
	double sum = 0, at = mean_of(a, themes), bt = mean_of(b, themes);
	for (size_t i = 0; i < themes; i++)
		for (size_t j = 0; j < i; j++)
			sum += (a[i * themes + j] - at) * (b[label[i] * themes + label[j]] - bt);
	return sum;
}

/* The next relabelling in lexicographic order; false after the last. */
static bool
advance(size_t *label, size_t themes)
{
	size_t i = themes - 1, j = themes - 1;
	while (i > 0 && label[i - 1] >= label[i])
		i--;
	if (i == 0)
		return false;
	while (label[j] <= label[i - 1])
		j--;
	size_t moved = label[i - 1];
	label[i - 1] = label[j];
	label[j] = moved;
	for (j = themes - 1; i < j; i++, j--) {
		moved = label[i];
		label[i] = label[j];
		label[j] = moved;
	}
	return true;
}

static void
shuffle(size_t *label, size_t themes, uint64_t seed, uint64_t replicate, gsl_rng *rng)
{
	acc_random_go(rng, &(struct acc_address){seed, ACC_PURPOSE_RELABELLING, ACC_NONE, ACC_NONE,
						 replicate});
	for (size_t i = 0; i < themes; i++)
		label[i] = i;
	for (size_t left = themes; left > 1; left--) {
		size_t other = gsl_rng_uniform_int(rng, left), moved = label[left - 1];
		label[left - 1] = label[other];
		label[other] = moved;
	}
}

static void
test(const double *a, const double *b, size_t themes, uint64_t seed, uint64_t random, size_t *label,
     gsl_rng *rng, struct acc_mantel *mantel)
{
	double observed = product(a, b, themes, label), reached = 0, m = 0;
	double limit = observed - 1e-7 * fabs(observed);
	if (themes <= ACC_MANTEL_ENUMERATE)
		do {
			reached += product(a, b, themes, label) >= limit;
			m++;
		} while (advance(label, themes));
	else
		for (; m < (double)random; m++) {
			shuffle(label, themes, seed, (uint64_t)m, rng);
			reached += product(a, b, themes, label) >= limit;
		}
	double own = themes <= ACC_MANTEL_ENUMERATE ? 0 : 1;
	mantel->permutations = m;
	mantel->p = m > 0 ? (reached + own) / (m + own) : NAN;
	mantel->p_min = m > 0 ? 1 / (m + own) : NAN;
}

enum acc_status
acc_mantel(const double *a, const double *b, size_t themes, uint64_t seed, uint64_t random,
	   struct acc_mantel *mantel)
{
	size_t *label = acc_array(themes, sizeof *label);
	gsl_rng *rng = gsl_rng_alloc(acc_rng_philox);
	*mantel = (struct acc_mantel){NAN, NAN, NAN, NAN};
	enum acc_status status = label && rng ? ACC_OK : ACC_NO_MEMORY;
	if (status == ACC_OK && themes >= 3) {
		for (size_t i = 0; i < themes; i++)
			label[i] = i;
		double spread = sqrt(product(a, a, themes, label) * product(b, b, themes, label));
		if (spread > 0)
			mantel->r = product(a, b, themes, label) / spread;
		if (spread > 0 && random > 0)
			test(a, b, themes, seed, random, label, rng, mantel);
	}
	if (rng)
		gsl_rng_free(rng);
	free(label);
	return status;
}
