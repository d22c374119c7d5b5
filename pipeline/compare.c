/* accord compare: do the groups differ, in how reliably they could be coded and in what they say?
 */
#include "pipeline/comparison.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { GROUPS_MAX = 1000, PERMUTATIONS_MAX = 100000000 };

/* ---- layers ---- */

static bool
each_coder(struct acc_comparison *comparison,
	   bool (*act)(struct acc_comparison *, const struct acc_layer *, const char *))
{
	const struct acc_vocabulary *coders = &comparison->study.patterns.coder;
	bool good = true;
	for (uint32_t c = 0; good && c < coders->count; c++) {
		const char *name = acc_comparison_name(comparison, "coder:", coders->label[c]);
		good = name && act(comparison, &(struct acc_layer){ACC_LAYER_CODER, c}, name);
	}
	return good;
}

bool
acc_compare_layers(struct acc_comparison *comparison,
		   bool (*act)(struct acc_comparison *, const struct acc_layer *, const char *name))
{
	static const char *const words[] = {"any", "majority", "all", "each"};
	const char *given = comparison->command->settings.layer;
	unsigned layers =
	    acc_list_bits(comparison->command, "layer", given ? given : "majority", words, 4);
	if (comparison->study.patterns.design == ACC_THEME_CODES &&
	    comparison->study.present == ACC_NONE) {
		acc_error(comparison->command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "which code means that a theme applies? Say --present CODE, or leave "
			  "prevalence out with --what agreement");
		return false;
	}
	bool good = layers != 0;
	for (unsigned i = 0; good && i < 3; i++)
		if (layers & 1u << i)
			good = act(comparison, &(struct acc_layer){.kind = (enum acc_layer_kind)i},
				   words[i]);
	return good && (!(layers & 8) || each_coder(comparison, act));
}

/* ---- options ---- */

static bool
read_permutations(struct acc_comparison *comparison)
{
	const char *given = comparison->command->settings.permutations;
	double number = 9999;
	if (given && (!acc_number(given, &number) || number < 0 || number > PERMUTATIONS_MAX ||
		      number != floor(number))) {
		acc_error(comparison->command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "--permutations '%s' is not a whole number from 0 to %d",
			  acc_visible(given), PERMUTATIONS_MAX);
		return false;
	}
	comparison->permutations = (uint64_t)number;
	return true;
}

static bool
read_margin(struct acc_comparison *comparison)
{
	const char *given = comparison->command->settings.equivalence;
	comparison->margin = NAN;
	if (given && (!acc_number(given, &comparison->margin) || !(comparison->margin > 0) ||
		      comparison->margin >= 1)) {
		acc_error(comparison->command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "--equivalence '%s' is not a margin between 0 and 1, such as 0.10",
			  acc_visible(given));
		return false;
	}
	return true;
}

static bool
read_options(struct acc_comparison *comparison)
{
	static const char *const words[] = {"holm", "bh", "by"};
	struct acc_command *command = comparison->command;
	size_t how = 0;
	comparison->level = comparison->made.plan.level;
	comparison->classical = command->settings.classical != NULL;
	comparison->adjust = command->settings.adjust_tests;
	comparison->edge = command->settings.edge;
	if (comparison->adjust)
		how = acc_choice(command, "adjust", comparison->adjust, words, 3);
	comparison->adjustment = (enum acc_adjustment)how;
	return how < 3 && read_permutations(comparison) && read_margin(comparison) &&
	       acc_plan_seed(command, &comparison->seed);
}

/* ---- the stage ---- */

/* Who took part as a whole is about agreement by group only. */
static bool
check_population(struct acc_comparison *comparison, unsigned what)
{
	const double *population = comparison->made.population;
	struct acc_messages *messages = comparison->command->messages;
	if (!population)
		return true;
	if (what != 1)
		acc_error(messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "--population is for --what agreement, alone: what share of people who "
			  "all took part says something is known, not estimated");
	else if (!isnan(population[comparison->study.patterns.group.count]))
		acc_error(messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "--population '%s': groups are compared, so say whose number it is, "
			  "NAME=NUMBER",
			  acc_visible(comparison->command->settings.population));
	else
		acc_note(messages, (struct acc_place){0},
			 "with --population the tests of these groups are Welch's, by "
			 "distribution: people who are all there are do not change places with "
			 "others");
	return !messages->errors;
}

