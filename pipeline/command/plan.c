#include "pipeline/command/plan.h"
#include "pipeline/command/numbers.h"
#include "pipeline/read/theme_weights.h"
#include "stats/method.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void
acc_plan_free(struct acc_plan_made *made)
{
	free(made->coefficient);
	free(made->weights_name);
	free(made->population);
	free(made->theme_weight);
	acc_weights_free(&made->weights);
	acc_sets_free(&made->sets);
	*made = (struct acc_plan_made){0};
}

double
acc_plan_level(struct acc_command *command)
{
	double level = 0.95;
	const char *given = command->settings.level;
	if (given && (!acc_number(given, &level) || !(level > 0 && level < 1))) {
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "--level '%s' is not a share between 0 and 1, such as 0.95",
			  acc_visible(given));
		return 0;
	}
	return level;
}

bool
acc_plan_cluster(struct acc_command *command, enum acc_cluster *cluster)
{
	static const char *const kinds[] = {"auto", "participant", "document", "unit"};
	const char *given = command->settings.cluster ? command->settings.cluster : "auto";
	size_t kind = acc_choice(command, "cluster", given, kinds, 4);
	*cluster = (enum acc_cluster)kind;
	return kind < 4;
}

bool
acc_plan_seed(struct acc_command *command, uint64_t *seed)
{
	const char *given = command->settings.seed;
	*seed = 1;
	if (!given)
		return true;
	char *end;
	bool digits = *given && strspn(given, "0123456789") == strlen(given);
	if (digits && strlen(given) < 20)
		*seed = strtoull(given, &end, 10);
	else
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "--seed '%s' is not a whole number", acc_visible(given));
	return digits && strlen(given) < 20;
}

static bool
choose_interval(struct acc_plan_made *made, struct acc_command *command)
{
	const char *ci = command->settings.ci ? command->settings.ci : acc_methods[0]->key;
	const char **key = acc_array(acc_method_count, sizeof *key);
	double replicates = 9999;
	if (!key) {
		acc_error_memory(command->messages);
		return false;
	}
	for (size_t i = 0; i < acc_method_count; i++)
		key[i] = acc_methods[i]->key;
	size_t method = acc_choice(command, "ci", ci, key, acc_method_count);
	free(key);
	bool good =
	    method < acc_method_count &&
	    acc_whole(command, "replicates", command->settings.replicates, 1, 1e7, &replicates) &&
	    acc_threads(command, &made->threads) && acc_plan_seed(command, &made->plan.seed);
	made->plan.ci = (enum acc_ci)method;
	made->plan.replicates = (size_t)replicates;
	made->plan.threads = made->threads;
	return good;
}

static bool
choose_minimum(struct acc_plan_made *made, struct acc_command *command)
{
	const char *given = command->settings.minimum;
	made->minimum = NAN;
	if (!given)
		return true;
	if (!acc_number(given, &made->minimum) || !(fabs(made->minimum) < 1)) {
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "--minimum '%s' is not a number between -1 and 1, such as .80",
			  acc_visible(given));
		return false;
	}
	made->plan.minimum = &made->minimum;
	return true;
}

bool
acc_plan_make(struct acc_plan_made *made, struct acc_command *command,
	      const struct acc_study *study)
{
	*made = (struct acc_plan_made){0};
	made->plan.level = acc_plan_level(command);
	bool good =
	    made->plan.level > 0 && choose_interval(made, command) &&
	    choose_minimum(made, command) && acc_plan_cluster(command, &made->plan.cluster) &&
	    acc_plan_population(made, command, study) && acc_plan_coefficients(made, command) &&
	    acc_plan_anonymous(made, command, study) && acc_plan_weights(made, command, study) &&
	    acc_plan_scores(made, command, study) &&
	    acc_theme_weights_read(&made->theme_weight, command, &study->patterns);
	made->plan.population = made->population;
	made->plan.present = study->present;
	if (study->present != ACC_NONE)
		made->weights.present = study->present + 1;
	made->plan.coefficient = made->coefficient;
	made->plan.weights = &made->weights;
	made->plan.theme_weight = made->theme_weight;
	if (!good)
		acc_plan_free(made);
	return good;
}
