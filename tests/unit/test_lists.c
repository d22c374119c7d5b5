/* lists: units kept as lists are the units that patterns count, in whatever order rows come. */
#include "stats/cooccurrence.h"
#include "stats/list_counts.h"
#include "tests/unit/sample.h"

enum { UNITS = 80, CODERS = 5, THEMES = 11, GROUPS = 3, PEOPLE = 13, ROWS = 2000 };

/* The rows of a study. */
struct study {
	struct acc_assignment row[ROWS];
	size_t rows;
	uint32_t group[UNITS];
	uint32_t shift; /* labels are numbered in another order than they are reported in */
};

/* Rows said twice, rows that say nothing, missing ratings and coders who did not look. */
static struct study
make_study(uint64_t *state, bool groups, uint32_t coders)
{
	struct study study = {.shift = sample_below(state, THEMES)};
	for (uint32_t u = 0; u < UNITS; u++) {
		study.group[u] = groups ? sample_below(state, GROUPS) : ACC_NONE;
		uint32_t count = 1 + sample_below(state, 12), common = sample_below(state, THEMES);
		for (uint32_t i = 0; i < count; i++) {
			uint32_t kind = sample_below(state, 10);
			uint32_t theme = kind < 4 ? common : sample_below(state, THEMES);
			study.row[study.rows] =
			    (struct acc_assignment){.unit = u,
						    .coder = sample_below(state, coders),
						    .theme = kind > 7 ? ACC_NONE : theme,
						    .code = kind > 8 ? ACC_NONE : 0,
						    .line = (uint32_t)study.rows + 1};
			study.rows++;
		}
	}
	return study;
}

static void
add_labels(struct acc_vocabulary *vocabulary, const char *kind, uint32_t count, uint32_t shift)
{
	char label[16];
	uint32_t number;
	for (uint32_t k = 0; k < count; k++) {
		snprintf(label, sizeof label, "%s%u", kind, (unsigned)((k * 7 + shift) % count));
		assert_int_equal(acc_vocabulary_add(vocabulary, label, &number), ACC_OK);
	}
}

static struct acc_unit
about(const struct study *study, uint32_t unit)
{
	/* Some units are of no participant. */
	uint32_t participant = unit % 7 ? unit % PEOPLE : ACC_NONE;
	bool known = study->group[unit] != ACC_NONE;
	return (struct acc_unit){study->group[unit], known ? participant : ACC_NONE,
				 known ? 0 : ACC_NONE, unit + 1};
}

/* The patterns that all the rest of Accord would make of it. */
static struct acc_patterns
tabulate(const struct study *study)
{
	struct acc_ratings ratings = {.design = ACC_THEMES};
	struct acc_patterns patterns = {0};
	uint64_t conflicts;
	enum acc_status status;
	add_labels(&ratings.unit, "u", UNITS, 0);
	add_labels(&ratings.coder, "c", CODERS, study->shift);
	add_labels(&ratings.theme, "t", THEMES, study->shift);
	add_labels(&ratings.code, "", 1, 0);
	add_labels(&ratings.group, "g", GROUPS, 1);
	add_labels(&ratings.participant, "p", PEOPLE, 5);
	add_labels(&ratings.document, "d", 1, 0);
	for (uint32_t u = 0; u < UNITS; u++)
		assert_true(acc_ratings_about(&ratings, u, about(study, u), &status));
	for (size_t i = 0; i < study->rows; i++)
		assert_int_equal(acc_ratings_add(&ratings, study->row[i]), ACC_OK);
	assert_int_equal(
	    acc_ratings_tabulate(&ratings, &patterns, NULL, sample_no_conflict, NULL, &conflicts),
	    ACC_OK);
	acc_ratings_free(&ratings);
	return patterns;
}

/* Lists from units whose rows stand together. */
static struct acc_lists
list_grouped(const struct study *study)
{
	struct acc_lists lists = {0};
	for (size_t i = 0, next; i < study->rows; i = next) {
		uint32_t unit = study->row[i].unit;
		struct acc_unit known = about(study, unit);
		for (next = i; next < study->rows && study->row[next].unit == unit;)
			next++;
		assert_int_equal(acc_lists_close(&lists, &known, study->row + i, next - i), ACC_OK);
	}
	return lists;
}

