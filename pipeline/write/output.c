#include "pipeline/write/output.h"

#include "pipeline/write/output_file.h"
#include "pipeline/write/output_parts.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool stdin_closed;

/* ---- failing ---- */

static bool
same_file(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

static bool
fail(struct acc_messages *messages, const char *path, const char *what)
{
	struct acc_place place = {.file = path};
	acc_error(messages, ACC_EXIT_IO, place, "cannot %s: %s", what, strerror(errno));
	return false;
}

/* Said quietly when the reader of a pipe has gone: that is how `| head` ends. */
static bool
fail_write(struct acc_messages *messages, const char *path)
{
	if (errno != EPIPE)
		return fail(messages, path, "write");
	if (messages->code == ACC_EXIT_DONE)
		messages->code = ACC_EXIT_IO;
	return false;
}

/* ---- refusing to write over what was read ---- */

static bool
is_input(const struct stat *output, const char *input)
{
	struct stat seen;
	if (!input || !S_ISREG(output->st_mode))
		return false;
	int result = strcmp(input, "-") ? stat(input, &seen) : fstat(STDIN_FILENO, &seen);
	return !result && same_file(output, &seen);
}

static bool
refuse_input(struct acc_messages *messages, const char *path)
{
	struct acc_place place = {.file = path};
	acc_error(messages, ACC_EXIT_USAGE, place,
		  "the output would overwrite the input; choose another name");
	return false;
}

/* ---- descriptors, devices and pipes: written to as they are ---- */

static bool
write_descriptor(int fd, const char *path, const char *bytes, size_t length, const char *input,
		 struct acc_messages *messages)
{
	struct stat status;
	if (!fstat(fd, &status) && is_input(&status, input))
		return refuse_input(messages, path);
	if (fd == STDOUT_FILENO && fflush(stdout))
		return fail_write(messages, path);
	return acc_output_put(fd, bytes, length) || fail_write(messages, path);
}

static bool
write_device(const char *path, const char *bytes, size_t length, struct acc_messages *messages)
{
	int fd = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return fail(messages, path, "open for writing");
	bool written = acc_output_put(fd, bytes, length) || fail_write(messages, path);
	if (!acc_output_close(fd) && written)
		written = fail_write(messages, path);
	return written;
}

/* The descriptor a path stands for, or -1. Renaming over /dev/stdout would replace the link. */
static int
descriptor_of(const char *path)
{
	if (!path || !strcmp(path, "-") || !strcmp(path, "/dev/stdout"))
		return STDOUT_FILENO;
	if (!strcmp(path, "/dev/stderr"))
		return STDERR_FILENO;
	const char *folder[] = {"/dev/fd/", "/proc/self/fd/"};
	for (size_t k = 0; k < 2; k++) {
		size_t length = strlen(folder[k]);
		char *end;
		if (strncmp(path, folder[k], length) || !strchr("0123456789", path[length]))
			continue;
		long fd = strtol(path + length, &end, 10);
		if (!*end && end != path + length && fd <= INT_MAX)
			return (int)fd;
	}
	return -1;
}

/* ---- whole files ---- */

static mode_t
usual_mode(void)
{
	mode_t mask = umask(0);
	umask(mask);
	return 0666 & ~mask;
}

/* Does the file at `path` already hold exactly these bytes? */
static bool
unchanged(const char *path, const struct stat *status, const char *bytes, size_t length)
{
	if (!S_ISREG(status->st_mode) || status->st_size < 0 || (size_t)status->st_size != length)
		return false;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return false;
	char block[1 << 14];
	size_t at = 0;
	ssize_t got;
	while (at < length && (got = read(fd, block, sizeof block)) > 0) {
		if ((size_t)got > length - at || memcmp(bytes + at, block, (size_t)got))
			break;
		at += (size_t)got;
	}
	close(fd);
	return at == length;
}

bool
acc_output_write(const char *path, const char *bytes, size_t length, const char *input,
		 struct acc_messages *messages)
{
	int fd = descriptor_of(path);
	if (fd >= 0)
		return write_descriptor(fd, fd == STDOUT_FILENO ? "standard output" : path, bytes,
					length, input, messages);
	struct stat link, status;
	bool named = !lstat(path, &link), exists = named && !stat(path, &status);
	if (exists && is_input(&status, input))
		return refuse_input(messages, path);
	if (exists && S_ISDIR(status.st_mode)) {
		errno = EISDIR;
		return fail(messages, path, "write");
	}
	if (exists && !S_ISREG(status.st_mode))
		return write_device(path, bytes, length, messages);
	if (named && unchanged(path, &link, bytes, length))
		return true;
	/* What its owner closed to others stays closed. */
	mode_t mode = exists && S_ISREG(link.st_mode) ? link.st_mode & 0777 : usual_mode();
	const char *what = acc_output_file(path, mode, bytes, length, messages);
	return !what || fail(messages, path, what);
}

bool
acc_output_directory(const char *path, struct acc_messages *messages)
{
	char folder[PATH_MAX];
	size_t length = strlen(path);
	if (length >= sizeof folder) {
		errno = ENAMETOOLONG;
		return fail(messages, path, "make this directory");
	}
	memcpy(folder, path, length + 1);
	for (char *end = folder + 1; length && end <= folder + length; end++) {
		if (*end && *end != '/')
			continue;
		char was = *end;
		*end = 0;
		struct stat status;
		int why = mkdir(folder, 0777) ? errno : 0;
		if (why && (stat(folder, &status) || !S_ISDIR(status.st_mode))) {
			errno = why;
			return fail(messages, path, "make this directory");
		}
		*end = was;
	}
	return true;
}

/* ---- start and end of the program ---- */

static void
on_signal(int number)
{
	acc_output_file_drop();
	acc_output_parts_drop();
	/* SA_RESETHAND has restored the default action: raised again, it ends the program. */
	raise(number);
}

static void
catch_signal(int number)
{
	struct sigaction action = {.sa_handler = on_signal}, before;
	sigemptyset(&action.sa_mask);
	action.sa_flags = (int)SA_RESETHAND;
	/* What was ignored at start (nohup) stays ignored. */
	if (!sigaction(number, NULL, &before) && before.sa_handler != SIG_IGN)
		sigaction(number, &action, NULL);
}

void
acc_output_begin(void)
{
	/* A closed descriptor gets /dev/null the wrong way round: nothing opened later can take
	 * its number, and using it still fails. */
	for (int fd = 0; fd <= 2; fd++) {
		if (fcntl(fd, F_GETFD) >= 0 || errno != EBADF)
			continue;
		if (fd == STDIN_FILENO)
			stdin_closed = true;
		(void)!open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
	}
	signal(SIGXFSZ, SIG_IGN);
	catch_signal(SIGINT);
	catch_signal(SIGTERM);
	catch_signal(SIGHUP);
}

bool
acc_output_stdin_closed(void)
{
	return stdin_closed;
}

void
acc_output_end(struct acc_messages *messages)
{
	bool failed = ferror(stdout);
	errno = failed ? EIO : 0;
	if (fclose(stdout) || failed)
		fail_write(messages, "standard output");
	if ((fflush(stderr) || ferror(stderr)) && messages->code == ACC_EXIT_DONE)
		messages->code = ACC_EXIT_IO;
}
