#include "pipeline/command/plan.h"
#include "pipeline/read/codebook.h"
#include "pipeline/read/set_weights.h"
#include "pipeline/read/weights_file.h"

#include <stdlib.h>
#include <string.h>

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

bool
acc_plan_weights(struct acc_plan_made *made, struct acc_command *command,
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

bool
acc_plan_scores(struct acc_plan_made *made, struct acc_command *command,
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
