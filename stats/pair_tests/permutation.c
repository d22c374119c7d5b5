/* within-participant permutation: inside each participant the units with a theme are shuffled, each
 * theme for itself. It keeps who speaks about what how often, and asks whether themes meet in the
 * same unit more often than that. The count of a participant with n units, k and l of them with the
 * themes, is hypergeometric, so the distribution over all permutations is a convolution and needs
 * no drawing: p = 2 min(P(X <= a), P(X >= a)). With draws, p = (b + 1) / (m + 1) of each tail.
 * (Birch 1964, Edgington 1969; Phipson & Smyth 2010.) */
#include "stats/pair_test.h"
#include "stats/presence.h"
#include "stats/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- all permutations ---- */

struct exact {
	const struct acc_presence *presence;
	double *now, *next, *part; /* owned, [room] */
	size_t room;
};

/* Units of a stratum that somebody looked at for both themes, with the first, with the second, with
 * both. */
struct margins {
	uint32_t units, first, second, both;
};

static struct margins
margins(const struct acc_presence *presence, const struct acc_stratum *s, uint32_t a, uint32_t b)
{
	const uint64_t *has_a = s->applied + a * s->words, *has_b = s->applied + b * s->words;
	const uint64_t *saw_a = s->looked + a * s->words, *saw_b = s->looked + b * s->words;
	uint32_t both = acc_bits_both(has_a, has_b, s->words);
	if (!presence->incomplete)
		return (struct margins){s->units, acc_bits_both(has_a, has_a, s->words),
					acc_bits_both(has_b, has_b, s->words), both};
	return (struct margins){acc_bits_both(saw_a, saw_b, s->words),
				acc_bits_both(has_a, saw_b, s->words),
				acc_bits_both(saw_a, has_b, s->words), both};
}

static bool
grow(struct exact *exact, size_t need)
{
	double **each[] = {&exact->now, &exact->next, &exact->part};
	for (size_t i = 0; need > exact->room && i < 3; i++) {
		double *more = realloc(*each[i], 2 * need * sizeof *more);
		if (!more)
			return false;
		*each[i] = more;
	}
	exact->room = need > exact->room ? 2 * need : exact->room;
	return true;
}

/* The hypergeometric shares of `count` counts from the least up, from the most likely outwards. */
static void
shares(double *part, size_t count, const struct margins *m, double least)
{
	double sum = 0, n = m->units, k = m->first, l = m->second;
	size_t mode = (size_t)(floor((k + 1) * (l + 1) / (n + 2)) - least);
	mode = mode < count ? mode : count - 1;
	part[mode] = 1;
	for (size_t i = mode + 1; i < count; i++) {
		double x = least + (double)i;
		part[i] = part[i - 1] * (k - x + 1) * (l - x + 1) / (x * (n - k - l + x));
	}
	for (size_t i = mode; i-- > 0;) {
		double x = least + (double)i + 1;
		part[i] = part[i + 1] * x * (n - k - l + x) / ((k - x + 1) * (l - x + 1));
	}
	for (size_t i = 0; i < count; i++)
		sum += part[i];
	for (size_t i = 0; i < count; i++)
		part[i] /= sum;
}

static void
convolve(struct exact *exact, size_t length, size_t count)
{
	double *swap = exact->next;
	memset(swap, 0, (length + count - 1) * sizeof *swap);
	for (size_t i = 0; i < length; i++)
		for (size_t j = 0; j < count; j++)
			swap[i + j] += exact->now[i] * exact->part[j];
	exact->next = exact->now;
	exact->now = swap;
}

/* Shares below this are dropped at both ends, so no p is told below `floor_p`. */
static const double nothing = 1e-40, floor_p = 1e-35;

static size_t
trim(struct exact *exact, size_t length, double *least)
{
	size_t from = 0;
	while (length > 1 && exact->now[length - 1] < nothing)
		length--;
	while (from + 1 < length && exact->now[from] < nothing)
		from++;
	memmove(exact->now, exact->now + from, (length - from) * sizeof *exact->now);
	*least += (double)from;
	return length - from;
}

