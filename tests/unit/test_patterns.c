/* patterns: labels and their order, numbers, sequences, contradictions, and who looked at what. */
#include "tests/unit/sample.h"

#include <math.h>

/* ---- numbers ---- */

static void
test_numbers(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		double value;
	} good[] = {{"0", 0},       {"-0", 0},     {"+7", 7},       {"007", 7},    {"1.5", 1.5},
		    {"1.", 1},      {".5", 0.5},   {"-.5", -0.5},   {"1e3", 1000}, {"1E+3", 1000},
		    {"25e-1", 2.5}, {"1e-999", 0}, {"1e308", 1e308}};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		double value = NAN;
		if (!acc_number(good[i].text, &value) || value != good[i].value)
			fail_msg("%s read as %g", good[i].text, value);
	}
}

static void
test_no_numbers(void **state)
{
	(void)state;
	static const char *const bad[] = {
	    "",      " ",   " 1",        "1 ",       "\t1",   "1\n",    "0x10",     "0X1p3",  "inf",
	    "INF",   "nan", "NaN",       "+inf",     "1e999", "-1e999", "infinity", "nan(1)", ".",
	    "-",     "+",   "e5",        "1e",       "1e+",   "1,5",    "1.2.3",    "--1",    "1-",
	    "1_000", "one", "\302\2401", "\xd9\xa1", "-.",    "+.e1",   "1e5.0",    "1d3",    "1f"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		double value = 42;
		if (acc_number(bad[i], &value))
			fail_msg("\"%s\" taken for the number %g", bad[i], value);
		assert_true(value == 42);
	}
}

/* ---- vocabulary ---- */

/* Declare some labels, add others, put in order, and compare. Lists end with NULL. */
static void
check_order(const char *const *declared, const char *const *added, const char *const *ordered)
{
	struct acc_vocabulary vocabulary = {0};
	uint32_t number[32], *renumber;
	for (size_t i = 0; declared[i]; i++)
		assert_int_equal(acc_vocabulary_declare(&vocabulary, declared[i]), ACC_OK);
	for (size_t i = 0; added[i]; i++)
		assert_int_equal(acc_vocabulary_add(&vocabulary, added[i], &number[i]), ACC_OK);
	assert_int_equal(acc_vocabulary_order(&vocabulary, &renumber), ACC_OK);
	for (size_t i = 0; ordered[i]; i++) {
		assert_string_equal(vocabulary.label[i], ordered[i]);
		assert_int_equal(acc_vocabulary_find(&vocabulary, ordered[i]), i);
		assert_null(ordered[vocabulary.count]);
	}
	for (size_t i = 0; added[i]; i++)
		assert_string_equal(vocabulary.label[renumber[number[i]]], added[i]);
	free(renumber);
	acc_vocabulary_free(&vocabulary);
}

#define LIST(...)                                                                                  \
	(const char *const[])                                                                      \
	{                                                                                          \
		__VA_ARGS__, NULL                                                                  \
	}
#define NONE ((const char *const[]){NULL})

static void
test_order_of_labels(void **state)
{
	(void)state;
	/* All numbers: by value, then by bytes. */
	check_order(NONE, LIST("10", "9", "-1", "1e1", "2.5", "10"),
		    LIST("-1", "2.5", "9", "10", "1e1"));
	/* One is not: all by bytes. */
	check_order(NONE, LIST("10", "9", "x"), LIST("10", "9", "x"));
	check_order(NONE, LIST("b", "A", "a", "B", ""), LIST("", "A", "B", "a", "b"));
	/* High bytes come after ASCII, whatever the signedness of char. */
	check_order(NONE, LIST("\xc3\xa9", "z", "e\xcc\x81"), LIST("e\xcc\x81", "z", "\xc3\xa9"));
	/* Declared first, as declared, used or not; the others after them. */
	check_order(LIST("high", "low"), LIST("10", "low", "9"), LIST("high", "low", "9", "10"));
	check_order(LIST("3", "1"), LIST("2", "1"), LIST("3", "1", "2"));
}

