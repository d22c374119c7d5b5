/* The upper tail of the hypergeometric: as many units with both or more. Naive: it takes units of
 * one participant as independent. Check: 3, 1, 1, 3: .24286 (R). */
#include "stats/pair_test.h"

static double
tail(const struct acc_hypergeometric *h)
{
	return h->upper;
}

static enum acc_status
run(const struct acc_family *family, struct acc_chance *chance)
{
	acc_chance_hypergeometric(family, tail, chance);
	return ACC_OK;
}

const struct acc_pair_test acc_pair_test_attraction = {
    .key = "attraction",
    .name = "hypergeometric upper tail (naive)",
    .about = "naive: one-sided, so many units with both or more",
    .citation = "Fisher 1935",
    .naive = true,
    .one_sided = true,
    .run = run,
};
