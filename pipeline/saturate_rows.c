/* saturate_rows: the rows of accord saturate about one group: curve, Chao2, themes at the common
 * coverage, the rule of new information. */
#include "pipeline/read/patterns_file.h"
#include "pipeline/saturate.h"
#include "stats/random.h"

#include <math.h>

enum { ORDERS = 2000 };

static const struct acc_stop_rule rules[] = {{4, 2, 0.05}, {4, 2, 0}, {4, 3, 0.05}, {4, 3, 0}};

static void
start_row(struct acc_saturate *run, const struct acc_saturate_group *group, const char *quantity,
	  double participants)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	struct acc_sheet *sheet = &run->sheet;
	acc_sheet_text(sheet, F_layer, run->layer);
	acc_sheet_text(sheet, F_layer, run->coder);
	if (group->number != ACC_NONE)
		acc_sheet_text(sheet, F_group, patterns->group.label[group->number]);
	acc_sheet_text(sheet, F_quantity, quantity);
	acc_sheet_number(sheet, F_participants, participants);
	if (patterns->design == ACC_THEMES)
		acc_sheet_text(sheet, F_seen, acc_seen_names[patterns->seen]);
}

static void
put_interval(struct acc_saturate *run, double value, double se, double low, double high)
{
	acc_sheet_number(&run->sheet, F_value, value);
	acc_sheet_number(&run->sheet, F_se, se);
	acc_sheet_number(&run->sheet, F_low, low);
	acc_sheet_number(&run->sheet, F_high, high);
	acc_sheet_number(&run->sheet, F_level, run->level);
}

static void
end_row(struct acc_saturate *run, const char *method, enum acc_reason reason)
{
	acc_sheet_text(&run->sheet, F_method, method);
	acc_sheet_text(&run->sheet, F_reason, acc_reason_key(reason));
	acc_sheet_row(&run->sheet);
}

static enum acc_reason
reason_of(const struct acc_saturate_group *group)
{
	for (size_t t = 0; t < group->incidence.themes; t++)
		if (group->incidence.mentions[t] > 0)
			return ACC_DEFINED;
	return group->incidence.participants ? ACC_REASON_no_themes : ACC_REASON_no_participants;
}

static void
put_curve(struct acc_saturate *run, const struct acc_saturate_group *group)
{
	for (size_t m = 1; m <= group->incidence.participants; m++) {
		const struct acc_accumulation *at = &group->accumulation[m - 1];
		enum acc_reason reason = reason_of(group);
		if (reason == ACC_DEFINED && isnan(at->low))
			reason = at->se == 0 ? ACC_REASON_no_spread : ACC_REASON_one_cluster;
		start_row(run, group, "themes", (double)m);
		put_interval(run, at->themes, at->se, at->low, at->high);
		acc_sheet_number(&run->sheet, F_sd_over_orders, at->over_orders);
		acc_sheet_number(&run->sheet, F_coverage, at->coverage);
		end_row(run,
			"mean of all orders; larger of Colwell-Mao-Chang and jackknife, "
			"t(participants - 1)",
			reason);
	}
}

static void
put_chao(struct acc_saturate *run, const struct acc_saturate_group *group)
{
	struct acc_richness richness = acc_chao2(&group->incidence, run->level);
	start_row(run, group, "chao2", (double)group->incidence.participants);
	put_interval(run, richness.value, richness.se, richness.low, richness.high);
	end_row(run, isnan(richness.low) ? "" : "Chao 1987, logarithm of the unseen",
		richness.reason);
}

double
acc_saturate_coverage(const struct acc_saturate_group *group)
{
	size_t participants = group->incidence.participants;
	return participants ? group->accumulation[participants - 1].coverage : NAN;
}

static void
put_at_coverage(struct acc_saturate *run, const struct acc_saturate_group *group, double coverage)
{
	struct acc_at_coverage at =
	    acc_at_coverage(group->accumulation, group->incidence.participants, coverage);
	enum acc_reason reason = reason_of(group);
	if (reason == ACC_DEFINED && at.se == 0)
		reason = ACC_REASON_no_spread;
	else if (reason == ACC_DEFINED && isnan(at.themes))
		reason = isnan(acc_saturate_coverage(group)) ? ACC_REASON_one_cluster
							     : ACC_REASON_not_reached;
	start_row(run, group, "themes_at_coverage", at.participants);
	put_interval(run, at.themes, at.se, at.low, at.high);
	acc_sheet_number(&run->sheet, F_coverage, coverage);
	end_row(run, "between the two nearest numbers of participants", reason);
}

static void
put_rule(struct acc_saturate *run, const struct acc_stop_rule *rule, bool threshold)
{
	acc_sheet_number(&run->sheet, F_base, (double)rule->base);
	acc_sheet_number(&run->sheet, F_run, (double)rule->run);
	if (threshold)
		acc_sheet_number(&run->sheet, F_threshold, rule->threshold);
}

static void
put_new_information(struct acc_saturate *run, const struct acc_saturate_group *group,
		    const struct acc_stop_rule *rule)
{
	size_t participants = group->incidence.participants;
	for (size_t m = rule->base; m + rule->run <= participants; m++) {
		start_row(run, group, "new_information", (double)m);
		put_rule(run, rule, false);
		acc_sheet_number(&run->sheet, F_value,
				 acc_new_information(group->accumulation, m, rule));
		end_row(run, "ratio of means over all orders", reason_of(group));
	}
}

static bool
put_stop(struct acc_saturate *run, const struct acc_saturate_group *group,
	 const struct acc_stop_rule *rule)
{
	const struct acc_vocabulary *names = &run->study.patterns.group;
	uint32_t address = group->number == ACC_NONE
			       ? ACC_NONE
			       : acc_address_of(acc_vocabulary_name(names, group->number));
	size_t participants = group->incidence.participants;
	enum acc_reason reason = reason_of(group);
	struct acc_stop stop;
	if (!acc_status_ok(run->command->messages, acc_stop_make(&stop, &group->incidence, rule,
								 run->seed, address, ORDERS)))
		return false;
	if (reason == ACC_DEFINED && participants < rule->base + rule->run)
		reason = ACC_REASON_few_participants;
	else if (reason == ACC_DEFINED && isinf(stop.median))
		reason = ACC_REASON_not_reached;
	start_row(run, group, "saturation", (double)participants);
	put_rule(run, rule, true);
	acc_sheet_number(&run->sheet, F_value, stop.median);
	acc_sheet_number(&run->sheet, F_low, stop.low);
	acc_sheet_number(&run->sheet, F_high, stop.high);
	if (stop.orders > 0)
		acc_sheet_number(&run->sheet, F_orders, stop.orders);
	acc_sheet_number(&run->sheet, F_reached, stop.reached);
	end_row(run,
		!(stop.orders > 0) ? ""
		: stop.all_orders  ? "median, 5th and 95th percentile of all orders"
				   : "median, 5th and 95th percentile of random orders",
		reason);
	return true;
}

bool
acc_saturate_put(struct acc_saturate *run, const struct acc_saturate_group *group, double coverage)
{
	bool good = true;
	put_curve(run, group);
	put_chao(run, group);
	if (!isnan(coverage) && group->number != ACC_NONE)
		put_at_coverage(run, group, coverage);
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (i == 0 || rules[i].run != rules[i - 1].run)
			put_new_information(run, group, &rules[i]);
	for (size_t i = 0; good && i < sizeof rules / sizeof *rules; i++)
		good = put_stop(run, group, &rules[i]);
	return good;
}