static void
test_labels_are_bytes(void **state)
{
	(void)state;
	/* Case, blanks, numbers that are equal, composed and decomposed letters: all different. */
	check_order(NONE, LIST("a", "A", " a", "a ", "\xc3\xa9", "e\xcc\x81"),
		    LIST(" a", "A", "a", "a ", "e\xcc\x81", "\xc3\xa9"));
	check_order(NONE, LIST("1", "1.0", "01"), LIST("01", "1", "1.0"));
}

static void
test_many_labels(void **state)
{
	(void)state;
	enum { MANY = 5000 };
	struct acc_vocabulary vocabulary = {0};
	uint32_t number, *renumber;
	char text[16];
	for (int round = 0; round < 2; round++)
		for (uint32_t i = 0; i < MANY; i++) {
			snprintf(text, sizeof text, "%u", MANY - i);
			assert_int_equal(acc_vocabulary_add(&vocabulary, text, &number), ACC_OK);
			assert_int_equal(number, i);
		}
	assert_int_equal(vocabulary.count, MANY);
	assert_int_equal(acc_vocabulary_order(&vocabulary, &renumber), ACC_OK);
	assert_string_equal(vocabulary.label[0], "1");
	assert_int_equal(renumber[0], MANY - 1);
	assert_int_equal(acc_vocabulary_find(&vocabulary, "4999"), 4998);
	assert_int_equal(acc_vocabulary_find(&vocabulary, "absent"), ACC_NONE);
	free(renumber);
	acc_vocabulary_free(&vocabulary);
	assert_int_equal(acc_vocabulary_find(&vocabulary, "1"), ACC_NONE);
}

static void
test_scores(void **state)
{
	(void)state;
	struct acc_vocabulary vocabulary = {0};
	double score[3];
	uint32_t number;
	acc_vocabulary_add(&vocabulary, "0.5", &number);
	acc_vocabulary_add(&vocabulary, "12", &number);
	assert_true(acc_vocabulary_scores(&vocabulary, score));
	assert_true(score[0] == 0.5 && score[1] == 12);
	acc_vocabulary_add(&vocabulary, "many", &number);
	assert_false(acc_vocabulary_scores(&vocabulary, score));
	acc_vocabulary_free(&vocabulary);
}

/* ---- pool ---- */

static void
test_pool(void **state)
{
	(void)state;
	struct acc_pool pool = {0};
	static const struct {
		size_t length;
		uint32_t word[3];
	} sequence[] = {
	    {2, {2, 1, 0}}, {0, {0, 0, 0}}, {3, {1, 5, 0}}, {2, {1, 5, 0}}, {1, {2, 0, 0}}};
	static const uint32_t sorted[] = {1, 3, 2, 4, 0};
	uint32_t number;
	for (int round = 0; round < 2; round++)
		for (uint32_t i = 0; i < 5; i++) {
			assert_int_equal(
			    acc_pool_add(&pool, sequence[i].word, sequence[i].length, &number),
			    ACC_OK);
			assert_int_equal(number, i);
		}
	uint32_t *order = acc_pool_sorted(&pool);
	assert_memory_equal(order, sorted, sizeof sorted);
	free(order);
	size_t length;
	const uint32_t *word = acc_pool_get(&pool, 2, &length);
	assert_int_equal(length, 3);
	assert_memory_equal(word, sequence[2].word, sizeof sequence[2].word);
	for (uint32_t i = 0; i < 3000; i++)
		acc_pool_add(&pool, (uint32_t[]){7, i}, 2, &number);
	assert_int_equal(pool.count, 3005);
	acc_pool_add(&pool, (uint32_t[]){7, 1234}, 2, &number);
	assert_int_equal(number, 5 + 1234);
	acc_pool_free(&pool);
}

/* ---- ratings ---- */

static uint32_t
number_of(struct acc_vocabulary *vocabulary, const char *label)
{
	uint32_t number = ACC_NONE;
	if (label)
		assert_int_equal(acc_vocabulary_add(vocabulary, label, &number), ACC_OK);
	return number;
}

