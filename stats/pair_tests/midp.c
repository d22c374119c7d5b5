/* mid-p: Fisher's test with half of the probability of the observed count in each tail, twice the
 * smaller (Lancaster 1961). Naive: it takes units of one participant as independent. Check: 3, 1,
 * 1, 3: .12857 in the upper tail. */
#include "stats/pair_test.h"

static double
tail(const struct acc_hypergeometric *h)
{
	return acc_two_sided(h->lower - h->point / 2, h->upper - h->point / 2);
}

static enum acc_status
run(const struct acc_family *family, struct acc_chance *chance)
{
	acc_chance_hypergeometric(family, tail, chance);
	return ACC_OK;
}

const struct acc_pair_test acc_pair_test_midp = {
    .key = "midp",
    .name = "mid-p (naive)",
    .about = "naive: two-sided, half of the observed count's probability in each tail",
    .citation = "Lancaster 1961",
    .naive = true,
    .run = run,
};
