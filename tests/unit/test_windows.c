/* windows of overlapping units: against sets of units found place by place, the long way. */
#include "tests/unit/sample.h"

#include "stats/window.h"

#include "pipeline/read/position.h"

enum { UNITS = 24, PLACES = 20, CODERS = 3, THEMES = 4, DOCUMENTS = 3, PARTICIPANTS = 4 };

/* What coders gave: a bit per theme, -1 did not look. */
struct study {
	uint32_t units;
	int begin[UNITS], end[UNITS];
	uint32_t document[UNITS], participant[UNITS];
	int gave[UNITS][CODERS];
};

/* A window: what each coder gave it. */
struct wide {
	uint32_t document, participant;
	int gave[CODERS];
};

static int
compare(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct wide));
}

static struct study
make_study(uint64_t *state, bool one_coder_each)
{
	struct study study = {.units = 1 + sample_below(state, UNITS)};
	for (uint32_t u = 0; u < study.units; u++) {
		uint32_t longest = sample_below(state, 4) ? 5 : PLACES;
		study.begin[u] = (int)sample_below(state, PLACES);
		study.end[u] = study.begin[u] + (int)sample_below(state, longest);
		study.end[u] = study.end[u] > PLACES ? PLACES : study.end[u];
		study.document[u] = sample_below(state, DOCUMENTS);
		/* The same for equal spans, of which none begins last. */
		study.participant[u] = (uint32_t)(study.begin[u] + 3 * study.end[u]) % PARTICIPANTS;
		uint32_t whose = sample_below(state, CODERS);
		for (uint32_t j = 0; j < CODERS; j++) {
			bool looks = one_coder_each ? j == whose : sample_below(state, 3);
			study.gave[u][j] = looks ? (int)sample_below(state, 1 << THEMES) : -1;
		}
	}
	return study;
}

/* ---- the long way ---- */

static bool
looked(const struct study *study, uint32_t u, uint32_t coder)
{
	bool some = false;
	for (uint32_t j = 0; j < CODERS; j++)
		some = some || ((coder == ACC_NONE || j == coder) && study->gave[u][j] >= 0);
	return some;
}

/* All sets of units that share a place, and units without text: bits of units. */
static size_t
find_sets(const struct study *study, uint32_t coder, uint64_t *set)
{
	size_t sets = 0;
	for (uint32_t d = 0; d < DOCUMENTS; d++)
		for (int place = 0; place < PLACES; place++) {
			set[sets] = 0;
			for (uint32_t u = 0; u < study->units; u++)
				if (study->document[u] == d && study->begin[u] <= place &&
				    place < study->end[u] && looked(study, u, coder))
					set[sets] |= (uint64_t)1 << u;
			sets++;
		}
	for (uint32_t u = 0; u < study->units; u++)
		if (study->begin[u] == study->end[u] && looked(study, u, coder))
			set[sets++] = (uint64_t)1 << u;
	return sets;
}

/* Not within another, nor the same as an earlier one. */
static bool
is_largest(const uint64_t *set, size_t sets, size_t at)
{
	for (size_t i = 0; i < sets; i++)
		if (i != at && !(set[at] & ~set[i]) && (set[at] != set[i] || i < at))
			return false;
	return set[at];
}

static struct wide
widen(const struct study *study, uint64_t set, uint32_t coder)
{
	struct wide wide = {.gave = {-1, -1, -1}};
	int begin = -1, end = -1;
	for (uint32_t u = 0; u < study->units; u++) {
		if (!(set >> u & 1))
			continue;
		if (study->begin[u] > begin || (study->begin[u] == begin && study->end[u] > end)) {
			begin = study->begin[u];
			end = study->end[u];
			wide.document = study->document[u];
			wide.participant = study->participant[u];
		}
		for (uint32_t j = 0; j < CODERS; j++)
			if (study->gave[u][j] >= 0 && (coder == ACC_NONE || j == coder))
				wide.gave[j] =
				    (wide.gave[j] < 0 ? 0 : wide.gave[j]) | study->gave[u][j];
	}
	return wide;
}

