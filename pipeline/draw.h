/* draw: figures to files: scripts, data, captions, descriptions and pictures.
 *
 * What an author edited stays; what did not change is not drawn again. */
#ifndef ACC_DRAW_H
#define ACC_DRAW_H

#include "pipeline/command/command.h"
#include "pipeline/write/drawn.h"
#include "pipeline/write/render.h"
#include "plots/script.h"

enum { ACC_WIDTHS_MAX = 16 };

struct acc_draw {
	struct acc_messages *messages;
	const char *directory;
	int width[ACC_WIDTHS_MAX]; /* mm */
	size_t widths;
	unsigned formats; /* bits in the order of acc_picture_formats */
	struct acc_look look;
	const char *journal;     /* as it was asked for; NULL: as style.gp says */
	int grey;                /* 1, 0, or -1: as style.gp says */
	bool inlined;            /* a single file for each figure */
	bool pictures;           /* run gnuplot */
	struct acc_text program; /* its version */
	struct acc_drawn record;
};

/* Before the first figure: is gnuplot there, and what was drawn before? */
void acc_draw_begin(struct acc_draw *draw);

/* Write the files of one figure and draw its pictures. Errors are said in draw->messages. */
void acc_draw_figure(struct acc_draw *draw, const struct acc_figure *figure,
		     struct acc_bundle *bundle);

/* After the last one. */
void acc_draw_end(struct acc_draw *draw);

#endif
