/* list tally: what is counted as units come is what a slow count of each unit gives. */
#include "stats/list_counts.h"
#include "stats/list_tally.h"
#include "stats/lists.h"
#include "tests/unit/sample.h"

enum { THEMES = 150, UNITS = 300, MOST_ROWS = 30, WORDS = UNITS * (MOST_ROWS + 1) };

/* Units as lists, and what they come to. */
struct units {
	uint32_t word[WORDS];
	size_t words;
	uint64_t units, looks, repeated;
	uint32_t least;
	uint32_t theme[ACC_TALLY_LAYERS][THEMES], both[ACC_TALLY_LAYERS][THEMES][THEMES];
};

/* Count a unit in the plainest way. */
static void
count_unit(struct units *sample, const bool *looked, bool (*applied)[THEMES], uint32_t coders)
{
	uint32_t looks = 0, by[THEMES] = {0};
	for (uint32_t c = 0; c < coders; c++) {
		looks += looked[c];
		for (uint32_t t = 0; t < THEMES; t++)
			by[t] += applied[c][t];
	}
	if (!looks)
		return;
	sample->least = !sample->units++ || looks < sample->least ? looks : sample->least;
	sample->looks += looks;
	const uint32_t more_than[ACC_TALLY_LAYERS] = {0, looks / 2, looks - 1};
	for (size_t l = 0; l < ACC_TALLY_LAYERS; l++)
		for (uint32_t a = 0; a < THEMES; a++) {
			sample->theme[l][a] += by[a] > more_than[l];
			for (uint32_t b = 0; b < THEMES; b++)
				sample->both[l][a][b] +=
				    a != b && by[a] > more_than[l] && by[b] > more_than[l];
		}
}

static void
make_sample(struct units *sample, uint64_t *state, uint32_t coders, uint32_t themes)
{
	static bool applied[ACC_LISTS_CODERS][THEMES];
	*sample = (struct units){0};
	for (uint32_t u = 0; u < UNITS; u++) {
		bool looked[ACC_LISTS_CODERS] = {false};
		uint32_t rows = sample_below(state, MOST_ROWS),
			 few = 1 + sample_below(state, themes);
		memset(applied, 0, coders * sizeof *applied);
		for (uint32_t i = 0; i < rows; i++) {
			uint32_t coder = sample_below(state, coders);
			uint32_t theme = sample_below(state, few);
			bool nothing = !sample_below(state, 6);
			looked[coder] = true;
			sample->repeated += !nothing && applied[coder][theme];
			applied[coder][theme] = applied[coder][theme] || !nothing;
			sample->word[sample->words++] =
			    coder << ACC_LISTS_SHIFT | (nothing ? ACC_LISTS_NOTHING : theme);
		}
		sample->word[sample->words++] = ACC_LISTS_END;
		count_unit(sample, looked, applied, coders);
	}
}

static void
check_tally(const struct acc_list_tally *tally, const struct units *sample, const uint32_t *map)
{
	assert_int_equal(tally->all, UNITS);
	assert_int_equal(tally->units, sample->units);
	assert_int_equal(tally->looks, sample->looks);
	assert_int_equal(tally->repeated, sample->repeated);
	assert_int_equal(tally->least, sample->least);
	for (size_t l = 0; l < ACC_TALLY_LAYERS; l++)
		for (uint32_t a = 0; a < THEMES; a++) {
			assert_int_equal(tally->layer[l].theme[map[a]], sample->theme[l][a]);
			for (uint32_t b = 0; b < a; b++)
				assert_int_equal(acc_list_tally_both(tally, l, map[a], map[b]),
						 sample->both[l][a][b]);
		}
}

/* In pieces that end anywhere, the rest of each coming again before the next one. */
static void
take_pieces(struct acc_list_tally *tally, const struct units *sample, size_t from, size_t to,
	    uint64_t *state)
{
	static uint32_t word[WORDS];
	size_t words = 0, used;
	for (size_t at = from; at < to;) {
		size_t piece = 1 + sample_below(state, 700);
		for (; piece && at < to; piece--)
			word[words++] = sample->word[at++];
		assert_int_equal(acc_list_tally_take(tally, word, words, &used), ACC_OK);
		words -= used;
		memmove(word, word + used, words * sizeof *word);
	}
	assert_int_equal(words, 0);
}

static void
units_are_counted(void **state)
{
	(void)state;
	static const uint32_t coders[] = {1, 3, 64, 65, 300};
	static struct units sample;
	uint64_t random = 21;
	uint32_t map[THEMES], same[THEMES];
	for (uint32_t t = 0; t < THEMES; t++) {
		map[t] = (t * 7 + 3) % THEMES;
		same[t] = t;
	}
	for (size_t round = 0; round < sizeof coders / sizeof *coders; round++) {
		uint32_t themes = round % 2 ? THEMES : 2 + sample_below(&random, THEMES - 2);
		make_sample(&sample, &random, coders[round], themes);
		struct acc_list_tally tally = {.layers = 7}, part = {.layers = 7},
				      all = {.layers = 7};
		size_t half = sample.words / 2;
		while (!(sample.word[half - 1] & ACC_LISTS_END))
			half++;
		take_pieces(&part, &sample, 0, half, &random);
		take_pieces(&tally, &sample, half, sample.words, &random);
		assert_int_equal(acc_list_tally_room(&all, THEMES), ACC_OK);
		acc_list_tally_add(&all, &part, map, THEMES);
		acc_list_tally_add(&all, &tally, map, THEMES);
		check_tally(&all, &sample, map);
		acc_list_tally_free(&all);
		all.layers = 7;
		assert_int_equal(acc_list_tally_room(&all, THEMES), ACC_OK);
		acc_list_tally_add(&all, &tally, same, THEMES);
		acc_list_tally_add(&all, &part, same, THEMES);
		check_tally(&all, &sample, same);
		acc_list_tally_free(&tally);
		acc_list_tally_free(&part);
		acc_list_tally_free(&all);
	}
}

static void
too_many_themes_are_refused(void **state)
{
	(void)state;
	struct acc_list_tally tally = {.layers = 1};
	uint32_t word[] = {ACC_LISTS_NOTHING - 1, ACC_LISTS_END};
	size_t used;
	assert_int_equal(acc_list_tally_take(&tally, word, 2, &used), ACC_TOO_LARGE);
	assert_int_equal(used, 0);
	acc_list_tally_free(&tally);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(units_are_counted),
	    cmocka_unit_test(too_many_themes_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
