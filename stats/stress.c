#include "stats/stress.h"
#include "stats/seriation.h"

#include <math.h>

enum { ROUNDS = 300 };

/* Distances of 0 would ask for the same place. */
static const double least = 0.05;

/* Where thing i would best be if all others stayed. */
static void
improve(const double *distance, size_t count, double *place, size_t i)
{
	double sum[2] = {0, 0}, weights = 0;
	for (size_t j = 0; j < count; j++) {
		if (j == i)
			continue;
		double want = fmax(distance[i * count + j], least), weight = 1 / (want * want);
		double x = place[2 * i] - place[2 * j], y = place[2 * i + 1] - place[2 * j + 1];
		double is = fmax(sqrt(x * x + y * y), 1e-9);
		sum[0] += weight * (place[2 * j] + want * x / is);
		sum[1] += weight * (place[2 * j + 1] + want * y / is);
		weights += weight;
	}
	if (weights > 0) {
		place[2 * i] = sum[0] / weights;
		place[2 * i + 1] = sum[1] / weights;
	}
}

/* Into the middle of the unit square, as large as it holds. */
static void
fit(double *place, size_t count)
{
	double low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY};
	for (size_t k = 0; k < 2 * count; k++) {
		low[k % 2] = fmin(low[k % 2], place[k]);
		high[k % 2] = fmax(high[k % 2], place[k]);
	}
	double size = fmax(fmax(high[0] - low[0], high[1] - low[1]), 1e-9);
	for (size_t k = 0; k < 2 * count; k++)
		place[k] = 0.5 + (place[k] - (low[k % 2] + high[k % 2]) / 2) / size;
}

static double
between(const double *place, size_t i, size_t j)
{
	double x = place[2 * i] - place[2 * j], y = place[2 * i + 1] - place[2 * j + 1];
	return sqrt(x * x + y * y);
}

static void
part(double *place, size_t i, size_t j, double apart)
{
	double is = between(place, i, j), missing = apart - is;
	double x = place[2 * i] - place[2 * j], y = place[2 * i + 1] - place[2 * j + 1];
	if (missing <= 0)
		return;
	if (is < 1e-9) { /* any direction, but always the same */
		x = is = 1;
		y = 0;
	}
	place[2 * i] += missing / 2 * x / is;
	place[2 * i + 1] += missing / 2 * y / is;
	place[2 * j] -= missing / 2 * x / is;
	place[2 * j + 1] -= missing / 2 * y / is;
}

enum acc_status
acc_stress_layout(const double *distance, size_t count, double *place, double *apart)
{
	double share[2], negative, wanted = 0.8 / sqrt((double)(count ? count : 1));
	enum acc_status status = acc_classical_scaling(distance, count, place, share, &negative);
	if (status != ACC_OK)
		return status;
	for (size_t i = 0; i < count; i++) { /* off the line that two or three things are on */
		place[2 * i] += 1e-3 * (double)(i % 7);
		place[2 * i + 1] += 1e-3 * (double)(i % 5);
	}
	for (unsigned round = 0; round < ROUNDS; round++)
		for (size_t i = 0; i < count; i++)
			improve(distance, count, place, i);
	fit(place, count);
	for (unsigned round = 0; round < ROUNDS; round++)
		for (size_t i = 0; i < count; i++)
			for (size_t j = i + 1; j < count; j++)
				part(place, i, j, wanted);
	fit(place, count);
	*apart = 1;
	for (size_t i = 0; i < count; i++)
		for (size_t j = i + 1; j < count; j++)
			*apart = fmin(*apart, between(place, i, j));
	return ACC_OK;
}