static size_t
long_way(const struct study *study, uint32_t coder, struct wide *wide, bool *shared)
{
	uint64_t set[DOCUMENTS * PLACES + UNITS], met = 0;
	size_t sets = find_sets(study, coder, set), count = 0;
	*shared = false;
	for (size_t i = 0; i < sets; i++) {
		if (!is_largest(set, sets, i))
			continue;
		*shared = *shared || met & set[i];
		met |= set[i];
		wide[count++] = widen(study, set[i], coder);
	}
	return count;
}

/* ---- through the program's own ---- */

static void
declare(struct acc_vocabulary *vocabulary, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		sample_label(vocabulary, "", i);
}

/* Units come in the order `first`, `first` + `step`, ... */
static struct acc_patterns
tabulate(const struct study *study, uint32_t first, uint32_t step, struct acc_ratings *ratings,
	 uint32_t **pattern_of)
{
	struct acc_patterns patterns = {0};
	enum acc_status status;
	uint64_t conflicts;
	*ratings = (struct acc_ratings){.design = ACC_THEMES};
	declare(&ratings->coder, CODERS);
	declare(&ratings->theme, THEMES);
	declare(&ratings->code, 1);
	declare(&ratings->participant, PARTICIPANTS);
	declare(&ratings->document, DOCUMENTS);
	for (uint32_t i = 0; i < study->units; i++) {
		uint32_t u = (first + i * step) % study->units;
		uint32_t unit = sample_label(&ratings->unit, "u", u);
		struct acc_unit about = {ACC_NONE, study->participant[u], study->document[u],
					 i + 1};
		struct acc_span span = {study->begin[u], study->end[u]};
		assert_true(acc_ratings_about(ratings, unit, about, &status));
		assert_true(acc_ratings_span(ratings, unit, span, &status));
		for (uint32_t j = 0; j < CODERS; j++)
			for (uint32_t t = 0; study->gave[u][j] >= 0 && t <= THEMES; t++) {
				struct acc_assignment row = {unit, j, t < THEMES ? t : ACC_NONE, 0,
							     i + 1};
				if (t == THEMES || study->gave[u][j] >> t & 1)
					assert_int_equal(acc_ratings_add(ratings, row), ACC_OK);
			}
	}
	assert_int_equal(acc_ratings_tabulate(ratings, &patterns, pattern_of, sample_no_conflict,
					      NULL, &conflicts),
			 ACC_OK);
	return patterns;
}

static size_t
list(const struct acc_patterns *made, struct wide *wide)
{
	size_t count = 0;
	for (uint32_t p = 0; p < made->vector.count; p++) {
		struct acc_pattern pattern = acc_patterns_get(made, p);
		struct wide one = {pattern.document, pattern.participant, {-1, -1, -1}};
		for (size_t i = 0; i < pattern.ratings; i++) {
			size_t length;
			int *gave = &one.gave[pattern.rating[2 * i]];
			const uint32_t *word =
			    acc_pool_get(&made->value, pattern.rating[2 * i + 1], &length);
			*gave = 0;
			for (size_t w = 0; w < length; w += 2)
				*gave |= 1 << word[w];
		}
		for (uint64_t i = 0; i < pattern.count; i++)
			wide[count++] = one;
	}
	return count;
}

/* What any coder applied. */
static int
any(const int *gave)
{
	int all = 0;
	for (uint32_t j = 0; j < CODERS; j++)
		all |= gave[j] > 0 ? gave[j] : 0;
	return all;
}

static bool
overlap(const struct study *study, uint32_t u, uint32_t v)
{
	int from = study->begin[u] > study->begin[v] ? study->begin[u] : study->begin[v];
	int to = study->end[u] < study->end[v] ? study->end[u] : study->end[v];
	return study->document[u] == study->document[v] && from < to;
}