/* A row: NULL for what is not there. Its line is one more than the rows before it. */
static void
give(struct acc_ratings *ratings, const char *document, const char *unit, const char *coder,
     const char *theme, const char *code)
{
	uint32_t line = (uint32_t)ratings->rows + 1;
	struct acc_assignment row = {
	    number_of(&ratings->unit, unit), number_of(&ratings->coder, coder),
	    number_of(&ratings->theme, theme), number_of(&ratings->code, code), line};
	struct acc_unit about = {ACC_NONE, ACC_NONE, number_of(&ratings->document, document), line};
	enum acc_status status;
	assert_true(acc_ratings_about(ratings, row.unit, about, &status));
	assert_int_equal(acc_ratings_add(ratings, row), ACC_OK);
}

static void
remember(void *context, const struct acc_conflict *conflict)
{
	struct acc_conflict *last = context;
	*last = *conflict;
}

static void
test_contradictions(void **state)
{
	(void)state;
	struct acc_ratings ratings = {.design = ACC_CODES};
	struct acc_patterns patterns = {0};
	struct acc_conflict last = {0};
	uint64_t conflicts;
	give(&ratings, NULL, "u2", "ann", "", "yes");
	give(&ratings, NULL, "u1", "bob", "", "yes");
	give(&ratings, NULL, "u1", "ann", "", "no");
	give(&ratings, NULL, "u1", "bob", "", "no");
	give(&ratings, NULL, "u1", "bob", "", "yes");
	assert_int_equal(
	    acc_ratings_tabulate(&ratings, &patterns, NULL, remember, &last, &conflicts), ACC_OK);
	assert_int_equal(conflicts, 1);
	assert_int_equal(last.first.line, 2);
	assert_int_equal(last.second.line, 4);
	assert_int_equal(patterns.vector.count, 0);
	acc_ratings_free(&ratings);
	acc_patterns_free(&patterns);
}

static void
test_repeated_rows_count_once(void **state)
{
	(void)state;
	struct acc_ratings ratings = {.design = ACC_CODES};
	struct acc_patterns patterns = {0};
	uint32_t *pattern_of;
	uint64_t conflicts;
	for (int i = 0; i < 3; i++)
		give(&ratings, NULL, "u1", "ann", "", "yes");
	give(&ratings, NULL, "u1", "bob", "", "Yes");
	give(&ratings, NULL, "u2", "ann", "", "yes");
	give(&ratings, NULL, "u2", "bob", "", "Yes");
	give(&ratings, NULL, "u3", "ann", "", NULL); /* missing */
	assert_int_equal(acc_ratings_tabulate(&ratings, &patterns, &pattern_of, sample_no_conflict,
					      NULL, &conflicts),
			 ACC_OK);
	assert_int_equal(patterns.repeated, 2);
	assert_int_equal(patterns.code.count, 2); /* yes and Yes */
	assert_int_equal(acc_patterns_units(&patterns), 3);
	assert_int_equal(acc_patterns_absent(&patterns), 2);
	assert_int_equal(patterns.vector.count, 2);
	assert_int_equal(pattern_of[0], pattern_of[1]);
	assert_int_equal(acc_patterns_get(&patterns, pattern_of[0]).count, 2);
	assert_int_equal(acc_patterns_get(&patterns, pattern_of[2]).ratings, 0);
	free(pattern_of);
	acc_ratings_free(&ratings);
	acc_patterns_free(&patterns);
}

/* A merge carries repeated rows along. */
static void
test_absorb_adds_repeated(void **state)
{
	(void)state;
	struct acc_patterns a = {.repeated = 2}, b = {.repeated = 3};
	assert_int_equal(acc_patterns_absorb(&a, &b), ACC_OK);
	assert_int_equal(a.repeated, 5);
	acc_patterns_free(&a);
	acc_patterns_free(&b);
}

/* Studies merged are what absorbing them one by one is, whatever labels and how many units each
 * has. */
