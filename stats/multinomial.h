/* multinomial: how often each of some categories is drawn.
 *
 * Exact, and prepared once for many draws of the same number with the same shares. Given its sum, a
 * vector of independent Poisson numbers is multinomial; so most of the draws are made as Poisson
 * numbers whose mean is fixed and therefore prepared, on a ladder of ever smaller sums, and what is
 * then missing is drawn one by one. The cost is that of the categories, hardly that of the draws.
 */
#ifndef ACC_MULTINOMIAL_H
#define ACC_MULTINOMIAL_H

#include "stats/normal.h"
#include "stats/slots.h"

struct acc_rung;
struct acc_multinomial {
	size_t categories;
	uint32_t draws;
	size_t rungs;
	struct acc_rung *rung; /* owned: sums of Poisson numbers, largest first */
	struct acc_slot *slot; /* owned, [categories]: one by one */
	struct acc_normal normal;
};

/* Prepare `draws` draws by weights (not negative, one of them positive); free with
 * acc_multinomial_free, also after a failure. */
enum acc_status acc_multinomial_make(struct acc_multinomial *multinomial, const double *weight,
				     size_t categories, uint32_t draws);
void acc_multinomial_free(struct acc_multinomial *multinomial);

/* times[categories] adds up to `draws`. scratch: [categories]. */
void acc_multinomial_draw(const struct acc_multinomial *multinomial, struct acc_stream *stream,
			  uint32_t *times, uint32_t *scratch);

#endif
