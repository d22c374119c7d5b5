#include "pipeline/write/output_parts.h"
#include "pipeline/write/output_file.h"
#include "stats/base.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFERS = 64 << 20, BUFFER_LEAST = 8 << 10, BUFFER_MOST = 256 << 10 };

struct part {
	const char *path;
	char *temporary; /* owned; NULL once it is renamed or removed */
	int fd;          /* -1 when closed */
	size_t used;     /* bytes in the buffer */
};

struct acc_parts {
	struct part *part; /* owned, [count] */
	size_t count;
	char *buffer; /* owned, `size` bytes for each part */
	size_t size;
	struct acc_messages *messages;
};

/* What a signal must remove. */
static struct acc_parts *volatile open_parts;

void
acc_output_parts_drop(void)
{
	const struct acc_parts *parts = open_parts;
	for (size_t i = 0; parts && i < parts->count; i++)
		if (parts->part[i].temporary)
			unlink(parts->part[i].temporary);
}

static bool
fail(struct acc_parts *parts, const char *path, const char *what)
{
	acc_error(parts->messages, ACC_EXIT_IO, (struct acc_place){path, 0, 0}, "cannot %s: %s%s",
		  what, strerror(errno),
		  errno == EMFILE ? "; so many parts are too many here (see ulimit -n)" : "");
	return false;
}

/* ---- beginning ---- */

static bool
may_write(struct acc_parts *parts, const char *path, const char *const *input, size_t inputs)
{
	struct stat output, seen;
	if (stat(path, &output))
		return true;
	for (size_t i = 0; i < inputs; i++)
		if (!(strcmp(input[i], "-") ? stat(input[i], &seen) : fstat(STDIN_FILENO, &seen)) &&
		    seen.st_dev == output.st_dev && seen.st_ino == output.st_ino) {
			acc_error(parts->messages, ACC_EXIT_USAGE, (struct acc_place){path, 0, 0},
				  "the output would overwrite the input; choose another name");
			return false;
		}
	if (S_ISREG(output.st_mode))
		return true;
	errno = S_ISDIR(output.st_mode) ? EISDIR : EINVAL;
	return fail(parts, path, "write");
}

/* Make a temporary; a signal between its making and its registering must wait. */
static bool
open_part(struct acc_parts *parts, struct part *part)
{
	static const char ending[] = ".XXXXXX.tmp";
	char *name = malloc(strlen(part->path) + sizeof ending);
	mode_t mask = umask(0);
	umask(mask);
	if (!name) {
		acc_error_memory(parts->messages);
		return false;
	}
	strcpy(name, part->path);
	strcat(name, ending);
	sigset_t all, before;
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	part->fd = mkostemps(name, 4, O_CLOEXEC);
	int why = errno;
	if (part->fd >= 0)
		part->temporary = name;
	sigprocmask(SIG_SETMASK, &before, NULL);
	errno = why;
	if (part->fd < 0) {
		free(name);
		return fail(parts, part->path, "make a file here");
	}
	(void)!fchmod(part->fd, 0666 & ~mask); /* a file system without modes keeps its own */
	return true;
}