static void
test_merge_is_absorbing(void **state)
{
	(void)state;
	enum { PARTS = 6 };
	uint64_t bits = 3;
	for (size_t parts = 1; parts <= PARTS; parts++)
		for (unsigned threads = 1; threads <= 3; threads += 2) {
			struct acc_patterns part[PARTS], expected = {.design = ACC_CODES},
							 got = {0};
			const struct acc_patterns *from[PARTS];
			for (size_t i = 0; i < parts; i++) {
				uint32_t units = i % 3 == 1 ? 1 : 40;
				struct sample sample =
				    sample_make(&bits, units, 2 + (uint32_t)i % 3, 4, 0.3);
				for (uint32_t j = 0; j < sample.coders; j++)
					sample.coder_label[j] = ((uint32_t)i + j * 5) % 7;
				part[i] = sample_patterns(&sample, ACC_CODES);
				part[i].repeated = i;
				from[i] = &part[i];
				assert_int_equal(acc_patterns_absorb(&expected, &part[i]), ACC_OK);
			}
			assert_int_equal(acc_patterns_canonical(&expected, NULL), ACC_OK);
			assert_int_equal(acc_patterns_merge(&got, from, parts, threads), ACC_OK);
			sample_same_patterns(&got, &expected);
			assert_int_equal(got.repeated, expected.repeated);
			for (size_t i = 0; i < parts; i++)
				acc_patterns_free(&part[i]);
			acc_patterns_free(&expected);
			acc_patterns_free(&got);
		}
}

static void
test_a_unit_is_in_one_place(void **state)
{
	(void)state;
	struct acc_ratings ratings = {0};
	enum acc_status status;
	assert_true(acc_ratings_about(&ratings, 3, (struct acc_unit){1, 2, ACC_NONE, 9}, &status));
	assert_true(acc_ratings_about(&ratings, 3, (struct acc_unit){1, 2, ACC_NONE, 10}, &status));
	assert_int_equal(ratings.about[3].line, 9);
	assert_false(
	    acc_ratings_about(&ratings, 3, (struct acc_unit){0, 2, ACC_NONE, 11}, &status));
	assert_false(
	    acc_ratings_about(&ratings, 3, (struct acc_unit){1, 3, ACC_NONE, 11}, &status));
	assert_false(acc_ratings_about(&ratings, 3, (struct acc_unit){1, 2, 0, 11}, &status));
	acc_ratings_free(&ratings);
}

/* ---- who looked ---- */

/* Two documents: d1 with units a and b, d2 with unit c. Ann coded all, Bob something in d1, Cid
 * looked at c only and applied nothing. */
static struct acc_patterns
looked(enum acc_seen seen, uint32_t **pattern_of)
{
	struct acc_ratings ratings = {.design = ACC_THEMES, .seen = seen};
	struct acc_patterns patterns = {0};
	uint32_t *renumber, *before;
	uint64_t conflicts;
	number_of(&ratings.code, "");
	for (uint32_t i = 0; i < 2; i++) {
		give(&ratings, "d1", "a", "ann", i ? "joy" : "care", "");
		give(&ratings, "d1", "b", "ann", "joy", "");
	}
	give(&ratings, "d2", "c", "ann", "care", "");
	give(&ratings, "d1", "b", "bob", "joy", "");
	give(&ratings, "d2", "c", "cid", NULL, "");
	assert_int_equal(acc_ratings_tabulate(&ratings, &patterns, &before, sample_no_conflict,
					      NULL, &conflicts),
			 ACC_OK);
	assert_int_equal(patterns.repeated, 1);
	assert_int_equal(acc_patterns_look(&patterns, &renumber), ACC_OK);
	for (uint32_t u = 0; u < 3; u++)
		before[u] = renumber[before[u]];
	free(renumber);
	acc_ratings_free(&ratings);
	*pattern_of = before;
	return patterns;
}

