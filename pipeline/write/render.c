#include "pipeline/write/render.h"

#include "pipeline/write/child.h"
#include "pipeline/write/output.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_BYTES = 1 << 28 };

/* gnuplot with one script; the settings are numbers and words of ours. */
static int
run_gnuplot(struct acc_child *gnuplot, const char *script, const char *format, int width,
	    int picture)
{
	char settings[128];
	snprintf(settings, sizeof settings, "FORMAT='%s'; WIDTH=%d; OUTPUT='/dev/fd/3'", format,
		 width);
	const char *const argument[] = {"gnuplot", "-d", "-e", settings, script, NULL};
	return acc_child_run(gnuplot, argument, picture, ACC_RENDER_SECONDS);
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
failed(struct acc_messages *messages, const char *script, const char *what,
       struct acc_child *gnuplot)
{
	acc_error(messages, ACC_EXIT_IO, (struct acc_place){.file = script},
		  "gnuplot drew no picture: %s (%s)", what, in_one_line(&gnuplot->said));
	return false;
}

static bool
judge(const struct acc_text *picture, const char *format, const char *script,
      struct acc_child *gnuplot, struct acc_messages *messages)
{
	drop_font_cache_noise(&gnuplot->said);
	if (gnuplot->late)
		return failed(messages, script, "it took too long", gnuplot);
	if (!WIFEXITED(gnuplot->status) || WEXITSTATUS(gnuplot->status))
		return failed(messages, script, "it stopped with an error", gnuplot);
	if (gnuplot->said.length)
		return failed(messages, script, "it complained", gnuplot);
	if (!picture->length || !whole(picture, format))
		return failed(messages, script, "the file is not whole", gnuplot);
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
	struct acc_child gnuplot = {0};
	struct acc_text picture = {0};
	bool done = false;
	int why = file ? run_gnuplot(&gnuplot, script, format, width, fileno(file)) : errno;
	if (why)
		cannot_start(why, script, messages);
	else if (!read_picture(fileno(file), &picture))
		acc_error_memory(messages);
	else if (judge(&picture, format, script, &gnuplot, messages)) {
		if (!strcmp(format, "pdf"))
			fix_date(&picture);
		done = acc_output_write(target, picture.bytes, picture.length, NULL, messages);
	}
	if (file)
		fclose(file);
	acc_text_free(&picture);
	acc_text_free(&gnuplot.said);
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
