#include "pipeline/read/set_weights.h"

static bool
check(const struct acc_set_distance *distance, struct acc_command *command,
      const struct acc_study *study)
{
	struct acc_place none = {0};
	if (command->settings.theme_weights)
		acc_error(command->messages, ACC_EXIT_USAGE, none,
			  "--theme-weights is for pooled values; the weights '%s' take the themes "
			  "of a unit as one set",
			  distance->key);
	else if (study->patterns.design == ACC_THEME_CODES && study->present == ACC_NONE)
		acc_error(command->messages, ACC_EXIT_USAGE, none,
			  "which code means that a theme is in the set? Say --present CODE");
	return !command->messages->errors;
}

static void
say_partial(struct acc_command *command, uint64_t partial)
{
	if (partial)
		acc_note(command->messages, (struct acc_place){0},
			 "%llu time%s a coder gave no code to some theme of a unit: the set cannot "
			 "be known, and the rating is left out",
			 (unsigned long long)partial, partial == 1 ? "" : "s");
}

bool
acc_set_weights_make(struct acc_weights *weights, struct acc_sets *sets,
		     const struct acc_set_distance *distance, struct acc_command *command,
		     const struct acc_study *study)
{
	if (!check(distance, command, study))
		return false;
	enum acc_status status = acc_sets_make(sets, &study->patterns, study->present, distance);
	if (status == ACC_OK)
		status = acc_sets_weights(weights, sets);
	if (status == ACC_TOO_LARGE) {
		acc_error(command->messages, ACC_EXIT_LIMIT, (struct acc_place){0},
			  "'%s' weights for %u distinct sets need a matrix that is too large (at "
			  "most %d)",
			  distance->key, (unsigned)sets->set.count, ACC_WEIGHTS_MAX);
		return false;
	}
	if (!acc_status_ok(command->messages, status))
		return false;
	say_partial(command, acc_sets_partial(sets, &study->patterns));
	return true;
}
