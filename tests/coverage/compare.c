/* compare: how often do the tests of groups reject what is true, and what is not? Simulated studies
 * in which segments are nested in participants; prints docs/type-one-error.md.
 *
 *   make coverage
 *
 * The model is described in tests/parts/group_study.h. */
#include "stats/agreement.h"
#include "stats/classical.h"
#include "stats/comparison.h"
#include "stats/contingency.h"
#include "stats/group_agreement.h"
#include "stats/group_density.h"
#include "stats/interval.h"
#include "stats/parallel.h"
#include "stats/prevalence.h"
#include "stats/random.h"
#include "stats/special.h"
#include "tests/parts/group_study.h"
#include "tests/parts/simulated.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { SEED = 1, STUDIES = 10000, PERMUTATIONS = 499, PURPOSE = 101 };
enum { PAIRED_STUDIES = 2000 }; /* all assignments of two groups take long */
static const double margin = .10;

/* ---- tests ---- */

enum {
	AGREEMENT_F,
	AGREEMENT_PERMUTED,
	AGREEMENT_CHI2,
	UNGUARDED,
	DENSITY_F,
	DENSITY_PERMUTED,
	DENSITY_CHI2,
	MENTION,
	MENTION_MID,
	PAIR_T,
	PAIR_PERMUTED,
	EQUIVALENCE,
	TESTS
};

static const struct acc_coefficient *const alpha = &acc_coefficient_krippendorff_alpha;
static const struct acc_weights identity = {.categories = 2};
static const uint32_t all_groups[] = {0, 1, 2}, two_groups[] = {0, 2};

static double
permute(const struct acc_people *people, struct acc_statistic statistic, uint64_t seed)
{
	struct acc_exchange exchange = {people->group, people->clusters, people->groups,
					seed,          PERMUTATIONS,     1};
	struct acc_permuted *permuted = acc_array(statistic.statistics, sizeof *permuted);
	if (!permuted)
		must_be_ok(ACC_NO_MEMORY);
	must_be_ok(acc_permute(&exchange, &statistic, permuted));
	double p = permuted[0].p;
	free(permuted);
	return p;
}

static struct acc_estimate
estimate(const struct acc_patterns *patterns, uint32_t group, enum acc_ci ci)
{
	struct acc_plan plan = {.coefficient = &alpha,
				.coefficients = 1,
				.weights = &identity,
				.ci = ci,
				.level = .95,
				.present = ACC_NONE};
	struct acc_scope scope = {.group = group, .coders = CODERS};
	struct acc_estimate *made, first;
	must_be_ok(acc_agreement(patterns, &plan, &scope, &made));
	first = made[0];
	free(made);
	return first;
}

static double
permute_agreement(const struct acc_people *people, uint64_t seed)
{
	struct acc_plan plan = {.coefficient = &alpha,
				.coefficients = 1,
				.weights = &identity,
				.level = .95,
				.present = ACC_NONE};
	enum acc_status status;
	struct acc_group_agreement *made = acc_group_agreement_make(people, &plan, &status);
	must_be_ok(status);
	double p = permute(people, acc_group_agreement_statistic(made), seed);
	acc_group_agreement_free(made);
	return p;
}

static void
test_agreement(const struct acc_patterns *patterns, const struct acc_people *people, uint64_t seed,
	       double *p)
{
	struct acc_arm arm[GROUPS];
	double value[GROUPS], se[GROUPS];
	bool estimable = true;
	for (uint32_t g = 0; g < GROUPS; g++) {
		struct acc_estimate e = estimate(patterns, g, ACC_CI_AUTO);
		struct acc_estimate naive = estimate(patterns, g, ACC_CI_GWET);
		arm[g] = (struct acc_arm){acc_fisher(e.value), e.se * acc_fisher_slope(e.value),
					  fmax(e.effective - 1, 1), e.reason == ACC_DEFINED};
		estimable = estimable && e.estimable;
		value[g] = naive.value;
		se[g] = naive.se;
	}
	p[UNGUARDED] = acc_welch(arm, GROUPS).p;
	p[AGREEMENT_CHI2] = acc_fleiss_homogeneity(value, se, GROUPS).p;
	if (!estimable || isnan(p[UNGUARDED]))
		return;
	p[AGREEMENT_F] = p[UNGUARDED];
	p[AGREEMENT_PERMUTED] = permute_agreement(people, seed);
}