/* From rows in any order; the names of some units are long. */
static struct acc_lists
list_shuffled(const struct study *study, uint64_t *state)
{
	struct acc_lists lists = {0};
	size_t order[ROWS];
	for (size_t i = 0; i < study->rows; i++) {
		size_t to = sample_below(state, (uint32_t)i + 1);
		order[i] = order[to];
		order[to] = i;
	}
	for (size_t i = 0; i < study->rows; i++) {
		const struct acc_assignment *row = &study->row[order[i]];
		char name[40];
		snprintf(name, sizeof name, row->unit % 3 ? "u%u" : "a unit with a long name %u",
			 (unsigned)row->unit);
		struct acc_unit_name key = acc_units_name(name, strlen(name));
		struct acc_unit known = about(study, row->unit);
		assert_int_equal(acc_lists_take(&lists, &key, &known, row), ACC_OK);
	}
	assert_int_equal(acc_lists_gather(&lists), ACC_OK);
	assert_false(lists.contradiction);
	return lists;
}

static void
add_all_labels(struct acc_patterns *patterns, uint32_t shift)
{
	add_labels(&patterns->coder, "c", CODERS, shift);
	add_labels(&patterns->theme, "t", THEMES, shift);
	add_labels(&patterns->code, "", 1, 0);
	add_labels(&patterns->group, "g", GROUPS, 1);
	add_labels(&patterns->participant, "p", PEOPLE, 5);
	add_labels(&patterns->document, "d", 1, 0);
}

static struct acc_patterns
settle(const struct study *study, struct acc_lists *lists)
{
	struct acc_patterns patterns = {.design = ACC_THEMES};
	add_all_labels(&patterns, study->shift);
	assert_int_equal(acc_lists_settle(lists, &patterns), ACC_OK);
	return patterns;
}

/* Every third unit, with labels numbered as another study numbers them. */
static struct acc_lists
list_third(const struct study *study, uint32_t which, uint32_t shift)
{
	struct acc_lists lists = {0};
	uint32_t coder[CODERS], theme[THEMES];
	for (uint32_t k = 0; k < CODERS; k++)
		for (uint32_t j = 0; j < CODERS; j++)
			if ((k * 7 + study->shift) % CODERS == (j * 7 + shift) % CODERS)
				coder[k] = j;
	for (uint32_t k = 0; k < THEMES; k++)
		for (uint32_t j = 0; j < THEMES; j++)
			if ((k * 7 + study->shift) % THEMES == (j * 7 + shift) % THEMES)
				theme[k] = j;
	for (size_t i = 0, next; i < study->rows; i = next) {
		uint32_t unit = study->row[i].unit;
		struct acc_unit known = about(study, unit);
		struct acc_assignment row[ROWS];
		for (next = i; next < study->rows && study->row[next].unit == unit; next++) {
			row[next - i] = study->row[next];
			row[next - i].coder = coder[row[next - i].coder];
			if (row[next - i].theme != ACC_NONE)
				row[next - i].theme = theme[row[next - i].theme];
		}
		if (unit % 3 == which)
			assert_int_equal(acc_lists_close(&lists, &known, row, next - i), ACC_OK);
	}
	return lists;
}

static void
joined_lists_are_patterns(void **state)
{
	(void)state;
	uint64_t random = 12;
	for (int round = 0; round < 12 / SAMPLE_ROUNDS_LESS; round++) {
		struct study study = make_study(&random, round % 2, 1 + (uint32_t)round % CODERS);
		struct acc_patterns expected = tabulate(&study), labels[4], got = {0};
		struct acc_lists list[4] = {{0}};
		const struct acc_patterns *from[4];
		for (uint32_t p = 0; p < 4; p++) {
			uint32_t shift = p * 5 % THEMES;
			labels[p] = (struct acc_patterns){.design = ACC_THEMES};
			add_all_labels(&labels[p], shift);
			from[p] = &labels[p];
			if (p)
				list[p] = list_third(&study, p - 1, shift);
		}
		unsigned threads = 1 + (unsigned)round % 3;
		assert_int_equal(acc_lists_join(list, from, 4, &got, threads), ACC_OK);
		assert_int_equal(list[0].all, acc_patterns_units(&expected));
		assert_int_equal(list[0].absent, acc_patterns_absent(&expected));
		assert_int_equal(acc_lists_tabulate(&list[0], &got), ACC_OK);
		sample_same_patterns(&got, &expected);
		for (uint32_t p = 0; p < 4; p++) {
			acc_lists_free(&list[p]);
			acc_patterns_free(&labels[p]);
		}
		acc_patterns_free(&got);
		acc_patterns_free(&expected);
	}
}

