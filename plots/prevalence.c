#include "plots/drawing.h"
#include "plots/script.h"
#include "plots/sharing.h"

#include <math.h>
#include <string.h>

/* Dumbbells: how common each theme is in each group (A) and the differences between groups (B). */

static bool
applies(const struct acc_results *results, const struct acc_figure_options *options,
	const char **why)
{
	*why = "it needs the results of `accord compare`";
	struct acc_sharing sharing = {.table = results->comparison};
	if (!sharing.table)
		return false;
	*why = "the results of `accord compare` have no prevalence of this layer";
	if (!acc_sharing_choose(&sharing, options))
		return false;
	return !acc_too_many(results->comparison, "theme", NULL, why);
}

/* A round step that divides a range into six parts at most. */
static double
round_step(double range)
{
	static const double steps[] = {1, 2, 5, 10, 20, 25, 50};
	size_t s = 0;
	while (s + 1 < sizeof steps / sizeof *steps && range / steps[s] > 6)
		s++;
	return steps[s];
}

static void
put_pairs(const struct acc_sharing *sharing, struct acc_text *gp)
{
	static const char *const name[] = {"FIRST", "SECOND", "LOOK"};
	for (size_t part = 0; part < 3; part++) {
		struct acc_array array = {0};
		for (size_t p = 0; p < sharing->pairs; p++) {
			const struct acc_sharing_pair *pair = &sharing->pair[p];
			acc_text_printf(acc_array_next(&array), "%zu",
					part == 0   ? pair->first
					: part == 1 ? pair->second
						    : pair->look);
		}
		if (!sharing->pairs)
			acc_text_put(acc_array_next(&array), "1");
		acc_array_put(&array, name[part], "", gp);
		acc_array_free(&array);
	}
}

/* The scales hold all values; an interval that is far wider (few clusters) ends in an arrow. */
static void
put_scales(const struct acc_sharing *sharing, struct acc_text *gp)
{
	double most =
	    fmax(1, fmin(100, fmax(sharing->highest, fmin(sharing->top, 2 * sharing->highest))));
	double step = round_step(most), reach = fmax(5, 2 * sharing->largest);
	double low = fmax(sharing->least, -reach), high = fmin(sharing->most, reach);
	double difference_step = round_step(fmax(1, high - low));
	acc_text_printf(gp, "XMAX = %g; XSTEP = %g                   # per cent\n",
			step * ceil(most / step - 1e-9), step);
	acc_text_printf(gp,
			"DMIN = %g; DMAX = %g; DSTEP = %g        # percentage points, panel B\n",
			difference_step * floor(low / difference_step),
			difference_step * fmax(1, ceil(high / difference_step)), difference_step);
}

static void
put_script(const struct acc_sharing *sharing, const struct acc_labels *labels, double level,
	   struct acc_text *gp)
{
	bool differences = sharing->most > sharing->least;
	acc_script_open(gp, "prevalence", "How common each theme is in each group.");
	acc_text_put(gp, "# ---- what an author may want to change\n");
	put_scales(sharing, gp);
	acc_text_printf(gp, "XLABEL = \"%s (%%, %g%% CI)\"\n",
			strcmp(sharing->quantity, "density") ? "Participants who mention the theme"
							     : "Units with the theme",
			100 * level);
	acc_text_printf(gp, "DLABEL = \"Difference (percentage points, %g%% CI)\"\n", 100 * level);
	acc_text_printf(gp, "DIFFERENCES = %d                         # panel B\n\n", differences);
	acc_text_printf(
	    gp,
	    "R = %zu; G = %zu; P = %zu               # themes, groups, pairs of groups\n"
	    "NAMED = %d                              # there are groups, and they have names\n",
	    sharing->themes.count, sharing->groups.count ? sharing->groups.count : 1,
	    differences ? sharing->pairs : 0, sharing->groups.count > 0);
	put_pairs(sharing, gp);
	acc_text_put(gp, "\n");
	acc_labels_put(labels, gp);
	acc_script_put(gp, acc_drawing_prevalence);
}

