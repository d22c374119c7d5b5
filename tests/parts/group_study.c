#include "tests/parts/group_study.h"
#include "tests/parts/simulated.h"

#include <gsl/gsl_randist.h>

/* Skills and the kappa that they make. */
#define K77 .88
#define K67 .81854
#define K36 .60

/* The place of a scenario addresses its random numbers: new ones come last. */
// clang-format off
const struct group_scenario group_scenarios[GROUP_SCENARIOS] = {
    {"identical, 15/10/4", {15, 10, 4}, {.3, .3, .3}, {K77, K77, K77}, {12, 12, 12}, BOTH},
    {"identical, 8/8/8", {8, 8, 8}, {.3, .3, .3}, {K77, K77, K77}, {12, 12, 12}, BOTH},
    {"less skill, 15/10/4", {15, 10, 4}, {.3, .3, .3}, {.76, .76, .76}, {12, 12, 12}, BOTH},
    {"same kappa, prevalence .5/.3/.2, 15/10/4",
     {15, 10, 4}, {.5, .3, .2}, {K77, K77, K77}, {12, 12, 12}, KAPPA},
    {"same kappa, prevalence .5/.3/.2 and 8/12/24 segments each, 15/10/4",
     {15, 10, 4}, {.5, .3, .2}, {K77, K77, K77}, {8, 12, 24}, KAPPA},
    {"same prevalence, 8/12/24 segments each, 15/10/4",
     {15, 10, 4}, {.3, .3, .3}, {K77, K77, K77}, {8, 12, 24}, DENSITY},
    {"same kappa, theme rare (.1) among the 4 leaders, 15/10/4",
     {15, 10, 4}, {.3, .3, .1}, {K77, K77, K77}, {12, 12, 12}, KAPPA},
    {"theme rare (.1) everywhere, 15/10/4",
     {15, 10, 4}, {.1, .1, .1}, {K77, K77, K77}, {12, 12, 12}, BOTH},
    {"theme rare (.1) everywhere, 8/8/8",
     {8, 8, 8}, {.1, .1, .1}, {K77, K77, K77}, {12, 12, 12}, BOTH},
    {"theme very rare (.04), 8 segments each, 15/10/4",
     {15, 10, 4}, {.04, .04, .04}, {K77, K77, K77}, {8, 8, 8}, DENSITY},
    {"POWER: leaders' kappa .36, others' .77, 15/10/4",
     {15, 10, 4}, {.3, .3, .3}, {K77, K77, K36}, {12, 12, 12}, KAPPA},
    {"POWER: third group's kappa .36, others' .77, 8/8/8",
     {8, 8, 8}, {.3, .3, .3}, {K77, K77, K36}, {12, 12, 12}, KAPPA},
    {"POWER: prevalence .3/.3/.6, 15/10/4",
     {15, 10, 4}, {.3, .3, .6}, {K77, K77, K77}, {12, 12, 12}, DENSITY},
    {"POWER: prevalence .3/.3/.6, 8/8/8",
     {8, 8, 8}, {.3, .3, .6}, {K77, K77, K77}, {12, 12, 12}, DENSITY},
    {"POWER: prevalence .04/.04/.2, 8 segments each, 8/8/8",
     {8, 8, 8}, {.04, .04, .2}, {K77, K77, K77}, {8, 8, 8}, DENSITY},
    {"kappa .77 and .67, 15/10/4",
     {15, 10, 4}, {.3, .3, .3}, {K77, K77, K67}, {12, 12, 12}, EQUIVALENT},
    {"kappa .77 and .67, 8/8/8",
     {8, 8, 8}, {.3, .3, .3}, {K77, K77, K67}, {12, 12, 12}, EQUIVALENT},
    {"kappa .77 and .67, 40/40/40",
     {40, 40, 40}, {.3, .3, .3}, {K77, K77, K67}, {12, 12, 12}, EQUIVALENT},
    {"POWER: kappa .77 both, 15/10/4",
     {15, 10, 4}, {.3, .3, .3}, {K77, K77, K77}, {12, 12, 12}, EQUIVALENT},
    {"POWER: kappa .77 both, 40/40/40",
     {40, 40, 40}, {.3, .3, .3}, {K77, K77, K77}, {12, 12, 12}, EQUIVALENT},
};
// clang-format on

static void
add_segment(struct acc_patterns *patterns, const uint32_t *who, double prevalence, double skill,
	    double guessed, gsl_rng *rng)
{
	uint32_t word[3 + 2 * CODERS] = {who[0], who[1], ACC_NONE};
	bool truth = gsl_rng_uniform(rng) < prevalence;
	for (uint32_t j = 0; j < CODERS; j++) {
		bool knows = gsl_rng_uniform(rng) < skill, guess = gsl_rng_uniform(rng) < guessed;
		word[3 + 2 * j] = j;
		must_be_ok(acc_pool_add(&patterns->value, (uint32_t[]){0, 0},
					(knows ? truth : guess) ? 2 : 0, &word[4 + 2 * j]));
	}
	must_be_ok(acc_patterns_add(patterns, word, 3 + 2 * CODERS, 1, NULL));
}

/* Segments: at least one, negative binomial, over-dispersed. */
struct acc_patterns
group_study(const struct group_scenario *scenario, gsl_rng *rng)
{
	struct acc_patterns patterns = {.design = ACC_THEMES};
	uint32_t person = 0;
	add_label(&patterns.code, "", 0);
	add_label(&patterns.theme, "theme", 0);
	for (unsigned j = 0; j < CODERS; j++)
		add_label(&patterns.coder, "coder", j);
	for (uint32_t g = 0; g < GROUPS; g++) {
		add_label(&patterns.group, "group", g);
		for (unsigned i = 0; i < scenario->people[g]; i++, person++) {
			double mean = scenario->segments[g] - 1;
			double prevalence = draw_beta(rng, scenario->prevalence[g], .15);
			double skill = draw_beta(rng, scenario->skill[g], .10);
			unsigned segments = 1 + gsl_ran_negative_binomial(rng, 2 / (2 + mean), 2);
			add_label(&patterns.participant, "p", person);
			for (unsigned s = 0; s < segments; s++)
				add_segment(&patterns, (uint32_t[]){g, person}, prevalence, skill,
					    scenario->prevalence[g], rng);
		}
	}
	return patterns;
}
