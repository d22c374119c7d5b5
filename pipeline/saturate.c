/* accord saturate: were enough people asked? How many themes a group has named after so many
 * participants, and how fast new ones came. */
#include "pipeline/command/plan.h"
#include "pipeline/read/patterns_file.h"
#include "pipeline/write/sheet.h"
#include "stats/random.h"
#include "stats/saturation.h"

#include <math.h>
#include <stdlib.h>

#define FIELDS(FIELD)                                                                              \
	FIELD(layer, TEXT, true)                                                                   \
	FIELD(group, SCOPE, true)                                                                  \
	FIELD(quantity, TEXT, true)                                                                \
	FIELD(participants, NUMBER, true)                                                          \
	FIELD(base, COUNT, true)                                                                   \
	FIELD(run, COUNT, true)                                                                    \
	FIELD(threshold, NUMBER, true)                                                             \
	FIELD(value, NUMBER, true)                                                                 \
	FIELD(se, NUMBER, false)                                                                   \
	FIELD(low, NUMBER, true)                                                                   \
	FIELD(high, NUMBER, true)                                                                  \
	FIELD(level, NUMBER, false)                                                                \
	FIELD(sd_over_orders, NUMBER, false)                                                       \
	FIELD(coverage, NUMBER, true)                                                              \
	FIELD(orders, COUNT, false)                                                                \
	FIELD(reached, NUMBER, true)                                                               \
	FIELD(method, TEXT, false)                                                                 \
	FIELD(reason, TEXT, true)                                                                  \
	FIELD(note, TEXT, true)                                                                    \
	FIELD(seen, TEXT, false)

ACC_FIELDS(FIELDS)

enum { PARTICIPANTS_MAX = 2000, THEMES_MAX = 500, ORDERS = 2000 };

static const struct acc_stop_rule rules[] = {{4, 2, 0.05}, {4, 2, 0}, {4, 3, 0.05}, {4, 3, 0}};

/* One group in one layer. */
struct group {
	uint32_t number; /* ACC_NONE: all */
	struct acc_incidence incidence;
	struct acc_accumulation *accumulation; /* owned, [participants] */
};

struct run {
	struct acc_command *command;
	struct acc_study study;
	struct acc_sheet sheet;
	double level;
	uint64_t seed;
	enum acc_cluster cluster;
	unsigned layers;           /* bits, in the order of enum acc_layer_kind */
	const char *layer, *coder; /* the one at hand, in two pieces */
	struct group *group;       /* owned, [groups + 1]; the last: all */
};

/* ---- rows ---- */

static void
start_row(struct run *run, const struct group *group, const char *quantity, double participants)
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
put_interval(struct run *run, double value, double se, double low, double high)
{
	acc_sheet_number(&run->sheet, F_value, value);
	acc_sheet_number(&run->sheet, F_se, se);
	acc_sheet_number(&run->sheet, F_low, low);
	acc_sheet_number(&run->sheet, F_high, high);
	acc_sheet_number(&run->sheet, F_level, run->level);
}

static void
end_row(struct run *run, const char *method, enum acc_reason reason)
{
	acc_sheet_text(&run->sheet, F_method, method);
	acc_sheet_text(&run->sheet, F_reason, acc_reason_key(reason));
	acc_sheet_row(&run->sheet);
}

static enum acc_reason
reason_of(const struct group *group)
{
	for (size_t t = 0; t < group->incidence.themes; t++)
		if (group->incidence.mentions[t] > 0)
			return ACC_DEFINED;
	return group->incidence.participants ? ACC_REASON_no_themes : ACC_REASON_no_participants;
}

static void
put_curve(struct run *run, const struct group *group)
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
put_chao(struct run *run, const struct group *group)
{
	struct acc_richness richness = acc_chao2(&group->incidence, run->level);
	start_row(run, group, "chao2", (double)group->incidence.participants);
	put_interval(run, richness.value, richness.se, richness.low, richness.high);
	end_row(run, isnan(richness.low) ? "" : "Chao 1987, logarithm of the unseen",
		richness.reason);
}

static double
coverage_of(const struct group *group)
{
	size_t participants = group->incidence.participants;
	return participants ? group->accumulation[participants - 1].coverage : NAN;
}

static void
put_at_coverage(struct run *run, const struct group *group, double coverage)
{
	struct acc_at_coverage at =
	    acc_at_coverage(group->accumulation, group->incidence.participants, coverage);
	enum acc_reason reason = reason_of(group);
	if (reason == ACC_DEFINED && at.se == 0)
		reason = ACC_REASON_no_spread;
	else if (reason == ACC_DEFINED && isnan(at.themes))
		reason =
		    isnan(coverage_of(group)) ? ACC_REASON_one_cluster : ACC_REASON_not_reached;
	start_row(run, group, "themes_at_coverage", at.participants);
	put_interval(run, at.themes, at.se, at.low, at.high);
	acc_sheet_number(&run->sheet, F_coverage, coverage);
	end_row(run, "between the two nearest numbers of participants", reason);
}

static void
put_rule(struct run *run, const struct acc_stop_rule *rule, bool threshold)
{
	acc_sheet_number(&run->sheet, F_base, (double)rule->base);
	acc_sheet_number(&run->sheet, F_run, (double)rule->run);
	if (threshold)
		acc_sheet_number(&run->sheet, F_threshold, rule->threshold);
}

static void
put_new_information(struct run *run, const struct group *group, const struct acc_stop_rule *rule)
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
put_stop(struct run *run, const struct group *group, const struct acc_stop_rule *rule)
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

/* ---- one layer ---- */

