/* Units that are not kept: each way of counting them against the table that keeps everything. */
#include "tests/unit/sample.h"

#include "stats/gather.h"
#include "stats/states.h"

/* ---- names ---- */

static size_t
make_name(char *name, uint32_t number, uint64_t *state)
{
	static const char *const forms[] = {"%u", "u%07u", "unit %u", "document\x1f a long name %u",
					    "0123456789abc%u"};
	size_t form = number % 5;
	(void)state;
	return (size_t)sprintf(name, forms[form], number);
}

static void
names_are_found_again(void **unused)
{
	(void)unused;
	enum { NAMES = 20000 };
	static struct acc_units units;
	uint64_t state = 3;
	char name[64];
	for (uint32_t k = 0; k < 3 * NAMES; k++) {
		uint32_t number = k < NAMES ? k : sample_below(&state, NAMES);
		struct acc_unit_name key = acc_units_name(name, make_name(name, number, &state));
		if (k >= NAMES)
			assert_int_equal(acc_units_peek(&units, &key), number + 7);
		uint32_t *kept = acc_units_find(&units, &key, number + 7);
		assert_non_null(kept);
		assert_int_equal(*kept, number + 7);
	}
	assert_int_equal(units.count, NAMES);
	struct acc_unit_name none = acc_units_name("nobody", 6);
	assert_int_equal(acc_units_peek(&units, &none), ACC_NONE);
	acc_units_free(&units);
}

/* Short names alone take less room; the first longer one moves them all. */
static void
short_names_are_found_after_a_longer_one(void **unused)
{
	(void)unused;
	enum { NAMES = 100000 };
	static struct acc_units units;
	char text[16];
	for (int round = 0; round < 2; round++) {
		for (uint32_t k = 0; k < NAMES; k++) {
			struct acc_unit_name name =
			    acc_units_name(text, (size_t)sprintf(text, "u%07u", k));
			uint32_t *kept = acc_units_find(&units, &name, k);
			assert_non_null(kept);
			assert_int_equal(*kept, k);
		}
		assert_int_equal(units.slots, round ? ACC_UNITS_WIDE : ACC_UNITS_NARROW);
		struct acc_unit_name longer = acc_units_name("unit 1000", 9);
		assert_int_equal(acc_units_peek(&units, &longer), round ? NAMES : ACC_NONE);
		assert_int_equal(*acc_units_find(&units, &longer, NAMES), NAMES);
		assert_int_equal(units.count, NAMES + 1);
	}
	uint64_t sum = 0, names = 0;
	struct acc_unit_slots slots = acc_units_slots(&units);
	for (uint32_t *number; (number = acc_units_next(&slots)); names++)
		sum += *number;
	assert_int_equal(names, NAMES + 1);
	assert_int_equal(sum, (uint64_t)NAMES * (NAMES + 1) / 2);
	acc_units_free(&units);
}

/* Tables that grow where they are: after each growth every name is found, with its number. */
static void
check_growth(const char *form, uint32_t names, uint32_t growths)
{
	static struct acc_units units;
	char text[16];
	uint32_t seen = 0, known = 0;
	for (uint32_t k = 0; k < names; k++) {
		uint32_t lines = units.part[0].lines;
		size_t bytes = units.part[0].bytes;
		struct acc_unit_name name =
		    acc_units_name(text, (size_t)snprintf(text, sizeof text, form, k));
		uint32_t *kept = acc_units_find(&units, &name, k);
		assert_non_null(kept);
		assert_int_equal(*kept, k);
		if (!bytes || units.part[0].lines == lines)
			continue;
		seen++;
		for (known = 0; known <= k; known++) {
			name =
			    acc_units_name(text, (size_t)snprintf(text, sizeof text, form, known));
			assert_int_equal(acc_units_peek(&units, &name), known);
		}
	}
	assert_true(seen >= growths);
	assert_int_equal(units.count, names);
	acc_units_free(&units);
}

static void
tables_grow_where_they_are(void **unused)
{
	(void)unused;
	check_growth("%u", 1100000, 1);
	check_growth("unit %u", 1250000, 2);
}

/* ---- studies ---- */

enum { CODERS = 12, CODES = 40 };

struct rows {
	enum acc_design design;
	uint32_t units, count;
	struct acc_assignment row[4000];
	struct acc_unit about[400];
};