/* What coders gave a unit, "ann:joy+care bob:" and so on. */
static void
assert_given(const struct acc_patterns *patterns, uint32_t number, const char *expected)
{
	char text[200] = "";
	size_t at = 0;
	struct acc_pattern pattern = acc_patterns_get(patterns, number);
	for (size_t i = 0; i < pattern.ratings; i++) {
		size_t length;
		const uint32_t *word =
		    acc_pool_get(&patterns->value, pattern.rating[2 * i + 1], &length);
		at += (size_t)snprintf(text + at, sizeof text - at, "%s%s:", i ? " " : "",
				       patterns->coder.label[pattern.rating[2 * i]]);
		for (size_t k = 0; k < length; k += 2)
			at += (size_t)snprintf(text + at, sizeof text - at, "%s%s", k ? "+" : "",
					       patterns->theme.label[word[k]]);
	}
	assert_string_equal(text, expected);
}

static void
check_looked(enum acc_seen seen, const char *a, const char *b, const char *c, uint64_t absent)
{
	uint32_t *pattern_of;
	struct acc_patterns patterns = looked(seen, &pattern_of);
	assert_given(&patterns, pattern_of[0], a);
	assert_given(&patterns, pattern_of[1], b);
	assert_given(&patterns, pattern_of[2], c);
	assert_int_equal(acc_patterns_units(&patterns), 3);
	assert_int_equal(acc_patterns_absent(&patterns), absent);
	free(pattern_of);
	acc_patterns_free(&patterns);
}

static void
test_looked_at_what_is_listed(void **state)
{
	(void)state;
	check_looked(ACC_SEEN_LISTED, "ann:care+joy", "ann:joy bob:joy", "ann:care cid:", 4);
}

static void
test_looked_at_documents(void **state)
{
	(void)state;
	check_looked(ACC_SEEN_DOCUMENT, "ann:care+joy bob:", "ann:joy bob:joy", "ann:care cid:", 3);
}

static void
test_looked_at_all(void **state)
{
	(void)state;
	check_looked(ACC_SEEN_ALL,
		     "ann:care+joy bob: cid:", "ann:joy bob:joy cid:", "ann:care bob: cid:", 0);
}

/* Empty counts as a rating of each theme: 1 present of 3, and so on. */
static void
test_absent_is_a_rating(void **state)
{
	(void)state;
	uint32_t *pattern_of;
	struct acc_patterns patterns = looked(ACC_SEEN_ALL, &pattern_of);
	struct acc_panel panel;
	struct acc_tally tally;
	struct acc_weights weights = sample_weights("identity", 2);
	uint32_t joy = acc_vocabulary_find(&patterns.theme, "joy");
	assert_int_equal(acc_panel_make(&panel, &patterns, joy, NULL, 3), ACC_OK);
	assert_int_equal(acc_tally_make(&tally, 2, 3), ACC_OK);
	for (uint32_t p = 0; p < patterns.vector.count; p++)
		acc_tally_add(&tally, &panel, p, (double)patterns.count[p], &weights);
	assert_true(tally.cell[ACC_TALLY_PAIRED] == 3);
	assert_true(tally.cell[ACC_TALLY_RATINGS] == 9);
	assert_true(acc_tally_used(&tally)[0] == 6 && acc_tally_used(&tally)[1] == 3);
	assert_true(fabs(tally.cell[ACC_TALLY_OBSERVED] - 4.0 / 3) < 1e-15);
	free(pattern_of);
	acc_tally_free(&tally);
	acc_panel_free(&panel);
	acc_weights_free(&weights);
	acc_patterns_free(&patterns);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_numbers),
	    cmocka_unit_test(test_no_numbers),
	    cmocka_unit_test(test_order_of_labels),
	    cmocka_unit_test(test_labels_are_bytes),
	    cmocka_unit_test(test_many_labels),
	    cmocka_unit_test(test_scores),
	    cmocka_unit_test(test_pool),
	    cmocka_unit_test(test_contradictions),
	    cmocka_unit_test(test_repeated_rows_count_once),
	    cmocka_unit_test(test_absorb_adds_repeated),
	    cmocka_unit_test(test_merge_is_absorbing),
	    cmocka_unit_test(test_a_unit_is_in_one_place),
	    cmocka_unit_test(test_looked_at_what_is_listed),
	    cmocka_unit_test(test_looked_at_documents),
	    cmocka_unit_test(test_looked_at_all),
	    cmocka_unit_test(test_absent_is_a_rating),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
