#include "stats/estimable.h"

static const double mass_min = 5 - 1e-9, clusters_min = 3;

static bool
is_common(const struct acc_presence *presence)
{
	return presence->mass >= mass_min && presence->clusters >= clusters_min;
}

static bool
two_are_common(const struct acc_presence *presence, size_t categories)
{
	size_t enough = 0;
	for (size_t k = 0; k < categories; k++)
		enough += is_common(&presence[k]);
	return enough >= 2;
}

/* On a scale with many values no single one need be common: what counts is enough outside the most
 * common, and in it where most ratings are in it. */
bool
acc_estimable(const struct acc_weights *weights, const struct acc_presence *presence,
	      size_t categories, double (*clusters_without)(const void *context, size_t category),
	      const void *context)
{
	size_t common = 0;
	double mass = 0;
	if (!weights->scale && !weights->ranks)
		return two_are_common(presence, categories);
	for (size_t k = 0; k < categories; k++) {
		mass += presence[k].mass;
		common = presence[k].mass > presence[common].mass ? k : common;
	}
	double most = presence[common].mass;
	if (2 * most >= mass && !is_common(&presence[common]))
		return false;
	return mass - most >= mass_min && clusters_without(context, common) >= clusters_min;
}
