#include "pipeline/write/output_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The temporary that a signal must remove; one file is written at a time. */
static char temporary[PATH_MAX];
static volatile sig_atomic_t temporary_exists;

bool
acc_output_put(int fd, const char *bytes, size_t length)
{
	while (length) {
		ssize_t done = write(fd, bytes, length);
		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0) {
			errno = done ? errno : EIO;
			return false;
		}
		bytes += done;
		length -= (size_t)done;
	}
	return true;
}

static bool
sync_all(int fd)
{
	int result;
	do
		result = fsync(fd);
	while (result && errno == EINTR);
	/* EINVAL, ENOTSUP: a file system that has nothing to sync. */
	return !result || errno == EINVAL || errno == ENOTSUP;
}

bool
acc_output_close(int fd)
{
	return !close(fd) || errno == EINTR;
}

/* ---- temporaries ---- */

/* Make the temporary beside `path`; a signal between its making and its registering must wait. */
static int
open_temporary(const char *path, mode_t mode)
{
	const char *slash = strrchr(path, '/');
	int folder = slash ? (int)(slash + 1 - path) : 0;
	/* The name itself is cut so that the longest legal one still has a temporary. */
	int length = snprintf(temporary, sizeof temporary, "%.*s%.200s.XXXXXX.tmp", folder, path,
			      path + folder);
	if (length < 0 || (size_t)length >= sizeof temporary) {
		errno = ENAMETOOLONG;
		return -1;
	}
	sigset_t all, before;
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	int fd = mkostemps(temporary, 4, O_CLOEXEC);
	int why = errno;
	temporary_exists = fd >= 0;
	sigprocmask(SIG_SETMASK, &before, NULL);
	errno = why;
	if (fd >= 0)
		(void)!fchmod(fd, mode); /* a file system without modes keeps its own */
	return fd;
}

void
acc_output_file_drop(void)
{
	int why = errno;
	if (temporary_exists)
		unlink(temporary);
	temporary_exists = 0;
	errno = why;
}

/* Make the new name itself durable. The file is complete by now, so a failure is only noted. */
static void
sync_folder(const char *path, struct acc_messages *messages)
{
	char folder[PATH_MAX] = ".";
	const char *slash = strrchr(path, '/');
	if (slash)
		snprintf(folder, sizeof folder, "%.*s", (int)(slash + 1 - path), path);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return;
	if (!sync_all(fd)) {
		struct acc_place place = {.file = folder};
		acc_note(messages, place, "cannot sync the directory: %s", strerror(errno));
	}
	close(fd);
}

/* Fill the temporary, whatever it takes; errno says why not. */
static bool
fill(int fd, const char *bytes, size_t length)
{
	bool filled = acc_output_put(fd, bytes, length) && sync_all(fd);
	int why = errno;
	bool closed = acc_output_close(fd);
	if (!filled)
		errno = why;
	return filled && closed;
}

const char *
acc_output_file(const char *path, mode_t mode, const char *bytes, size_t length,
		struct acc_messages *messages)
{
	int fd = open_temporary(path, mode);
	if (fd < 0)
		return "make a file here";
	bool filled = fill(fd, bytes, length);
	if (!filled || rename(temporary, path)) {
		acc_output_file_drop();
		return filled ? "rename the finished file" : "write";
	}
	temporary_exists = 0;
	sync_folder(path, messages);
	return NULL;
}