/* The first and the last group: equal, and equal within the margin? */
static void
test_pair(const struct acc_patterns *patterns, uint64_t seed, bool equivalence, double *p)
{
	struct acc_arm arm[2], kappa[2];
	for (uint32_t i = 0; i < 2; i++) {
		struct acc_estimate e = estimate(patterns, two_groups[i], ACC_CI_AUTO);
		bool good = e.estimable && e.reason == ACC_DEFINED;
		double df = fmax(e.effective - 1, 1);
		arm[i] = (struct acc_arm){acc_fisher(e.value), e.se * acc_fisher_slope(e.value), df,
					  good};
		kappa[i] = (struct acc_arm){e.value, e.se, df, good};
	}
	double t = acc_welch_pair(&arm[0], &arm[1]).p;
	if (equivalence)
		p[EQUIVALENCE] = acc_equivalence(&kappa[0], &kappa[1], margin);
	if (equivalence || isnan(t))
		return;
	struct acc_people people;
	must_be_ok(acc_people_make(&people, patterns, two_groups, 2, ACC_CLUSTER_AUTO));
	p[PAIR_T] = t;
	p[PAIR_PERMUTED] = permute_agreement(&people, seed);
	acc_people_free(&people);
}

/* Of one coder, the first: whose codings they are does not matter here. */
static void
test_density(const struct acc_patterns *patterns, const struct acc_people *people, uint64_t seed,
	     double *p)
{
	struct acc_layer layer = {.kind = ACC_LAYER_CODER, .coder = 0};
	struct acc_arm arm[GROUPS];
	double units[2 * GROUPS], mentions[2 * GROUPS];
	for (uint32_t g = 0; g < GROUPS; g++) {
		struct acc_share *s, *m;
		must_be_ok(acc_densities(patterns, ACC_NONE, &layer, g, ACC_CLUSTER_AUTO, .95, &s));
		must_be_ok(
		    acc_mention_rates(patterns, ACC_NONE, &layer, g, ACC_CLUSTER_AUTO, .95, &m));
		arm[g] = (struct acc_arm){
		    log(s->value / (1 - s->value)), s->se / (s->value * (1 - s->value)),
		    fmax(s->effective - 1, 1), s->estimable && s->reason == ACC_DEFINED};
		units[g] = s->count;
		units[GROUPS + g] = s->total - s->count;
		mentions[g] = m->count;
		mentions[GROUPS + g] = m->total - m->count;
		free(s);
		free(m);
	}
	struct acc_exact exact;
	must_be_ok(
	    acc_fisher_freeman_halton(&(struct acc_contingency){mentions, 2, GROUPS}, &exact));
	p[MENTION] = exact.p;
	p[MENTION_MID] = exact.mid_p;
	p[DENSITY_CHI2] = acc_pearson(&(struct acc_contingency){units, 2, GROUPS}).p;
	p[DENSITY_F] = acc_welch(arm, GROUPS).p;
	if (isnan(p[DENSITY_F]))
		return;
	struct acc_group_density made;
	must_be_ok(acc_group_density_make(&made, people, ACC_NONE, &layer));
	p[DENSITY_PERMUTED] = permute(people, acc_group_density_statistic(&made), seed);
	acc_group_density_free(&made);
}

struct job {
	const struct group_scenario *scenario;
	uint32_t number;
	double (*p)[TESTS]; /* [STUDIES] */
};

static enum acc_status
run_study(void *context, size_t index)
{
	const struct job *job = context;
	gsl_rng *rng = gsl_rng_alloc(acc_rng_philox);
	struct acc_people people;
	uint64_t seed = (uint64_t)job->number << 32 | index;
	for (size_t t = 0; t < TESTS; t++)
		job->p[index][t] = NAN;
	acc_random_go(rng, &(struct acc_address){SEED, PURPOSE, job->number, 0, index});
	struct acc_patterns patterns = group_study(job->scenario, rng);
	must_be_ok(acc_people_make(&people, &patterns, all_groups, GROUPS, ACC_CLUSTER_AUTO));
	if (job->scenario->about & AGREEMENT)
		test_agreement(&patterns, &people, seed, job->p[index]);
	if (job->scenario->about & DENSITY)
		test_density(&patterns, &people, seed, job->p[index]);
	bool equivalence = job->scenario->about & EQUIVALENT;
	if (equivalence || (job->scenario->about & PAIR && index < PAIRED_STUDIES))
		test_pair(&patterns, seed, equivalence, job->p[index]);
	acc_people_free(&people);
	acc_patterns_free(&patterns);
	gsl_rng_free(rng);
	return ACC_OK;
}

/* ---- printing ---- */

static double rate[GROUP_SCENARIOS][TESTS], defined[GROUP_SCENARIOS][TESTS];

