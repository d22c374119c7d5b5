#include "pipeline/command/plan.h"
#include "stats/method.h"

#include <string.h>

/* The key of the coefficient one of whose names is nearest, for suggestions. */
static const char *
nearest_coefficient(const char *name)
{
	struct acc_text names = {0};
	size_t count;
	for (size_t i = 0; i < acc_coefficient_count; i++) {
		acc_text_put(&names, acc_coefficients[i]->key);
		acc_text_put(&names, ",");
		acc_text_put(&names, acc_coefficients[i]->alias ? acc_coefficients[i]->alias : "");
		acc_text_put(&names, ",");
	}
	char **known = names.failed ? NULL : acc_list_split(names.bytes, &count);
	const char *near = known ? acc_nearest(name, (const char *const *)known, count) : NULL;
	const char *key = near ? acc_coefficient_find(near)->key : NULL;
	acc_list_free(known);
	acc_text_free(&names);
	return key;
}

static bool
choose(struct acc_plan_made *made, struct acc_command *command, const char *name)
{
	const struct acc_coefficient *found = acc_coefficient_find(name);
	const char *near = found ? NULL : nearest_coefficient(name);
	if (!found) {
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "no coefficient '%s'%s%s%s; see 'accord list coefficients'",
			  acc_visible(name), near ? ", did you mean '" : "", near ? near : "",
			  near ? "'?" : "");
		return false;
	}
	for (size_t i = 0; i < made->plan.coefficients; i++)
		if (made->coefficient[i] == found)
			return true;
	made->coefficient[made->plan.coefficients++] = found;
	return true;
}

/* Unasked: those that are about single themes, or the usual one about sets. `all`: all there are.
 */
static bool
is_wanted(const struct acc_coefficient *coefficient, const char *given, const char *weights)
{
	bool sets = weights && acc_set_distance_find(weights);
	if (!sets)
		return !coefficient->sets;
	return given || coefficient == &acc_coefficient_krippendorff_alpha;
}

bool
acc_plan_coefficients(struct acc_plan_made *made, struct acc_command *command)
{
	const char *given = command->settings.coefficient;
	bool good = true;
	made->coefficient = acc_array(acc_coefficient_count, sizeof *made->coefficient);
	if (!made->coefficient) {
		acc_error_memory(command->messages);
		return false;
	}
	made->chosen = given != NULL;
	if (!given || !strcmp(given, "all")) {
		for (size_t i = 0; i < acc_coefficient_count; i++)
			if (is_wanted(acc_coefficients[i], given, command->settings.weights) &&
			    (given || acc_coefficients[i]->standard))
				made->coefficient[made->plan.coefficients++] = acc_coefficients[i];
		return true;
	}
	size_t count;
	char **item = acc_list_split(given, &count);
	for (size_t i = 0; item && i < count; i++)
		good = choose(made, command, item[i]) && good;
	if (!item)
		acc_error_memory(command->messages);
	acc_list_free(item);
	return good && item;
}

bool
acc_plan_anonymous(struct acc_plan_made *made, struct acc_command *command,
		   const struct acc_study *study)
{
	const char *given = command->settings.coefficient;
	bool named = given && strcmp(given, "all");
	size_t kept = 0;
	for (size_t c = 0; study->patterns.folded && c < made->plan.coefficients; c++)
		if (acc_coefficient_anonymous(made->coefficient[c]))
			made->coefficient[kept++] = made->coefficient[c];
		else if (named)
			acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
				  "%s asks who gave what, which folded patterns no longer know; "
				  "tabulate without --section folded",
				  made->coefficient[c]->key);
	if (study->patterns.folded)
		made->plan.coefficients = kept;
	return !command->messages->errors;
}
