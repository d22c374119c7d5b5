/* coder_swap: do two coders use the categories alike, when units are nested in people?
 *
 * If they do, it does not matter whose codings of a participant are whose. So both coders' codings
 * of whole participants change places: all 2^G ways for up to 16 participants in whom the coders
 * differ, else random ones. The statistic is D' S^+ D with D = sum over participants of d, d_k =
 * units the first coder gave k less units the second did, and S = sum of d d', which no swap
 * changes: for two categories (sum d)^2 / sum d^2 (Durkalski et al. 2003). Only units that both
 * rated count. */
#ifndef ACC_CODER_SWAP_H
#define ACC_CODER_SWAP_H

#include "stats/blocks.h"
#include "stats/tally.h"

struct acc_coder_swap {
	double statistic, p; /* NaN: the coders never differ in how often, in anybody */
	double clusters;     /* in whom they differ in how often they use a category */
	double swaps;        /* ways, or random ones */
};

enum { ACC_CODER_SWAPS = 9999 };

/* Coders i and j of the panel. */
enum acc_status acc_coder_swap_make(struct acc_coder_swap *swap,
				    const struct acc_patterns *patterns,
				    const struct acc_panel *panel, const struct acc_blocks *blocks,
				    uint32_t i, uint32_t j, uint64_t seed);

#endif