/* Rows in order of their units; some say again what was said. */
static void
draw_rows(struct rows *rows, uint64_t *state, bool conflicts)
{
	rows->design = (enum acc_design)sample_below(state, 3);
	rows->units = 1 + sample_below(state, 300);
	rows->count = 0;
	bool codes = rows->design == ACC_CODES;
	uint32_t heads = 1 + sample_below(state, 3);
	/* Few coders and codes are packed into 32 bits; where there are more, or more heads than
	 * one, not from the row on that shows it. */
	uint32_t coders = 1 + sample_below(state, CODERS),
		 given = 2 + sample_below(state, CODES - 2);
	for (uint32_t u = 0; u < rows->units; u++) {
		rows->about[u] =
		    (struct acc_unit){sample_below(state, heads), ACC_NONE, ACC_NONE, 1};
		for (uint32_t k = 1 + sample_below(state, 11); k; k--) {
			struct acc_assignment row = {.unit = u,
						     .coder = sample_below(state, coders)};
			row.theme = codes ? 0 : sample_below(state, 4);
			uint32_t code = (u + row.coder * 3 + row.theme) % given;
			row.code = rows->design == ACC_THEMES ? 0 : code;
			if (conflicts && !sample_below(state, 9) && row.code)
				row.code--;
			if (!sample_below(state, 8))
				row.code = ACC_NONE;
			if (rows->design == ACC_THEMES &&
			    (row.code == ACC_NONE || !sample_below(state, 6)))
				row.theme = ACC_NONE;
			row.line = rows->count + 2;
			rows->row[rows->count++] = row;
		}
	}
}

static void
declare(struct acc_vocabulary *vocabulary, uint32_t count)
{
	char text[16];
	for (uint32_t i = 0; i < count; i++) {
		snprintf(text, sizeof text, "l%u", i);
		assert_int_equal(acc_vocabulary_declare(vocabulary, text), ACC_OK);
	}
}

static void
labels(struct acc_ratings *ratings, enum acc_design design)
{
	ratings->design = design;
	declare(&ratings->coder, CODERS);
	declare(&ratings->theme, 4);
	declare(&ratings->code, CODES);
	declare(&ratings->group, 3);
}

static void
count_conflict(void *context, const struct acc_conflict *conflict)
{
	(void)conflict;
	++*(uint64_t *)context;
}

/* The table. Empty when rows contradict each other. */
static struct acc_patterns
by_table(const struct rows *rows, uint64_t *conflicts)
{
	struct acc_ratings ratings = {0};
	struct acc_patterns patterns = {0};
	enum acc_status status;
	uint64_t said = 0;
	labels(&ratings, rows->design);
	for (uint32_t u = 0; u < rows->units; u++) {
		assert_int_equal(sample_label(&ratings.unit, "u", u), u);
		assert_true(acc_ratings_about(&ratings, u, rows->about[u], &status));
	}
	for (uint32_t i = 0; i < rows->count; i++)
		assert_int_equal(acc_ratings_add(&ratings, rows->row[i]), ACC_OK);
	assert_int_equal(
	    acc_ratings_tabulate(&ratings, &patterns, NULL, count_conflict, &said, conflicts),
	    ACC_OK);
	acc_ratings_free(&ratings);
	return patterns;
}

static void
settle_labels(struct acc_patterns *patterns, enum acc_design design)
{
	struct acc_ratings ratings = {0};
	labels(&ratings, design);
	acc_ratings_move_labels(&ratings, patterns);
	assert_int_equal(acc_patterns_canonical(patterns, NULL), ACC_OK);
}

static struct acc_patterns
by_fold(const struct rows *rows, bool later)
{
	struct acc_patterns patterns = {0};
	static struct acc_gather fold;
	uint64_t said = 0;
	fold = (struct acc_gather){.design = rows->design,
				   .patterns = &patterns,
				   .conflict = count_conflict,
				   .context = &said};
	for (uint32_t i = 0, next; i < rows->count; i = next) {
		struct acc_assignment row[16];
		for (next = i; next < rows->count && rows->row[next].unit == rows->row[i].unit;
		     next++)
			row[next - i] = rows->row[next];
		const struct acc_unit *about = &rows->about[rows->row[i].unit];
		assert_int_equal(later ? acc_gather_later(&fold, about, row, next - i)
				       : acc_gather_unit(&fold, about, row, next - i, NULL),
				 ACC_OK);
	}
	assert_int_equal(acc_gather_finish(&fold), ACC_OK);
	acc_gather_free(&fold);
	settle_labels(&patterns, rows->design);
	return patterns;
}

