/* deal patterns: rows that several readers dealt, each by numbers of its own, become the patterns
 * that a table of all rows gives. */
#include "stats/deal_patterns.h"
#include "stats/ratings.h"
#include "stats/units.h"
#include "tests/unit/sample.h"

enum { UNITS = 300, ROWS = 3000, READERS = 3 };

struct study {
	enum acc_design design;
	uint32_t coders, given; /* codes or themes */
	struct acc_assignment row[ROWS];
	size_t rows;
};

/* A coder gives a unit one code, or any number of themes; some rows say nothing or again. */
static struct study *
make_study(uint64_t *state, enum acc_design design, uint32_t coders, uint32_t given)
{
	struct study *study = calloc(1, sizeof *study);
	study->design = design;
	study->coders = coders;
	study->given = given;
	for (; study->rows < ROWS; study->rows++) {
		uint32_t unit = sample_below(state, UNITS), coder = sample_below(state, coders);
		uint32_t code = (unit * 7 + coder * 3 + unit % 5) % given;
		uint32_t kind = sample_below(state, 12);
		bool codes = design == ACC_CODES;
		study->row[study->rows] =
		    (struct acc_assignment){.unit = unit,
					    .coder = coder,
					    .theme = codes       ? 0
						     : kind == 1 ? ACC_NONE
								 : sample_below(state, given),
					    .code = !codes ? (kind == 2 ? ACC_NONE : 0)
						    : (unit + coder) % 9 ? code
									 : ACC_NONE,
					    .line = (uint32_t)study->rows + 1};
		if (study->row[study->rows].code == ACC_NONE && !codes)
			study->row[study->rows].theme = ACC_NONE;
	}
	return study;
}

/* Label k of a reader is label (k + shift) of all. */
static void
add_labels(struct acc_vocabulary *vocabulary, const char *kind, uint32_t count, uint32_t shift)
{
	char label[16];
	uint32_t number;
	for (uint32_t k = 0; k < count; k++) {
		snprintf(label, sizeof label, "%s%u", kind, (unsigned)((k + shift) % count));
		assert_int_equal(acc_vocabulary_add(vocabulary, label, &number), ACC_OK);
	}
}

static void
add_all(struct acc_vocabulary *coder, struct acc_vocabulary *theme, struct acc_vocabulary *code,
	const struct study *study, uint32_t shift)
{
	bool codes = study->design == ACC_CODES;
	uint32_t number;
	add_labels(coder, "c", study->coders, shift);
	add_labels(codes ? code : theme, "g", study->given, shift);
	assert_int_equal(acc_vocabulary_add(codes ? theme : code, "", &number), ACC_OK);
}

static struct acc_patterns
tabulate(const struct study *study)
{
	struct acc_ratings ratings = {.design = study->design};
	struct acc_patterns patterns = {0};
	uint64_t conflicts;
	enum acc_status status;
	add_labels(&ratings.unit, "u", UNITS, 0);
	add_all(&ratings.coder, &ratings.theme, &ratings.code, study, 0);
	for (size_t i = 0; i < study->rows; i++) {
		struct acc_unit none = {ACC_NONE, ACC_NONE, ACC_NONE, 1};
		assert_true(acc_ratings_about(&ratings, study->row[i].unit, none, &status));
		assert_int_equal(acc_ratings_add(&ratings, study->row[i]), ACC_OK);
	}
	assert_int_equal(
	    acc_ratings_tabulate(&ratings, &patterns, NULL, sample_no_conflict, NULL, &conflicts),
	    ACC_OK);
	acc_ratings_free(&ratings);
	return patterns;
}