/* The distribution of the count over all permutations, stratum by stratum. */
static enum acc_status
take_pair(struct exact *exact, const struct acc_pair *pair, struct acc_chance *chance)
{
	double inside = 0, least = 0, mean = 0, variance = 0, lower = 0, upper = 0;
	size_t length = 1;
	exact->now[0] = 1;
	for (size_t s = 0; s < exact->presence->strata; s++) {
		struct margins m = margins(exact->presence, &exact->presence->stratum[s],
					   pair->first, pair->second);
		double n = m.units, k = m.first, l = m.second;
		double from = fmax(0, k + l - n), to = fmin(k, l);
		size_t count = (size_t)(to - from) + 1;
		inside += m.both;
		least += from;
		mean += n > 0 ? k * l / n : 0;
		if (count == 1)
			continue;
		if (!grow(exact, length + count))
			return ACC_NO_MEMORY;
		shares(exact->part, count, &m, from);
		convolve(exact, length, count);
		length = trim(exact, length + count - 1, &least);
		variance += k * l * (n - k) * (n - l) / (n * n * (n - 1));
	}
	for (size_t i = 0; i < length; i++) {
		double x = least + (double)i;
		lower += x <= inside ? exact->now[i] : 0;
		upper += x >= inside ? exact->now[i] : 0;
	}
	chance->deviation = sqrt(variance);
	chance->mean = mean + pair->table.both - inside; /* units on their own stay as they are */
	chance->p = fmax(floor_p, acc_two_sided(lower, upper));
	return ACC_OK;
}

static enum acc_status
count_all(const struct acc_family *family, const struct acc_presence *presence,
	  struct acc_chance *chance)
{
	struct exact exact = {.presence = presence};
	enum acc_status status = grow(&exact, 64) ? ACC_OK : ACC_NO_MEMORY;
	for (size_t i = 0; status == ACC_OK && i < family->pairs; i++)
		status = take_pair(&exact, &family->pair[i], &chance[i]);
	free(exact.now);
	free(exact.next);
	free(exact.part);
	return status;
}

/* ---- some permutations ---- */

struct drawing {
	const struct acc_presence *presence;
	gsl_rng *rng;
	struct acc_presence shuffled; /* owned; its bits are the draw at hand */
	uint32_t *observed, *count;   /* owned, [pairs] */
	struct acc_chance_sums sums;
};

/* Set `size` of the first `among` bits, all choices equally likely (Floyd's algorithm). */
static void
choose(gsl_rng *rng, uint64_t *bits, size_t words, uint32_t size, uint32_t among)
{
	memset(bits, 0, words * sizeof *bits);
	for (uint32_t j = among - size; j < among; j++) {
		uint32_t at = acc_random_below(rng, j + 1);
		if (bits[at / 64] >> at % 64 & 1)
			at = j;
		bits[at / 64] |= UINT64_C(1) << at % 64;
	}
}

/* Move the bits 0, 1, 2, ... to the places of the bits that are set in `where`. */
static void
spread(uint64_t *bits, const uint64_t *where, uint32_t units)
{
	uint32_t from = acc_bits_both(where, where, (units + 63) / 64);
	for (uint32_t u = units; u-- > 0;) {
		uint64_t here = UINT64_C(1) << u % 64, is = 0;
		if (where[u / 64] & here) {
			from--;
			is = bits[from / 64] >> from % 64 & 1;
		}
		bits[u / 64] = (bits[u / 64] & ~here) | (is ? here : 0);
	}
}

static void
shuffle(struct drawing *drawing, uint32_t theme)
{
	for (size_t s = 0; s < drawing->presence->strata; s++) {
		const struct acc_stratum *from = &drawing->presence->stratum[s];
		uint64_t *bits = drawing->shuffled.stratum[s].applied + theme * from->words;
		const uint64_t *has = from->applied + theme * from->words;
		const uint64_t *saw = from->looked + theme * from->words;
		uint32_t size = acc_bits_both(has, has, from->words);
		uint32_t among = acc_bits_both(saw, saw, from->words);
		choose(drawing->rng, bits, from->words, size, among);
		if (among < from->units)
			spread(bits, saw, from->units);
	}
}