static void
allow_files(size_t count)
{
	struct rlimit limit;
	if (getrlimit(RLIMIT_NOFILE, &limit) || limit.rlim_cur >= count + 32)
		return;
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

struct acc_parts *
acc_parts_new(char *const *path, size_t count, const char *const *input, size_t inputs,
	      struct acc_messages *messages)
{
	struct acc_parts *parts = calloc(1, sizeof *parts);
	size_t size = BUFFERS / count;
	if (!parts) {
		acc_error_memory(messages);
		return NULL;
	}
	size = size > BUFFER_MOST ? BUFFER_MOST : size < BUFFER_LEAST ? BUFFER_LEAST : size;
	*parts = (struct acc_parts){.part = acc_array(count, sizeof *parts->part),
				    .count = count,
				    .buffer = acc_array(count, size),
				    .size = size,
				    .messages = messages};
	bool good = parts->part && parts->buffer;
	if (!good)
		acc_error_memory(messages);
	for (size_t i = 0; parts->part && i < count; i++)
		parts->part[i] = (struct part){.path = path[i], .fd = -1};
	allow_files(count);
	open_parts = good ? parts : NULL;
	for (size_t i = 0; good && i < count; i++)
		good =
		    may_write(parts, path[i], input, inputs) && open_part(parts, &parts->part[i]);
	if (good)
		return parts;
	acc_parts_free(parts);
	return NULL;
}

/* ---- writing ---- */

static bool
flush(struct acc_parts *parts, size_t at)
{
	struct part *part = &parts->part[at];
	bool good = acc_output_put(part->fd, parts->buffer + at * parts->size, part->used);
	part->used = 0;
	return good || fail(parts, part->path, "write");
}

bool
acc_parts_put(struct acc_parts *parts, size_t at, const char *bytes, size_t length)
{
	struct part *part = &parts->part[at];
	if (length > parts->size - part->used && !flush(parts, at))
		return false;
	if (length > parts->size)
		return acc_output_put(part->fd, bytes, length) || fail(parts, part->path, "write");
	memcpy(parts->buffer + at * parts->size + part->used, bytes, length);
	part->used += length;
	return true;
}

bool
acc_parts_head(struct acc_parts *parts, size_t at, const char *bytes, size_t length)
{
	struct part *part = &parts->part[at];
	if (!flush(parts, at))
		return false;
	ssize_t done = pwrite(part->fd, bytes, length, 0);
	if (done >= 0 && (size_t)done != length)
		errno = EIO;
	return (done >= 0 && (size_t)done == length) || fail(parts, part->path, "write");
}

/* ---- finishing ---- */

/* Do the temporary and the file of the final name hold the same bytes? */
static bool
unchanged(const struct part *part)
{
	static char one[1 << 15], other[1 << 15];
	struct stat now, before;
	if (lstat(part->path, &before) || !S_ISREG(before.st_mode) || fstat(part->fd, &now) ||
	    now.st_size != before.st_size)
		return false;
	int fd = open(part->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	off_t at = 0;
	while (fd >= 0 && at < now.st_size) {
		ssize_t a = pread(part->fd, one, sizeof one, at);
		ssize_t b = pread(fd, other, sizeof other, at);
		if (a <= 0 || a != b || memcmp(one, other, (size_t)a))
			break;
		at += a;
	}
	if (fd >= 0)
		close(fd);
	return fd >= 0 && at == now.st_size;
}

static bool
sync_part(struct acc_parts *parts, struct part *part)
{
	int result;
	do
		result = fsync(part->fd);
	while (result && errno == EINTR);
	/* EINVAL, ENOTSUP: a file system that has nothing to sync. */
	return !result || errno == EINVAL || errno == ENOTSUP || fail(parts, part->path, "write");
}

static bool
rename_part(struct acc_parts *parts, struct part *part)
{
	bool keep = unchanged(part);
	int fd = part->fd;
	part->fd = -1;
	if (!acc_output_close(fd))
		return fail(parts, part->path, "write");
	if (keep ? unlink(part->temporary) : rename(part->temporary, part->path))
		return fail(parts, part->path, "rename the finished file");
	char *name = part->temporary;
	part->temporary = NULL;
	free(name);
	return true;
}

bool
acc_parts_finish(struct acc_parts *parts)
{
	bool good = true;
	for (size_t i = 0; good && i < parts->count; i++)
		good = flush(parts, i) && sync_part(parts, &parts->part[i]);
	for (size_t i = 0; good && i < parts->count; i++)
		good = rename_part(parts, &parts->part[i]);
	return good;
}

void
acc_parts_free(struct acc_parts *parts)
{
	if (!parts)
		return;
	acc_output_parts_drop();
	open_parts = NULL;
	for (size_t i = 0; parts->part && i < parts->count; i++) {
		if (parts->part[i].fd >= 0)
			close(parts->part[i].fd);
		free(parts->part[i].temporary);
	}
	free(parts->part);
	free(parts->buffer);
	free(parts);
}
