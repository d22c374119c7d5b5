#include "pipeline/write/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { GIVEN_FD = 3, MOST_SAID = 4096, MOST_ARGUMENTS = 16 };

struct run {
	struct acc_child *child;
	pid_t pid;
	int said_fd;
	double deadline;
};

static double
now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static int
start(struct run *run, char *const *argument, char *const *environment, int file, int said)
{
	const struct acc_child *child = run->child;
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t usual;
	sigemptyset(&usual);
	sigaddset(&usual, SIGPIPE);
	sigaddset(&usual, SIGXFSZ);
	posix_spawn_file_actions_init(&actions);
	if (child->input > 0)
		posix_spawn_file_actions_adddup2(&actions, child->input, STDIN_FILENO);
	else
		posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, child->output > 0 ? child->output : said,
					 STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&actions, said, STDERR_FILENO);
	if (file >= 0)
		posix_spawn_file_actions_adddup2(&actions, file, GIVEN_FD);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigdefault(&attributes, &usual);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
	int why =
	    posix_spawnp(&run->pid, argument[0], &actions, &attributes, argument, environment);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return why;
}

static void
listen_to(struct run *run)
{
	struct acc_text *said = &run->child->said;
	char block[1024];
	for (;;) {
		double left = run->deadline - now();
		struct pollfd ready = {.fd = run->said_fd, .events = POLLIN};
		int events = left > 0 ? poll(&ready, 1, (int)(left * 1000) + 1) : 0;
		if (events < 0 && errno == EINTR)
			continue;
		ssize_t got = events > 0 ? read(run->said_fd, block, sizeof block) : 0;
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return;
		if (said->length + (size_t)got <= MOST_SAID)
			acc_text_bytes(said, block, (size_t)got);
	}
}

static void
wait_for(struct run *run)
{
	const struct timespec pause = {.tv_nsec = 2000000};
	for (;;) {
		pid_t ended = waitpid(run->pid, &run->child->status, WNOHANG);
		if (ended == run->pid || (ended < 0 && errno != EINTR))
			return;
		if (now() > run->deadline && !run->child->late) {
			run->child->late = true;
			kill(run->pid, SIGKILL);
		}
		nanosleep(&pause, NULL);
	}
}

static int
run_with(struct run *run, char *const *argument, int file)
{
	const char *search = getenv("PATH");
	struct acc_text path = {0};
	int ends[2];
	acc_text_printf(&path, "PATH=%s", search ? search : "/usr/bin:/bin");
	if (path.failed || pipe(ends)) {
		acc_text_free(&path);
		return path.failed ? ENOMEM : errno;
	}
	char locale[] = "LC_ALL=C.UTF-8", zone[] = "TZ=UTC", home[] = "HOME=/nonexistent";
	char *environment[] = {path.bytes, locale, zone, home, NULL};
	fcntl(ends[0], F_SETFD, FD_CLOEXEC);
	fcntl(ends[1], F_SETFD, FD_CLOEXEC);
	run->said_fd = ends[0];
	int why = start(run, argument, environment, file, ends[1]);
	close(ends[1]);
	if (!why) {
		listen_to(run);
		wait_for(run);
	}
	close(ends[0]);
	acc_text_free(&path);
	return why;
}

int
acc_child_run(struct acc_child *child, const char *const *argument, int file, unsigned seconds)
{
	struct run run = {.child = child, .deadline = now() + seconds};
	char *copy[MOST_ARGUMENTS + 1] = {NULL};
	int why = 0;
	for (size_t a = 0; argument[a] && !why; a++) {
		copy[a] = a < MOST_ARGUMENTS ? strdup(argument[a]) : NULL;
		why = copy[a] ? 0 : ENOMEM;
	}
	if (!why)
		why = run_with(&run, copy, file);
	for (size_t a = 0; a < MOST_ARGUMENTS; a++)
		free(copy[a]);
	return why;
}
