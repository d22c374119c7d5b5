#include "pipeline/cooccur_options.h"

#include <stdlib.h>
#include <string.h>

const char *const acc_cooccur_layers[ACC_COOCCUR_LAYERS] = {
    [ACC_LAYER_ANY] = "any",   [ACC_LAYER_MAJORITY] = "majority",
    [ACC_LAYER_ALL] = "all",   [ACC_LAYER_CODER] = "each",
    [ACC_LAYER_MEAN] = "mean", [ACC_LAYER_DAWID_SKENE] = "dawid_skene",
};

const char *const acc_window_kinds[ACC_WINDOWS] = {"unit", "participant", "document", "overlap",
						   "near:K"};

void
acc_cooccur_options_free(struct acc_cooccur_options *options)
{
	free(options->measure);
	*options = (struct acc_cooccur_options){0};
}

static bool
choose_measures(struct acc_cooccur_options *options, struct acc_command *command)
{
	const char *given = command->settings.measure;
	const char **key = acc_array(acc_measure_count, sizeof *key);
	unsigned chosen = ~0u;
	options->measure = acc_array(acc_measure_count, sizeof *options->measure);
	if (!key || !options->measure)
		acc_error_memory(command->messages);
	for (size_t m = 0; key && m < acc_measure_count; m++)
		key[m] = acc_measures[m]->key;
	if (key && given && strcmp(given, "all"))
		chosen = acc_list_bits(command, "measure", given, key, acc_measure_count);
	for (size_t m = 0; options->measure && m < acc_measure_count; m++)
		if (given ? chosen & 1u << m : !acc_measures[m]->on_request)
			options->measure[options->plan.measures++] = acc_measures[m];
	options->plan.measure = options->measure;
	free(key);
	return !command->messages->errors;
}

static bool
choose_test(struct acc_cooccur_options *options, struct acc_command *command)
{
	const char *given = command->settings.test ? command->settings.test : "permutation";
	const char **key = acc_array(acc_pair_test_count + 1, sizeof *key);
	if (!key) {
		acc_error_memory(command->messages);
		return false;
	}
	for (size_t i = 0; i < acc_pair_test_count; i++)
		key[i] = acc_pair_tests[i]->key;
	key[acc_pair_test_count] = "none";
	size_t chosen = acc_choice(command, "test", given, key, acc_pair_test_count + 1);
	if (chosen < acc_pair_test_count)
		options->test = acc_pair_tests[chosen];
	free(key);
	return chosen <= acc_pair_test_count;
}

enum { DRAWS_MOST = 100000000 };

static bool
choose_draws(struct acc_cooccur_options *options, struct acc_command *command)
{
	const char *given = command->settings.draws;
	double draws = 0;
	if (given && (!acc_number(given, &draws) || draws < 1 || draws > DRAWS_MOST ||
		      draws > (double)(uint64_t)draws)) {
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "--draws '%s' is not a whole number from 1 to %d", acc_visible(given),
			  DRAWS_MOST);
		return false;
	}
	options->draws = (uint64_t)draws;
	if (given && options->test && options->test->naive)
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "--test %s draws nothing; leave out --draws", options->test->key);
	return !command->messages->errors;
}

enum { REACH_MOST = 1000 };

static bool
choose_window(struct acc_cooccur_options *options, struct acc_command *command)
{
	const char *given = command->settings.window ? command->settings.window : "unit";
	double reach = 0;
	if (!strncmp(given, "near:", 5) && acc_number(given + 5, &reach) && reach >= 1 &&
	    reach <= REACH_MOST && reach <= (double)(uint32_t)reach) {
		options->window = ACC_WINDOW_NEAR;
		options->reach = (uint32_t)reach;
		return true;
	}
	size_t kind = acc_choice(command, "window", given, acc_window_kinds, ACC_WINDOWS);
	options->window = (enum acc_window)kind;
	options->plan.pieces = kind == ACC_WINDOW_PARTICIPANT || kind == ACC_WINDOW_DOCUMENT;
	if (kind == ACC_WINDOW_NEAR)
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "--window near:K needs a number from 1 to %d for K, as in near:2",
			  REACH_MOST);
	if (options->plan.pieces && command->settings.cluster)
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "--window %s: each window is an independent piece; leave out --cluster",
			  given);
	if (options->plan.pieces)
		options->cluster = ACC_CLUSTER_UNIT;
	return !command->messages->errors;
}