static void
count_pairs(const struct acc_family *family, const struct acc_presence *presence, uint32_t *count)
{
	memset(count, 0, family->pairs * sizeof *count);
	for (size_t s = 0; s < presence->strata; s++) {
		const struct acc_stratum *stratum = &presence->stratum[s];
		size_t words = stratum->words;
		for (size_t i = 0; i < family->pairs; i++)
			count[i] +=
			    acc_bits_both(stratum->applied + family->pair[i].first * words,
					  stratum->applied + family->pair[i].second * words, words);
	}
}

/* A presence with bits of its own that say the same. */
static enum acc_status
copy(struct acc_presence *to, const struct acc_presence *from)
{
	size_t words = 0;
	for (size_t s = 0; s < from->strata; s++)
		words += 2 * from->stratum[s].words * from->themes;
	*to = *from;
	to->bits = acc_array(words, sizeof *to->bits);
	to->stratum = acc_array(from->strata, sizeof *to->stratum);
	if (!to->bits || !to->stratum)
		return ACC_NO_MEMORY;
	memcpy(to->bits, from->bits, words * sizeof *to->bits);
	for (size_t s = 0; s < from->strata; s++) {
		to->stratum[s] = from->stratum[s];
		to->stratum[s].applied = to->bits + (from->stratum[s].applied - from->bits);
		to->stratum[s].looked = to->bits + (from->stratum[s].looked - from->bits);
	}
	return ACC_OK;
}

static void
draw(struct drawing *drawing, const struct acc_family *family)
{
	struct acc_address address = {
	    .seed = family->seed, .purpose = ACC_PURPOSE_PERMUTATION, .group = family->group};
	count_pairs(family, drawing->presence, drawing->observed);
	for (; address.replicate < family->draws; address.replicate++) {
		for (uint32_t t = 0; t < drawing->presence->themes; t++) {
			address.theme = acc_address_of(acc_layer_theme(family->patterns, t));
			acc_random_go(drawing->rng, &address);
			shuffle(drawing, t);
		}
		count_pairs(family, &drawing->shuffled, drawing->count);
		acc_chance_sums_add(&drawing->sums, drawing->count);
	}
}

static enum acc_status
count_some(const struct acc_family *family, const struct acc_presence *presence,
	   struct acc_chance *chance)
{
	struct drawing drawing = {.presence = presence,
				  .rng = gsl_rng_alloc(acc_rng_philox),
				  .observed = acc_array(family->pairs, sizeof(uint32_t)),
				  .count = acc_array(family->pairs, sizeof(uint32_t))};
	enum acc_status status = copy(&drawing.shuffled, presence);
	enum acc_status sums = acc_chance_sums_make(&drawing.sums, family->pairs, drawing.observed);
	if (!drawing.rng || !drawing.observed || !drawing.count || sums != ACC_OK)
		status = ACC_NO_MEMORY;
	if (status == ACC_OK) {
		draw(&drawing, family);
		acc_chance_sums_end(&drawing.sums, chance);
		for (size_t i = 0; i < family->pairs; i++)
			chance[i].mean += family->pair[i].table.both;
	}
	if (drawing.rng)
		gsl_rng_free(drawing.rng);
	acc_presence_free(&drawing.shuffled);
	acc_chance_sums_free(&drawing.sums);
	free(drawing.observed);
	free(drawing.count);
	return status;
}

static enum acc_status
run(const struct acc_family *family, struct acc_chance *chance)
{
	struct acc_presence presence;
	enum acc_status status = acc_presence_make(&presence, family->patterns, family->blocks,
						   family->layer, family->present);
	if (status == ACC_OK)
		status = family->draws ? count_some(family, &presence, chance)
				       : count_all(family, &presence, chance);
	acc_presence_free(&presence);
	return status;
}

const struct acc_pair_test acc_pair_test_permutation = {
    .key = "permutation",
    .name = "within-participant permutation",
    .about = "each theme's units shuffled inside each participant; all permutations counted, or "
	     "--draws",
    .citation = "Birch 1964; Edgington 1969; Phipson & Smyth 2010",
    .run = run,
};
