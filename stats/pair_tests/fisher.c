/* Fisher's exact test, two-sided: all counts that are no more likely than the observed one.
 * Naive: it takes units of one participant as independent. Check: 3, 1, 1, 3: .48571 (R). */
#include "stats/pair_test.h"

static double
tail(const struct acc_hypergeometric *h)
{
	return h->likely;
}

static enum acc_status
run(const struct acc_family *family, struct acc_chance *chance)
{
	acc_chance_hypergeometric(family, tail, chance);
	return ACC_OK;
}

const struct acc_pair_test acc_pair_test_fisher = {
    .key = "fisher",
    .name = "Fisher exact (naive)",
    .about = "naive: two-sided exact test with the margins fixed, units independent",
    .citation = "Fisher 1935",
    .naive = true,
    .run = run,
};