static void
lists_are_patterns(void **state)
{
	(void)state;
	uint64_t random = 11;
	for (int round = 0; round < 20 / SAMPLE_ROUNDS_LESS; round++) {
		struct study study = make_study(&random, round % 2, 1 + (uint32_t)round % CODERS);
		struct acc_patterns expected = tabulate(&study);
		for (int shuffled = 0; shuffled < 2; shuffled++) {
			struct acc_lists lists =
			    shuffled ? list_shuffled(&study, &random) : list_grouped(&study);
			struct acc_patterns got = settle(&study, &lists);
			assert_int_equal(lists.all, acc_patterns_units(&expected));
			assert_int_equal(lists.absent, acc_patterns_absent(&expected));
			assert_int_equal(acc_lists_tabulate(&lists, &got), ACC_OK);
			sample_same_patterns(&got, &expected);
			acc_patterns_free(&got);
			acc_lists_free(&lists);
		}
		acc_patterns_free(&expected);
	}
}

/* Bytes: NaN is NaN. */
static void
same_layer(const struct acc_cooccurrence *a, const struct acc_cooccurrence *b, size_t measures)
{
	assert_int_equal(a->pairs, b->pairs);
	assert_string_equal(a->method, b->method);
	assert_int_equal(a->left_out, b->left_out);
	for (size_t p = 0; p < a->pairs; p++) {
		const struct acc_pair *x = &a->pair[p], *y = &b->pair[p];
		assert_memory_equal(&x->table, &y->table, sizeof x->table);
		assert_true(x->clusters == y->clusters && x->effective == y->effective);
		assert_int_equal(x->notes, y->notes);
		for (size_t m = 0; m < measures; m++) {
			const struct acc_association *v = &a->association[p * measures + m];
			const struct acc_association *w = &b->association[p * measures + m];
			assert_memory_equal(&v->value, &w->value, 3 * sizeof(double));
			assert_int_equal(v->reason, w->reason);
		}
	}
}

static void
check_counts(const struct study *study, enum acc_pair_ci ci, uint32_t group, enum acc_cluster kind)
{
	struct acc_cooccurrence_plan plan = {acc_measures, acc_measure_count, 0.9, 1, ci, false};
	struct acc_patterns patterns = tabulate(study);
	struct acc_lists lists = list_grouped(study);
	struct acc_patterns labels = settle(study, &lists);
	struct acc_cooccurrence expected = {0}, got = {0};
	struct acc_list_counts counts;
	struct acc_blocks blocks;
	struct acc_list_plan wanted = {(1u << ACC_LAYER_MEAN) - 1, true, group, kind, 1};
	assert_int_equal(acc_list_counts_make(&counts, &lists, &labels, &wanted), ACC_OK);
	assert_int_equal(acc_blocks_make(&blocks, &patterns, group, kind), ACC_OK);
	assert_int_equal(acc_cooccurrence_countable(&plan, &counts),
			 kind == ACC_CLUSTER_UNIT || ci != ACC_PAIR_CI_AUTO);
	for (uint32_t l = 0; l < counts.layers; l++) {
		struct acc_layer layer = {l < ACC_LAYER_CODER ? (enum acc_layer_kind)l
							      : ACC_LAYER_CODER,
					  l < ACC_LAYER_CODER ? 0 : l - ACC_LAYER_CODER};
		assert_int_equal(acc_cooccurrence_make(&expected, &patterns, &blocks, layer, &plan),
				 ACC_OK);
		assert_int_equal(
		    acc_cooccurrence_counted(&got, &labels, kind, &counts, layer, &plan), ACC_OK);
		same_layer(&got, &expected, acc_measure_count);
	}
	struct acc_pair_agreement agreement[THEMES * (THEMES - 1) / 2];
	assert_int_equal(acc_pair_agreement_make(agreement, &patterns, &blocks, 1), ACC_OK);
	for (size_t p = 0; p < counts.pairs; p++) {
		assert_memory_equal(&agreement[p].units, &counts.agreement[p].units,
				    4 * sizeof(double));
		assert_int_equal(agreement[p].reason, counts.agreement[p].reason);
	}
	acc_list_counts_free(&counts);
	acc_cooccurrence_free(&expected);
	acc_cooccurrence_free(&got);
	acc_blocks_free(&blocks);
	acc_patterns_free(&labels);
	acc_patterns_free(&patterns);
	acc_lists_free(&lists);
}

static void
counts_are_those_of_patterns(void **state)
{
	(void)state;
	static const enum acc_pair_ci ci[] = {ACC_PAIR_CI_AUTO, ACC_PAIR_CI_NAIVE,
					      ACC_PAIR_CI_NONE};
	uint64_t random = 12;
	for (uint32_t round = 0; round < 9 / SAMPLE_ROUNDS_LESS; round++) {
		struct study study = make_study(&random, round % 2, 1 + round % CODERS);
		uint32_t group = round % 2 ? round % GROUPS : ACC_NONE;
		check_counts(&study, ci[round % 3], ACC_NONE, ACC_CLUSTER_UNIT);
		check_counts(&study, ci[1 + round % 2], group, ACC_CLUSTER_AUTO);
		check_counts(&study, ACC_PAIR_CI_NONE, group, ACC_CLUSTER_DOCUMENT);
	}
}

