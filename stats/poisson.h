/* poisson: Poisson numbers of a mean that is prepared once. */
#ifndef ACC_POISSON_H
#define ACC_POISSON_H

#include "stats/slots.h"

struct acc_poisson {
	uint32_t first, count; /* the outcomes first .. first + count - 1 have slots; 0: none */
	struct acc_slot *slot; /* owned */
	double mean, log_mean, a, b, alpha, quick; /* otherwise: constants of the rejection */
};

/* Means up to some thousands get a table of outcomes, exact to 2^-32 and cut off where less than
 * 2^-40 is left; larger ones the rejection from a transformed density PTRS of Hoermann 1993 (The
 * transformed rejection method for generating Poisson random variables, Insurance: Mathematics and
 * Economics 12). Free with acc_poisson_free, also after a failure. */
enum acc_status acc_poisson_make(struct acc_poisson *poisson, double mean);
void acc_poisson_free(struct acc_poisson *poisson);

/* By rejection, for means without a table. */
uint32_t acc_poisson_reject(const struct acc_poisson *poisson, struct acc_stream *stream);

static inline uint32_t
acc_poisson_draw(const struct acc_poisson *poisson, struct acc_stream *stream)
{
	return poisson->count
		   ? poisson->first + acc_slots_draw(poisson->slot, poisson->count, stream)
		   : acc_poisson_reject(poisson, stream);
}

#endif
