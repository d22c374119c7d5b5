/* fonts: can the names in the figures be drawn?
 *
 * Where no installed font has a character, gnuplot draws a large black box over the figure. */
#ifndef ACC_FONTS_H
#define ACC_FONTS_H

#include "pipeline/command/message.h"
#include "plots/figure.h"

/* False, with a note, when no installed font has some characters of the scripts, as far as
 * fontconfig's fc-list can tell; without fc-list all is taken to be well. An SVG can still be
 * drawn: its reader's fonts are used. */
bool acc_fonts_check(const struct acc_bundle *bundle, struct acc_messages *messages);

#endif
