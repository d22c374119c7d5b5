/* mentions: what each participant (document, unit) of a group has of each theme, in a layer. */
#ifndef ACC_MENTIONS_H
#define ACC_MENTIONS_H

#include "stats/blocks.h"
#include "stats/layer.h"

struct acc_mentions {
	struct acc_blocks blocks;
	uint32_t themes;
	double *with; /* owned, [blocks * themes] units with the theme */
	double *seen; /* owned, [blocks * themes] units looked at for it */
};

/* Of one group; ACC_NONE: of all. */
enum acc_status acc_mentions_make(struct acc_mentions *mentions,
				  const struct acc_patterns *patterns, uint32_t present,
				  const struct acc_layer *layer, uint32_t group,
				  enum acc_cluster cluster);
void acc_mentions_free(struct acc_mentions *mentions);

/* Did anybody of the layer look at a block? */
bool acc_mentions_looked(const struct acc_mentions *mentions, size_t block);

/* The participant or document that a block is; NULL where it is none. */
const char *acc_mentions_name(const struct acc_mentions *mentions,
			      const struct acc_patterns *patterns, size_t block);

#endif
