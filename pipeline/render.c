#include "pipeline/render.h"

#include "pipeline/output.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PICTURE_FD = 3, MOST_SAID = 4096, MOST_BYTES = 1 << 28 };

struct run {
	pid_t pid;
	int said_fd;          /* what gnuplot prints, on either stream */
	struct acc_text said; /* at most MOST_SAID bytes of it */
	double deadline;
	bool late;
	int status;
};

static double
now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* ---- running gnuplot ---- */

/* What the child finds: no input, one pipe for all it says, the picture's file as descriptor 3. */
static int
spawn(struct run *run, char **argument, char **environment, int picture)
{
	int ends[2];
	if (pipe(ends))
		return errno;
	fcntl(ends[0], F_SETFD, FD_CLOEXEC);
	fcntl(ends[1], F_SETFD, FD_CLOEXEC);
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
	posix_spawn_file_actions_adddup2(&actions, picture, PICTURE_FD);
	sigset_t usual;
	sigemptyset(&usual);
	sigaddset(&usual, SIGPIPE);
	sigaddset(&usual, SIGXFSZ);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigdefault(&attributes, &usual);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
	int why =
	    posix_spawnp(&run->pid, argument[0], &actions, &attributes, argument, environment);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	run->said_fd = ends[0];
	if (why)
		close(ends[0]);
	return why;
}

static void
listen_to(struct run *run)
{
	char block[1024];
	for (;;) {
		double left = run->deadline - now();
		struct pollfd ready = {.fd = run->said_fd, .events = POLLIN};
		int events = left > 0 ? poll(&ready, 1, (int)(left * 1000) + 1) : 0;
		if (events < 0 && errno == EINTR)
			continue;
		if (events <= 0)
			break;
		ssize_t got = read(run->said_fd, block, sizeof block);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		if (run->said.length + (size_t)got <= MOST_SAID)
			acc_text_bytes(&run->said, block, (size_t)got);
	}
	close(run->said_fd);
}

static void
wait_for(struct run *run)
{
	const struct timespec pause = {.tv_nsec = 5000000};
	for (;;) {
		pid_t ended = waitpid(run->pid, &run->status, WNOHANG);
		if (ended == run->pid || (ended < 0 && errno != EINTR))
			return;
		if (now() > run->deadline && !run->late) {
			run->late = true;
			kill(run->pid, SIGKILL);
		}
		nanosleep(&pause, NULL);
	}
}

/* gnuplot with one script; the settings are numbers and words of ours. */
static int
run_gnuplot(struct run *run, const char *script, const char *format, int width, int picture)
{
	char settings[128], path[4096];
	const char *search = getenv("PATH");
	snprintf(settings, sizeof settings, "FORMAT='%s'; WIDTH=%d; OUTPUT='/dev/fd/%d'", format,
		 width, PICTURE_FD);
	int length = snprintf(path, sizeof path, "PATH=%s", search ? search : "/usr/bin:/bin");
	if (length < 0 || (size_t)length >= sizeof path)
		return ENAMETOOLONG;
	char *script_argument = strdup(script);
	char program[] = "gnuplot", no_startup[] = "-d", execute[] = "-e";
	char locale[] = "LC_ALL=C.UTF-8", zone[] = "TZ=UTC", home[] = "HOME=/nonexistent";
	char *argument[] = {program, no_startup, execute, settings, script_argument, NULL};
	char *environment[] = {path, locale, zone, home, NULL};
	run->deadline = now() + ACC_RENDER_SECONDS;
	int why = script_argument ? spawn(run, argument, environment, picture) : ENOMEM;
	if (!why) {
		listen_to(run);
		wait_for(run);
	}
	free(script_argument);
	return why;
}

/* ---- the picture ---- */

static bool
read_picture(int fd, struct acc_text *picture)
{
	char block[1 << 14];
	off_t at = 0;
	ssize_t got;
	while ((got = pread(fd, block, sizeof block, at)) != 0 && at < MOST_BYTES) {
		if (got < 0 && errno != EINTR)
			return false;
		if (got > 0)
			acc_text_bytes(picture, block, (size_t)got);
		at += got > 0 ? got : 0;
	}
	return at < MOST_BYTES && !picture->failed;
}

static bool
ends_with(const struct acc_text *picture, const char *end, size_t length)
{
	size_t last = picture->length;
	while (last && strchr("\r\n", picture->bytes[last - 1]))
		last--;
	return last >= length && !memcmp(picture->bytes + last - length, end, length);
}

static bool
whole(const struct acc_text *picture, const char *format)
{
	static const char png_end[] = "IEND\xAE\x42\x60\x82";
	if (!strcmp(format, "pdf"))
		return ends_with(picture, "%%EOF", 5);
	if (!strcmp(format, "svg"))
		return ends_with(picture, "</svg>", 6);
	return ends_with(picture, png_end, sizeof png_end - 1);
}

