#include "pipeline/write/render.h"

#include "pipeline/write/child.h"
#include "pipeline/write/output.h"
#include "pipeline/write/picture.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_BYTES = 1 << 28 };

const char *const acc_picture_formats[ACC_PICTURE_FORMATS] = {"pdf", "svg", "png", "tiff", "eps"};

/* ---- what is run ---- */

/* gnuplot with one script; the settings are numbers and words of ours. */
static int
run_gnuplot(struct acc_child *gnuplot, const char *script, const struct acc_picture *picture,
	    int file)
{
	struct acc_text settings = {0};
	bool tiff = !strcmp(picture->format, "tiff");
	acc_text_printf(&settings, "FORMAT='%s'; WIDTH=%d; PAGE=%u; OUTPUT='/dev/fd/3'",
			tiff ? "pdf" : picture->format, picture->width, picture->page);
	if (picture->journal)
		acc_text_printf(&settings, "; JOURNAL='%s'", picture->journal);
	if (picture->grey >= 0)
		acc_text_printf(&settings, "; COLOR=%d", !picture->grey);
	const char *const argument[] = {"gnuplot", "-d", "-e", settings.bytes, script, NULL};
	int why =
	    settings.failed ? ENOMEM : acc_child_run(gnuplot, argument, file, ACC_RENDER_SECONDS);
	acc_text_free(&settings);
	return why;
}

/* The PDF in one file becomes the TIFF in another. */
static int
run_pdftoppm(struct acc_child *pdftoppm, int dpi, int pdf, int tiff)
{
	char resolution[16];
	snprintf(resolution, sizeof resolution, "%d", dpi);
	const char *const argument[] = {
	    "pdftoppm", "-tiff",       "-r", resolution, "-tiffcompression",
	    "lzw",      "-singlefile", "-",  NULL};
	pdftoppm->input = pdf;
	pdftoppm->output = tiff;
	return acc_child_run(pdftoppm, argument, -1, ACC_RENDER_SECONDS);
}

static bool
read_file(int fd, struct acc_text *bytes)
{
	char block[1 << 14];
	off_t at = 0;
	ssize_t got;
	while ((got = pread(fd, block, sizeof block, at)) != 0 && at < MOST_BYTES) {
		if (got < 0 && errno != EINTR)
			return false;
		if (got > 0)
			acc_text_bytes(bytes, block, (size_t)got);
		at += got > 0 ? got : 0;
	}
	return at < MOST_BYTES && !bytes->failed;
}

/* ---- messages ---- */

/* Our own line of how many pages there are is taken out; and fontconfig's complaint of a cache it
 * cannot write, which is not about the picture. */
static void
keep_complaints(struct acc_text *said, unsigned *pages)
{
	size_t kept = 0;
	for (size_t at = 0; at < said->length;) {
		const char *line = said->bytes + at;
		const char *newline = memchr(line, '\n', said->length - at);
		size_t length = newline ? (size_t)(newline - line) + 1 : said->length - at;
		unsigned page, of;
		bool noise = length >= 11 && !memcmp(line, "Fontconfig ", 11);
		noise = noise || strspn(line, " \r\n") >= length;
		if (sscanf(line, "page %u of %u", &page, &of) == 2) {
			*pages = of;
			noise = true;
		}
		if (!noise) {
			memmove(said->bytes + kept, line, length);
			kept += length;
		}
		at += length;
	}
	said->length = kept;
	if (said->bytes)
		said->bytes[kept] = 0;
}

/* What a program says, in one line. */
static const char *
in_one_line(struct acc_text *said)
{
	for (size_t c = 0; c < said->length; c++)
		if (said->bytes[c] == '\n' || said->bytes[c] == '\t')
			said->bytes[c] = ' ';
	return said->length ? acc_visible(said->bytes) : "it said nothing";
}

/* Why a program that has ended is not believed; NULL: it is. */
static const char *
complaint(const struct acc_child *child)
{
	if (child->late)
		return "it took too long";
	if (!WIFEXITED(child->status) || WEXITSTATUS(child->status))
		return "it stopped with an error";
	return child->said.length ? "it complained" : NULL;
}

static bool
failed(struct acc_messages *messages, const char *script, const char *what, struct acc_child *child)
{
	acc_error(messages, ACC_EXIT_IO, (struct acc_place){.file = script},
		  "gnuplot drew no picture: %s (%s)", what, in_one_line(&child->said));
	return false;
}

static bool
cannot_start(int why, const char *program, const char *package, const char *script,
	     struct acc_messages *messages)
{
	struct acc_place place = {.file = script};
	if (why == ENOENT || why == EACCES || why == ENOTDIR)
		acc_note(messages, place,
			 "no picture is drawn, for there is no %s; install it (Debian: the package "
			 "%s) and plot again",
			 program, package);
	else
		acc_error(messages, ACC_EXIT_IO, place, "%s cannot be started: %s", program,
			  strerror(why));
	return false;
}