static void
put_caption(const struct acc_sharing *sharing, const struct acc_facts *facts,
	    struct acc_text *caption)
{
	bool density = !strcmp(sharing->quantity, "density");
	acc_text_put(caption, density ? "Share of units with each theme"
				      : "Share of participants who mention each theme");
	acc_text_put(caption, sharing->groups.count ? " by group, with " : ", with ");
	acc_facts_put(facts, caption);
	acc_text_put(caption, ". Layer of codings: ");
	acc_label_clean(caption, sharing->layer, 0);
	acc_text_put(caption, ".");
	if (sharing->groups.count > 1)
		acc_text_put(caption, " Grey bar: from the lowest to the highest group.");
	if (sharing->most > sharing->least) {
		acc_text_put(caption, " Panel B (in a narrow figure, below): differences");
		acc_text_put(caption, sharing->groups.count > 3
					  ? " between the first group and each other one"
					  : " between the groups");
		acc_text_put(caption, " with their intervals, hollow where the interval includes 0 "
				      "or there is none; the "
				      "intervals are not corrected for the number of comparisons.");
	}
	acc_text_put(caption, " An arrow stands for an interval that goes on past the scale, an "
			      "open mark at 0 in panel A stands for a share that is not defined. "
			      "Themes are sorted by their share over all groups.");
}

static void
put_alt(const struct acc_sharing *sharing, const struct acc_facts *facts, struct acc_bundle *bundle)
{
	struct acc_text opening = {0};
	bool density = !strcmp(sharing->quantity, "density");
	acc_text_put(&opening, "Dot plot of the share of ");
	acc_text_put(&opening,
		     density ? "units that have a theme: " : "participants who mention a theme: ");
	acc_alt_themes(&opening, sharing->themes.count, sharing->groups.count);
	acc_text_put(&opening, ", each a mark with its interval as a line");
	acc_text_put(&opening, sharing->most > sharing->least
				   ? "; panel B: the differences of the groups."
				   : ".");
	acc_alt_add(bundle, "prevalence", &opening, facts);
	acc_text_free(&opening);
}

static void
draw(const struct acc_results *results, const struct acc_figure_options *options,
     struct acc_bundle *bundle)
{
	struct acc_sharing sharing = {.table = results->comparison};
	struct acc_labels labels = {0};
	struct acc_facts facts = {0};
	struct acc_text script = {0};
	bool ready = acc_sharing_choose(&sharing, options);
	facts.counted =
	    ready && !strcmp(sharing.quantity, "mention_rate") ? "participants" : "units";
	ready = ready && acc_sharing_make(&sharing);
	for (size_t t = 0; ready && t < sharing.themes.count; t++)
		acc_labels_row(&labels, sharing.themes.name[sharing.order[t]]);
	for (size_t g = 0; g < sharing.groups.count; g++)
		acc_labels_add(&labels, sharing.groups.name[g], ACC_LABEL_ROW);
	if (ready)
		acc_sharing_data(&sharing, acc_bundle_add(bundle, "prevalence.dat"), &facts);
	put_script(&sharing, &labels, facts.level > 0 ? facts.level : 0.95, &script);
	acc_script_add(bundle, "prevalence.gp", &script);
	struct acc_text *caption = acc_bundle_add(bundle, "prevalence.caption.txt");
	put_caption(&sharing, &facts, caption);
	acc_caption_close(caption, &facts, &labels, results);
	put_alt(&sharing, &facts, bundle);
	bundle->failed |= !ready;
	acc_facts_free(&facts);
	acc_labels_free(&labels);
	acc_sharing_free(&sharing);
}

const struct acc_figure acc_figure_prevalence = {
    .key = "prevalence",
    .title = "how common each theme is in each group, and the differences",
    .needs = "compare",
    .applies = applies,
    .draw = draw,
};