/* Two themes are in a common window if and only if a unit that has the one is, or overlaps, one
 * that has the other. */
static void
check_meeting(const struct study *study, const struct wide *wide, size_t windows, int pair)
{
	bool meet = false, met = false;
	for (uint32_t u = 0; u < study->units; u++)
		for (uint32_t v = 0; v < study->units; v++) {
			int one = any(study->gave[u]), other = any(study->gave[v]);
			if ((u == v || overlap(study, u, v)) && ((one | other) & pair) == pair)
				meet = true;
		}
	for (size_t w = 0; w < windows; w++)
		met = met || (any(wide[w].gave) & pair) == pair;
	assert_int_equal(met, meet);
}

static void
check_windows(const struct study *study, uint32_t coder, uint32_t step)
{
	struct wide expected[DOCUMENTS * PLACES + UNITS], got[DOCUMENTS * PLACES + UNITS];
	struct acc_patterns made = {0};
	struct acc_ratings ratings;
	uint32_t *pattern_of;
	bool shared, shares;
	struct acc_patterns patterns = tabulate(study, step, step, &ratings, &pattern_of);
	struct acc_spans_of_units spans = {pattern_of, ratings.span, study->units};
	assert_int_equal(acc_window_overlap(&made, &patterns, &spans, coder, 0, &shared), ACC_OK);
	size_t windows = long_way(study, coder, expected, &shares);
	assert_int_equal(acc_patterns_units(&made), windows);
	assert_int_equal(list(&made, got), windows);
	qsort(expected, windows, sizeof *expected, compare);
	qsort(got, windows, sizeof *got, compare);
	assert_memory_equal(got, expected, windows * sizeof *got);
	assert_int_equal(shared, shares);
	for (int a = 1; coder == ACC_NONE && a < THEMES; a++)
		for (int b = 0; b < a; b++)
			check_meeting(study, got, windows, 1 << a | 1 << b);
	acc_patterns_free(&made);
	acc_patterns_free(&patterns);
	acc_ratings_free(&ratings);
	free(pattern_of);
}

static void
random_spans(void **state)
{
	(void)state;
	uint64_t random = 20240611;
	for (int round = 0; round < 2000 / SAMPLE_ROUNDS_LESS; round++) {
		struct study study = make_study(&random, round % 2);
		uint32_t step = study.units % 7 ? 7 : 1; /* rows in another order */
		check_windows(&study, ACC_NONE, step);
		check_windows(&study, (uint32_t)round % CODERS, 1);
	}
}

/* A unit says where it is once; another place is another unit. */
static void
one_span(void **state)
{
	(void)state;
	struct acc_ratings ratings = {0};
	enum acc_status status;
	assert_true(acc_ratings_span(&ratings, 3, (struct acc_span){0, 4}, &status));
	assert_true(acc_ratings_span(&ratings, 3, (struct acc_span){0, 4}, &status));
	assert_false(acc_ratings_span(&ratings, 3, (struct acc_span){1, 4}, &status));
	assert_false(acc_ratings_span(&ratings, 3, (struct acc_span){0, 5}, &status));
	assert_true(acc_ratings_span(&ratings, 0, (struct acc_span){9, 9}, &status));
	assert_int_equal(status, ACC_OK);
	acc_ratings_free(&ratings);
}

