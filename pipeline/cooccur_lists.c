/* Where the plain counts of units do: accord cooccur without patterns. */
#include "pipeline/command/numbers.h"
#include "pipeline/cooccur_run.h"

#include <string.h>

const double acc_cooccur_too_many = 3e7;

bool
acc_cooccur_may_list(const struct acc_cooccur_options *options)
{
	return options->window == ACC_WINDOW_UNIT && options->form != ACC_FORM_SETS &&
	       !(options->layers >> ACC_LAYER_MEAN);
}

unsigned
acc_cooccur_tallied(const struct acc_cooccur_run *run)
{
	const struct acc_cooccur_options *options = &run->options;
	const struct acc_settings *settings = &run->command->settings;
	bool each = options->layers >> ACC_TALLY_LAYERS;
	bool listed = !settings->seen || !strcmp(settings->seen, "listed");
	bool all = options->test || options->form == ACC_FORM_PAIRS || each || settings->groups;
	return all || !listed ? 0 : options->layers;
}

/* Is there a layer that would be tested? That takes patterns. */
static bool
some_tested(const struct acc_cooccur_run *run)
{
	const struct acc_list_counts *counts = &run->counts;
	bool tested = run->command->settings.test != NULL;
	for (size_t l = 0; l < counts->layers; l++)
		tested = tested || (counts->layer[l].both &&
				    (double)counts->layer[l].units * (double)counts->pairs <=
					acc_cooccur_too_many);
	return tested && run->options.test;
}

bool
acc_cooccur_count(struct acc_cooccur_run *run, uint32_t group)
{
	struct acc_study *study = run->study;
	struct acc_list_plan plan = {run->options.layers, run->options.form == ACC_FORM_PAIRS,
				     group, run->options.cluster, 1};
	if (!acc_threads(run->command, &plan.threads))
		return false;
	acc_list_counts_free(&run->counts);
	run->counted = false;
	if (!study->listed)
		return true;
	enum acc_status status =
	    acc_list_counts_make(&run->counts, &study->lists, &study->patterns, &plan);
	run->counted = status == ACC_OK && !some_tested(run) &&
		       acc_cooccurrence_countable(&run->options.plan, &run->counts);
	if (status == ACC_NO_MEMORY || run->counted)
		return acc_status_ok(run->command->messages, status);
	return acc_study_tabulate(run->command, study);
}
