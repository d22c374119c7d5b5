/* people: the clusters of several groups side by side, so that they can change places.
 *
 * A cluster is a block that stands once; blocks of equal single units stand for several clusters.
 */
#ifndef ACC_PEOPLE_H
#define ACC_PEOPLE_H

#include "stats/blocks.h"

/* Past so many clusters nothing is permuted: it takes long, and changes nothing. */
enum { ACC_PEOPLE_MAX = 2000 };

struct acc_people {
	const struct acc_patterns *patterns; /* borrowed */
	size_t groups, clusters;
	uint32_t *group;           /* owned, [clusters]: place of the group among those asked for */
	uint32_t *block;           /* owned, [clusters]: of its group's blocks */
	struct acc_blocks *blocks; /* owned, [groups] */
};

/* The clusters of some groups (numbers of the study). ACC_TOO_LARGE: more than ACC_PEOPLE_MAX. */
enum acc_status acc_people_make(struct acc_people *people, const struct acc_patterns *patterns,
				const uint32_t *group, size_t groups, enum acc_cluster cluster);
void acc_people_free(struct acc_people *people);

/* Call take(context, cluster, pattern, units) for every pattern of every cluster. */
void acc_people_each(const struct acc_people *people,
		     void (*take)(void *context, size_t cluster, uint32_t pattern, double units),
		     void *context);

#endif