static bool
check_groups(struct acc_comparison *comparison)
{
	struct acc_command *command = comparison->command;
	uint32_t groups = comparison->study.patterns.group.count;
	struct acc_place place = {command->files ? command->file[0] : "-", 0, 0};
	if (groups < 2)
		acc_error(command->messages, ACC_EXIT_DATA, place,
			  "comparing needs 2 groups or more; there %s %u. Name their column with "
			  "--group",
			  groups == 1 ? "is" : "are", (unsigned)groups);
	else if (groups > GROUPS_MAX)
		acc_error(command->messages, ACC_EXIT_LIMIT, place,
			  "%u groups are more than %d; is --group the right column?",
			  (unsigned)groups, GROUPS_MAX);
	return !command->messages->errors;
}

static void
compare(struct acc_command *command)
{
	static const char *const words[] = {"agreement", "prevalence",   "cooccurrence",
					    "themes",    "coefficients", "pairs"};
	struct acc_comparison comparison = {.command = command};
	const char *given = command->settings.what;
	unsigned what = given ? acc_list_bits(command, "what", given, words, 6) : 3;
	bool good = !command->messages->errors &&
		    acc_study_read(command, &comparison.study, false) &&
		    (!(what & 7) || check_groups(&comparison)) &&
		    acc_plan_make(&comparison.made, command, &comparison.study) &&
		    check_population(&comparison, what) && read_options(&comparison);
	/* Alone in its group, no coder agrees or disagrees: what is said can be compared all the
	 * same. */
	if (good && what & 1 && comparison.study.patterns.coder.count > 1)
		good = acc_compare_agreement(&comparison);
	if (good && what & 2)
		good = acc_compare_prevalence(&comparison);
	if (good && what & 4)
		good = acc_compare_cooccurrence(&comparison);
	comparison.dependent = what >> 3;
	if (good)
		acc_comparison_write(&comparison);
	acc_comparison_free(&comparison);
}

const struct acc_stage acc_stage_compare = {
    .name = "compare",
    .summary = "do the groups differ, in agreement and in what they say?",
    .operands = "[FILE]",
    .about =
	"For each theme and quantity: the estimate of each group, Welch's F that all are equal, "
	"and each pairwise difference with its interval and Holm's correction. Segments are "
	"nested in people: variances come from leaving out participants, and whole participants "
	"change groups in the permutation tests. Where a group has too little of a theme, in too "
	"few people, the test is not estimable and says so. --what themes "
	"compares the agreement on the themes with each other, --what pairs that of every two "
	"coders, --what coefficients the coefficients: these are about the same segments, so what "
	"they share cancels.",
    .examples = "accord compare study.patterns --output comparison.csv\n"
		"    agreement and prevalence by group\n"
		"accord compare ratings.csv --what prevalence --layer any,majority,each\n"
		"    what groups say, by whose codings count\n"
		"accord compare ratings.csv --what themes --coefficient alpha\n"
		"    are some themes coded more reliably than others?\n"
		"accord compare ratings.csv --what pairs --coefficient cohen\n"
		"    does one pair of coders agree better than another?\n"
		"accord compare study.patterns --coefficient alpha --equivalence 0.1 --adjust by\n"
		"    is agreement the same within .10? and adjusted for any dependence\n"
		"accord compare study.patterns --what cooccurrence --edge log_odds_ratio,npmi\n"
		"    which themes go together in one group more than in another\n",
    .groups = ACC_GROUP_INPUT | ACC_GROUP_STUDY | ACC_GROUP_COEFFICIENT | ACC_GROUP_WEIGHTS |
	      ACC_GROUP_POOL | ACC_GROUP_THREADS | ACC_GROUP_POPULATION | ACC_GROUP_UNCERTAINTY |
	      ACC_GROUP_LAYER | ACC_GROUP_COMPARISON | ACC_GROUP_RESULTS | ACC_GROUP_OUTPUT,
    .run = compare,
};
