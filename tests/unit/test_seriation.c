/* seriation: against trying every order, and against what is known by hand. */
#include "tests/unit/sample.h"

#include "stats/seriation.h"

#include <math.h>
#include <string.h>

enum { MOST = 7 };

static void
random_distances(uint64_t *bits, size_t n, double *distance)
{
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j <= i; j++)
			distance[i * n + j] = distance[j * n + i] =
			    i == j ? 0 : floor(1 + sample_share(bits) * 99) / 100;
}

static double
length_of(const double *distance, size_t n, const size_t *order)
{
	double sum = 0;
	for (size_t i = 0; i + 1 < n; i++)
		sum += distance[order[i] * n + order[i + 1]];
	return sum;
}

/* The clusters of average linkage, the plain way: means over all members, as bits. */
static size_t
clusters_of(const double *distance, size_t n, unsigned *cluster)
{
	unsigned now[MOST];
	size_t left = n, made = 0;
	for (size_t i = 0; i < n; i++)
		now[i] = 1u << i;
	while (left > 1) {
		double least = INFINITY;
		size_t a = 0, b = 1;
		for (size_t x = 0; x < left; x++)
			for (size_t y = x + 1; y < left; y++) {
				double sum = 0, pairs = 0;
				for (size_t i = 0; i < n; i++)
					for (size_t j = 0; j < n; j++)
						if (now[x] >> i & 1 && now[y] >> j & 1) {
							sum += distance[i * n + j];
							pairs++;
						}
				if (sum / pairs < least - 1e-12) {
					least = sum / pairs;
					a = x;
					b = y;
				}
			}
		cluster[made++] = now[a] |= now[b];
		memmove(now + b, now + b + 1, (--left - b) * sizeof *now);
	}
	return made;
}

/* Does every cluster stand together in an order? */
static bool
fits(const size_t *order, size_t n, const unsigned *cluster, size_t clusters)
{
	for (size_t c = 0; c < clusters; c++) {
		int changes = 0;
		for (size_t i = 0; i + 1 < n; i++)
			changes += (cluster[c] >> order[i] & 1) != (cluster[c] >> order[i + 1] & 1);
		bool ends = cluster[c] >> order[0] & 1 || cluster[c] >> order[n - 1] & 1;
		if (changes > (ends ? 1 : 2))
			return false;
	}
	return true;
}

static void
best(const double *distance, size_t n, size_t *order, size_t from, const unsigned *cluster,
     size_t clusters, double *least)
{
	if (from == n && fits(order, n, cluster, clusters))
		*least = fmin(*least, length_of(distance, n, order));
	for (size_t i = from; i < n; i++) {
		size_t swap = order[from];
		order[from] = order[i];
		order[i] = swap;
		best(distance, n, order, from + 1, cluster, clusters, least);
		order[i] = order[from];
		order[from] = swap;
	}
}

static void
leaves_are_optimal(void **state)
{
	(void)state;
	uint64_t bits = 11;
	for (int round = 0; round < 60; round++) {
		size_t n = 2 + sample_below(&bits, MOST - 1), order[MOST], any[MOST];
		double distance[MOST * MOST], least = INFINITY;
		unsigned cluster[MOST];
		random_distances(&bits, n, distance);
		for (size_t i = 0; i < n; i++)
			any[i] = i;
		size_t clusters = clusters_of(distance, n, cluster);
		best(distance, n, any, 0, cluster, clusters, &least);
		assert_int_equal(acc_linkage_order(distance, n, order), ACC_OK);
		assert_true(fits(order, n, cluster, clusters));
		if (!(fabs(length_of(distance, n, order) - least) < 1e-12))
			fail_msg("round %d: %g, the least is %g", round,
				 length_of(distance, n, order), least);
		assert_true(order[0] < order[n - 1]);
	}
}

static void
near_things_stand_side_by_side(void **state)
{
	(void)state;
	/* 0 and 2 are near, 1 and 3 are near, 2 is nearer to 3 than 0 is. */
	static const double distance[16] = {0,  .9, .1, .8, .9, 0,  .9, .2,
					    .1, .9, 0,  .5, .8, .2, .5, 0};
	static const size_t expected[] = {0, 2, 3, 1};
	size_t order[4];
	assert_int_equal(acc_linkage_order(distance, 4, order), ACC_OK);
	assert_memory_equal(order, expected, sizeof expected);
	assert_int_equal(acc_spectral_order(distance, 4, order), ACC_OK);
	assert_memory_equal(order, expected, sizeof expected);
	static const double same[9] = {0};
	static const size_t in_order[] = {0, 1, 2};
	assert_int_equal(acc_linkage_order(same, 3, order), ACC_OK);
	assert_memory_equal(order, in_order, sizeof in_order);
	assert_int_equal(acc_linkage_order(same, 1, order), ACC_OK);
	assert_int_equal(acc_linkage_order(same, 0, order), ACC_OK);
}

/* Places on a plane come back from the squares of their distances, turned and mirrored. */
static void
a_plane_comes_back(void **state)
{
	(void)state;
	static const double x[] = {0, 4, 4, 0, 1}, y[] = {0, 0, 1, 1, 3};
	double square[25], place[10], share[2], negative;
	for (int i = 0; i < 5; i++)
		for (int j = 0; j < 5; j++)
			square[5 * i + j] = pow(x[i] - x[j], 2) + pow(y[i] - y[j], 2);
	assert_int_equal(acc_classical_scaling(square, 5, place, share, &negative), ACC_OK);
	for (int i = 0; i < 5; i++)
		for (int j = 0; j < 5; j++) {
			double back = pow(place[2 * i] - place[2 * j], 2) +
				      pow(place[2 * i + 1] - place[2 * j + 1], 2);
			assert_true(fabs(back - square[5 * i + j]) < 1e-10);
		}
	assert_true(fabs(share[0] + share[1] - 1) < 1e-12 && share[0] > share[1]);
	assert_true(negative < 1e-12);
	/* A triangle that cannot be: 0 to 1 is farther than by way of 2. */
	static const double bent[9] = {0, 9, 1, 9, 0, 1, 1, 1, 0};
	assert_int_equal(acc_classical_scaling(bent, 3, place, share, &negative), ACC_OK);
	assert_true(negative > 0.05);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(leaves_are_optimal),
	    cmocka_unit_test(near_things_stand_side_by_side),
	    cmocka_unit_test(a_plane_comes_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