static void
positions(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum acc_position kind;
		double value;
	} row[] = {
	    {"0", ACC_POSITION_NUMBER, 0},
	    {"1234567", ACC_POSITION_NUMBER, 1234567},
	    {"12.25", ACC_POSITION_NUMBER, 12.25},
	    {"9007199254740992", ACC_POSITION_NUMBER, 9007199254740992},
	    {"9007199254740994", ACC_POSITION_NONE, 0},
	    {"-1", ACC_POSITION_NONE, 0},
	    {"", ACC_POSITION_NONE, 0},
	    {"nan", ACC_POSITION_NONE, 0},
	    {"12 ", ACC_POSITION_NONE, 0},
	    {"0:05", ACC_POSITION_TIME, 5},
	    {"75:00", ACC_POSITION_TIME, 4500},
	    {"00:01:30", ACC_POSITION_TIME, 90},
	    {"01:02:03.250", ACC_POSITION_TIME, 3723.25},
	    {"01:02:03,5", ACC_POSITION_TIME, 3723.5},
	    {"100:00:00", ACC_POSITION_TIME, 360000},
	    {"1:60", ACC_POSITION_NONE, 0},
	    {"1:5", ACC_POSITION_NONE, 0},
	    {"1:60:00", ACC_POSITION_NONE, 0},
	    {"1:2:03", ACC_POSITION_NONE, 0},
	    {"1:02:03.", ACC_POSITION_NONE, 0},
	    {"1:02:03.5x", ACC_POSITION_NONE, 0},
	    {"1:02:03:04", ACC_POSITION_NONE, 0},
	    {":05", ACC_POSITION_NONE, 0},
	    {"3: 120", ACC_POSITION_PAGE, 3 * 4294967296. + 120},
	    {"3: 05", ACC_POSITION_PAGE, 3 * 4294967296. + 5},
	    {"3: ", ACC_POSITION_NONE, 0},
	    {"3: 1.5", ACC_POSITION_NONE, 0},
	    {"3: 12345678901", ACC_POSITION_NONE, 0},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		double value = -1;
		enum acc_position kind = acc_position(row[i].text, &value);
		if (kind != row[i].kind)
			fail_msg("'%s' is of kind %d", row[i].text, (int)kind);
		if (kind && (value < row[i].value || value > row[i].value))
			fail_msg("'%s' is %.17g", row[i].text, value);
	}
}

static void
ranges(void **state)
{
	(void)state;
	static const double page = 4294967296.;
	static const struct {
		const char *text;
		enum acc_position kind;
		double begin, end;
	} row[] = {
	    {"12-56", ACC_POSITION_NUMBER, 12, 56},
	    {"12 - 56", ACC_POSITION_NUMBER, 12, 56},
	    {"12 \xe2\x80\x93 56", ACC_POSITION_NUMBER, 12, 56},
	    {"0:01:02.5-0:01:09", ACC_POSITION_TIME, 62.5, 69},
	    {"Page 3: 10-80", ACC_POSITION_PAGE, 3 * page + 10, 3 * page + 80},
	    {"3: 10 - 4: 8", ACC_POSITION_PAGE, 3 * page + 10, 4 * page + 8},
	    {"12", ACC_POSITION_NONE, 0, 0},
	    {"-12", ACC_POSITION_NONE, 0, 0},
	    {"12-", ACC_POSITION_NONE, 0, 0},
	    {"12-0:12", ACC_POSITION_NONE, 0, 0},
	    {"12--56", ACC_POSITION_NONE, 0, 0},
	    {"1-2-3", ACC_POSITION_NONE, 0, 0},
	    {"0000000000000000000000000000000000000000000000000000000000000000001-2",
	     ACC_POSITION_NONE, 0, 0},
	    {"", ACC_POSITION_NONE, 0, 0},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		double begin = -1, end = -1;
		enum acc_position kind = acc_position_range(row[i].text, &begin, &end);
		bool right = kind == row[i].kind;
		if (kind)
			right = right && !(begin < row[i].begin || begin > row[i].begin ||
					   end < row[i].end || end > row[i].end);
		if (!right)
			fail_msg("'%s' is of kind %d, %.17g to %.17g", row[i].text, (int)kind,
				 begin, end);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(random_spans),
	    cmocka_unit_test(one_span),
	    cmocka_unit_test(positions),
	    cmocka_unit_test(ranges),
	};
	return cmocka_run_group_tests_name("windows", tests, NULL, NULL);
}
