/* The lower tail of the hypergeometric: as few units with both or fewer. Naive: it takes units of
 * one participant as independent. Check: 3, 1, 1, 3: .98571. */
#include "stats/pair_test.h"

static double
tail(const struct acc_hypergeometric *h)
{
	return h->lower;
}

static enum acc_status
run(const struct acc_family *family, struct acc_chance *chance)
{
	acc_chance_hypergeometric(family, tail, chance);
	return ACC_OK;
}

const struct acc_pair_test acc_pair_test_avoidance = {
    .key = "avoidance",
    .name = "hypergeometric lower tail (naive)",
    .about = "naive: one-sided, so few units with both or fewer",
    .citation = "Fisher 1935",
    .naive = true,
    .one_sided = true,
    .run = run,
};