static void
deal_row(struct acc_deal *deal, const struct study *study, struct acc_assignment row,
	 uint32_t shift)
{
	char text[16] = {0};
	uint64_t part[2];
	bool full = false;
	struct acc_unit_name name;
	uint32_t back = study->given - shift % study->given;
	row.coder = (row.coder + study->coders - shift % study->coders) % study->coders;
	if (study->design == ACC_CODES && row.code != ACC_NONE)
		row.code = (row.code + back) % study->given;
	if (study->design == ACC_THEMES && row.theme != ACC_NONE)
		row.theme = (row.theme + back) % study->given;
	snprintf(text, sizeof text, row.unit % 2 ? "u%u" : "the unit u%u", (unsigned)row.unit);
	memcpy(part, text, sizeof part);
	acc_units_short(&name, part[0], part[1]);
	uint32_t word = acc_deal_row(study->design, row.coder, row.theme, row.code, &full);
	assert_false(full);
	assert_true(acc_deal_put(deal, name.low, name.high, name.hash, word));
}

/* Deal a study to so many readers and tabulate it with so many threads. */
static enum acc_status
deal_study(const struct study *study, size_t readers, unsigned threads,
	   struct acc_patterns *patterns)
{
	static struct acc_deal deal[READERS];
	struct acc_patterns labels[READERS];
	const struct acc_deal *deals[READERS] = {0};
	const struct acc_patterns *from[READERS] = {0};
	for (uint32_t r = 0; r < readers; r++) {
		labels[r] = (struct acc_patterns){.design = study->design};
		add_all(&labels[r].coder, &labels[r].theme, &labels[r].code, study, r * 2);
		assert_true(acc_deal_begin(&deal[r]));
		for (size_t i = r; i < study->rows; i += readers)
			deal_row(&deal[r], study, study->row[i], r * 2);
		deals[r] = &deal[r];
		from[r] = &labels[r];
	}
	*patterns = (struct acc_patterns){0};
	enum acc_status status = acc_deal_tabulate(deals, from, readers, patterns, threads);
	for (size_t r = 0; r < readers; r++) {
		acc_deal_free(&deal[r]);
		acc_patterns_free(&labels[r]);
	}
	return status;
}

static void
dealt_rows_are_patterns(void **state)
{
	(void)state;
	/* More coders than have a place, more codes than are packed. */
	static const uint32_t coders[] = {1, 5, 8, 9, 300}, given[] = {3, 7, 252, 260};
	uint64_t random = 31;
	for (size_t round = 0; round < 20 / SAMPLE_ROUNDS_LESS; round++) {
		struct study *study = make_study(&random, round / 2 % 2 ? ACC_THEMES : ACC_CODES,
						 coders[round % 5], given[round % 4]);
		struct acc_patterns expected = tabulate(study), got;
		assert_int_equal(
		    deal_study(study, 1 + round % READERS, 1 + (unsigned)round % 4, &got), ACC_OK);
		assert_int_equal(got.repeated, expected.repeated);
		sample_same_patterns(&got, &expected);
		acc_patterns_free(&got);
		acc_patterns_free(&expected);
		free(study);
	}
}

static void
contradictions_are_noticed(void **state)
{
	(void)state;
	uint64_t random = 32;
	struct study *study = make_study(&random, ACC_CODES, 5, 7);
	struct acc_patterns got;
	size_t at = 0;
	while (study->row[at].code == ACC_NONE)
		at++;
	study->row[study->rows - 1] = study->row[at];
	study->row[study->rows - 1].code = (study->row[at].code + 1) % study->given;
	assert_int_equal(deal_study(study, 2, 2, &got), ACC_TOO_LARGE);
	acc_patterns_free(&got);
	assert_int_equal(deal_study(study, 1, 1, &got), ACC_TOO_LARGE);
	acc_patterns_free(&got);
	free(study);
}

static void
what_does_not_fit_is_said(void **state)
{
	(void)state;
	bool full = false;
	acc_deal_row(ACC_CODES, 2047, 0, (1 << 20) - 2, &full);
	assert_false(full);
	acc_deal_row(ACC_CODES, 0, 0, (1 << 20) - 1, &full);
	assert_true(full);
	full = false;
	acc_deal_row(ACC_THEMES, 2048, 0, 0, &full);
	assert_true(full);
	full = false;
	assert_int_equal(acc_deal_row(ACC_CODES, 1, 0, ACC_NONE, &full), ACC_NONE);
	assert_false(full);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(dealt_rows_are_patterns),
	    cmocka_unit_test(contradictions_are_noticed),
	    cmocka_unit_test(what_does_not_fit_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
