/* The upper tail of the hypergeometric: as many units with both or more. Naive: it takes units of
 * one participant as independent. Check: 3, 1, 1, 3: .24286 (R). */
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
		chance[i].p = h.upper;
	}
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
