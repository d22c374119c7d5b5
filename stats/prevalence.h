/* prevalence: how common a theme is in a group of people, counted in people and in units. */
#ifndef ACC_PREVALENCE_H
#define ACC_PREVALENCE_H

#include "stats/blocks.h"
#include "stats/estimate.h"
#include "stats/layer.h"

/* One share with its interval. */
struct acc_share {
	double count, total; /* people or units with the theme, and all of them */
	double value, se, low, high;
	double clusters, effective;
	enum acc_reason reason;
	unsigned notes;
	const char *method; /* static */
	bool estimable;     /* density: enough of it, and of its absence, to compare groups */
	/* Density: the lowest and highest value that leaving out one cluster gives. */
	double low_without, high_without;
};

/* The themes of one group under one layer. share[theme], owned by the caller with free().
 *
 * Mention rate: the share of people (clusters) with the theme in some unit; Wilson's interval,
 * since people are independent; Clopper and Pearson's exact one for fewer than five people.
 * Density: the share of units with the theme; cluster jackknife on the logit, t(effective clusters
 * - 1); at 0 and 1 the exact interval for as many independent units as the clusters leave. */
enum acc_status acc_mention_rates(const struct acc_patterns *patterns, uint32_t present,
				  const struct acc_layer *layer, uint32_t group,
				  enum acc_cluster cluster, double level, struct acc_share **share);
enum acc_status acc_densities(const struct acc_patterns *patterns, uint32_t present,
			      const struct acc_layer *layer, uint32_t group,
			      enum acc_cluster cluster, double level, struct acc_share **share);

/* A density is good enough to compare groups with so many units with the theme and without, each in
 * so many clusters: as for agreement. */
enum { ACC_DENSITY_UNITS = 5, ACC_DENSITY_CLUSTERS = 3 };

/* How much the people of a group said: units of each cluster that somebody looked at. */
struct acc_volume {
	double clusters, units;
	double median, mean;
	double gini; /* 0: all alike, up to 1: one says everything (mean difference / (2 mean)) */
	double largest; /* share of the units that the one with the most has */
};
enum acc_status acc_volume(const struct acc_patterns *patterns, uint32_t group,
			   enum acc_cluster cluster, struct acc_volume *volume);

/* Wilson's score interval and Clopper and Pearson's exact one for `count` of `total`. */
void acc_wilson(double count, double total, double level, double *low, double *high);
void acc_clopper_pearson(double count, double total, double level, double *low, double *high);

/* The interval of a share of units from its count, total, value, effective clusters and standard
 * error (by leaving out clusters): on the logit, or at 0 and 1 the exact one for as many
 * independent units as clusters of a mean size of `design` leave. */
void acc_share_interval(struct acc_share *share, double design, double level);

/* Newcombe's interval (method 10) for a difference of two shares from their own intervals. */
void acc_newcombe(const struct acc_share *a, const struct acc_share *b, double *low, double *high);

#endif
