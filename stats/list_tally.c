#include "stats/list_tally.h"
#include "stats/list_words.h"

#include <stdlib.h>
#include <string.h>

enum {
	MOST = 1 << 26, /* pairs of all layers */
	BESIDE = 16,    /* numbers beside those of themes in a row */
	LEAST = 64,     /* themes that there is room for */
	BITS = 64       /* coders that are told apart by bits */
};

void
acc_list_tally_free(struct acc_list_tally *tally)
{
	for (size_t l = 0; l < ACC_TALLY_LAYERS; l++) {
		free(tally->layer[l].theme);
		free(tally->layer[l].both);
	}
	free(tally->own);
	free(tally->kept);
	free(tally->coders);
	*tally = (struct acc_list_tally){0};
}

/* ---- room for themes ---- */

/* A larger copy of an array, the rest of it 0. False: no memory. */
static bool
enlarge(void **array, size_t before, size_t after, size_t size)
{
	char *larger = acc_array(after, size);
	if (larger && *array)
		memcpy(larger, *array, before * size);
	if (larger) {
		free(*array);
		*array = larger;
	}
	return larger;
}

/* The same for what two themes have. */
static bool
enlarge_square(uint32_t **both, size_t before, size_t stride, size_t after)
{
	uint32_t *larger = acc_array(after * (after + BESIDE), sizeof *larger);
	for (size_t t = 0; larger && *both && t < before; t++)
		memcpy(larger + t * (after + BESIDE), *both + t * stride, before * sizeof *larger);
	if (larger) {
		free(*both);
		*both = larger;
	}
	return larger;
}

/* A unit that has all themes may name one more. */
enum acc_status
acc_list_tally_room(struct acc_list_tally *tally, size_t themes)
{
	size_t before = tally->room, after = before ? before : LEAST;
	if (themes < before)
		return ACC_OK;
	while (after <= themes)
		after *= 2;
	if (after * after * (ACC_TALLY_LAYERS + 1) > MOST)
		return ACC_TOO_LARGE;
	bool good = enlarge((void **)&tally->own, before, after + 1, sizeof *tally->own) &&
		    enlarge((void **)&tally->kept, before, after + 1, sizeof *tally->kept) &&
		    enlarge((void **)&tally->coders, before, after, sizeof *tally->coders);
	for (size_t l = 0; good && l < ACC_TALLY_LAYERS; l++) {
		struct acc_tally_layer *layer = &tally->layer[l];
		if (tally->layers & 1u << l)
			good =
			    enlarge((void **)&layer->theme, before, after, sizeof *layer->theme) &&
			    enlarge_square(&layer->both, before, tally->stride, after);
	}
	if (good) {
		tally->room = (uint32_t)after;
		tally->stride = after + BESIDE;
	}
	return good ? ACC_OK : ACC_NO_MEMORY;
}

/* ---- a unit ---- */

/* How many bits are set: most often it is one. */
static inline uint32_t
ones(uint64_t bits)
{
	return bits & (bits - 1) ? (uint32_t)__builtin_popcountll(bits) : bits != 0;
}

/* A unit with these themes, in any order: to sort them takes longer than all the rest. */
static inline void
add_set(struct acc_tally_layer *layer, size_t stride, const uint32_t *theme, size_t count)
{
	uint32_t *single = layer->theme;
	for (size_t i = 0; i < count; i++) {
		uint32_t *both = layer->both + theme[i] * stride;
		single[theme[i]]++;
		for (size_t j = 0; j < i; j++)
			both[theme[j]]++;
	}
}

/* Themes of the unit that more than `few` coders applied. */
static void
add_layer(struct acc_list_tally *tally, size_t layer, size_t count, bool many, uint32_t few)
{
	size_t kept = 0;
	for (size_t i = 0; i < count; i++) {
		uint32_t theme = tally->own[i];
		uint64_t coders = tally->coders[theme];
		uint64_t applied = many ? coders : ones(coders);
		tally->kept[kept] = theme;
		kept += applied > few;
	}
	add_set(&tally->layer[layer], tally->stride, tally->kept, kept);
}

static void
close_unit(struct acc_list_tally *tally, size_t count, bool many, uint32_t looked)
{
	tally->all++;
	if (looked) {
		tally->least = !tally->units || looked < tally->least ? looked : tally->least;
		tally->units++;
		tally->looks += looked;
	}
	if (looked && tally->layers & 1)
		add_set(&tally->layer[0], tally->stride, tally->own, count);
	if (looked && tally->layers & 2)
		add_layer(tally, 1, count, many, looked / 2);
	if (looked && tally->layers & 4)
		add_layer(tally, 2, count, many, looked - 1);
	for (size_t i = 0; i < count; i++)
		tally->coders[tally->own[i]] = 0;
}

