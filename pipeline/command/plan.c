#include "pipeline/command/plan.h"
#include "pipeline/command/numbers.h"
#include "pipeline/read/codebook.h"
#include "pipeline/read/set_weights.h"
#include "pipeline/read/theme_weights.h"
#include "pipeline/read/weights_file.h"
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

static bool
choose_coefficients(struct acc_plan_made *made, struct acc_command *command)
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

/* Scores of the categories: the codes as numbers where they are, else their position. */
static double *
scores(struct acc_command *command, const struct acc_study *study, size_t categories,
       const struct acc_scheme *scheme)
{
	const struct acc_vocabulary *codes = &study->patterns.code;
	double *score = acc_array(categories, sizeof *score);
	bool themes = study->patterns.design == ACC_THEMES;
	if (!score) {
		acc_error_memory(command->messages);
		return NULL;
	}
	if (!themes && acc_vocabulary_scores(codes, score))
		return score;
	for (size_t k = 0; k < categories; k++)
		score[k] = (double)k + 1;
	if ((scheme->disagreement || scheme->ranks) && !themes && codes->declared < codes->count &&
	    categories > 2)
		acc_note(command->messages, (struct acc_place){0},
			 "the codes are not numbers and have no declared order: '%s' weights take "
			 "them in byte order, '%s' first; declare it with --categories",
			 scheme->key, acc_visible(codes->label[0]));
	return score;
}

/* Codes that a scheme for a scale with a true zero has no place for. */
static void
note_negative(struct acc_command *command, const struct acc_scheme *scheme,
	      const struct acc_weights *weights)
{
	if (!scheme->nonnegative || !weights->order || !(weights->low < 0))
		return;
	acc_note(command->messages, (struct acc_place){0},
		 "'%s' weights are for a scale that begins at 0, and the code %g lies below; "
		 "'interval' may be meant",
		 scheme->key, weights->low);
}

/* Were only coefficients asked for that tell the coders apart? */
static bool
all_directed(const struct acc_plan_made *made)
{
	for (size_t c = 0; c < made->plan.coefficients; c++)
		if (!made->coefficient[c]->directed)
			return false;
	return made->plan.coefficients > 0;
}

/* The coefficient that is about sets, if one was chosen. */
static const struct acc_coefficient *
about_sets(const struct acc_plan_made *made)
{
	for (size_t c = 0; c < made->plan.coefficients; c++)
		if (made->coefficient[c]->sets)
			return made->coefficient[c];
	return NULL;
}

/* --weights, or what the coefficients take by themselves. */
static const char *
weights_asked(const struct acc_plan_made *made, const struct acc_command *command)
{
	if (command->settings.weights)
		return command->settings.weights;
	return about_sets(made) ? "dice" : "identity";
}

static bool
check_sets(const struct acc_plan_made *made, struct acc_command *command)
{
	if (about_sets(made))
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "%s is about sets of themes, and '%s' is no distance of sets; see "
			  "'accord list distances'",
			  about_sets(made)->key, acc_visible(command->settings.weights));
	return !about_sets(made);
}

/* A name that is no scheme must be a file. */
static bool
is_weights_file(struct acc_command *command, const char *name)
{
	const char *known[64];
	size_t count = 0;
	FILE *file = fopen(name, "r");
	if (file) {
		fclose(file);
		return true;
	}
	for (size_t i = 0; i < acc_scheme_count && count < 32; i++)
		known[count++] = acc_schemes[i]->key;
	for (size_t i = 0; i < acc_set_distance_count && count < 64; i++)
		known[count++] = acc_set_distances[i]->key;
	const char *near = acc_nearest(name, known, count);
	acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
		  "--weights '%s' is neither a scheme nor a file%s%s%s; see 'accord list weights' "
		  "and 'accord list distances'",
		  acc_visible(name), near ? ", did you mean '" : "", near ? near : "",
		  near ? "'?" : "");
	return false;
}

static bool
choose_weights(struct acc_plan_made *made, struct acc_command *command,
	       const struct acc_study *study)
{
	const char *name = weights_asked(made, command);
	const struct acc_set_distance *distance = acc_set_distance_find(name);
	const struct acc_scheme *scheme = acc_scheme_find(name);
	bool themes = study->patterns.design == ACC_THEMES;
	size_t categories = themes ? 2 : study->patterns.code.count;
	made->weights_name = strdup(scheme ? scheme->key : distance ? distance->key : name);
	if (!made->weights_name) {
		acc_error_memory(command->messages);
		return false;
	}
	if (distance)
		return acc_set_weights_make(&made->weights, &made->sets, distance, command, study);
	if (!check_sets(made, command))
		return false;
	if (!scheme && !is_weights_file(command, name))
		return false;
	if (!scheme)
		return acc_weights_read(&made->weights, name, &study->patterns, command,
					all_directed(made));
	if (scheme->tree)
		return acc_codebook_tree(&made->weights, &study->patterns, command);
	double *score = scores(command, study, categories, scheme);
	enum acc_status status =
	    score ? acc_weights_make(&made->weights, scheme, score, categories) : ACC_NO_MEMORY;
	free(score);
	if (status == ACC_OK)
		note_negative(command, scheme, &made->weights);
	if (status == ACC_TOO_LARGE)
		acc_error(command->messages, ACC_EXIT_LIMIT, (struct acc_place){0},
			  "'%s' weights for %zu codes need a matrix that is too large (at most %d)",
			  scheme->key, categories, ACC_WEIGHTS_MAX);
	else if (status == ACC_NO_MEMORY)
		acc_error_memory(command->messages);
	return status == ACC_OK;
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

/* What ordered codes are as numbers, for coefficients of scores. Codes without an order have none;
 * of two, either order is the same. */
static bool
choose_scores(struct acc_plan_made *made, struct acc_command *command,
	      const struct acc_study *study)
{
	const struct acc_vocabulary *codes = &study->patterns.code;
	size_t categories = made->weights.categories;
	double *score = acc_array(categories, sizeof *score);
	bool codes_design = study->patterns.design != ACC_THEMES, good = score != NULL;
	bool numbers = score && codes_design && acc_vocabulary_scores(codes, score);
	for (size_t k = 0; score && !numbers && k < categories; k++)
		score[k] = (double)k;
	if (good && !made->weights.sets &&
	    (numbers || categories <= 2 || codes->declared == codes->count))
		good = acc_weights_score(&made->weights, score) == ACC_OK;
	if (!good)
		acc_error_memory(command->messages);
	free(score);
	return good;
}

/* Of folded patterns: only what does not ask who gave what. Others are left out where they were not
 * asked for by name. */
static bool
choose_anonymous(struct acc_plan_made *made, struct acc_command *command,
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

bool
acc_plan_make(struct acc_plan_made *made, struct acc_command *command,
	      const struct acc_study *study)
{
	*made = (struct acc_plan_made){0};
	made->plan.level = acc_plan_level(command);
	bool good = made->plan.level > 0 && choose_interval(made, command) &&
		    choose_minimum(made, command) &&
		    acc_plan_cluster(command, &made->plan.cluster) &&
		    acc_plan_population(made, command, study) &&
		    choose_coefficients(made, command) && choose_anonymous(made, command, study) &&
		    choose_weights(made, command, study) && choose_scores(made, command, study) &&
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
