/* curveball: tables with the same number of themes in every unit and of units for every theme,
 * inside each participant, all equally likely (Strona, Nappo, Boccacci, Fattorini &
 * San-Miguel-Ayanz 2014; uniform: Carstens 2015). A trade takes two units and deals the themes that
 * only one of them has anew, each keeping its number; one that changes nothing counts as well, or
 * the chain would not be uniform. */
#include "stats/curveball.h"
#include "stats/pair_test.h"
#include "stats/presence.h"

#include <stdlib.h>
#include <string.h>

struct chain {
	struct acc_curveball *stratum; /* owned, [strata] */
	size_t strata, words;
	uint32_t themes;
	uint64_t *bits;             /* owned: rows of all strata */
	uint32_t *scratch;          /* owned, [themes] */
	uint32_t *observed, *count; /* owned, [pairs] */
	gsl_rng *rng;
	struct acc_chance_sums sums;
};

static void
chain_free(struct chain *chain)
{
	free(chain->stratum);
	free(chain->bits);
	free(chain->scratch);
	free(chain->observed);
	free(chain->count);
	acc_chance_sums_free(&chain->sums);
	if (chain->rng)
		gsl_rng_free(chain->rng);
}

/* Rows of the units of a stratum; those without any theme never trade. */
static size_t
take_rows(uint64_t *row, const struct acc_stratum *s, uint32_t themes, size_t words)
{
	size_t rows = 0;
	for (uint32_t u = 0; u < s->units; u++) {
		bool some = false;
		for (uint32_t t = 0; t < themes; t++) {
			bool has = s->applied[t * s->words + u / 64] >> u % 64 & 1;
			row[rows * words + t / 64] |= (uint64_t)has << t % 64;
			some = some || has;
		}
		rows += some;
	}
	return rows;
}

static enum acc_status
chain_make(struct chain *chain, const struct acc_presence *presence, size_t pairs)
{
	size_t units = 0, words = ((size_t)presence->themes + 63) / 64;
	for (size_t s = 0; s < presence->strata; s++)
		units += presence->stratum[s].units;
	*chain = (struct chain){
	    .stratum = acc_array(presence->strata, sizeof *chain->stratum),
	    .strata = presence->strata,
	    .words = words,
	    .themes = presence->themes,
	    .bits = acc_array((units + 1) * words, sizeof *chain->bits),
	    .scratch = acc_array(presence->themes, sizeof *chain->scratch),
	    .observed = acc_array(pairs, sizeof *chain->observed),
	    .count = acc_array(pairs, sizeof *chain->count),
	    .rng = gsl_rng_alloc(acc_rng_philox),
	};
	enum acc_status status = acc_chance_sums_make(&chain->sums, pairs, chain->observed);
	if (!chain->stratum || !chain->bits || !chain->scratch || !chain->observed ||
	    !chain->count || !chain->rng)
		status = ACC_NO_MEMORY;
	uint64_t *row = chain->bits;
	for (size_t s = 0; status == ACC_OK && s < presence->strata; s++) {
		size_t rows = take_rows(row, &presence->stratum[s], presence->themes, words);
		chain->stratum[s] = (struct acc_curveball){row, rows, words};
		row += rows * words;
	}
	return status;
}

/* The place of a pair among (0, 1), (0, 2), ..., (1, 2), ... */
static size_t
place(size_t themes, size_t a, size_t b)
{
	return a * (2 * themes - a - 1) / 2 + b - a - 1;
}

static void
count_rows(struct chain *chain, uint32_t *count)
{
	memset(count, 0, chain->sums.pairs * sizeof *count);
	for (size_t s = 0; s < chain->strata; s++)
		for (size_t r = 0; r < chain->stratum[s].rows; r++) {
			size_t have = acc_bits_list(chain->stratum[s].row + r * chain->words,
						    chain->words, chain->scratch);
			for (size_t i = 0; i < have; i++)
				for (size_t j = i + 1; j < have; j++)
					count[place(chain->themes, chain->scratch[i],
						    chain->scratch[j])]++;
		}
}

enum { TRADES_PER_ROW = 5 };

static void
mix(struct chain *chain)
{
	for (size_t s = 0; s < chain->strata; s++)
		acc_curveball_mix(&chain->stratum[s], chain->rng,
				  TRADES_PER_ROW * chain->stratum[s].rows, chain->scratch);
}

static enum acc_status
run(const struct acc_family *family, struct acc_chance *chance)
{
	struct acc_presence presence;
	struct chain chain = {0};
	struct acc_address address = {
	    .seed = family->seed, .purpose = ACC_PURPOSE_CURVEBALL, .group = family->group};
	enum acc_status status = acc_presence_make(&presence, family->patterns, family->blocks,
						   family->layer, family->present);
	if (status == ACC_OK && presence.incomplete)
		for (size_t i = 0; i < family->pairs; i++)
			chance[i].reason = ACC_REASON_themes_not_looked_at;
	else if (status == ACC_OK)
		status = chain_make(&chain, &presence, family->pairs);
	if (status == ACC_OK && chain.rng) {
		acc_random_go(chain.rng, &address);
		count_rows(&chain, chain.observed);
		mix(&chain); /* burn in */
		for (uint64_t draw = 0; draw < family->draws; draw++) {
			mix(&chain);
			count_rows(&chain, chain.count);
			acc_chance_sums_add(&chain.sums, chain.count);
		}
		acc_chance_sums_end(&chain.sums, chance);
		for (size_t i = 0; i < family->pairs; i++)
			chance[i].mean += family->pair[i].table.both;
	}
	chain_free(&chain);
	acc_presence_free(&presence);
	return status;
}

const struct acc_pair_test acc_pair_test_curveball = {
    .key = "curveball",
    .name = "fixed-fixed curveball within participants",
    .about = "units keep their number of themes and themes their number of units, inside each "
	     "participant",
    .citation = "Strona et al. 2014; Carstens 2015",
    .draws = 10000,
    .run = run,
};
