/* scratch: room for a few numbers, on the stack while they are few.
 *
 * A coefficient is evaluated thousands of times; asking the heap each time costs more than the
 * sums. */
#ifndef ACC_SCRATCH_H
#define ACC_SCRATCH_H

#include "stats/base.h"

#include <stdlib.h>
#include <string.h>

enum { ACC_SCRATCH = 256 };

struct acc_scratch {
	double small[ACC_SCRATCH];
	double *large; /* owned, or NULL */
};

/* `count` zeros, which acc_scratch_free gives back; NULL: no memory. */
static inline double *
acc_scratch_make(struct acc_scratch *scratch, size_t count)
{
	scratch->large = NULL;
	if (count > ACC_SCRATCH)
		return scratch->large = acc_array(count, sizeof *scratch->large);
	memset(scratch->small, 0, count * sizeof *scratch->small);
	return scratch->small;
}

static inline void
acc_scratch_free(struct acc_scratch *scratch)
{
	free(scratch->large);
	scratch->large = NULL;
}

#endif