/* Windows that share units cannot be shuffled one by one. */
static bool
drop_test(struct acc_cooccur_options *options, struct acc_command *command)
{
	const char *given = command->settings.test;
	if (options->window != ACC_WINDOW_NEAR)
		return true;
	options->test = NULL;
	if (given && strcmp(given, "none"))
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "--test %s is not for --window near:K: windows that share units are not "
			  "independent",
			  given);
	return !command->messages->errors;
}

/* --sets, and the values of --format that are not for every result. */
static bool
choose_form(struct acc_cooccur_options *options, struct acc_command *command)
{
	static const char *const forms[] = {"", "square", "graphml", "places"};
	const char *format = command->settings.format;
	for (size_t i = ACC_FORM_SQUARE; format && i <= ACC_FORM_PLACES; i++)
		if (!strcmp(format, forms[i]))
			options->form = (enum acc_cooccur_form)i;
	if (options->form && command->settings.sets)
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "--sets counts sets, of which there is no %s", format);
	if (command->settings.sets)
		options->form = ACC_FORM_SETS;
	if (command->settings.sets && options->layers >> ACC_LAYER_MEAN)
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "--sets needs layers in which a unit has a theme or not; leave out mean "
			  "and dawid_skene");
	if (options->form == ACC_FORM_SQUARE || options->form == ACC_FORM_PLACES)
		options->test = NULL;
	if (options->form)
		options->plan.ci = ACC_PAIR_CI_NONE;
	/* These show the first measure; a square of none counts. */
	if (options->form >= ACC_FORM_SQUARE && options->form <= ACC_FORM_PLACES)
		options->plan.measures =
		    options->form != ACC_FORM_SQUARE || command->settings.measure;
	if (options->form == ACC_FORM_PLACES)
		command->settings.format = NULL; /* the places are a sheet as any other */
	if (options->form == ACC_FORM_PLACES && !options->plan.measure[0]->bounded)
		acc_error(
		    command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
		    "--format places needs a measure with an upper end, such as jaccard or npmi; "
		    "%s has none",
		    options->plan.measure[0]->key);
	return !command->messages->errors;
}

bool
acc_cooccur_options_make(struct acc_cooccur_options *options, struct acc_command *command)
{
	static const char *const by[] = {"group"};
	static const char *const cis[] = {"auto", "jackknife", "naive", "none"};
	static const char *const adjusts[] = {"bh", "by"};
	const struct acc_settings *settings = &command->settings;
	options->by_group =
	    !settings->by || (*settings->by && acc_list_bits(command, "by", settings->by, by, 1));
	options->layers = (1u << ACC_LAYER_MEAN) - 1;
	if (settings->layer)
		options->layers = acc_list_bits(command, "layer", settings->layer,
						acc_cooccur_layers, ACC_COOCCUR_LAYERS);
	options->plan.level = acc_plan_level(command);
	acc_plan_cluster(command, &options->cluster);
	acc_plan_seed(command, &options->seed);
	if (settings->pair_ci)
		options->plan.ci =
		    (enum acc_pair_ci)acc_choice(command, "ci", settings->pair_ci, cis, 4);
	if (settings->adjust)
		options->dependent = acc_choice(command, "adjust", settings->adjust, adjusts, 2);
	return choose_window(options, command) && choose_test(options, command) &&
	       drop_test(options, command) && choose_draws(options, command) &&
	       choose_measures(options, command) && choose_form(options, command);
}
