/* presence: which units of a group have which themes in a layer, as bits, stratum by stratum.
 *
 * A stratum is a participant (or document): what is permuted is permuted inside it. Where neither
 * is known all units are one stratum. Units alone in their stratum are left out: nothing can be
 * permuted there. Order inside a stratum means nothing. */
#ifndef ACC_PRESENCE_H
#define ACC_PRESENCE_H

#include "stats/blocks.h"
#include "stats/layer.h"

struct acc_stratum {
	uint32_t units;
	size_t words;      /* 64 units each, per theme */
	uint64_t *applied; /* borrowed from acc_presence, [themes * words]: unit u is bit u % 64 */
	uint64_t *looked;  /* the same: somebody looked for the theme; unset elsewhere */
};

struct acc_presence {
	uint32_t themes;
	size_t strata;
	struct acc_stratum *stratum; /* owned */
	uint64_t *bits;              /* owned */
	bool incomplete;             /* some unit was looked at for some themes only */
};

/* ACC_TOO_LARGE: more than ACC_PRESENCE_MOST words of bits. */
enum { ACC_PRESENCE_MOST = 1 << 26 };
enum acc_status acc_presence_make(struct acc_presence *presence,
				  const struct acc_patterns *patterns,
				  const struct acc_blocks *blocks, struct acc_layer layer,
				  uint32_t present);
void acc_presence_free(struct acc_presence *presence);

/* Units of a stratum with both bits set; with three: looked at for both. */
uint32_t acc_bits_both(const uint64_t *a, const uint64_t *b, size_t words);
uint32_t acc_bits_three(const uint64_t *a, const uint64_t *b, const uint64_t *c, size_t words);

#endif
