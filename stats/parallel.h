/* parallel: the same work on every index, by several threads.
 *
 * What a task writes depends on its index only, never on the thread, so results do not depend on
 * how many there are. */
#ifndef ACC_PARALLEL_H
#define ACC_PARALLEL_H

#include "stats/base.h"

/* Call task(context, i) for i in 0 .. count - 1, each once, in no particular order. Returns ACC_OK
 * or the status of the first index that failed among those that ran; once one fails no new ones are
 * begun. Where threads cannot be had, fewer do the work. */
enum acc_status acc_parallel(unsigned threads, size_t count,
			     enum acc_status (*task)(void *context, size_t index), void *context);

/* Have somebody told, from any thread, how many tasks of a call are done; NULL: nobody. */
void acc_parallel_watch(void (*watch)(size_t done, size_t count));

/* How many threads a number means: 0 is as many as the machine has processors. */
unsigned acc_parallel_threads(unsigned asked);

#endif
