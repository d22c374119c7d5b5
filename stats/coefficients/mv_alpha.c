/* Krippendorff and Craggs' multi-valued alpha (nominal): alpha over sets of labels whose chance
 * does not draw the sets that were used but labels: D_o = sum of coincidences of whole sets times
 * their distance (as published: dice), D_e = sum over sizes of P_a P_b E_ab, P_a the share of
 * values of size a, E_ab the mean distance of two sets of these sizes drawn label by label
 * (stats/label_draw.h). Over units with two ratings or more. Of single labels: Krippendorff's
 * alpha. Check: Krippendorff and Craggs 2016, table 3, .2865907. */
#include "stats/coefficient.h"
#include "stats/label_draw.h"

#include <stdlib.h>

/* A category that is no set is one label. */
static const struct acc_coefficient *const single = &acc_coefficient_krippendorff_alpha;

static size_t
size_of(const struct acc_sets *sets, size_t category)
{
	size_t size;
	acc_pool_get(&sets->set, (uint32_t)category, &size);
	return size;
}

static void
free_draw(struct acc_label_draw *draw)
{
	free(draw->share);
	free(draw->size);
}

/* Shares of labels and of sizes, of the ratings in the tally. */
static bool
make_draw(struct acc_label_draw *draw, const struct acc_tally *tally, const struct acc_sets *sets)
{
	const double *used = acc_tally_used(tally);
	double ratings = tally->cell[ACC_TALLY_RATINGS];
	size_t length;
	*draw = (struct acc_label_draw){
	    .distance = sets->distance, .labels = sets->labels, .one = 1 / ratings};
	for (size_t k = 0; k < tally->categories; k++)
		if (used[k] > 0 && size_of(sets, k) > draw->most)
			draw->most = size_of(sets, k);
	draw->share = acc_array(draw->labels, sizeof *draw->share);
	draw->size = acc_array(draw->most + 1, sizeof *draw->size);
	if (!draw->share || !draw->size)
		return false;
	for (size_t k = 0; k < tally->categories; k++) {
		const uint32_t *label = acc_pool_get(&sets->set, (uint32_t)k, &length);
		if (!(used[k] > 0))
			continue;
		draw->size[length] += used[k];
		for (size_t i = 0; i < length; i++)
			draw->share[label[i]] += used[k];
	}
	for (size_t l = 0; l < draw->labels; l++)
		draw->share[l] /= ratings;
	for (size_t a = 0; a <= draw->most; a++)
		draw->size[a] /= ratings;
	return true;
}

static enum acc_reason
estimate(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_disagreement *out)
{
	struct acc_label_draw draw;
	if (!weights->sets)
		return acc_coefficient_estimate(single, tally, weights, out);
	enum acc_status status = make_draw(&draw, tally, weights->sets) ? ACC_OK : ACC_NO_MEMORY;
	if (status == ACC_OK)
		status = acc_label_draw_distance(&draw, &out->expected);
	free_draw(&draw);
	if (status == ACC_OK)
		out->observed = tally->cell[ACC_TALLY_WEIGHTED] / tally->cell[ACC_TALLY_RATINGS];
	return status == ACC_OK          ? ACC_DEFINED
	       : status == ACC_TOO_LARGE ? ACC_REASON_large_sets
					 : ACC_REASON_no_memory;
}

/* From slopes in the shares to slopes in the ratings of each set and in their number. */
static void
spread_slopes(const struct acc_label_draw *draw, const struct acc_sets *sets,
	      const double *by_share, const double *by_size, double ratings,
	      struct acc_tally *expected)
{
	double *slope = acc_tally_used(expected), inner = 0;
	for (size_t k = 0; k < expected->categories; k++) {
		size_t length;
		const uint32_t *label = acc_pool_get(&sets->set, (uint32_t)k, &length);
		if (length > draw->most)
			continue;
		slope[k] += by_size[length] / ratings;
		for (size_t i = 0; i < length; i++)
			slope[k] += by_share[label[i]] / ratings;
	}
	for (size_t l = 0; l < draw->labels; l++)
		inner += by_share[l] * draw->share[l];
	for (size_t a = 0; a <= draw->most; a++)
		inner += by_size[a] * draw->size[a];
	expected->cell[ACC_TALLY_RATINGS] -= inner / ratings;
}

/* At fixed 1 / ratings. */
static void
gradient(const struct acc_tally *tally, const struct acc_weights *weights,
	 struct acc_tally *observed, struct acc_tally *expected)
{
	struct acc_label_draw draw = {0};
	double ratings = tally->cell[ACC_TALLY_RATINGS];
	if (!weights->sets) {
		single->gradient(tally, weights, observed, expected);
		return;
	}
	if (!make_draw(&draw, tally, weights->sets)) {
		free_draw(&draw);
		return;
	}
	double *by_share = acc_array(draw.labels, sizeof *by_share);
	double *by_size = acc_array(draw.most + 1, sizeof *by_size);
	observed->cell[ACC_TALLY_WEIGHTED] += 1 / ratings;
	observed->cell[ACC_TALLY_RATINGS] -= tally->cell[ACC_TALLY_WEIGHTED] / (ratings * ratings);
	if (by_share && by_size && acc_label_draw_gradient(&draw, by_share, by_size) == ACC_OK)
		spread_slopes(&draw, weights->sets, by_share, by_size, ratings, expected);
	free(by_share);
	free(by_size);
	free_draw(&draw);
}

const struct acc_coefficient acc_coefficient_mv_alpha = {
    .key = "mv_alpha",
    .alias = "mvalpha",
    .name = "Krippendorff and Craggs' multi-valued alpha",
    .formula = "D_e = sum P_a P_b E_ab, E_ab the mean distance of sets drawn label by label",
    .citation = "Krippendorff & Craggs 2016",
    .sets = true,
    .pairs_only = true,
    .near = true,
    .least = -1,
    .estimate = estimate,
    .gradient = gradient,
};
