#include "stats/replicates.h"

#include <stdlib.h>

void
acc_replicates_free(struct acc_replicates *replicates)
{
	free(replicates->value);
	free(replicates->error);
	*replicates = (struct acc_replicates){0};
}