static int
compare(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

/* A unit with coders that no bit is left for: row after row in order. Returns how many numbers it
 * is. */
static size_t
take_many(struct acc_list_tally *tally, uint32_t *word)
{
	uint32_t looked = 0;
	size_t count = 0, words = 0;
	while (!(word[words] & ACC_LISTS_END))
		words++;
	qsort(word, words, sizeof *word, compare);
	for (size_t i = 0; i < words; i++) {
		uint32_t theme = word[i] & ACC_LISTS_NOTHING;
		bool applied = theme != ACC_LISTS_NOTHING, again = i && word[i] == word[i - 1];
		looked += !i || word[i] >> ACC_LISTS_SHIFT != word[i - 1] >> ACC_LISTS_SHIFT;
		tally->repeated += again && applied;
		if (applied && !again && !tally->coders[theme]++)
			tally->own[count++] = theme;
	}
	close_unit(tally, count, true, looked);
	return words + 1;
}

/* The same for any other unit. */
static inline size_t
take_few(struct acc_list_tally *tally, const uint32_t *word)
{
	uint64_t looked = 0, repeated = 0, *coders = tally->coders;
	uint32_t *own = tally->own;
	const uint32_t *at = word;
	size_t count = 0;
	for (; !(*at & ACC_LISTS_END); at++) {
		uint32_t theme = *at & ACC_LISTS_NOTHING;
		uint64_t coder = (uint64_t)1 << (*at >> ACC_LISTS_SHIFT);
		looked |= coder;
		if (theme == ACC_LISTS_NOTHING)
			continue;
		uint64_t before = coders[theme];
		repeated += (before & coder) != 0;
		coders[theme] = before | coder;
		own[count] = theme;
		count += !before;
	}
	tally->repeated += repeated;
	close_unit(tally, count, false, ones(looked));
	return (size_t)(at - word) + 1;
}

/* Bits of all themes and coders: no number of them is larger than these are together. */
static void
find_bits(const uint32_t *word, size_t words, uint32_t *themes, uint32_t *coders)
{
	uint32_t some = 0, all = 0;
	for (size_t i = 0; i < words; i++) {
		uint32_t row = word[i] & ACC_LISTS_END ? 0 : word[i];
		all |= row;
		some |= (row + 1) & ACC_LISTS_NOTHING; /* nothing is 0 */
	}
	*themes = some;
	*coders = all >> ACC_LISTS_SHIFT;
}

enum acc_status
acc_list_tally_take(struct acc_list_tally *tally, uint32_t *word, size_t words, size_t *used)
{
	uint32_t themes, coders;
	*used = 0;
	find_bits(word, words, &themes, &coders);
	enum acc_status status = acc_list_tally_room(tally, themes);
	while (words && !(word[words - 1] & ACC_LISTS_END))
		words--;
	for (size_t at = 0; status == ACC_OK && at < words; *used = at)
		at += coders < BITS ? take_few(tally, word + at) : take_many(tally, word + at);
	return status;
}

/* ---- all of them ---- */

static void
add_mapped(struct acc_list_tally *tally, const struct acc_list_tally *more, size_t layer,
	   const uint32_t *map, uint32_t themes)
{
	const struct acc_tally_layer *from = &more->layer[layer];
	struct acc_tally_layer *into = &tally->layer[layer];
	for (size_t a = 0; from->theme && a < themes; a++) {
		const uint32_t *both = from->both + a * more->stride;
		size_t to = map ? map[a] : a;
		uint32_t *row = into->both + to * tally->stride;
		into->theme[to] += from->theme[a];
		for (size_t b = 0; b < themes; b++)
			row[map ? map[b] : b] += both[b];
	}
}

uint32_t
acc_list_tally_both(const struct acc_list_tally *tally, size_t layer, size_t a, size_t b)
{
	const uint32_t *both = tally->layer[layer].both;
	return both[a * tally->stride + b] + both[b * tally->stride + a];
}

void
acc_list_tally_add(struct acc_list_tally *tally, const struct acc_list_tally *from,
		   const uint32_t *map, uint32_t themes)
{
	uint32_t met = themes < from->room ? themes : from->room;
	for (size_t l = 0; l < ACC_TALLY_LAYERS; l++)
		add_mapped(tally, from, l, map, met);
	if (from->units)
		tally->least =
		    !tally->units || from->least < tally->least ? from->least : tally->least;
	tally->units += from->units;
	tally->all += from->all;
	tally->looks += from->looks;
	tally->repeated += from->repeated;
}
