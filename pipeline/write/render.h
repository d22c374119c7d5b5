/* render: a figure's script becomes a picture, by gnuplot.
 *
 * gnuplot is run without a shell, without start-up files, with a fixed environment and a time
 * limit, and is believed only when it said nothing and the picture is whole. The picture goes where
 * the script's own default puts it: DIRECTORY/NAME-WIDTH.FORMAT; equal scripts give equal bytes. */
#ifndef ACC_RENDER_H
#define ACC_RENDER_H

#include "pipeline/command/message.h"
#include <stdbool.h>

enum { ACC_RENDER_SECONDS = 120 }; /* time limit of one picture */

/* Draw DIRECTORY/SCRIPT ("forest.gp") as "pdf", "svg" or "png", `width` mm wide. False with a
 * message: an error when gnuplot failed, a note when there is no gnuplot. */
bool acc_plot_render(const char *directory, const char *script, const char *format, int width,
		     struct acc_messages *messages);

#endif
