/* poisson_weight: how often a cluster is in a replicate of the Poisson bootstrap.
 *
 * Every cluster comes Poisson(1) times into every replicate, independent of all others (Hanley &
 * MacGibbon 2006): with many clusters hardly another distribution than drawing as many as there
 * are. The number is a function of seed, name of the cluster and replicate, and of nothing else: it
 * is the same in whatever shard, group or study the cluster is met (Chamandy, Muralidharan, Najmi &
 * Naidu 2012). */
#ifndef ACC_POISSON_WEIGHT_H
#define ACC_POISSON_WEIGHT_H

#include <stddef.h>
#include <stdint.h>

/* What stands for the name of a cluster: FNV-1a of its bytes. */
uint64_t acc_weight_name(const char *label);

/* The stream of a seed, and the times of one cluster in one replicate of it. */
enum { ACC_WEIGHT_LIMITS = 6 };
struct acc_weight_stream {
	uint32_t key[2];
	uint32_t limit[ACC_WEIGHT_LIMITS]; /* first bits of the distribution function at 0, 1 .. */
};
struct acc_weight_stream acc_weight_stream_make(uint64_t seed);
uint32_t acc_weight(const struct acc_weight_stream *stream, uint64_t name, uint64_t replicate);

/* The same for many clusters: times[count]. */
void acc_weight_all(const struct acc_weight_stream *stream, const uint64_t *name, size_t count,
		    uint64_t replicate, uint32_t *times);

#endif
