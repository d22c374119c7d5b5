#include "tests/parts/nested_study.h"
#include "tests/parts/simulated.h"

#include <gsl/gsl_randist.h>

static void
add_segment(struct acc_patterns *patterns, const struct nested_scenario *scenario,
	    uint32_t participant, const double *prevalence, const double *skill, gsl_rng *rng)
{
	const struct nested_design *design = scenario->design;
	uint32_t value[CODERS][2 * THEMES], length[CODERS] = {0};
	uint32_t word[3 + 2 * CODERS] = {ACC_NONE, participant, ACC_NONE};
	for (uint32_t t = 0; t < design->themes; t++) {
		bool truth = gsl_rng_uniform(rng) < prevalence[t];
		for (unsigned j = 0; j < design->coders; j++) {
			bool knows = gsl_rng_uniform(rng) < skill[j];
			bool guess = gsl_rng_uniform(rng) < scenario->prevalence[t];
			if (knows ? truth : guess) {
				value[j][length[j]++] = t;
				value[j][length[j]++] = 0;
			}
		}
	}
	for (unsigned j = 0; j < design->coders; j++) {
		word[3 + 2 * j] = j;
		must_be_ok(acc_pool_add(&patterns->value, value[j], length[j], &word[4 + 2 * j]));
	}
	must_be_ok(acc_patterns_add(patterns, word, 3 + 2 * design->coders, 1, NULL));
}

/* Twelve segments on average, over-dispersed (negative binomial), at least one. */
static void
add_participant(struct acc_patterns *patterns, const struct nested_scenario *scenario,
		uint32_t participant, gsl_rng *rng)
{
	const struct nested_design *design = scenario->design;
	double prevalence[THEMES], skill[CODERS];
	unsigned segments = 1 + gsl_ran_negative_binomial(rng, 2 / 13.0, 2);
	for (unsigned t = 0; t < design->themes; t++)
		prevalence[t] = draw_beta(rng, scenario->prevalence[t], design->prevalence_icc);
	for (unsigned j = 0; j < design->coders; j++)
		skill[j] = draw_beta(rng, scenario->skill - design->handicap[j], design->skill_icc);
	for (unsigned i = 0; i < segments; i++)
		add_segment(patterns, scenario, participant, prevalence, skill, rng);
}

struct acc_patterns
nested_study(const struct nested_scenario *scenario, unsigned participants, bool nested,
	     gsl_rng *rng)
{
	struct acc_patterns patterns = {.design = ACC_THEMES};
	add_label(&patterns.code, "", 0);
	for (unsigned t = 0; t < scenario->design->themes; t++)
		add_label(&patterns.theme, "theme", t);
	for (unsigned j = 0; j < scenario->design->coders; j++)
		add_label(&patterns.coder, "coder", j);
	for (unsigned g = 0; nested && g < participants; g++)
		add_label(&patterns.participant, "p", g);
	for (unsigned g = 0; g < participants; g++)
		add_participant(&patterns, scenario, nested ? g : ACC_NONE, rng);
	return patterns;
}
