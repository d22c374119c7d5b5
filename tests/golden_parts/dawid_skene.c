#include "stats/dawid_skene.h"
#include "tests/golden_parts/golden.h"

/* ---- Dawid and Skene ---- */

/* Units by coder and occasion: a coder who rated a unit again is another coder of the study, whose
 * ratings the panel gives back to the first. */
static void
make_occasions(struct golden *golden, struct acc_patterns *patterns, struct acc_vocabulary *coder,
	       uint32_t **coder_of)
{
	struct acc_ratings ratings = {.design = ACC_CODES};
	const struct table *data = &golden->data;
	uint64_t conflicts;
	uint32_t of[64];
	label(&ratings.theme, "");
	for (size_t i = 0; i < data->records; i++) {
		char *const *field = data->record[i].field;
		char name[80];
		unsigned occasion = 1;
		for (size_t j = 0; j < i; j++)
			occasion += !strcmp(data->record[j].field[0], field[0]) &&
				    !strcmp(data->record[j].field[1], field[1]);
		snprintf(name, sizeof name, "%s occasion %u", field[1], occasion);
		struct acc_assignment row = {.unit = label(&ratings.unit, field[0]),
					     .coder = label(&ratings.coder, name),
					     .code = label(&ratings.code, field[2]),
					     .line = (uint32_t)i + 2};
		if (row.coder >= 64)
			fail("too many occasions", golden->name);
		of[row.coder] = label(coder, field[1]);
		enum acc_status status;
		struct acc_unit about = {ACC_NONE, ACC_NONE, ACC_NONE, row.line};
		acc_ratings_about(&ratings, row.unit, about, &status);
		must(status);
		must(acc_ratings_add(&ratings, row));
	}
	*coder_of = acc_array(ratings.coder.count, sizeof **coder_of);
	must(*coder_of ? ACC_OK : ACC_NO_MEMORY);
	struct acc_vocabulary occasions = ratings.coder;
	char first[64][80];
	for (uint32_t j = 0; j < occasions.count; j++)
		snprintf(first[j], sizeof first[j], "%s", occasions.label[j]);
	uint32_t count = occasions.count;
	must(acc_ratings_tabulate(&ratings, patterns, NULL, on_conflict, golden, &conflicts));
	for (uint32_t j = 0; j < count; j++)
		(*coder_of)[acc_vocabulary_find(&patterns->coder, first[j])] = of[j];
	acc_ratings_free(&ratings);
}

/* The number that a row of dawid_skene_... asks for, NaN when it is of another kind. */
static double
pick(const struct acc_dawid_skene *fit, const struct acc_vocabulary *coder,
     const struct acc_vocabulary *code, const struct record *row)
{
	char key[4][64] = {"", "", "", ""};
	const char *subset = row->field[SUBSET], *what = row->field[COEFFICIENT] + 12;
	size_t q = fit->categories;
	if (!strcmp(what, "prevalence") && find_key(subset, "category=", key[0], sizeof key[0]))
		return fit->prevalence[acc_vocabulary_find(code, key[0])];
	if (!strcmp(what, "error_rate") && find_key(subset, "coder=", key[1], sizeof key[1]) &&
	    find_key(subset, "true=", key[2], sizeof key[2]) &&
	    find_key(subset, "given=", key[3], sizeof key[3]))
		return fit->error[(acc_vocabulary_find(coder, key[1]) * q +
				   acc_vocabulary_find(code, key[2])) *
				      q +
				  acc_vocabulary_find(code, key[3])];
	return NAN;
}

enum outcome
check_dawid_skene(struct golden *golden, const struct record *row)
{
	struct question question = {.dataset = row->field[DATASET], .subset = ""};
	struct acc_patterns patterns = {0};
	struct acc_vocabulary coder = {0};
	struct acc_panel panel;
	struct acc_votes votes;
	struct acc_dawid_skene fit;
	uint32_t *coder_of;
	load(golden, &question);
	make_occasions(golden, &patterns, &coder, &coder_of);
	must(acc_panel_make(&panel, &patterns, 0, coder_of, coder.count));
	must(acc_votes_make(&votes, &panel));
	double *units = acc_array(votes.vote.count, sizeof *units);
	must(units ? ACC_OK : ACC_NO_MEMORY);
	for (uint32_t p = 0; p < patterns.vector.count; p++)
		units[votes.of[p]] += (double)patterns.count[p];
	must(acc_dawid_skene_make(&fit, &votes, units, 1, NULL));
	double got = pick(&fit, &coder, &patterns.code, row);
	const char *quoted = strstr(row->field[SOURCE], "loglik ");
	bool good = is_close(got, atof(row->field[EXPECTED]), row->field[DIGITS]) &&
		    (!quoted || is_close(fit.likelihood, atof(quoted + 7), "6"));
	acc_dawid_skene_free(&fit);
	acc_votes_free(&votes);
	acc_panel_free(&panel);
	acc_vocabulary_free(&coder);
	acc_patterns_free(&patterns);
	free(coder_of);
	free(units);
	if (isnan(got))
		return OUTSIDE;
	if (good)
		return PASSED;
	say(row, "mismatch", got);
	printf(" (%s)\n", row->field[SOURCE]);
	return FAILED;
}