/* Of units of which nothing is known but what coders gave: tallied as they come, whichever way they
 * come, or kept and counted. */
static void
tallies_are_counts(void **state)
{
	(void)state;
	uint64_t random = 14;
	const struct acc_list_plan plan = {7, false, ACC_NONE, ACC_CLUSTER_UNIT, 1};
	for (int round = 0; round < 12 / SAMPLE_ROUNDS_LESS; round++) {
		struct study study = make_study(&random, false, 1 + (uint32_t)round % CODERS);
		struct acc_lists kept = list_grouped(&study), tallied = {.tally.layers = 7};
		struct acc_list_counts expected, got;
		if (round % 2)
			tallied = list_shuffled(&study, &random);
		tallied.tally.layers = 7;
		for (size_t i = 0, next; round % 2 == 0 && i < study.rows; i = next) {
			struct acc_unit none = about(&study, study.row[i].unit);
			for (next = i;
			     next < study.rows && study.row[next].unit == study.row[i].unit;)
				next++;
			assert_int_equal(acc_lists_close(&tallied, &none, study.row + i, next - i),
					 ACC_OK);
		}
		struct acc_patterns labels = settle(&study, &kept);
		struct acc_patterns again = settle(&study, &tallied);
		assert_int_equal(tallied.all, kept.all);
		assert_int_equal(tallied.absent, kept.absent);
		assert_int_equal(again.repeated, labels.repeated);
		assert_int_equal(acc_list_counts_make(&expected, &kept, &labels, &plan), ACC_OK);
		assert_int_equal(acc_list_counts_make(&got, &tallied, &again, &plan), ACC_OK);
		assert_int_equal(got.pairs, expected.pairs);
		for (size_t l = 0; l < 3; l++) {
			const struct acc_layer_counts *x = &expected.layer[l], *y = &got.layer[l];
			assert_int_equal(x->units, y->units);
			assert_int_equal(x->incomplete, y->incomplete);
			assert_true(x->clusters == y->clusters && x->squares == y->squares);
			assert_memory_equal(x->theme, y->theme, THEMES * sizeof *x->theme);
			assert_memory_equal(x->both, y->both, got.pairs * sizeof *x->both);
		}
		acc_list_counts_free(&expected);
		acc_list_counts_free(&got);
		acc_patterns_free(&labels);
		acc_patterns_free(&again);
		acc_lists_free(&kept);
		acc_lists_free(&tallied);
	}
}

static void
units_of_two_minds_are_noticed(void **state)
{
	(void)state;
	struct acc_lists lists = {0};
	struct acc_unit_name name = acc_units_name("u1", 2);
	struct acc_unit one = {0, ACC_NONE, ACC_NONE, 1}, other = {1, ACC_NONE, ACC_NONE, 2};
	struct acc_assignment row = {0, 0, 0, 0, 1};
	assert_int_equal(acc_lists_take(&lists, &name, &one, &row), ACC_OK);
	assert_int_equal(acc_lists_take(&lists, &name, &other, &row), ACC_OK);
	assert_int_equal(acc_lists_gather(&lists), ACC_OK);
	assert_true(lists.contradiction);
	acc_lists_free(&lists);
}

static void
what_does_not_fit_is_said(void **state)
{
	(void)state;
	struct acc_lists lists = {0};
	struct acc_unit plain = {ACC_NONE, ACC_NONE, ACC_NONE, 1};
	struct acc_assignment last = {0, ACC_LISTS_CODERS - 1, ACC_LISTS_NOTHING - 1, 0, 1};
	struct acc_assignment coder = {0, ACC_LISTS_CODERS, 0, 0, 1};
	struct acc_assignment theme = {0, 0, ACC_LISTS_NOTHING, 0, 1};
	assert_int_equal(acc_lists_close(&lists, &plain, &last, 1), ACC_OK);
	assert_int_equal(acc_lists_close(&lists, &plain, &coder, 1), ACC_TOO_LARGE);
	acc_lists_free(&lists);
	assert_int_equal(acc_lists_close(&lists, &plain, &theme, 1), ACC_TOO_LARGE);
	acc_lists_free(&lists);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(lists_are_patterns),
	    cmocka_unit_test(joined_lists_are_patterns),
	    cmocka_unit_test(counts_are_those_of_patterns),
	    cmocka_unit_test(tallies_are_counts),
	    cmocka_unit_test(units_of_two_minds_are_noticed),
	    cmocka_unit_test(what_does_not_fit_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
