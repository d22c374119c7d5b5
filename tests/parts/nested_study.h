/* nested_study: simulated studies of one group, for the coverage of intervals.
 *
 * A participant of a study has a prevalence of each theme (beta, around the study's) and makes the
 * coders' work easier or harder (beta, around each coder's skill). A segment has a theme or not; a
 * coder knows that with the probability of the skill, and otherwise guesses with the study's
 * prevalence. */
#ifndef NESTED_STUDY_H
#define NESTED_STUDY_H

#include "stats/patterns.h"
#include "stats/random.h"

enum { THEMES = 3, CODERS = 3 };

/* One way that studies come about. */
struct nested_design {
	const char *name;
	unsigned themes, coders;
	double prevalence_icc, skill_icc;
	double handicap[CODERS]; /* taken from the skill of each coder */
};

struct nested_scenario {
	const struct nested_design *design;
	double prevalence[THEMES], skill;
	uint32_t number;
};

/* One study, which the caller frees. `nested`: remember which segment is of whom. */
struct acc_patterns nested_study(const struct nested_scenario *scenario, unsigned participants,
				 bool nested, gsl_rng *rng);

#endif
