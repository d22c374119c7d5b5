#include "pipeline/read/theme_weights.h"
#include "pipeline/read/csv.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct reading {
	const struct acc_vocabulary *themes;
	struct acc_messages *messages;
	const char *file; /* NULL: a list */
	double *weight;
	bool *said;          /* owned: the theme was named */
	size_t theme, value; /* columns */
	bool headed;
};

static void
unknown(struct reading *reading, struct acc_place place, const char *name)
{
	const char *near =
	    acc_nearest(name, (const char *const *)reading->themes->label, reading->themes->count);
	acc_error(reading->messages, ACC_EXIT_USAGE, place,
		  "--theme-weights: no theme '%s' in this study%s%s%s", acc_visible(name),
		  near ? ", did you mean '" : "", near ? acc_visible(near) : "", near ? "'?" : "");
}

static void
take(struct reading *reading, struct acc_place place, const char *name, const char *text)
{
	uint32_t theme = acc_vocabulary_find(reading->themes, name);
	double weight;
	if (theme == ACC_NONE)
		unknown(reading, place, name);
	else if (reading->said[theme])
		acc_error(reading->messages, ACC_EXIT_USAGE, place,
			  "--theme-weights: the theme '%s' is there twice", acc_visible(name));
	else if (!acc_number(text, &weight) || weight < 0)
		acc_error(reading->messages, ACC_EXIT_USAGE, place,
			  "--theme-weights: '%s' for the theme '%s' is not a number from 0 up",
			  acc_visible(text), acc_visible(name));
	else
		reading->weight[theme] = weight;
	if (theme != ACC_NONE)
		reading->said[theme] = true;
}

static bool
take_header(struct reading *reading, const struct acc_csv_record *record)
{
	reading->headed = true;
	reading->theme = reading->value = record->fields;
	for (size_t i = 0; i < record->fields; i++) {
		if (!strcmp(record->field[i], "theme"))
			reading->theme = i;
		if (!strcmp(record->field[i], "weight"))
			reading->value = i;
	}
	if (reading->theme < record->fields && reading->value < record->fields)
		return true;
	acc_error(reading->messages, ACC_EXIT_USAGE, (struct acc_place){reading->file, 1, 0},
		  "theme weights need the columns 'theme' and 'weight'");
	return false;
}

static bool
take_record(void *context, const struct acc_csv_record *record)
{
	struct reading *reading = context;
	if (!reading->headed)
		return take_header(reading, record);
	struct acc_place place = acc_csv_place(record, reading->file, reading->value);
	take(reading, place, record->field[reading->theme], record->field[reading->value]);
	return true;
}

/* NAME=WEIGHT; the last '=' counts, so that a name may hold one. */
static void
take_items(struct reading *reading, const char *list)
{
	size_t count;
	char **item = acc_list_split(list, &count);
	for (size_t i = 0; item && i < count; i++) {
		char *equals = strrchr(item[i], '=');
		if (equals) {
			*equals = 0;
			take(reading, (struct acc_place){0}, item[i], equals + 1);
		} else {
			acc_error(reading->messages, ACC_EXIT_USAGE, (struct acc_place){0},
				  "--theme-weights: '%s' is neither THEME=WEIGHT nor a file",
				  acc_visible(item[i]));
		}
	}
	if (!item)
		acc_error_memory(reading->messages);
	acc_list_free(item);
}

static void
check_sum(const struct reading *reading)
{
	double sum = 0;
	for (uint32_t t = 0; t < reading->themes->count; t++)
		sum += reading->weight[t];
	if (!reading->messages->errors && !(sum > 0))
		acc_error(reading->messages, ACC_EXIT_USAGE,
			  (struct acc_place){reading->file, 0, 0},
			  "--theme-weights: some theme must count");
}

bool
acc_theme_weights_read(double **weight, struct acc_command *command,
		       const struct acc_patterns *patterns)
{
	const char *given = command->settings.theme_weights;
	size_t themes = patterns->theme.count;
	struct reading reading = {.themes = &patterns->theme, .messages = command->messages};
	*weight = NULL;
	if (!given)
		return true;
	if (patterns->design == ACC_CODES) {
		acc_error(command->messages, ACC_EXIT_USAGE, (struct acc_place){0},
			  "--theme-weights is for studies with themes; here is one code per unit");
		return false;
	}
	reading.weight = acc_array(themes, sizeof *reading.weight);
	reading.said = acc_array(themes, sizeof *reading.said);
	for (size_t t = 0; reading.weight && t < themes; t++)
		reading.weight[t] = 1;
	if (!reading.weight || !reading.said) {
		acc_error_memory(command->messages);
	} else if (!access(given, F_OK)) {
		reading.file = given;
		acc_csv_read(given, &(struct acc_csv_options){0}, take_record, &reading,
			     command->messages);
	} else {
		take_items(&reading, given);
	}
	if (!command->messages->errors)
		check_sum(&reading);
	free(reading.said);
	if (command->messages->errors)
		free(reading.weight);
	else
		*weight = reading.weight;
	return !command->messages->errors;
}
