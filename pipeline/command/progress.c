#include "pipeline/command/progress.h"
#include "stats/parallel.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { BAR = 24 };
static const double first_after = 1, again_after = 0.1; /* seconds */

static struct {
	bool wanted, shown;
	const char *stage, *what;
	uint64_t steps, done;
	double inside; /* of the step at hand, 0 to 1 */
	double begun, phase_begun, last;
	pthread_mutex_t lock;
} progress = {.lock = PTHREAD_MUTEX_INITIALIZER};

static double
now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static void
put_left(char *into, size_t size, double seconds)
{
	unsigned long whole = (unsigned long)(seconds + 0.5);
	if (whole < 60)
		snprintf(into, size, "about %lu s left", whole);
	else if (whole < 3600)
		snprintf(into, size, "about %lu min left", (whole + 30) / 60);
	else
		snprintf(into, size, "about %lu h %lu min left", whole / 3600, whole % 3600 / 60);
}

/* One write, so that the line is never seen half. */
static void
show(double time)
{
	double share = ((double)progress.done + progress.inside) / (double)progress.steps;
	char bar[BAR + 1], left[64] = "", line[256];
	share = share < 0 ? 0 : share > 1 ? 1 : share;
	for (int i = 0; i < BAR; i++)
		bar[i] = i < share * BAR ? '#' : '.';
	bar[BAR] = 0;
	if (share > 0.02)
		put_left(left, sizeof left, (time - progress.phase_begun) * (1 - share) / share);
	int length = snprintf(line, sizeof line, "\r\033[Kaccord %s: %s [%s] %3.0f %%  %s",
			      progress.stage, progress.what, bar, 100 * share, left);
	if (length > 0 && write(STDERR_FILENO, line, (size_t)length) == length)
		progress.shown = true;
	progress.last = time;
}

/* Hold the lock. */
static void
maybe_show(void)
{
	double time = now();
	if (progress.steps && time - progress.begun >= first_after &&
	    time - progress.last >= again_after)
		show(time);
}

/* Parts of the step at hand. A thread that finds the lock taken lets it be. */
static void
watch(size_t done, size_t count)
{
	if (pthread_mutex_trylock(&progress.lock))
		return;
	progress.inside = done < count ? (double)done / (double)count : 0;
	maybe_show();
	pthread_mutex_unlock(&progress.lock);
}

void
acc_progress_begin(const char *stage, bool wanted)
{
	const char *terminal = getenv("TERM");
	progress.wanted = wanted && isatty(STDERR_FILENO) && terminal && strcmp(terminal, "dumb");
	progress.stage = stage;
	progress.begun = now();
	if (progress.wanted)
		acc_parallel_watch(watch);
}

void
acc_progress_end(void)
{
	static const char clear[] = "\r\033[K";
	if (progress.shown && write(STDERR_FILENO, clear, sizeof clear - 1) > 0)
		progress.shown = false;
	progress.wanted = false;
	acc_parallel_watch(NULL);
}

void
acc_progress_phase(const char *what, uint64_t steps)
{
	if (!progress.wanted)
		return;
	pthread_mutex_lock(&progress.lock);
	progress.what = what;
	progress.steps = steps;
	progress.done = 0;
	progress.inside = 0;
	progress.phase_begun = now();
	pthread_mutex_unlock(&progress.lock);
}

void
acc_progress_step(uint64_t steps)
{
	if (!progress.wanted)
		return;
	pthread_mutex_lock(&progress.lock);
	progress.done += steps;
	progress.inside = 0;
	maybe_show();
	pthread_mutex_unlock(&progress.lock);
}
