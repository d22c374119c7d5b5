/* group_study: simulated studies of three groups, for the tests of differences.
 *
 * A participant has a prevalence of the theme (beta, around the group's, correlation .15) and makes
 * the coders' work easier or harder (beta, around the group's skill, correlation .10). Three coders
 * know whether a segment has the theme with the probability of the skill, and otherwise guess with
 * the group's prevalence: kappa is the squared skill, whatever the prevalence. */
#ifndef GROUP_STUDY_H
#define GROUP_STUDY_H

#include "stats/patterns.h"
#include "stats/random.h"

enum { GROUPS = 3, CODERS = 3 };

/* What the studies of a scenario are tested for; bits. The last two are about the first and the
 * last group alone. */
enum about { AGREEMENT = 1, DENSITY = 2, PAIR = 4, EQUIVALENT = 8 };
enum { BOTH = AGREEMENT | DENSITY | PAIR, KAPPA = AGREEMENT | PAIR };

struct group_scenario {
	const char *name;
	unsigned people[GROUPS];
	double prevalence[GROUPS];
	double skill[GROUPS];    /* of the coders */
	double segments[GROUPS]; /* mean number of a participant */
	unsigned about;
};

enum { GROUP_SCENARIOS = 20 };
extern const struct group_scenario group_scenarios[GROUP_SCENARIOS];

/* One study of a scenario: the caller frees it. */
struct acc_patterns group_study(const struct group_scenario *scenario, gsl_rng *rng);

#endif