/* cairo writes the time into a PDF; the same number of other digits keeps its offsets right. */
static void
fix_date(struct acc_text *picture)
{
	static const char key[] = "/CreationDate (D:", date[] = "20000101000000";
	char *at = picture->bytes, *end = picture->bytes + picture->length;
	while (at && (at = memmem(at, (size_t)(end - at), key, sizeof key - 1))) {
		at += sizeof key - 1;
		if ((size_t)(end - at) >= sizeof date - 1 &&
		    strspn(at, "0123456789") == sizeof date - 1)
			memcpy(at, date, sizeof date - 1);
	}
}

/* ---- messages ---- */

/* fontconfig complains of a cache it cannot write; that is not about the picture. */
static void
drop_font_cache_noise(struct acc_text *said)
{
	size_t kept = 0;
	for (size_t at = 0; at < said->length;) {
		const char *line = said->bytes + at;
		const char *newline = memchr(line, '\n', said->length - at);
		size_t length = newline ? (size_t)(newline - line) + 1 : said->length - at;
		bool noise = length >= 11 && !memcmp(line, "Fontconfig ", 11);
		bool blank = strspn(line, " \r\n") >= length;
		if (!noise && !blank) {
			memmove(said->bytes + kept, line, length);
			kept += length;
		}
		at += length;
	}
	said->length = kept;
	if (said->bytes)
		said->bytes[kept] = 0;
}

/* What gnuplot says, in one line. */
static const char *
in_one_line(struct acc_text *said)
{
	for (size_t c = 0; c < said->length; c++)
		if (said->bytes[c] == '\n' || said->bytes[c] == '\t')
			said->bytes[c] = ' ';
	return said->length ? acc_visible(said->bytes) : "it said nothing";
}

static bool
failed(struct acc_messages *messages, const char *script, const char *what, struct run *run)
{
	acc_error(messages, ACC_EXIT_IO, (struct acc_place){.file = script},
		  "gnuplot drew no picture: %s (%s)", what, in_one_line(&run->said));
	return false;
}

static bool
judge(const struct acc_text *picture, const char *format, const char *script, struct run *run,
      struct acc_messages *messages)
{
	drop_font_cache_noise(&run->said);
	if (run->late)
		return failed(messages, script, "it took too long", run);
	if (!WIFEXITED(run->status) || WEXITSTATUS(run->status))
		return failed(messages, script, "it stopped with an error", run);
	if (run->said.length)
		return failed(messages, script, "it complained", run);
	if (!picture->length || !whole(picture, format))
		return failed(messages, script, "the file is not whole", run);
	return true;
}

static bool
cannot_start(int why, const char *script, struct acc_messages *messages)
{
	struct acc_place place = {.file = script};
	if (why == ENOENT || why == EACCES || why == ENOTDIR)
		acc_note(messages, place,
			 "no picture is drawn, for there is no gnuplot; install it (Debian: the "
			 "package gnuplot-nox), then: gnuplot %s",
			 acc_visible(script));
	else
		acc_error(messages, ACC_EXIT_IO, place, "gnuplot cannot be started: %s",
			  strerror(why));
	return false;
}

/* ---- the whole way ---- */

static bool
draw(const char *script, const char *target, const char *format, int width,
     struct acc_messages *messages)
{
	FILE *file = tmpfile(); /* has no name: nothing is left behind, whatever happens */
	struct run run = {0};
	struct acc_text picture = {0};
	bool done = false;
	int why = file ? run_gnuplot(&run, script, format, width, fileno(file)) : errno;
	if (why)
		cannot_start(why, script, messages);
	else if (!read_picture(fileno(file), &picture))
		acc_error_memory(messages);
	else if (judge(&picture, format, script, &run, messages)) {
		if (!strcmp(format, "pdf"))
			fix_date(&picture);
		done = acc_output_write(target, picture.bytes, picture.length, NULL, messages);
	}
	if (file)
		fclose(file);
	acc_text_free(&picture);
	acc_text_free(&run.said);
	return done;
}

/* Our own names only: they stand in gnuplot's command line. */
static bool
proper(const char *script, const char *format, int width)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
	size_t name = strspn(script, letters);
	bool known = !strcmp(format, "pdf") || !strcmp(format, "svg") || !strcmp(format, "png");
	return known && name && !strcmp(script + name, ".gp") && width >= 40 && width <= 1000;
}

bool
acc_plot_render(const char *directory, const char *script, const char *format, int width,
		struct acc_messages *messages)
{
	if (!proper(script, format, width)) {
		acc_error(messages, ACC_EXIT_USAGE, (struct acc_place){.file = script},
			  "a figure is drawn as pdf, svg or png, 40 to 1000 mm wide");
		return false;
	}
	/* gnuplot takes a name that begins with < for a command; `./` keeps it a name. */
	const char *here = *directory == '/' ? "" : "./";
	struct acc_text path = {0}, target = {0};
	acc_text_printf(&path, "%s%s/%s", here, directory, script);
	acc_text_printf(&target, "%s/%.*s-%d.%s", directory, (int)strlen(script) - 3, script, width,
			format);
	bool done = false;
	if (path.failed || target.failed)
		acc_error_memory(messages);
	else
		done = draw(path.bytes, target.bytes, format, width, messages);
	acc_text_free(&path);
	acc_text_free(&target);
	return done;
}