static void
put(const struct job *job)
{
	for (size_t t = 0; t < TESTS; t++) {
		double rejected = 0, some = 0;
		for (size_t i = 0; i < STUDIES; i++) {
			some += isnan(job->p[i][t]) ? 0 : 1;
			rejected += job->p[i][t] <= .05 ? 1 : 0;
		}
		rate[job->number][t] = some > 0 ? rejected / some : NAN;
		defined[job->number][t] = some / STUDIES;
	}
}

/* The head's last column is how many studies are not estimable by the first of the tests. */
static void
print_table(enum about about, const char *head, const int *test, size_t tests)
{
	double all = about == PAIR ? (double)PAIRED_STUDIES / STUDIES : 1;
	printf("\n%s\n|---|", head);
	for (size_t t = 0; t <= tests; t++)
		printf("---|");
	printf("\n");
	for (size_t s = 0; s < GROUP_SCENARIOS; s++) {
		if (!(group_scenarios[s].about & (unsigned)about))
			continue;
		printf("| %s |", group_scenarios[s].name);
		for (size_t t = 0; t < tests; t++)
			if (defined[s][test[t]] * STUDIES < 200)
				printf(" too few |");
			else
				printf(" %.3f |", rate[s][test[t]]);
		printf(" %.3f |\n", 1 - defined[s][test[0]] / all);
	}
}

static void
print_head(void)
{
	printf("# How often the tests of groups reject\n\n"
	       "Share of %d simulated studies with p <= .05; made by `make coverage` "
	       "(tests/coverage/compare.c; the model is described in tests/parts/group_study.h). "
	       "Three groups, three "
	       "coders, one theme; segments are nested in participants. Where the groups are "
	       "equal in what is tested, it should be .05; the rows POWER say how often a "
	       "difference is found. \"Not estimable\" is the share of studies in which the guard "
	       "refuses; the rates of the first tests are of the others. Permutations: %d. The "
	       "error of a rate near .05 is about .002, more where few studies are estimable.\n\n"
	       "**The p to report is the permutation's** (column `p`): it stays between .03 and "
	       ".06. Welch's F beside it (`p_welch`) is timid where a theme is rare: "
	       "without the guard it rejects too often there, and nearly all the studies in which "
	       "it does are those that the guard refuses, so that few are left. A permutation is "
	       "compared with those that pass the guard, too. The chi-square tests that take "
	       "segments for "
	       "independent reject what is true in three studies of ten.\n",
	       STUDIES, PERMUTATIONS);
}

static void
print_tables(void)
{
	printf("\n## Agreement (Krippendorff's alpha)\n");
	print_table(AGREEMENT,
		    "| scenario | **participant permutation (p)** | Welch F (p_welch) | Welch F "
		    "without the guard | chi-square, segments independent | not estimable |",
		    (int[]){AGREEMENT_PERMUTED, AGREEMENT_F, UNGUARDED, AGREEMENT_CHI2}, 4);
	printf("\nThe first and the last group alone, all assignments of their participants (%d "
	       "studies: error about .005):\n",
	       PAIRED_STUDIES);
	print_table(PAIR,
		    "| scenario | **participant permutation (p)** | Welch t (p_welch) | not "
		    "estimable |",
		    (int[]){PAIR_PERMUTED, PAIR_T}, 2);
	printf("\n## Equivalence within .10 (p_tost)\n\nThe first and the last group. Where they "
	       "differ by the margin, .05 is the most that should be.\n");
	print_table(EQUIVALENT, "| scenario | two one-sided tests | not estimable |",
		    (int[]){EQUIVALENCE}, 1);
	printf("\n## Prevalence\n\nWhere nearly everybody, or nearly nobody, mentions a theme "
	       "there are few "
	       "tables of people, and no test of mention rates comes near .05. The exact p wastes "
	       "most of what "
	       "there is; its mid-p does not, and is the one to report.\n");
	print_table(DENSITY,
		    "| scenario | **density: participant permutation (p)** | density: Welch F "
		    "(p_welch) | **mention rate: mid-p (p)** | mention rate: exact (p_exact) | "
		    "chi-square on segments | not estimable |",
		    (int[]){DENSITY_PERMUTED, DENSITY_F, MENTION_MID, MENTION, DENSITY_CHI2}, 5);
}

int
main(void)
{
	static double p[STUDIES][TESTS];
	acc_special_begin();
	for (uint32_t s = 0; s < GROUP_SCENARIOS; s++) {
		struct job job = {&group_scenarios[s], s, p};
		must_be_ok(acc_parallel(acc_parallel_threads(0), STUDIES, run_study, &job));
		put(&job);
		fprintf(stderr, "%s\n", group_scenarios[s].name);
	}
	print_head();
	print_tables();
	return 0;
}
