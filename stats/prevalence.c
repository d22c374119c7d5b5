#include "stats/prevalence.h"
#include "stats/mentions.h"
#include "stats/special.h"

#include <math.h>
#include <stdlib.h>

void
acc_wilson(double count, double total, double level, double *low, double *high)
{
	double z = acc_normal_quantile((1 + level) / 2), p = count / total;
	double scale = 1 + z * z / total, centre = (p + z * z / (2 * total)) / scale;
	double half = z * sqrt(p * (1 - p) / total + z * z / (4 * total * total)) / scale;
	*low = count <= 0 ? 0 : centre - half;
	*high = count >= total ? 1 : centre + half;
}

void
acc_clopper_pearson(double count, double total, double level, double *low, double *high)
{
	*low = acc_beta_quantile((1 - level) / 2, count, total - count + 1);
	*high = acc_beta_quantile((1 + level) / 2, count + 1, total - count);
}

void
acc_newcombe(const struct acc_share *a, const struct acc_share *b, double *low, double *high)
{
	double difference = a->value - b->value;
	*low = difference - hypot(a->value - a->low, b->high - b->value);
	*high = difference + hypot(a->high - a->value, b->value - b->low);
}

static struct acc_share
no_share(enum acc_reason reason)
{
	return (struct acc_share){.value = NAN,
				  .se = NAN,
				  .low = NAN,
				  .high = NAN,
				  .reason = reason,
				  .method = "",
				  .low_without = NAN,
				  .high_without = NAN};
}

static unsigned
notes_of(const struct acc_mentions *mentions, double clusters)
{
	unsigned notes = clusters < 5 ? ACC_NOTE_few_clusters : 0;
	if (mentions->blocks.kind == ACC_CLUSTER_UNIT)
		notes |= ACC_NOTE_units_as_clusters;
	return notes;
}

static struct acc_share
mention_rate(const struct acc_mentions *mentions, uint32_t theme, double level)
{
	struct acc_share share = no_share(ACC_REASON_no_participants);
	for (size_t b = 0; b < mentions->blocks.count; b++) {
		double times = (double)mentions->blocks.times[b];
		if (mentions->seen[b * mentions->themes + theme] > 0)
			share.total += times;
		if (mentions->with[b * mentions->themes + theme] > 0)
			share.count += times;
	}
	share.clusters = share.effective = share.total;
	if (!(share.total > 0))
		return share;
	share.reason = ACC_DEFINED;
	share.notes = notes_of(mentions, share.total);
	share.value = share.count / share.total;
	share.se = sqrt(share.value * (1 - share.value) / share.total);
	if (share.total < 5) {
		acc_clopper_pearson(share.count, share.total, level, &share.low, &share.high);
		share.method = "Clopper-Pearson exact";
	} else {
		acc_wilson(share.count, share.total, level, &share.low, &share.high);
		share.method = "Wilson";
	}
	return share;
}

/* Shares of 0 and 1 do not vary: the exact interval for the units that the clusters leave
 * independent, assuming a within-cluster correlation of .1 as for agreement without disagreement.
 */
static void
edge_interval(struct acc_share *share, double design, double level)
{
	double independent = share->total / (1 + (design - 1) * 0.1);
	acc_clopper_pearson(share->value * independent, independent, level, &share->low,
			    &share->high);
	share->se = share->se > 0 ? share->se : 0;
	share->method = "exact for effective units";
}

static void
logit_interval(struct acc_share *share, double level)
{
	double df = share->effective - 1 < 1 ? 1 : share->effective - 1;
	double odds = share->value * (1 - share->value);
	double half = acc_t_quantile((1 + level) / 2, df) * share->se / odds;
	double logit = log(share->value / (1 - share->value));
	share->low = 1 / (1 + exp(half - logit));
	share->high = 1 / (1 + exp(-half - logit));
	share->method = "cluster jackknife, logit, t(effective clusters - 1)";
}

void
acc_share_interval(struct acc_share *share, double design, double level)
{
	const double none = 0.5; /* units: expected ones need not be whole */
	if (share->count < none || share->total - share->count < none || !(share->se > 0))
		edge_interval(share, design, level);
	else
		logit_interval(share, level);
}

/* The standard error; and the range of the values that leaving out one cluster gives. */
static double
jackknife(const struct acc_mentions *mentions, uint32_t theme, struct acc_share *share)
{
	double sum = 0;
	for (size_t b = 0; b < mentions->blocks.count; b++) {
		double seen = mentions->seen[b * mentions->themes + theme];
		double with = mentions->with[b * mentions->themes + theme];
		double without = (share->count - with) / (share->total - seen);
		if (!(seen > 0))
			continue;
		sum += (double)mentions->blocks.times[b] * (without - share->value) *
		       (without - share->value);
		share->low_without = fmin(share->low_without, without);
		share->high_without = fmax(share->high_without, without);
	}
	return sqrt(sum * (share->clusters - 1) / share->clusters);
}

