#include "stats/parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

enum { THREADS_MAX = 256 };

struct work {
	enum acc_status (*task)(void *context, size_t index);
	void *context;
	size_t count;
	atomic_size_t next, done;
	pthread_mutex_t lock; /* of the two below */
	size_t failed;        /* least index that failed */
	enum acc_status status;
};

static void (*watcher)(size_t done, size_t count);

void
acc_parallel_watch(void (*watch)(size_t done, size_t count))
{
	watcher = watch;
}

static void
remember(struct work *work, size_t index, enum acc_status status)
{
	pthread_mutex_lock(&work->lock);
	if (index < work->failed) {
		work->failed = index;
		work->status = status;
	}
	pthread_mutex_unlock(&work->lock);
	atomic_store(&work->next, work->count);
}

static void *
serve(void *data)
{
	struct work *work = data;
	for (;;) {
		size_t index = atomic_fetch_add(&work->next, 1);
		if (index >= work->count)
			return NULL;
		enum acc_status status = work->task(work->context, index);
		if (status != ACC_OK)
			remember(work, index, status);
		if (watcher)
			watcher(atomic_fetch_add(&work->done, 1) + 1, work->count);
	}
}

unsigned
acc_parallel_threads(unsigned asked)
{
	long processors = asked ? (long)asked : sysconf(_SC_NPROCESSORS_ONLN);
	return processors < 1 ? 1 : processors > THREADS_MAX ? THREADS_MAX : (unsigned)processors;
}

enum acc_status
acc_parallel(unsigned threads, size_t count, enum acc_status (*task)(void *context, size_t index),
	     void *context)
{
	pthread_t thread[THREADS_MAX];
	unsigned started = 0;
	struct work work = {.task = task, .context = context, .count = count, .failed = SIZE_MAX};
	pthread_mutex_init(&work.lock, NULL);
	while (started + 1 < threads && started + 1 < count && started < THREADS_MAX &&
	       !pthread_create(&thread[started], NULL, serve, &work))
		started++;
	serve(&work);
	for (unsigned i = 0; i < started; i++)
		pthread_join(thread[i], NULL);
	pthread_mutex_destroy(&work.lock);
	return work.status;
}
