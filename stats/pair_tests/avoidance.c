/* The lower tail of the hypergeometric: as few units with both or fewer. Naive: it takes units of
 * one participant as independent. Check: 3, 1, 1, 3: .98571. */
#include "stats/hypergeometric.h"
#include "stats/pair_test.h"

#include <math.h>

static enum acc_status
run(const struct acc_family *family, struct acc_chance *chance)
{
	for (size_t i = 0; i < family->pairs; i++) {
		const struct acc_pair_table *table = &family->pair[i].table;
		if (acc_pair_constant(table)) {
			chance[i].reason = ACC_REASON_empty_margin;
			continue;
		}
		struct acc_hypergeometric h = acc_hypergeometric(table, 0);
		chance[i].mean = h.mean;
		chance[i].deviation = sqrt(h.variance);
		chance[i].p = h.lower;
	}
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