static bool
fill_group(struct run *run, const struct acc_layer *layer, struct group *group)
{
	struct acc_mentions mentions;
	struct acc_messages *messages = run->command->messages;
	if (!acc_status_ok(messages,
			   acc_mentions_make(&mentions, &run->study.patterns, run->study.present,
					     layer, group->number, run->cluster)))
		return false;
	bool good = mentions.blocks.count <= PARTICIPANTS_MAX;
	if (!good)
		acc_error(messages, ACC_EXIT_LIMIT, (struct acc_place){0},
			  "%zu participants are more than %d; is --participant the right column?",
			  mentions.blocks.count, PARTICIPANTS_MAX);
	good = good && acc_status_ok(messages, acc_incidence_make(&group->incidence, &mentions)) &&
	       acc_status_ok(messages,
			     acc_accumulate(&group->incidence, run->level, &group->accumulation));
	acc_mentions_free(&mentions);
	return good;
}

/* The coverage that every group with two participants or more has. */
static double
common_coverage(const struct run *run)
{
	double least = NAN;
	for (uint32_t g = 0; g < run->study.patterns.group.count; g++)
		least = fmin(least, coverage_of(&run->group[g]));
	return least;
}

static bool
put_group(struct run *run, const struct group *group, double coverage)
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

static bool
take_layer(struct run *run, const struct acc_layer *layer, const char *name, const char *coder)
{
	uint32_t groups = run->study.patterns.group.count;
	bool good = true;
	run->layer = name;
	run->coder = coder;
	for (uint32_t g = 0; g <= groups; g++)
		run->group[g] = (struct group){.number = g < groups ? g : ACC_NONE};
	for (uint32_t g = 0; good && g <= groups; g++)
		good = fill_group(run, layer, &run->group[g]);
	double coverage = good ? common_coverage(run) : NAN;
	for (uint32_t g = 0; good && g <= groups; g++)
		good = put_group(run, &run->group[g], coverage);
	for (uint32_t g = 0; g <= groups; g++) {
		acc_incidence_free(&run->group[g].incidence);
		free(run->group[g].accumulation);
	}
	return good;
}

/* ---- the stage ---- */

static bool
check(struct run *run)
{
	const struct acc_patterns *patterns = &run->study.patterns;
	struct acc_messages *messages = run->command->messages;
	struct acc_place place = {run->command->files ? run->command->file[0] : "-", 0, 0};
	enum acc_cluster kind = acc_cluster_resolve(patterns, run->cluster);
	if (kind == ACC_CLUSTER_UNIT ||
	    !(kind == ACC_CLUSTER_PARTICIPANT ? patterns->participant : patterns->document).count)
		acc_error(messages, ACC_EXIT_USAGE, place,
			  "saturation counts participants or documents, and there are none; name "
			  "their column with --participant");
	else if (patterns->design == ACC_THEME_CODES && run->study.present == ACC_NONE)
		acc_error(messages, ACC_EXIT_USAGE, place,
			  "which code means that a theme was applied? Name it with --present");
	else if (acc_layer_themes(patterns) > THEMES_MAX)
		acc_error(messages, ACC_EXIT_LIMIT, place,
			  "%u themes are more than %d; is --theme the right column?",
			  (unsigned)acc_layer_themes(patterns), THEMES_MAX);
	run->group = acc_array((size_t)patterns->group.count + 1, sizeof *run->group);
	if (!run->group)
		acc_error_memory(messages);
	return !messages->errors;
}

static void
saturate(struct acc_command *command)
{
	static const char *const words[] = {"any", "majority", "all", "each"};
	struct run run = {.command = command};
	const char *given = command->settings.layer ? command->settings.layer : "majority";
	acc_sheet_begin(&run.sheet, fields, sizeof fields / sizeof *fields);
	run.layers = acc_list_bits(command, "layer", given, words, 4);
	run.level = acc_plan_level(command);
	acc_plan_cluster(command, &run.cluster);
	acc_plan_seed(command, &run.seed);
	bool good =
	    !command->messages->errors && acc_study_read(command, &run.study, false) && check(&run);
	for (unsigned i = 0; good && i < 3; i++)
		if (run.layers & 1u << i)
			good = take_layer(&run, &(struct acc_layer){.kind = (enum acc_layer_kind)i},
					  words[i], "");
	for (uint32_t c = 0; good && run.layers & 8 && c < run.study.patterns.coder.count; c++)
		good = take_layer(&run, &(struct acc_layer){ACC_LAYER_CODER, c},
				  "coder:", run.study.patterns.coder.label[c]);
	if (good)
		acc_sheet_write(&run.sheet, command);
	free(run.group);
	acc_sheet_free(&run.sheet);
	acc_study_free(&run.study);
}

const struct acc_stage acc_stage_saturate = {
    .name = "saturate",
    .summary = "were enough people asked? themes by number of participants, per group",
    .operands = "[FILE]",
    .about = "For each group, in whatever order people might have been asked: how many themes the "
	     "first so many participants name (mean of all orders, with an interval), and what "
	     "share of all mentions those themes make up (coverage); how many themes there would "
	     "be in the end (Chao2); the themes of each group at the coverage that all groups "
	     "reach, so that groups of unequal size can be compared; and where the rule of Guest, "
	     "Namey and Chen stops (base 4, runs of 2 and 3, at most 5 % or 0 % new).",
    .examples = "accord saturate ratings.csv\n"
		"    every group, by what most coders applied\n"
		"accord saturate study.patterns --layer any,majority,each --output saturation.csv\n"
		"    by whose codings count\n",
    .groups = ACC_GROUP_INPUT | ACC_GROUP_STUDY | ACC_GROUP_UNCERTAINTY | ACC_GROUP_LAYER |
	      ACC_GROUP_RESULTS | ACC_GROUP_OUTPUT,
    .run = saturate,
};
