/* render: a figure's script becomes a picture, by gnuplot.
 *
 * gnuplot is run without a shell, without start-up files, with a fixed environment and a time
 * limit, and is believed only when it said nothing and the picture is whole. The picture goes where
 * the script's own default puts it: DIRECTORY/NAME-WIDTH.FORMAT, further pages
 * NAME-WIDTH-pN.FORMAT. Equal scripts give equal bytes: dates are fixed. TIFF is made from the PDF,
 * by poppler's pdftoppm.
 */
#ifndef ACC_RENDER_H
#define ACC_RENDER_H

#include "pipeline/command/message.h"
#include "plots/text.h"
#include <stdbool.h>

enum { ACC_RENDER_SECONDS = 120 }; /* time limit of one picture */

struct acc_picture {
	const char *directory, *figure; /* the script is DIRECTORY/FIGURE.gp */
	const char *format;             /* one of acc_picture_formats */
	int width;                      /* mm */
	unsigned page;                  /* 1 is the first */
	const char *journal;            /* key in plots/journals.def; NULL: as style.gp says */
	int grey;                       /* 1 grey, 0 colour, -1 as style.gp says */
	int dpi;                        /* of TIFF */
	const char *title, *alt;        /* for those who do not see it, inside SVG; NULL: none */
};

enum { ACC_PICTURE_SVG = 1, ACC_PICTURE_FORMATS = 5 };
extern const char *const acc_picture_formats[ACC_PICTURE_FORMATS]; /* pdf svg png tiff eps */

/* Append the name of a picture's file, without the folder. */
void acc_picture_name(struct acc_text *text, const struct acc_picture *picture);

/* Draw it. *pages: how many pages the figure has. False with a message: an error when gnuplot
 * failed, a note when a program that it takes is not there. */
bool acc_picture_draw(const struct acc_picture *picture, unsigned *pages,
		      struct acc_messages *messages);

/* What gnuplot says of its version; false with a note: there is no gnuplot. */
bool acc_picture_program(struct acc_text *version, struct acc_messages *messages);

#endif