bool
acc_picture_program(struct acc_text *version, struct acc_messages *messages)
{
	struct acc_child gnuplot = {0};
	const char *const argument[] = {"gnuplot", "--version", NULL};
	int why = acc_child_run(&gnuplot, argument, -1, ACC_RENDER_SECONDS);
	acc_text_put(version, gnuplot.said.bytes ? gnuplot.said.bytes : "");
	acc_text_free(&gnuplot.said);
	return why ? cannot_start(why, "gnuplot", "gnuplot-nox", NULL, messages) : true;
}

/* ---- the whole way ---- */

/* Is the drawing, which is in `file`, to be believed? Its bytes go to `bytes`. */
static bool
take(const struct acc_picture *picture, const char *script, int file, struct acc_child *gnuplot,
     struct acc_text *bytes, struct acc_messages *messages)
{
	const char *format = strcmp(picture->format, "tiff") ? picture->format : "pdf";
	const char *why = complaint(gnuplot);
	if (why)
		return failed(messages, script, why, gnuplot);
	if (!read_file(file, bytes)) {
		acc_error_memory(messages);
		return false;
	}
	if (!acc_picture_whole(bytes, format))
		return failed(messages, script, "the file is not whole", gnuplot);
	return true;
}

static bool
to_tiff(const struct acc_picture *picture, const char *script, int pdf, struct acc_text *bytes,
	struct acc_messages *messages)
{
	FILE *file = tmpfile();
	struct acc_child pdftoppm = {0};
	bool good = false;
	int why = file ? run_pdftoppm(&pdftoppm, picture->dpi, pdf, fileno(file)) : errno;
	unsigned pages;
	bytes->length = 0;
	keep_complaints(&pdftoppm.said, &pages);
	const char *wrong = why ? NULL : complaint(&pdftoppm);
	if (why)
		cannot_start(why, "pdftoppm", "poppler-utils", script, messages);
	else if (wrong || !read_file(fileno(file), bytes) || !acc_picture_whole(bytes, "tiff"))
		acc_error(messages, ACC_EXIT_IO, (struct acc_place){.file = script},
			  "pdftoppm made no TIFF: %s (%s)", wrong ? wrong : "the file is not whole",
			  in_one_line(&pdftoppm.said));
	else
		good = true;
	if (file)
		fclose(file);
	acc_text_free(&pdftoppm.said);
	return good;
}

static bool
draw(const struct acc_picture *picture, const char *script, const char *target, unsigned *pages,
     struct acc_messages *messages)
{
	FILE *file = tmpfile(); /* has no name: nothing is left behind, whatever happens */
	struct acc_child gnuplot = {0};
	struct acc_text bytes = {0};
	bool done = false;
	int why = file ? run_gnuplot(&gnuplot, script, picture, fileno(file)) : errno;
	*pages = 1;
	keep_complaints(&gnuplot.said, pages);
	if (why)
		cannot_start(why, "gnuplot", "gnuplot-nox", script, messages);
	else
		done = take(picture, script, fileno(file), &gnuplot, &bytes, messages);
	if (done && !strcmp(picture->format, "tiff"))
		done = to_tiff(picture, script, fileno(file), &bytes, messages);
	if (done)
		acc_picture_settle(&bytes, picture->format, picture->title, picture->alt);
	if (done && bytes.failed)
		acc_error_memory(messages);
	else if (done)
		done = acc_output_write(target, bytes.bytes, bytes.length, NULL, messages);
	if (file)
		fclose(file);
	acc_text_free(&bytes);
	acc_text_free(&gnuplot.said);
	return done && !messages->errors;
}

/* Our own names only: they stand in gnuplot's command line. */
static bool
proper(const struct acc_picture *picture)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
	size_t name = strspn(picture->figure, letters), f = 0;
	while (f < ACC_PICTURE_FORMATS && strcmp(picture->format, acc_picture_formats[f]))
		f++;
	bool journal =
	    !picture->journal || strspn(picture->journal, letters) == strlen(picture->journal);
	return f < ACC_PICTURE_FORMATS && name && !picture->figure[name] && journal &&
	       picture->width >= 40 && picture->width <= 1000;
}

void
acc_picture_name(struct acc_text *text, const struct acc_picture *picture)
{
	acc_text_printf(text, "%s-%d", picture->figure, picture->width);
	if (picture->page > 1)
		acc_text_printf(text, "-p%u", picture->page);
	acc_text_printf(text, ".%s", picture->format);
}

bool
acc_picture_draw(const struct acc_picture *picture, unsigned *pages, struct acc_messages *messages)
{
	if (!proper(picture)) {
		acc_error(messages, ACC_EXIT_USAGE, (struct acc_place){.file = picture->figure},
			  "a figure is drawn as pdf, svg, png, tiff or eps, 40 to 1000 mm wide");
		return false;
	}
	/* gnuplot takes a name that begins with < for a command; `./` keeps it a name. */
	const char *here = *picture->directory == '/' ? "" : "./";
	struct acc_text path = {0}, target = {0};
	acc_text_printf(&path, "%s%s/%s.gp", here, picture->directory, picture->figure);
	acc_text_printf(&target, "%s/", picture->directory);
	acc_picture_name(&target, picture);
	bool done = false;
	if (path.failed || target.failed)
		acc_error_memory(messages);
	else
		done = draw(picture, path.bytes, target.bytes, pages, messages);
	acc_text_free(&path);
	acc_text_free(&target);
	return done;
}
