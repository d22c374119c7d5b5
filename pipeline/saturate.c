/* accord saturate: were enough people asked? How many themes a group has named after so many
 * participants, and how fast new ones came. */
#include "pipeline/saturate.h"

#include <math.h>
#include <stdlib.h>

ACC_FIELD_TABLE(FIELDS)

enum { PARTICIPANTS_MAX = 2000, THEMES_MAX = 500 };

/* ---- one layer ---- */

static bool
fill_group(struct acc_saturate *run, const struct acc_layer *layer,
	   struct acc_saturate_group *group)
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
common_coverage(const struct acc_saturate *run)
{
	double least = NAN;
	for (uint32_t g = 0; g < run->study.patterns.group.count; g++)
		least = fmin(least, acc_saturate_coverage(&run->group[g]));
	return least;
}

static bool
take_layer(struct acc_saturate *run, const struct acc_layer *layer, const char *name,
	   const char *coder)
{
	uint32_t groups = run->study.patterns.group.count;
	bool good = true;
	run->layer = name;
	run->coder = coder;
	for (uint32_t g = 0; g <= groups; g++)
		run->group[g] = (struct acc_saturate_group){.number = g < groups ? g : ACC_NONE};
	for (uint32_t g = 0; good && g <= groups; g++)
		good = fill_group(run, layer, &run->group[g]);
	double coverage = good ? common_coverage(run) : NAN;
	for (uint32_t g = 0; good && g <= groups; g++)
		good = acc_saturate_put(run, &run->group[g], coverage);
	for (uint32_t g = 0; g <= groups; g++) {
		acc_incidence_free(&run->group[g].incidence);
		free(run->group[g].accumulation);
	}
	return good;
}

/* ---- the stage ---- */

static bool
check(struct acc_saturate *run)
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
	struct acc_saturate run = {.command = command};
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