/* In an order drawn at random. */
static struct acc_patterns
by_states(struct rows *rows, uint64_t *state, bool *contradiction)
{
	struct acc_patterns patterns = {0};
	static struct acc_states states;
	char name[64];
	states = (struct acc_states){.patterns = &patterns};
	for (uint32_t i = rows->count; i > 1; i--) {
		uint32_t other = sample_below(state, i);
		struct acc_assignment row = rows->row[i - 1];
		rows->row[i - 1] = rows->row[other];
		rows->row[other] = row;
	}
	for (uint32_t i = 0; i < rows->count; i++) {
		uint32_t unit = rows->row[i].unit;
		struct acc_unit_name key = acc_units_name(name, make_name(name, unit, state));
		assert_int_equal(acc_states_take(&states, &key, &rows->about[unit], &rows->row[i]),
				 ACC_OK);
	}
	assert_int_equal(acc_states_finish(&states), ACC_OK);
	*contradiction = states.contradiction;
	acc_states_free(&states);
	settle_labels(&patterns, rows->design);
	return patterns;
}

static void
same_patterns(struct acc_patterns *a, const struct acc_patterns *b)
{
	sample_same_patterns(a, b);
	acc_patterns_free(a);
}

static void
units_that_are_not_kept_count_the_same(void **unused)
{
	(void)unused;
	static struct rows rows;
	uint64_t state = 11, conflicts;
	bool contradiction;
	for (int k = 0; k < 200; k++) {
		draw_rows(&rows, &state, false);
		struct acc_patterns table = by_table(&rows, &conflicts);
		assert_int_equal(conflicts, 0);
		struct acc_patterns other = by_fold(&rows, false);
		same_patterns(&other, &table);
		other = by_fold(&rows, true);
		same_patterns(&other, &table);
		other = by_states(&rows, &state, &contradiction);
		assert_false(contradiction);
		same_patterns(&other, &table);
		acc_patterns_free(&table);
	}
}

static void
contradictions_are_seen(void **unused)
{
	(void)unused;
	static struct rows rows;
	uint64_t state = 5, conflicts, seen = 0;
	for (int k = 0; k < 100; k++) {
		bool contradiction;
		draw_rows(&rows, &state, true);
		struct acc_patterns patterns = by_table(&rows, &conflicts);
		acc_patterns_free(&patterns);
		patterns = by_states(&rows, &state, &contradiction);
		acc_patterns_free(&patterns);
		assert_int_equal(contradiction, conflicts > 0);
		seen += contradiction;
	}
	assert_in_range(seen, 20, 95);
	rows = (struct rows){.units = 1, .count = 2, .row = {{.line = 1}, {.coder = 1, .line = 2}}};
	struct acc_patterns patterns = {0};
	static struct acc_states states;
	states = (struct acc_states){.patterns = &patterns};
	struct acc_unit_name name = acc_units_name("u", 1);
	struct acc_unit group[2] = {{0, ACC_NONE, ACC_NONE, 1}, {1, ACC_NONE, ACC_NONE, 1}};
	for (int i = 0; i < 2; i++)
		assert_int_equal(acc_states_take(&states, &name, &group[i], &rows.row[i]), ACC_OK);
	assert_int_equal(acc_states_finish(&states), ACC_OK);
	assert_true(states.contradiction);
	acc_states_free(&states);
	acc_patterns_free(&patterns);
}

/* ---- the order of a pool ---- */

static void
sequences_are_in_lexicographic_order(void **unused)
{
	(void)unused;
	uint64_t state = 3;
	for (int k = 0; k < 200; k++) {
		struct acc_pool pool = {0};
		uint32_t longest = 1 + sample_below(&state, k % 10 ? 6 : 40), number;
		uint32_t range = 1 + sample_below(&state, k % 3 ? 4 : UINT32_MAX - 1);
		for (int i = 0; i < 300; i++) {
			uint32_t word[40], length = sample_below(&state, longest + 1);
			for (uint32_t j = 0; j < length; j++)
				word[j] = sample_below(&state, 9) ? sample_below(&state, range)
								  : ACC_NONE - j % 2;
			assert_int_equal(acc_pool_add(&pool, word, length, &number), ACC_OK);
		}
		uint32_t *order = acc_pool_sorted(&pool);
		assert_non_null(order);
		for (uint32_t i = 1; i < pool.count; i++) {
			size_t la, lb, at = 0;
			const uint32_t *a = acc_pool_get(&pool, order[i - 1], &la);
			const uint32_t *b = acc_pool_get(&pool, order[i], &lb);
			while (at < la && at < lb && a[at] == b[at])
				at++;
			assert_true(at == la ? at < lb : at < lb && a[at] < b[at]);
		}
		free(order);
		acc_pool_free(&pool);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(names_are_found_again),
	    cmocka_unit_test(short_names_are_found_after_a_longer_one),
	    cmocka_unit_test(tables_grow_where_they_are),
	    cmocka_unit_test(units_that_are_not_kept_count_the_same),
	    cmocka_unit_test(contradictions_are_seen),
	    cmocka_unit_test(sequences_are_in_lexicographic_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