static bool
is_estimable(double with, double seen, double having, double lacking)
{
	return with >= ACC_DENSITY_UNITS && seen - with >= ACC_DENSITY_UNITS &&
	       having >= ACC_DENSITY_CLUSTERS && lacking >= ACC_DENSITY_CLUSTERS;
}

static struct acc_share
density(const struct acc_mentions *mentions, uint32_t theme, double level)
{
	struct acc_share share = no_share(ACC_REASON_no_units);
	double squares = 0, having = 0, lacking = 0;
	for (size_t b = 0; b < mentions->blocks.count; b++) {
		double times = (double)mentions->blocks.times[b];
		double seen = mentions->seen[b * mentions->themes + theme];
		double with = mentions->with[b * mentions->themes + theme];
		share.total += times * seen;
		share.count += times * with;
		share.clusters += seen > 0 ? times : 0;
		having += with > 0 ? times : 0;
		lacking += with < seen ? times : 0;
		squares += times * seen * seen;
	}
	share.estimable = is_estimable(share.count, share.total, having, lacking);
	if (!(share.total > 0))
		return share;
	share.reason = ACC_DEFINED;
	share.effective = share.total * share.total / squares;
	share.value = share.count / share.total;
	share.notes = notes_of(mentions, share.clusters);
	if (share.clusters < 2) {
		share.reason = ACC_REASON_one_cluster;
		return share;
	}
	share.se = jackknife(mentions, theme, &share);
	acc_share_interval(&share, squares / share.total, level);
	return share;
}

static enum acc_status
each_theme(const struct acc_patterns *patterns, uint32_t present, const struct acc_layer *layer,
	   uint32_t group, enum acc_cluster cluster, double level, struct acc_share **share,
	   struct acc_share (*make)(const struct acc_mentions *, uint32_t, double))
{
	struct acc_mentions mentions;
	enum acc_status status =
	    acc_mentions_make(&mentions, patterns, present, layer, group, cluster);
	struct acc_share *made = acc_array(mentions.themes, sizeof *made);
	if (status == ACC_OK && !made)
		status = ACC_NO_MEMORY;
	for (uint32_t t = 0; status == ACC_OK && t < mentions.themes; t++)
		made[t] = make(&mentions, t, level);
	acc_mentions_free(&mentions);
	if (status == ACC_OK)
		*share = made;
	else
		free(made);
	return status;
}

enum acc_status
acc_mention_rates(const struct acc_patterns *patterns, uint32_t present,
		  const struct acc_layer *layer, uint32_t group, enum acc_cluster cluster,
		  double level, struct acc_share **share)
{
	return each_theme(patterns, present, layer, group, cluster, level, share, mention_rate);
}

enum acc_status
acc_densities(const struct acc_patterns *patterns, uint32_t present, const struct acc_layer *layer,
	      uint32_t group, enum acc_cluster cluster, double level, struct acc_share **share)
{
	return each_theme(patterns, present, layer, group, cluster, level, share, density);
}

static int
compare(const void *a, const void *b)
{
	const double *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

/* From sorted units of each cluster: Gini = sum (2 i - n - 1) x_i / (n sum x), i = 1 .. n. */
static void
describe(struct acc_volume *volume, const double *units, size_t clusters)
{
	double n = (double)clusters, ranked = 0;
	*volume = (struct acc_volume){.clusters = n};
	for (size_t i = 0; i < clusters; i++) {
		volume->units += units[i];
		ranked += (2 * (double)i + 1 - n) * units[i];
	}
	volume->mean = volume->units / n;
	volume->median = clusters ? (units[(clusters - 1) / 2] + units[clusters / 2]) / 2 : NAN;
	volume->gini = ranked / (n * volume->units);
	volume->largest = clusters ? units[clusters - 1] / volume->units : NAN;
}

enum acc_status
acc_volume(const struct acc_patterns *patterns, uint32_t group, enum acc_cluster cluster,
	   struct acc_volume *volume)
{
	struct acc_blocks blocks;
	enum acc_status status = acc_blocks_make(&blocks, patterns, group, cluster);
	if (status != ACC_OK)
		return status;
	double *units = acc_array(blocks.count, sizeof *units);
	size_t clusters = 0;
	for (size_t b = 0; units && b < blocks.count; b++) {
		double sum = 0;
		for (size_t i = blocks.first[b]; i < blocks.first[b + 1]; i++)
			sum += acc_blocks_units(&blocks, patterns, b, blocks.pattern[i]);
		/* Single units without a label are nobody's. */
		if (blocks.times[b] == 1)
			units[clusters++] = sum;
	}
	if (units) {
		qsort(units, clusters, sizeof *units, compare);
		describe(volume, units, clusters);
	}
	free(units);
	acc_blocks_free(&blocks);
	return units ? ACC_OK : ACC_NO_MEMORY;
}
