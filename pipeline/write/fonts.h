/* fonts: can the names in the figures be drawn?
 *
 * Where no installed font has a character, gnuplot draws a large black box over the figure. */
#ifndef ACC_FONTS_H
#define ACC_FONTS_H

#include "pipeline/command/message.h"
#include "plots/figure.h"

/* Note the characters of the scripts that no installed font has, as far as fontconfig's fc-list can
 * tell; without fc-list nothing is said. */
void acc_fonts_check(const struct acc_bundle *bundle, struct acc_messages *messages);

#endif
